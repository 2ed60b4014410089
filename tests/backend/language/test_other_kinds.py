"""An answer of another kind than what is asked is asked again, never cut down to its figures; what is left is not what was drawn."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from backend.language.counts import read_count
from backend.language.dates import read_date
from backend.language.durations import Span, is_range, is_vague, only_lacks, read_span
from backend.language.months import read_month
from backend.language.numerals import measured
from backend.language.quantities import Unclear, read_money

TODAY = date(2026, 11, 28)
LEFT = "以前领失业金，还有几个月没领完？"
DAYS = (
    "下个月{}号", "上个月{}号", "{}号", "{}日", "3月{}号", "去年3月{}日", "2020年3月{}日", "12月{}号走的", "是5月{}号", "这个月{}号发", "大概{}号", "{}号左右"
)  # fmt: skip


@given(template=st.sampled_from(DAYS), day=st.integers(1, 28), chinese=st.booleans())
def test_a_day_is_no_sum_no_number_and_no_length(template: str, day: int, chinese: bool) -> None:
    """Whatever stands around it."""
    said = template.format(measured(day) if chinese else day)
    assert read_money(said) in {Unclear.OTHER_KIND, Unclear.SHORTER}
    assert read_count("一次生了几个孩子？", said) is Unclear.OTHER_KIND
    assert read_count(LEFT, said) is Unclear.OTHER_KIND
    assert read_span(said) is None


@given(
    months=st.integers(1, 11),
    years=st.integers(1, 40),
    template=st.sampled_from(("{}", "干了{}", "{}吧", "有{}了", "我交了{}")),
)
def test_a_length_is_no_sum_no_day_and_no_month(months: int, years: int, template: str) -> None:
    """「3年5个月」 is not May 2003."""
    for length in (f"{years}年", f"{months}个月", f"{years}年{months}个月"):
        said = template.format(length)
        assert isinstance(read_money(said), Unclear)
        assert read_date(said, TODAY) is None
        assert read_month(said, TODAY) is None


@given(figures=st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), kind=st.sampled_from(("phone", "id", "number")))
def test_a_hidden_number_is_no_value(figures: str, kind: str) -> None:
    """The token of a placeholder is no figure of anything."""
    said = f"⟦{kind}:{figures[:10]}⟧"
    assert read_money(said) is Unclear.OTHER_KIND
    assert read_count(LEFT, said) is Unclear.OTHER_KIND
    assert read_date(said, TODAY) is None
    assert read_month(said, TODAY) is None


def test_ages_hours_shares_and_counted_things_are_no_sum() -> None:
    """And a sum told with its words stays one."""
    for said in (
        "59岁",
        "今年59岁",
        "三点半",
        "10%",
        "3个人",
        "下周三",
        "9级",
        "尾号1234",
        "第二",
        "百分之八",
        "两次",
        "三楼",
    ):
        assert read_money(said) is Unclear.OTHER_KIND, said
    for said, sum_ in {
        "一个月3500": 3500,
        "一月三千": 3000,
        "3500块一个月": 3500,
        "5000元/月": 5000,
        "四千五": 4500,
        "1万2": 12000,
    }.items():
        assert read_money(said) == Decimal(sum_), said


def test_a_sum_that_nobody_told_is_asked() -> None:
    """Ranges and vague sums, whatever the lead."""
    vague = (
        "过万",
        "上万",
        "万把块",
        "过千",
        "破万",
        "好几千",
        "几千",
        "大几千",
        "小几千",
        "上千块",
        "几百",
        "千把块",
        "万儿八千",
    )
    either = ("3000-4000", "3000到4000", "三四千", "3千到4千", "5000～6000", "3000或4000", "七八千")
    for lead, said in product(("", "月入", "一个月", "工资", "大概", "差不多", "每月能拿"), (*vague, *either)):
        assert isinstance(read_money(lead + said), Unclear), lead + said


def test_a_vague_length_is_asked() -> None:
    """「一年半载」 is no year and a half."""
    for lead, said in product(
        ("", "交了", "大概", "我交了", "差不多"),
        (
            "一年半载",
            "三年五载",
            "年把",
            "好几年",
            "几年",
            "十来年",
            "大半年",
            "小半年",
            "个把月",
            "好几个月",
            "几个月",
            "三五年",
            "两三年",
        ),
    ):
        assert read_span(lead + said) is None, lead + said
        assert is_vague(said) or is_range(said), said


@given(
    whole=st.integers(2, 40),
    lacking=st.integers(1, 11),
    template=st.sampled_from(
        ("还差{lacking}没交满{whole}", "还差{lacking}没缴满{whole}", "差{lacking}没满{whole}", "还差{lacking}没干满{whole}", "{whole}，还差{lacking}",
        "{whole}了差{lacking}",
         "满{whole}还差{lacking}", "再交{lacking}交满{whole}", "就差{lacking}交够{whole}")
    ),
)  # fmt: skip
def test_what_lacks_of_a_target_is_what_there_is(whole: int, lacking: int, template: str) -> None:
    """「还差两年没交满15年」 is thirteen years."""
    assert read_span(template.format(whole=f"{whole}年", lacking=f"{lacking}个月")) == Span(whole * 12 - lacking)
    assert read_span(template.format(whole=f"{whole}年", lacking="1年")) == Span(whole * 12 - 12)


@given(
    count=st.integers(1, 20),
    template=st.sampled_from(("还差{}", "差{}", "还缺{}", "就差{}了", "还差{}才够", "再交{}", "还要交{}", "少{}")),
)
def test_what_lacks_of_nothing_told_is_asked(count: int, template: str) -> None:
    """How much there is, nobody said."""
    for unit in ("年", "个月"):
        said = template.format(f"{count}{unit}")
        assert read_span(said) is None
        assert only_lacks(said)


@given(drawn=st.integers(0, 12), left=st.integers(0, 12))
def test_what_is_left_is_not_what_was_drawn(drawn: int, left: int) -> None:
    """Left as it is told, or the whole without what was drawn; one of these alone is asked again."""
    whole = drawn + left
    told_left = (
        "还剩{left}个月",
        "剩{left}个月没领",
        "{left}个月没领完",
        "还能领{left}个月",
        "还有{left}个月",
        "没领的有{left}个月",
        "领了{drawn}个月，还剩{left}个月",
        "总共{whole}个月，剩{left}个月",
    )
    both = (
        "一共{whole}个月，领了{drawn}个月", "核定了{whole}个月，已经领了{drawn}个月", "领过{drawn}个月，总共批了{whole}个月",
        "本来能领{whole}个月，用了{drawn}个月", "定了{whole}个月领到第{drawn}个月",
    )  # fmt: skip
    for template in (*told_left, *both):
        said = template.format(left=left, drawn=drawn, whole=whole)
        assert read_count(LEFT, said) == left, said
    alone = (
        "领过{drawn}个月",
        "已领{drawn}个月",
        "领了{drawn}个月",
        "我领了{drawn}个月失业金",
        "核定了{whole}个月",
        "一共{whole}个月",
        "上次领过{drawn}个月就上班了",
        "总共领了{drawn}个月",
    )
    for template in alone:
        assert read_count(LEFT, template.format(drawn=drawn, whole=whole)) is Unclear.NOT_LEFT, template


@given(months=st.integers(1, 599), lead=st.sampled_from(("", "交了", "我失业保险交了", "一共")))
def test_months_in_characters_keep_their_hundreds(months: int, lead: str) -> None:
    """「一百二十个月」 is ten years."""
    assert read_span(f"{lead}{measured(months)}个月") == Span(months)


@given(years=st.integers(2, 40), near=st.sampled_from(("小", "快", "将近", "差一点")))
def test_what_is_nearly_reached_is_not(years: int, near: str) -> None:
    """「小十年」 is under ten."""
    assert read_span(f"交了{near}{measured(years)}年") == Span(years * 12 - 1)
