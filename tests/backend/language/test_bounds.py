"""Near misses of the readers: what is one character, one figure or one day beyond what they take."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from backend.language.choices import read_choice
from backend.language.dates import read_date
from backend.language.digit_runs import digit_runs
from backend.language.durations import Span, read_span, read_span_to_the_day
from backend.language.field_remarks import FieldRemark, read_field_remark
from backend.language.identifiers import LENGTHS, is_fixed_line
from backend.language.identifiers_in_text import awaited_number, find_identifiers
from backend.language.names import read_name
from backend.language.plain_texts import is_name_of_something
from backend.language.quantities import read_amount
from backend.language.short_numbers import bare_telephone

TODAY = date(2026, 11, 28)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("11.28", date(2026, 11, 28)),
        ("11.29", date(2025, 11, 29)),
        ("12.31", date(2025, 12, 31)),
        ("2.30", None),
        ("13.1", None),
    ],
)
def test_a_day_without_its_year_is_the_latest_that_was(text: str, day: date | None) -> None:
    """Today counts; what is still to come was last year; what no calendar has is no day."""
    assert read_date(text, TODAY) == day


def test_the_latest_29_february_may_be_last_year() -> None:
    """This year has none."""
    assert read_date("2.29", date(2025, 3, 5)) == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("text", "months", "days"),
    [("2个月15天", 2, 15), ("3个月", 3, 0), ("两个半月", 2, 15), ("2.5个月", 2, 15), ("1年", 12, 0), ("15天", None, 0)],
)
def test_a_length_to_the_day(text: str, months: int | None, days: int) -> None:
    """The part of a month is days; days beside it are added; without months nothing is read."""
    span = read_span_to_the_day(text)
    assert span == (None if months is None else Span(months, days))


@pytest.mark.parametrize("text", ["85年开始交的", "93年就开始", "12年才开始交", "08年起", "3月份起", "5年起"])
def test_since_when_is_not_how_long(text: str) -> None:
    """With and without 份, 就, 才."""
    assert read_span(text) is None


@pytest.mark.parametrize(
    ("text", "value"), [("三千五", 3500), ("三千10", 3010), ("三千100", 3100), ("1万9", 19000), ("1万10", 10010)]
)
def test_only_one_figure_at_the_end_takes_the_unit_before_it(text: str, value: int) -> None:
    """「三千五」 is 3500; a ten is as written."""
    assert read_amount(text) == Decimal(value)


@pytest.mark.parametrize(
    ("said", "remark"),
    [
        ("不知道", FieldRemark.HESITATING),
        ("不知道什么公司", None),
        ("等等", FieldRemark.WAITING),
        ("再等等看书店", None),
        ("。", None),
    ],
)
def test_the_name_of_a_firm_is_no_remark_whatever_it_begins_with(said: str, remark: FieldRemark | None) -> None:
    """Nothing said is none either."""
    assert read_field_remark(said) is remark


@pytest.mark.parametrize(
    "said", ["你怎么写", "你哪里的", "你会不会写单位名", "你们能不能帮我填一下", "那你能不能帮我填"]
)
def test_a_question_to_us_names_nothing(said: str) -> None:
    """To one or to several of us."""
    assert not is_name_of_something(said)


@pytest.mark.parametrize(
    ("said", "labels", "meant"),
    [
        ("1", ["甲方", "乙方"], 0),
        ("二", ["甲方", "乙方"], 1),
        ("最后一个", ["甲方", "乙方"], 1),
        ("后面那个", ["甲方", "乙方"], 1),
        ("上面的", ["甲方", "乙方"], 0),
        ("租场地", ["租场地的车", "租场地的人"], None),
        ("不想买设备", ["买设备", "租场地"], None),
        ("不想去租场地", ["买设备", "租场地"], None),
        ("没有现钱买设备", ["买设备", "租场地"], 0),
    ],
)
def test_a_choice_by_place_by_part_and_denied(said: str, labels: list[str], meant: int | None) -> None:
    """A part of several chooses none; a denial reaches over one character and no further."""
    assert read_choice(said, labels) == meant


@pytest.mark.parametrize(
    ("digits", "fixed"),
    [
        ("08885123456", True),
        ("087165123456", True),
        ("0101123456", False),
        ("00885123456", False),
        ("0871651234567", False),
        ("13800000001", False),
    ],
)
def test_a_fixed_line_with_its_area_code(digits: str, fixed: bool) -> None:
    """《电信网编号计划（2017年版）》: the first figure after the area code is 2 to 8."""
    assert is_fixed_line(digits) is fixed


def test_how_long_each_number_is() -> None:
    """The form's page counts by it while somebody types."""
    assert {kind: (lengths.start, lengths.stop - 1) for kind, lengths in LENGTHS.items()} == {
        "id": (18, 18),
        "phone": (11, 11),
        "bank": (16, 19),
        "credit": (18, 18),
    }


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("我的0888（5123456）号", "0888（5123456）"),
        ("我的（0888）5123456号", "（0888）5123456"),
        ("打+86 13800000001吧", "+86 13800000001"),
        ("（我的13800000001）", "13800000001"),
    ],
)
def test_a_number_goes_with_the_bracket_that_belongs_to_it(text: str, number: str) -> None:
    """Its other half is inside; a bracket around more than the number stays."""
    (found,) = find_identifiers(text)
    assert text[found.start : found.end] == number


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("1 2-3 4 5 6 7 8 9 0 1 2 3", ["1 2-3 4 5 6 7 8 9 0 1 2 3"]),
        ("22 3 44 5 66 7 88 9 0", ["22 3 44 5 66 7 88 9 0"]),
        ("123 4567-8901 2345", ["123 4567-8901 2345"]),
        ("12-34 56-78 90-12 34", []),
        ("123456/7890123", ["123456/7890123"]),
        ("123456，7890123", []),
        ("123456；7890123", []),
    ],
)
def test_groups_of_figures_are_one_number_where_they_are_grouped_alike(text: str, numbers: list[str]) -> None:
    """Figure by figure, by one sign, in longer groups; a comma parts two, and now this and now that sign parts pairs."""
    assert [text[found.start : found.end] for found in find_identifiers(text)] == numbers


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("台胞证 12345678", "12345678"),
        ("编号1261 1290 0018", "126112900018"),
        ("办件编号 1261 1290 0019", None),
        ("编号1261-1290-0019", None),
    ],
)
def test_a_number_of_ours_is_no_document_s(text: str, told: str | None) -> None:
    """Known by its check digit."""
    found = awaited_number(text)
    assert (None if found is None else found.verdict.value) == told


