"""Remarks at a form's question, whatever their tail; and names that only begin like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.language.field_remarks import FieldRemark, is_firm_name, lacks_telephone, read_field_remark
from backend.language.plain_texts import asks_for_a_name, is_name_of_something

REMARKS = {
    FieldRemark.WAITING: [
        "等等我看看合同", "稍等找一下身份证", "等一下，我接个电话", "稍等，我拿身份证", "我去问问会计", "我找找合同", "我看看", "问下老婆再说",
        "马上，手机没电了", "身份证不在身边", "让我想想",
        "等我一下", "等一下",
    ],
    FieldRemark.HESITATING: [
        "我不记得了，问下老婆", "全称我不知道", "忘了叫什么", "不太清楚具体名字", "好像记不清了，我得翻翻", "我不确定哪天", "记不得了", "不知道",
        "想不起来了", "日期忘了",
    ],
    FieldRemark.WHY: [
        "为什么要问这个", "为什么要这个", "要这个干嘛", "你们要我身份证干什么", "填这个有什么用", "干嘛要填单位", "凭什么要我电话", "这个必须填吗",
        "能不填吗",
    ],
    FieldRemark.PRIVACY: ["我的信息会不会泄露", "安全吗", "会保密吗", "谁能看到我的号码", "填这里安全吗", "身份证号会不会泄露出去"],
    FieldRemark.DECLINING: ["我不想说", "不方便透露", "这个不方便说", "隐私", "不告诉你", "不愿意填", "我不想给"],
    FieldRemark.BACK: ["回到上一步", "返回上一步", "退回去", "上一题", "我想回到上一个问题", "回上一项"],
    FieldRemark.SKIPPING: ["跳过", "先跳过吧", "这个先不填", "下一个", "略过", "先空着"],
}  # fmt: skip
NAMES = [
    "丽江好日子酒店", "某某好日子酒店", "等等咖啡", "今天连锁超市", "问号文化公司", "古城酒店", "等风来客栈", "为什么工作室", "我爱我家房产",
    "稍等茶馆", "明天会更好幼儿园", "一心堂", "三月三酒店", "一九四九茶馆", "不二家", "七天连锁酒店", "忘了吧酒吧", "7-11便利店", "3号客栈",
    "云杉石材", "老张", "顺丰", "58同城", "中铁十六局", "古城区西安街道", "古城区大研街道3号", "玉龙县黄山镇", "外省也可以", "保洁", "慢点咖啡",
    "等一个人咖啡", "问渠书院", "想想幼儿园", "拿铁咖啡", "保安", "县医院", "昆明市第一人民医院", "那时候客栈", "怎么肥四火锅店", "回到从前酒吧",
    "上一站咖啡", "翻斗花园小区", "我们的店", "高快路36号", "谁家小院",
]  # fmt: skip
OTHERS = [
    "13800000001",
    "2026年10月31日",
    "⟦phone:0123456789⟧",
    "3",
    "三年",
    "123456",
    "10.31",
    "上个月",
    "要多久",
    "要钱吗",
    "什么时候能领",
    "3500元",
    "昨天",
    "530799199003070018",
    "2026-10-31",
    "多少钱",
    "前年",
    "5号",
    "二零二六年",
]


@pytest.mark.parametrize(("remark", "said"), [(remark, said) for remark, words in REMARKS.items() for said in words])
def test_a_remark_is_read_whatever_its_tail(remark: FieldRemark, said: str) -> None:
    """And can name nothing."""
    assert read_field_remark(said) is remark
    assert not is_name_of_something(said)


@given(
    st.sampled_from(["等等", "稍等", "等一下", "等我", "稍等一下，"]),
    st.sampled_from(["我看看", "我找一下", "我去问", "找一下", "查一下", "我想想"]),
    st.sampled_from(["", "合同", "身份证", "老婆", "工资条", "以前的单位叫什么"]),
)
def test_whoever_waits_fills_nothing(wait: str, does: str, what: str) -> None:
    """Whatever they look for."""
    assert read_field_remark(wait + does + what) is FieldRemark.WAITING


@pytest.mark.parametrize("name", NAMES)
def test_real_names_pass(name: str) -> None:
    """Whatever word they begin with or have in them."""
    assert read_field_remark(name) is None
    assert is_name_of_something(name)


@pytest.mark.parametrize("said", OTHERS)
def test_a_number_a_day_or_a_question_names_nothing(said: str) -> None:
    """An employer is no date and no telephone."""
    assert not is_name_of_something(said)


@pytest.mark.parametrize(
    "said", ["算了", "不想填了", "先不填了", "取消", "和秀英", "没有", "3年", "要多久", "我要办失业金"]
)
def test_what_leaves_or_answers_or_asks_of_the_matter_is_no_remark(said: str) -> None:
    """Others answer that."""
    assert read_field_remark(said) is None


def test_a_firm_is_told_by_its_last_word() -> None:
    """Nobody speaks of himself in it."""
    assert is_firm_name("问号文化公司")
    assert not is_firm_name("等等我看看公司")


NAMING = [
    "店铺或公司名称",
    "单位名称",
    "用人单位",
    "被投诉单位名称",
    "单位地址",
    "现在住的地方",
    "想做的工作",
    "考试名称",
    "培训机构",
    "档案现在在哪里",
    "做什么活",
    "原工作单位",
    "办卡银行",
    "就医地",
    "外省住址",
    "要去的医院",
    "工作单位",
    "收文书的地址",
    "对方地址",
    "想在哪里上班",
    "事故地点",
    "对方（被申请人）全称",
    "受伤部位或职业病名称",
    "培训的工种或项目",
]
OTHER_LABELS = ["代办的险种", "科目", "准考证号", "公布的成绩", "档案里用过的别的名字", "从哪个月开始交"]


def test_which_labels_ask_for_a_name() -> None:
    """A score, a month and a ticket's number are written in figures."""
    assert [label for label in NAMING if not asks_for_a_name(label)] == []
    assert [label for label in OTHER_LABELS if asks_for_a_name(label)] == []


@pytest.mark.parametrize(
    ("said", "lacks"),
    [
        ("没得电话", True), ("我没手机", True), ("我没电话，只有微信", True), ("老人没有手机怎么办", True), ("我不会用手机", True), ("俺莫得手机号码", True),
        ("我没有固话", True), ("我没记住电话", False), ("电话没电了", False), ("没有人接电话", False), ("手机13988112233", False), ("我要打电话", False),
    ],
)  # fmt: skip
def test_who_has_no_telephone_says_so(said: str, lacks: bool) -> None:
    """No telephone is no wish to be called."""
    assert lacks_telephone(said) is lacks


def test_what_is_left_beside_a_number_has_to_name_something() -> None:
    """Two characters, or all there were; signs name nothing."""
    for said, names in (
        ("云杉13800000001", True), ("杉13800000001", False), ("厂", True), ("———", False), ("★★★", False),
    ):  # fmt: skip
        assert is_name_of_something(said) is names, said
