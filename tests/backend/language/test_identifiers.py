"""Identifiers: found however they are written, checked by their standards, masked; and our own numbers."""

from __future__ import annotations

from datetime import UTC, date, datetime, tzinfo
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn

from backend.language import identifiers
from backend.language.documents import document_kinds, read_document_number
from backend.language.identifiers import (
    IdentifierKind,
    birth_date,
    check,
    id_checksum_holds,
    mask,
    not_a,
    without_country_code,
)
from backend.language.identifiers_in_text import (
    NUMBER_MARK,
    find_identifiers,
    hide_identifiers,
    number_answer,
    replace_identifiers,
)
from backend.language.serial_numbers import check_digit, group, is_number, ungroup

PROBLEMS: dict[str, str] = yaml.safe_load(
    Path(identifiers.__file__).with_name("data").joinpath("identifiers.yaml").read_text("utf-8")
)
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


@st.composite
def id_numbers(draw: st.DrawFn) -> str:
    """Citizen numbers of the unassigned region 530799 that pass GB 11643."""
    born = draw(st.dates(date(1930, 1, 1), date(2020, 12, 31)))
    body = f"530799{born:%Y%m%d}{draw(st.integers(1, 999)):03d}"
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, WEIGHTS, strict=True)) % 11]


@given(id_numbers(), st.sampled_from(["{}", "身份证{}", "我的号是{}，麻烦了", "{}我要办事", "号码：{} 谢谢"]))
def test_every_valid_id_number_is_found(number: str, sentence: str) -> None:
    """GB 11643: whatever stands around it."""
    found = find_identifiers(sentence.format(number))
    assert [(f.verdict.kind, f.verdict.valid, f.verdict.value) for f in found] == [("id", True, number)]


@given(id_numbers(), st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_noticed_and_still_kept_secret(number: str, place: int, by: int) -> None:
    """A mistyped number is refused, and is as secret as a right one."""
    wrong = number[:place] + str((int(number[place]) + by) % 10) + number[place + 1 :]
    found = find_identifiers(wrong)
    assert len(found) == 1
    assert (found[0].start, found[0].end) == (0, len(wrong))
    assert not (found[0].verdict.kind == "id" and found[0].verdict.valid)


@given(id_numbers())
def test_the_masked_form_shows_neither_birth_nor_order(number: str) -> None:
    """Seven characters of eighteen are shown."""
    masked = mask("id", number)
    assert len(masked) == len(number)
    assert masked[3:14] == "*" * 11


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("2024-01-01到2025-12-31", []),
        ("我交了15年，每月3500元", []),
        ("办件编号1261 1230 0014到哪了", []),
        ("身份证五三零七九九一九九零零三零七零零一八", ["id"]),
        ("电话一三八零零零零零零零一", ["phone"]),
        ("1 3 8 0 0 0 0 0 0 0 1", ["phone"]),
        ("138-0000-0001", ["phone"]),
        ("卡号6222 0212 3456 7890 128", ["bank"]),
        ("530799199003070018 13800000001", ["id", "phone"]),
        ("11010519491231002x", ["id"]),
        ("12345678901234567890123", ["number"]),
    ],
)
def test_what_is_an_identifier_and_what_is_not(text: str, kinds: list[str]) -> None:
    """Dates, sums and our own numbers stay readable; everything that could be a person's number is kept."""
    assert [found.verdict.kind for found in find_identifiers(text)] == kinds


@pytest.mark.parametrize(
    ("kind", "value", "valid"),
    [
        ("id", "11010519491231002X", True),
        ("id", "440524188001010014", False),  # right by checksum, but nobody born in 1880 comes here
        ("id", "110105194912310021", False),
        ("credit", "91350100M000100Y43", True),
        ("credit", "91350100M000100Y44", False),
        ("credit", "12530799MB00T00258", True),
        ("phone", "12800000001", False),
    ],
)
def test_published_examples(kind: str, value: str, valid: bool) -> None:
    """Examples of the standards themselves (GB 11643, GB 32100)."""
    assert check(kind, value).valid is valid  # type: ignore[arg-type]


@given(st.integers(0, 10**11 - 1), st.integers(0, 10), st.integers(1, 9))
def test_our_numbers_notice_a_misheard_digit(serial: int, place: int, by: int) -> None:
    """ISO 7064 MOD 11,10: one wrong digit never gives another valid number."""
    body = f"1{serial:011d}"[:11]
    number = body + check_digit(body)
    assert is_number(number)
    wrong = number[: place + 1] + str((int(number[place + 1]) + by) % 10) + number[place + 2 :]
    assert not is_number(wrong)


