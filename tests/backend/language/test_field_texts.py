"""Words at a form's field: what answers it, what is asked about once, what never does."""

from __future__ import annotations

import yaml

from backend.contracts.catalogue_content import FieldKind
from backend.language.field_texts import (
    TextVerdict,
    begins_anew,
    is_agreement,
    is_no_person,
    is_question,
    read_field_text,
    says_nothing_to_tell,
)
from backend.language.names import is_introduced, read_name
from backend.one_window.catalogue.delivered import edition

TABLE = """
原工作单位:
  taken: [雪山饭店, 华坪县第一小学, 丽江市人民医院, 永胜县教育局, 玉龙县公安局食堂, 云杉石材, 阿妈意, 肥牛三号, 大研花巷, 束河街道办, 顺丰]
  unlike: [生的男娃, 今年端午前后, 上个月工资还没发给我, 我妈生病了没人照顾, 领了好几个月了, 古城区祥和街道, 老板不认账跑路了, 是女的]
  none: [对头，交, 要得，办嘛, 好的继续, 是的呢，没错, 这个要钱不, 残疾证算不, 单位不方便说, "13800000001", 2026年10月31日]
  # the rest of the message tells a story
  TAKEN: [丽江玉龙汽修厂=以前在丽江玉龙汽修厂上班，去年倒闭的, 古城区白龙潭小学=小学，就是古城区白龙潭小学]
  doubtful: [厂里, 打零工, 私人老板, 没得单位，是劳务派遣]
现在住的地方:
  taken: [束河街道, 黄山镇, 玉龙县黄山镇白华村, 西关人家小区3栋, 七星街=七星街那里, 祥和街道=住在祥和街道那边, 古城区西安街道=我家在古城区西安街道]
  unlike: [打零工, 老板上个月工资没给我发, 和丽芬, 我是女的, 建设银行, 去年腊月二十三, 三千五一个月, 腿脚不好走不动]
  UNLIKE: [今年三月份就没干了, 刚从牢里出来, 大专毕业]
  none: [住址不方便说, 对头, 要得, 户口簿行不, 等一下]
  doubtful: [租的房子, 和朋友一起住, 老家]
  coarse: [宁蒗县, 古城区, 云南省丽江市玉龙县]
想做的工作:
  taken: [保洁, 收银或者导购, 货车司机=想当货车司机, 厨师=我想做厨师, 卖鲜花饼, 帮人带娃娃, 跑滴滴]
  unlike: [古城区西安街道, 一个月四千, 建行, 高中没读完]
  none: [啥子培训嘛, 对的, 要得嘛, 这个收费不]
  doubtful: [什么工作都行, 轻松点的]
做什么活:
  taken: [卖鲜花饼, 在古城卖鲜花饼, 跑外卖, 摆摊卖烧烤]
  unlike: [百分之六十]
办卡银行:
  taken: [建行=建行嘛, 农村信用社, 还是原来那家, 富滇, 邮储]
  unlike: [祥和街道, 保洁]
  none: [可以, 身份证带不带, 不晓得哪家银行]
  doubtful: [近的那点]
就医地:
  taken: [四川成都, 成都华西医院, 昆明]
  unlike: [下个月去]
  none: [对头]
  doubtful: [看心脏]
要去的医院:
  taken: [华西, 省一院]
  doubtful: [看腰杆痛]
事故地点:
  taken: [工地三号楼那里, 上班路上，金虹路口]
  unlike: [左脚]
受伤部位或职业病名称:
  taken: [右手食指骨折, 腰]
  unlike: [老板不认账]
培训的工种或项目:
  taken: [电工, 茶艺师]
  unlike: [学了两个月]
想在哪里上班:
  taken: [古城区, 外省也可以, 离家近点就行]
  unlike: [保洁]
科目:
  taken: [行测]
公布的成绩:
  taken: ["78分", 缺考]
"""