@pytest.mark.parametrize(("text", "name"), [("六年", None), ("十天", None), ("张百年", "张百年")])
def test_a_length_is_no_name(text: str, name: str | None) -> None:
    """But a name may hold one."""
    assert read_name(text) == name


@pytest.mark.parametrize(
    ("text", "told"),
    [("20261231", False), ("20261031", False), ("20260931", False), ("25261231", True), ("20261331", True)],
)
def test_eight_figures_that_are_a_day_are_no_telephone(text: str, told: bool) -> None:
    """Any month of the twelve."""
    assert (bare_telephone(text) is not None) is told


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("2026-11-28T13:45", []),
        ("2026-11-28T13:45:30", []),
        ("2026-11-28T13:45:30.123Z", []),
        ("2026-11-28T13:45:30+08:00", []),
        ("2026-11-28T13:45:30Z 13800000001", ["13800000001"]),
        ("13800000001 2026-11-28T13:45:30Z", ["13800000001"]),
        ("O型血", []),
        ("OO", ["00"]),
        ("l8", ["18"]),
    ],
)
def test_an_instant_and_a_single_letter_are_no_digits(text: str, runs: list[str]) -> None:
    """With and without zone and seconds; what stands before and after the instant is read."""
    assert ["".join(group.digits for group in run) for run in digit_runs(text)] == runs