@given(id_numbers())
def test_hidden_in_a_text(number: str) -> None:
    """Written out or as a placeholder: the same mark."""
    assert hide_identifiers(f"我的{number}，还有⟦id:0123456789⟧") == f"我的{NUMBER_MARK}，还有{NUMBER_MARK}"
    assert replace_identifiers(f"我的{number}", lambda verdict: verdict.masked) == f"我的{mask('id', number)}"
    assert birth_date(number) is not None
    assert id_checksum_holds(number)


@given(st.integers(0, 10**11 - 1))
def test_our_numbers_are_read_as_printed(serial: int) -> None:
    """In groups of four."""
    body = f"1{serial:011d}"[:11]
    number = body + check_digit(body)
    assert ungroup(group(number)) == number


SEPARATORS = (
    " ",
    "\u00a0",
    "\u3000",
    "  ",
    "-",
    "–",
    "—",
    "_",
    "/",
    "、",
    "·",
    ".",
    "\n",
    "，",
    " - ",
    "•",
    "|",
    "×",
    "嗯",
    "啊，",
    " 然后 ",
    "再来",
)
"""What people put between groups, however they copied it."""
SCRIPTS = (
    "0123456789",
    "０１２３４５６７８９",
    "零一二三四五六七八九",
    "〇一二三四五六七八九",
    "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗",
    "零壹贰叁肆伍陆柒捌玖",
)
LOOK_ALIKES = ("X", "x", "×", "Х", "х", "Χ", "Ⅹ", " X", "埃克斯", "艾克斯")
AROUND = ("{}", "身份证{}", "号码：{}谢谢", "我是本人 {}，麻烦了", "（{}）", "号码{}一下", "a {} b")


@st.composite
def spellings(draw: st.DrawFn, number: str) -> str:
    """The number in groups of one size, or as identity cards and telephones are grouped, in one script."""
    size = draw(st.sampled_from([2, 3, 4, 5, 6, 30]))
    cuts = draw(st.sampled_from([[6, 14, 18], [3, 7, 11], list(range(size, 31, size))]))
    separator = draw(st.sampled_from(SEPARATORS))
    digits = [digit for digit in number if digit.isdigit()]
    groups, start = [], 0
    for cut in [*cuts, len(digits)]:
        groups.append("".join(digits[start:cut]))
        start = max(start, cut)
    script = draw(st.sampled_from(SCRIPTS))
    spelled = separator.join(group for group in groups if group)
    end = draw(st.sampled_from(LOOK_ALIKES)) if number.endswith("X") else ""
    return spelled.translate(str.maketrans("0123456789", script)) + end


@given(st.data(), id_numbers(), st.sampled_from(AROUND))
def test_an_id_number_is_found_however_it_is_spelt(data: st.DataObject, number: str, around: str) -> None:
    """Separators, groupings and scripts: judged by the joined digits, none left beside it."""
    spelled = data.draw(spellings(number))
    found = find_identifiers(around.format(spelled))
    assert [(f.verdict.kind, f.verdict.value, f.verdict.valid) for f in found] == [("id", number, True)]
    assert hide_identifiers(around.format(spelled)) == around.format(NUMBER_MARK)


