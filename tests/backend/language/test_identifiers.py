"""Identifiers: found however they are written, checked by their standards, masked; and our own numbers."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.language.identifiers import birth_date, check, id_checksum_holds, mask
from backend.language.identifiers_in_text import NUMBER_MARK, find_identifiers, hide_identifiers, replace_identifiers
from backend.language.serial_numbers import check_digit, group, is_number, ungroup

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
