"""A paper of another office asked of the matter talked about; for whom a form is filled; a name told with the wish to begin."""

from __future__ import annotations

from assistant.actions.case_beginning import introduced_name
from assistant.actions.case_for_whom import told_for_another
from assistant.dialogue.other_body import asks_whether_it_does, paper_named

OF_THE_ITEM = {
    "户口簿行不": "户口簿",
    "残疾证算不": "残疾证",
    "身份证丢了能办吗": "身份证",
    "居住证行不行": "居住证",
    "没有结婚证可以领吗": "结婚证",
    "结婚证复印件行吗": "结婚证",
    "护照要带吗": "护照",
    "户口本要原件吗": "户口本",
    "用临时身份证可以不": "临时身份证",
    "驾照算不算": "驾照",
    "外地户口能领吗": None,
    "学生能参保不": None,
    "我是农村户口可以登记吗": None,
    "外省人可以登记吗": None,
}
OF_ITS_OFFICE = [
    "户口怎么迁",
    "补办残疾证要多久",
    "残疾证怎么办理",
    "护照怎么办",
    "哪里办居住证",
    "办一个居住证要钱吗",
    "换驾照要带什么",
]
FOR_ANOTHER = [
    "代我妈办",
    "我是帮我爸办的",
    "代我妈办的",
    "帮老人办",
    "这份是给我老公填的",
    "替他办一下",
    "给我妈妈申请",
    "其实是帮我婆婆登记",
    "我妈不会弄，我帮她办",
]
FOR_ONESELF = ["我自己办", "本人办", "是给我自己办的"]
NEITHER = ["帮我办", "帮我填", "帮老板干活", "我妈叫和桂英", "老人家家政", "和丽芬", "帮别人带娃娃"]


def test_a_paper_is_asked_of_what_is_talked_about() -> None:
    """Unless it is to be made, changed or found: then it is its office's matter."""
    assert {said: paper_named(said) for said in OF_THE_ITEM if asks_whether_it_does(said)} == OF_THE_ITEM
    assert [said for said in OF_ITS_OFFICE if asks_whether_it_does(said)] == []


def test_for_whom_it_is_told_as_a_whole_message() -> None:
    """Never a part of an answer."""
    assert [said for said in FOR_ANOTHER if told_for_another(said) is not True] == []
    assert [said for said in FOR_ONESELF if told_for_another(said) is not False] == []
    assert [said for said in NEITHER if told_for_another(said) is not None] == []


def test_a_name_told_with_the_wish_to_begin() -> None:
    """Only where it is introduced and is a name."""
    told = {
        "我叫和丽芬，电话138，想登记失业": "和丽芬",
        "想办失业金，俺叫杨志刚": "杨志刚",
        "我是失业的，想登记": None,
        "我叫你们帮我办": None,
        "我是古城区的，想登记": None,
    }
    assert {said: introduced_name(said) for said in told} == told