@given(
    st.data(),
    st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True),
    st.sampled_from(["", "+86", "+86 ", "0086", "0086-", "86 "]),
)
def test_a_mobile_number_is_found_however_it_is_spelt(data: st.DataObject, number: str, country: str) -> None:
    """The country code too, in any spelling."""
    spelled = data.draw(spellings(number))
    found = find_identifiers(f"电话{country}{spelled}，谢谢")
    assert [(f.verdict.kind, f.verdict.value) for f in found] == [("phone", number)]
    assert hide_identifiers(f"电话{country}{spelled}，谢谢") == f"电话{NUMBER_MARK}，谢谢"


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("530799\u00a019900307\u30000018", ["530799199003070018"]),
        ("530799–19900307–0018", ["530799199003070018"]),
        ("5307\n9919\n9003\n0700\n18", ["530799199003070018"]),
        ("138/0000/0001", ["13800000001"]), ("138、0000、0001", ["13800000001"]), ("138_0000_0001", ["13800000001"]),
        ("138 00 00 00 01", ["13800000001"]), ("（+86）138 0000 0001", ["13800000001"]), ("13800000001一下", ["13800000001"]),
        ("13800000001，13900000002", ["13800000001", "13900000002"]), ("13800000001 18岁", ["13800000001"]),
        ("tel13800000001wx", ["13800000001"]), ("1️⃣3️⃣8️⃣0️⃣0️⃣0️⃣0️⃣0️⃣0️⃣0️⃣1️⃣", ["13800000001"]),
        ("6222 0212 3456 7890 128", ["6222021234567890128"]), ("护照E12345678", ["E12345678"]), ("回乡证H12345678", ["H12345678"]),
        ("530799199003070018，每月3500元", ["530799199003070018"]),
    ],
)  # fmt: skip
def test_spellings_that_people_used(text: str, values: list[str]) -> None:
    """Each stayed in clear once, in whole or by its tail."""
    assert [found.verdict.value for found in find_identifiers(text)] == values
    assert not any(sign.isdigit() for sign in hide_identifiers(text).split("，每月")[0].replace("18岁", ""))


@pytest.mark.parametrize(
    "text",
    [
        "2024-01-01 2025-12-31", "1985.3.7-2020.1", "2024/1/1、2024/2/1、2024/3/1", "周一 9:00-12:00 13:30-17:00", "3500, 4200, 3800, 5100",
        "每天2次，13、15、17、19、21、23", "1261 1230 0014", "LJ-SB-001", "2026年11月23日10点30分", "12333、12345、12348", "1,234,567.89元", "",
        "交了1年2个月，每月3500-4000元，2020.5.1到2024.6.30",
    ],
)  # fmt: skip
def test_near_misses_stay_readable(text: str) -> None:
    """Dates, hours, sums, hotlines and our own numbers are no person's."""
    assert find_identifiers(text) == []


@given(id_numbers().filter(lambda number: number[-1].isdigit()), st.integers(0, 17))
def test_an_id_number_with_a_digit_missing_is_no_card(number: str, place: int) -> None:
    """17 digits with a date of birth inside: the person is told how many digits an identity number has."""
    short = number[:place] + number[place + 1 :]
    (found,) = find_identifiers(short)
    if place > 13:
        assert (found.verdict.kind, found.verdict.valid) == ("id", False) or luhn.is_valid(short)
    assert found.verdict.kind in {"id", "bank"}


def test_a_short_id_number_is_told_how_long_it_is() -> None:
    """Not that a card is wrong."""
    assert (
        find_identifiers("53079919900307001")[0].verdict.problem
        == "身份证号是18位，您写的是17位。请再核对一下，重新写一遍。"
    )


@pytest.mark.parametrize(
    ("kind", "value", "holds"),
    [
        ("bank", "6222021234567890128", True), ("bank", "6222021234567890127", False), ("bank", "622202123456789", False),
        ("bank", "62220212345678901280", False), ("bank", "4111111111111111", True), ("bank", "411111111111111a", False),
        ("phone", "13800000001", True), ("phone", "1380000000", False), ("phone", "138000000012", False), ("phone", "11800000001", False),
    ],
)  # fmt: skip
def test_formats_are_checked(kind: str, value: str, holds: bool) -> None:
    """16 to 19 digits and Luhn for a card; 11 digits for a mobile number."""
    assert check(kind, value).valid is holds  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("number", "problem"),
    [
        ("53079920990307", "出生日期"),
        ("99079919900307", "地区代码"),
        ("00079919900307", "18位"),
        ("53079919901307", "出生日期"),
    ],
)
def test_nobody_is_born_tomorrow_or_nowhere(number: str, problem: str) -> None:
    """A right check digit does not make a date of birth or a province."""
    body = f"{number}001"
    whole = body + "10X98765432"[sum(int(d) * w for d, w in zip(body, WEIGHTS, strict=True)) % 11]
    verdict = check("id", whole)
    assert (verdict.valid, problem in verdict.problem) == (False, True)