def test_what_words_give_a_field() -> None:
    """Taken without the words around them, asked about once, or never kept; ``value=said``."""
    wrong = []
    for label, rows in yaml.safe_load(TABLE).items():
        for verdict, texts in rows.items():
            for text in texts:
                value, _, said = text.rpartition("=")
                read = read_field_text(label, said)
                if read.verdict != verdict.lower() or (
                    read.verdict is TextVerdict.TAKEN and read.value != (value or said)
                ):
                    wrong.append((label, said, read))
    assert wrong == []


def test_every_form_takes_its_own_examples_and_samples() -> None:
    """Of every field for words in every form: what it shows as an example is an answer to it, as it stands."""
    forms = [form for held in edition().items.values() for form in held.item.forms]
    shown = [
        (field, text)
        for form in forms
        for field in form.fields
        if field.kind is FieldKind.TEXT
        for text in (field.example, form.sample.get(field.id, ""), *_quoted(field.question))
        if text
    ]
    assert len(shown) > 60
    refused = [
        (field.label, text)
        for field, text in shown
        if (read := read_field_text(field.label, text)).verdict is not TextVerdict.TAKEN or read.value != text
    ]
    assert [one for one in refused if not says_nothing_to_tell(one[1])] == []


def _quoted(question: str) -> list[str]:
    """The examples in a question: 「保洁、驾驶员」."""
    return [part.split("」")[0] for part in question.split("「")[1:] if "回复" not in question.split(part)[0][-4:]]


def test_what_is_no_name_of_a_person() -> None:
    """A place, a bank, a trade, a day or a sum is asked about; names of all kinds are not."""
    others = (
        "古城区束河街道 大研古镇 建行嘛 农村信用社 三千五一个月 去年腊月 在古城打零工 快递员 生的男娃 丽江人 云杉石材公司"
        " 名字改了 卡断成两节了 顺产 好像有 徐嘉怡改名叫徐怡"
    )
    names = "和丽芬 和建行 王镇 莫言 张产 万一 时间 阿卜杜拉·买买提 岩温 央金 欧阳娜娜 扎西顿珠 高兴 平安 马小区 我叫古城 李国庆"
    assert [one for one in others.split() if not is_no_person(one)] == []
    assert [one for one in names.split() if is_no_person(one)] == []


def test_a_name_is_introduced_in_many_ways() -> None:
    """In dialect, and by whoever comes for somebody else."""
    for said, name in (
        ("我喊和丽芬", "和丽芬"), ("俺叫杨志刚", "杨志刚"), ("我大名叫段学军", "段学军"), ("我的名字喊做木金花", "木金花"), ("我妈叫和桂英", "和桂英"),
        ("我叫做和丽芬", "和丽芬"), ("大名是木金花", "木金花"), ("老人叫和桂英", "和桂英"), ("我喊做和丽芬嘛", "和丽芬"),
    ):  # fmt: skip
        assert (is_introduced(said), read_name(said)) == (True, name), said
    beside = {"不是我，是我媳妇，叫和春": "和春", "给我妈补，她叫杨阿花": "杨阿花", "石磊（三个石头）": "石磊"}
    assert {said: read_name(said) for said in beside} == beside


def test_agreement_a_question_and_nothing_to_tell_are_told_apart() -> None:
    """None of them is a value."""
    assert all(map(is_agreement, ("对头，交", "要得，办嘛", "好的继续", "嗯，填嘛", "没错")))
    assert not any(map(is_agreement, ("交通局", "办公家具厂", "继续教育学院", "好又多超市")))
    assert all(
        map(is_question, ("户口簿行不", "残疾证算不", "身份证带不带", "办好了给不给证", "要多久", "能领几个月啊"))
    )
    assert not any(map(is_question, ("怎么肥四火锅店", "古城区西安街道", "什么工作都行", "云杉石材")))
    assert all(map(says_nothing_to_tell, ("没改过", "没定", "没有别的名字", "没得")))
    assert not any(map(says_nothing_to_tell, ("没改过名字的是我弟", "和小妹")))


def test_the_rest_of_an_address_goes_behind_its_beginning() -> None:
    """Unless the whole is told again."""
    assert not begins_anew("宁蒗县", "大兴镇")
    assert begins_anew("宁蒗县", "宁蒗县大兴镇")
    assert begins_anew("古城区", "玉龙县黄山镇")
