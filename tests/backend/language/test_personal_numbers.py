"""Numbers of people: mistyped ones too, with letters that look like digits, in brackets, told where a number was asked for."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.language.digits import by_figure
from backend.language.documents import RESIDENT_ID, document_kinds, document_named
from backend.language.identifiers_in_text import NUMBER_MARK, awaited_number, find_identifiers, hide_identifiers
from backend.language.number_parts import figures_told
from backend.language.personal_numbers import hide_personal
from backend.language.serial_numbers import check_digit
from tests.backend.language.test_identifiers import id_numbers

MOBILES = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
LOOKS = {"0": "OoОО０", "1": "lI丨1"}


@st.composite
def looking_alike(draw: st.DrawFn, number: str) -> str:
    """The number with some of its 0 and 1 as letters that look like them."""
    spelled = "".join(draw(st.sampled_from(LOOKS[digit])) if digit in LOOKS else digit for digit in number)
    return spelled if any(sign.isdigit() for sign in spelled) else number


@given(st.data(), st.one_of(id_numbers(), MOBILES), st.sampled_from(["{}", "号码{}", "号码：{}谢谢", "（{}）"]))
def test_letters_that_look_like_digits_are_digits(data: st.DataObject, number: str, around: str) -> None:
    """O for 0, l and I for 1: found, read and hidden as the number that was meant."""
    (found,) = find_identifiers(around.format(data.draw(looking_alike(number))))
    assert (found.verdict.value, found.verdict.valid) == (number, True)
    assert hide_identifiers(around.format(data.draw(looking_alike(number)))) == around.format(NUMBER_MARK)


@pytest.mark.parametrize("text", ["10l水", "Oo", "我有5l油", "LOL 2026", "COVID-19 OO", "10l 20l 30l", "ill 11 all"])
def test_letters_among_words_are_letters(text: str) -> None:
    """Litres and exclamations are no numbers of people."""
    assert find_identifiers(text) == []


@given(id_numbers(), st.integers(0, 16), st.integers(1, 9))
def test_a_mistyped_id_number_is_hidden(number: str, place: int, by: int) -> None:
    """One digit wrong, also in the date of birth: it is as personal as the right one."""
    wrong = number[:place] + str((int(number[place]) + by) % 10) + number[place + 1 :]
    assert hide_personal(f"查{wrong}的件") == f"查{NUMBER_MARK}的件"


@given(id_numbers(), st.integers(15, 17))
def test_an_id_number_cut_short_is_hidden(number: str, length: int) -> None:
    """With the date of birth still inside."""
    assert hide_personal(f"查{number[:length]}") == f"查{NUMBER_MARK}"


@given(st.from_regex(r"1[0-9]{10}", fullmatch=True))
def test_what_is_shaped_like_a_mobile_number_is_hidden(number: str) -> None:
    """Eleven figures from 1 on, whether there is such a number or not."""
    assert hide_personal(f"打{number}") == f"打{NUMBER_MARK}"


@given(st.from_regex(r"[12][0-9]{10}", fullmatch=True))
def test_numbers_of_cases_stay_readable(body: str) -> None:
    """In groups or not."""
    number = body + check_digit(body)
    grouped = " ".join((number[:4], number[4:8], number[8:]))
    assert hide_personal(f"编号{number}，{grouped}") == f"编号{number}，{grouped}"


@pytest.mark.parametrize(
    "text", ["0888-5123456", "（0888）5123456", "12333、12345、12348", "400-812-3123", "1261 1230 0015", "2026年11月23日"]
)  # fmt: skip
def test_numbers_of_offices_stay_readable(text: str) -> None:
    """Telephones, hotlines, mistyped numbers of cases."""
    assert hide_personal(text) == text


@given(MOBILES, st.sampled_from(["({})", "（{}）", "[{}]"]), st.sampled_from(["+86", "86", "0086"]))
def test_no_half_bracket_is_left(number: str, bracket: str, country: str) -> None:
    """The bracket around a country code goes with it."""
    written = f"电话{bracket.format(country)}{number}，谢谢"
    assert hide_identifiers(written) == f"电话{NUMBER_MARK}，谢谢"


@pytest.mark.parametrize("x", ["叉", "埃克斯", "艾克斯", " x", "×", "，最后是叉"])
def test_the_x_in_words(x: str) -> None:
    """As it is read out."""
    assert find_identifiers(f"11010519491231002{x}")[0].verdict.value == "11010519491231002X"


@pytest.mark.parametrize(
    ("told", "shortest", "number", "left"),
    [
        ("530799", 5, "530799", ""), ("0018", 4, "0018", ""), ("0018", 5, None, ""), ("8", 1, "8", ""), ("oo18", 4, "0018", ""),
        ("台胞证 12345678", 5, "12345678", "台胞证 "), ("我的护照是 GD123456", 5, "GD123456", "我的护照是 "), ("1261 1230 0014", 5, None, ""),
        ("我1990年3月7日生的", 5, None, ""), ("2026-10-31办的", 5, None, ""), ("没有", 5, None, ""), ("12333是多少", 5, None, ""),
    ],
)  # fmt: skip
def test_what_is_told_where_a_number_was_asked_for(told: str, shortest: int, number: str | None, left: str) -> None:
    """Parts and numbers without a check digit are as secret as the whole; words beside them stay."""
    found = awaited_number(told, shortest)
    assert (found.verdict.value if found else None) == number
    assert found is None or told[: found.start] + told[found.end :] == left


@given(st.data(), id_numbers(), st.sampled_from(["{}", "前面是{}", "后面{}", "{}，等一下", "前6位{}"]))
def test_the_figures_of_parts_are_joined(data: st.DataObject, number: str, around: str) -> None:
    """However the parts are cut, in figures or characters; words around them add none."""
    cuts = sorted(data.draw(st.lists(st.integers(2, 16), min_size=1, max_size=3, unique=True)))
    parts = [number[start:end] for start, end in pairwise([0, *cuts, len(number)])]
    if any(len(part) < 2 for part in parts):
        return
    assert "".join(figures_told(around.format(part)) for part in parts) == number
    assert "".join(figures_told(by_figure(part)) for part in parts if part.isdigit()) == number.removesuffix(
        parts[-1] if not parts[-1].isdigit() else ""
    )


@pytest.mark.parametrize(
    ("told", "figures"),
    [("001叉", "001X"), ("x", "X"), ("最后一位是叉", "X"), ("oo18", "0018"), ("等一下", ""), ("没有了", ""), ("就8", "8")],
)  # fmt: skip
def test_what_is_told_of_a_number(told: str, figures: str) -> None:
    """The X alone, letters that look like digits."""
    assert figures_told(told) == figures


def test_every_document_is_found_by_each_of_its_names() -> None:
    """No name is of two documents; the identity card is not meant by who has none."""
    for kind, document in document_kinds().items():
        for name in (document.label, *document.names):
            for said in (f"我用{name}", f"没有身份证，只有{name}") if kind != RESIDENT_ID else (f"用{name}",):
                assert document_named(said) == kind, said
    assert document_named("我没有身份证") is None
    assert document_named("护照或者台胞证") is None