class _JustAfterMidnight(datetime):
    """One minute into 28 November in Lijiang; in Greenwich it is still the 27th."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> _JustAfterMidnight:
        return cls(2026, 11, 27, 16, 1, tzinfo=UTC).astimezone(tz)


@pytest.mark.parametrize(("born", "holds"), [("20261128", True), ("20261129", False)])
def test_who_is_born_today_has_a_number_today(born: str, holds: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """The day is that of Lijiang."""
    monkeypatch.setattr(identifiers, "datetime", _JustAfterMidnight)
    body = f"530799{born}001"
    whole = body + "10X98765432"[sum(int(d) * w for d, w in zip(body, WEIGHTS, strict=True)) % 11]
    assert check("id", whole).valid is holds


@pytest.mark.parametrize("region", ["810000", "820000", "830000", "953079"])
def test_residents_from_elsewhere_have_numbers_that_hold(region: str) -> None:
    """港澳台居民居住证, and the foreign permanent residence card of 2023."""
    body = f"{region}19900307001"
    assert check("id", body + "10X98765432"[sum(int(d) * w for d, w in zip(body, WEIGHTS, strict=True)) % 11]).valid


@pytest.mark.parametrize(
    ("answer", "is_number"),
    [
        ("12345", True),
        ("1380000", True),
        ("E1234567", True),
        ("138 0000", True),
        ("1234", False),
        ("我今年12345岁", False),
        ("没有", False),
    ],
)
def test_an_answer_that_is_a_number_is_one(answer: str, is_number: bool) -> None:
    """Where a number is asked for, a wrong one is as secret as a right one."""
    assert (number_answer(answer) is not None) is is_number


@pytest.mark.parametrize(
    ("kind", "said", "kept_as"),
    [
        ("resident_id", "11010519491231002x", "id"), ("resident_id", "E12345678", None), ("passport", "e 1234 5678", "document"),
        ("passport", "护照", None), ("mainland_permit_hk_mo", "H12345678", "document"), ("mainland_permit_hk_mo", "K12345678", None),
        ("mainland_permit_tw", "12345678", "document"), ("mainland_permit_tw", "1234567", None),
        ("permanent_residence", "USA110074010100", "document"), ("permanent_residence", "USA11007401010", None),
    ],
)  # fmt: skip
def test_each_document_has_its_own_rule(kind: str, said: str, kept_as: str | None) -> None:
    """What does not look like it is refused with what it looks like."""
    verdict = read_document_number(kind, said)
    assert (verdict.kind if verdict.valid else None) == kept_as
    assert verdict.valid or verdict.problem


def test_a_document_without_a_rule_has_no_number_to_read() -> None:
    """It is shown at the counter."""
    assert document_kinds()["other"].checked == "at_counter"
    with pytest.raises(KeyError):
        read_document_number("other", "123")


@pytest.mark.parametrize(
    ("kind", "value", "masked"),
    [
        ("id", "530799199003070018", "530***********0018"), ("phone", "13800000001", "138****0001"), ("bank", "6222021234567890128", "***************0128"),
        ("number", "12345678", "12****78"), ("document", "E12345678", "E*****678"), ("credit", "91350100M000100Y43", "9135**********0Y43"),
        ("number", "1234", "****"), ("number", "12345", "12*45"), ("document", "E123", "****"), ("document", "E1234", "E*234"), ("bank", "1234",
        "****"), ("bank", "12345", "*2345"),
        ("phone", "1380001", "*******"), ("phone", "13800001", "******01"),
    ],
)  # fmt: skip
def test_how_much_of_each_kind_is_shown(kind: IdentifierKind, value: str, masked: str) -> None:
    """What is shorter than that is hidden whole."""
    assert mask(kind, value) == masked


@pytest.mark.parametrize(
    ("kind", "value", "problem"),
    [
        ("id", "53079919900307001", "id.length"), ("id", "5307991990030700181", "id.length"), ("id", "030799199003070018", "id.length"),
        ("id", "5307991990030700A8", "id.length"), ("id", "530799900307001", "id.old"), ("id", "53079990030700", "id.length"),
        ("id", "530799189912310010", "id.birth"), ("id", "530799199002300017", "id.birth"), ("id", "990799199003070018", "id.province"), ("id",
        "530799199003070019", "id.checksum"),
        ("phone", "12800000001", "phone.format"), ("phone", "1380000000", "phone.format"), ("phone", "08715123456", "phone.landline"), ("phone",
        "138000000011", "phone.format"),
        ("bank", "622202123456789", "bank.format"), ("bank", "62220212345678901280", "bank.format"), ("bank", "62220212345678901a", "bank.format"),
        ("bank", "6222021234567890", "bank.checksum"), ("bank", "6222021234567890127", "bank.checksum"), ("number", "12345", "number.unclear"),
        ("credit", "91350100M000100Y4", "credit.format"), ("credit", "91350100I000100Y43", "credit.format"), ("credit", "91350100M000100Y430",
        "credit.format"),
        ("credit", "91350100M000100Y44", "credit.checksum"), ("secret", "", None),
    ],
)  # fmt: skip
def test_each_near_miss_is_told_what_is_wrong(kind: IdentifierKind, value: str, problem: str | None) -> None:
    """The sentence is the one of the problem, with the number of digits written; nothing of ours is checked so."""
    if problem is None:
        with pytest.raises(KeyError):
            check(kind, value)
        return
    verdict = check(kind, value)
    assert (verdict.valid, verdict.problem) == (False, PROBLEMS[problem].format(length=len(value)))
    assert verdict.masked == mask(kind, verdict.value)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("id", "11010519491231002x"), ("phone", "13000000000"), ("phone", "19999999999"), ("bank", "4111111111111111"), ("bank", "62220212345678903"),
        ("bank", "622202123456789012"), ("bank", "6222021234567890128"), ("credit", "91350100m000100y43"), ("document", "E12345678"),
    ],
)  # fmt: skip
def test_what_holds_has_nothing_to_complain_of(kind: IdentifierKind, value: str) -> None:
    """16 to 19 digits of a card; small letters are made capitals."""
    verdict = check(kind, value)
    assert (verdict.valid, verdict.problem, verdict.value) == (True, "", value.upper())


@pytest.mark.parametrize(("born", "holds"), [("18991231", False), ("19000101", True)])
def test_the_oldest_applicant_was_born_in_1900(born: str, holds: bool) -> None:
    """GB 11643 itself has no such bound."""
    body = f"530799{born}001"
    whole = body + "10X98765432"[sum(int(d) * w for d, w in zip(body, WEIGHTS, strict=True)) % 11]
    assert check("id", whole).valid is holds


def test_where_another_number_was_asked_for_the_length_is_told() -> None:
    """18 digits that are no identity number have a wrong one in them; other lengths are told."""
    assert not_a("id", 18) == PROBLEMS["id.checksum"]
    assert not_a("id", 17) == PROBLEMS["id.length"].format(length=17)
    assert not_a("phone", 18) == PROBLEMS["phone.format"]
    assert not_a("bank", 18) == PROBLEMS["bank.format"].format(length=18)


@pytest.mark.parametrize(
    ("digits", "number"),
    [
        ("8613800000001", "13800000001"),
        ("008613800000001", "13800000001"),
        ("8612800000001", "8612800000001"),
        ("86138000000012", "86138000000012"),
        ("13800000001", "13800000001"),
    ],
)
def test_the_country_code_belongs_to_a_mobile_number_only(digits: str, number: str) -> None:
    """Eleven digits that begin as one."""
    assert without_country_code(digits) == number


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("5307991990030700", "id 5307991990030700"), ("53079919900307001", "id 53079919900307001"), ("1234567890123456", "bank 1234567890123456"),
        ("6222021234567890", "bank 6222021234567890"), ("62220212345678901", "bank 62220212345678901"), ("622202123456789012", "bank+622202123456789012"),
        ("62220212345678901234", "number 62220212345678901234"), ("4111111111111112", "bank 4111111111111112"),
        ("4111 11 1111 111111", "bank+4111111111111111"),
        ("411111111111111", "id 411111111111111"), ("530799199013070011", "id 530799199013070011"), ("1380000000", ""),
        ("138000000012", "number 138000000012"),
        ("12345678901", "phone 12345678901"), ("22345678901", "number 22345678901"), ("010-12345678", "phone 01012345678"), ("1261 1230 0014", ""),
        ("1261 1230 0015", "number 126112300015"), ("126112300014", ""), ("53079919900307001X", "id 53079919900307001X"),
        ("53079919900307 001x号", "id 53079919900307001X"),
        ("订单AB123456789012345", ""), ("AB13800000001", "phone+13800000001"), ("13800000001AB", "phone+13800000001"), ("530799的19900307的0018", ""),
        ("电话13800000001，护照E12345678", "phone+13800000001 document+E12345678"),
        ("护照E12345678，电话13800000001", "document+E12345678 phone+13800000001"),
        ("13800000001E12345678", "phone+13800000001"), ("⟦13800000001⟧", ""), ("⟦x⟧13800000001", "phone+13800000001"),
        ("12345678901234567890123", "number 12345678901234567890123"),
        ("123456789012345678901234", "number 123456789012345678901234"), ("1111 2222 3333", "number 111122223333"),
        ("11 2222 3333 44", "number 112222333344"),
        ("1 1 1 2 2 2 3 3 3 4 4", "phone 11122233344"),
        ("111.2222 33334", "number 111222233334"), ("111嗯2222嗯33334", ""), ("11.2222 33334", ""), ("1380013X8000", ""), ("138X0013 8000", ""),
        ("13800138000X", "phone+13800138000"), ("6222021234567890128X", "bank+6222021234567890128"),
    ],
)  # fmt: skip
def test_near_misses_of_every_kind(text: str, found: str) -> None:
    """What is found, whether it holds (+), and its figures: a digit too few or too many, other kinds' lengths, codes, our own numbers."""
    told = [
        f"{one.verdict.kind}{'+' if one.verdict.valid else ' '}{one.verdict.value}" for one in find_identifiers(text)
    ]
    assert " ".join(told) == found


@pytest.mark.parametrize("month", range(1, 13))
@pytest.mark.parametrize("day", [1, 9, 10, 19, 20, 29, 30, 31])
def test_old_identity_numbers_are_found_however_they_are_cut(month: int, day: int) -> None:
    """15 digits with a date inside are as secret as 18, grouped as nothing else is."""
    (found,) = find_identifiers(f"530799-65 {month:02d} {day:02d}-001")
    assert (found.verdict.kind, found.verdict.valid) == ("id", False)


@pytest.mark.parametrize(
    "text",
    ["530799-65 13 01-001", "530799-65 00 01-001", "530799-65 03 00-001", "530799-65 03 32-001", "030799-65 03 01-001"],
)
def test_what_has_no_date_inside_is_no_old_identity_number(text: str) -> None:
    """Cut so oddly it is no number at all."""
    assert find_identifiers(text) == []


@pytest.mark.parametrize("time", ["0:00", "9:05", "09:59", "19:30", "20:00", "23:59", "24:00", "8：30"])
def test_times_before_digits_are_no_part_of_a_number(time: str) -> None:
    """An hour and minutes, and a telephone number behind them."""
    assert [one.verdict.value for one in find_identifiers(f"{time} 13800000001")] == ["13800000001"]


@pytest.mark.parametrize("hour", range(13, 20))
def test_an_hour_and_an_office_number_are_no_mobile_number(hour: int) -> None:
    """「15:30 8812345」 would have eleven digits; seconds behind the minutes make no time of it."""
    for minutes in ("00", "09", "30", "59"):
        assert find_identifiers(f"{hour}:{minutes} 8812345") == []


@pytest.mark.parametrize("day", ["1990-01", "2019.1", "2026/12", "2026—9", "1999 - 10"])
def test_a_month_and_digits_are_no_number(day: str) -> None:
    """A year and a month in any writing, and seven figures behind them."""
    assert find_identifiers(f"{day} 8812345") == []


@pytest.mark.parametrize(
    ("answer", "number"),
    [("12345", "12345"), ("1234", None), ("AB12345", "AB12345"), ("ABC12345", "ABC12345"), ("ABCD12345", None), ("12345X", "12345X"),
    ("12345XY", None), ("1 2-3.4 5", "12345"),
     ("一二三四五", "12345"), ("１２３４５", "12345"), ("126112300014", None), ("126112300015", "126112300015")],
)  # fmt: skip
def test_what_counts_as_a_number_where_one_is_asked_for(answer: str, number: str | None) -> None:
    """Five figures, up to three letters in front and one behind; a number of our own is none."""
    verdict = number_answer(answer)
    assert (None if verdict is None else verdict.value) == number


def test_numbers_of_our_own_begin_with_their_kind() -> None:
    """1 a case, 2 a notice, 3 feedback, 12 digits; 4 is nothing of ours."""
    for kind, ours in (("1", True), ("2", True), ("3", True), ("4", False), ("0", False)):
        body = f"{kind}2611230001"
        assert is_number(body + check_digit(body)) is ours
    assert not is_number("1261123000140")
    assert group("126112300014") == "1261 1230 0014"
    assert ungroup("1261-1230 0014") == "126112300014"
