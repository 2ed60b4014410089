"""Forms as a whole: dates that must agree, other documents than the identity card, cards that cannot be verified."""

from __future__ import annotations

from datetime import date

import pytest

from backend.client import BackendProblem
from backend.client.cases import CasesClient
from backend.contracts.cases import Case, DraftAnswer, FieldView, NewCase
from backend.contracts.catalogue_content import FieldKind, Form, FormField
from backend.contracts.date_limits import parse_limit
from backend.one_window.cases.date_order import check_order
from backend.platform.errors import InvalidError
from tests.conftest import ID_NUMBER, Hall

TODAY = date(2026, 11, 23)
BORN = date(1990, 3, 7)
PASSPORT = "E12345678"
DOUBTFUL_CARD = "6222021234567890127"


def dated(name: str, not_before: tuple[str, ...] = (), not_after: tuple[str, ...] = ()) -> FormField:
    """A date field with limits."""
    return FormField(
        id=name, label=name, question="哪天？", kind=FieldKind.DATE, not_before=not_before, not_after=not_after
    )


BIRTH_OF_CHILD = dated("born_on", ("birth+14y", "today-10y"), ("today",))
LEAVE = dated("leave_from", ("born_on-9m",), ("born_on+3m",))


@pytest.mark.parametrize(
    ("answers", "problem"),
    [
        ({"born_on": "2090-03-07"}, "field.after"), ({"born_on": "2026-11-24"}, "field.after"), ({"born_on": "2026-11-23"}, None),
        ({"born_on": "1930-03-07"}, "field.before"), ({"born_on": "2016-11-22"}, "field.before"), ({"born_on": "2016-11-23"}, None),
        ({"born_on": "2026-11-01", "leave_from": "2026-10-15"}, None), ({"born_on": "2026-11-01", "leave_from": "2025-01-01"}, "field.before"),
        ({"born_on": "2025-11-01", "leave_from": "2026-11-01"}, "field.after"), ({"leave_from": "2020-01-01"}, None), ({"born_on": ""}, None), ({}, None),
    ],
)  # fmt: skip
def test_dates_that_contradict_are_asked_about(answers: dict[str, str], problem: str | None) -> None:
    """Against today, the date of birth and each other; what is not answered yet contradicts nothing."""
    if problem is None:
        check_order([BIRTH_OF_CHILD, LEAVE], answers, BORN, TODAY)
        return
    with pytest.raises(InvalidError) as refused:
        check_order([BIRTH_OF_CHILD, LEAVE], answers, BORN, TODAY)
    assert (refused.value.name, refused.value.field) == (problem, "value")


def test_a_child_of_a_child_is_asked_about() -> None:
    """The identity number tells the mother's age."""
    with pytest.raises(InvalidError):
        check_order([BIRTH_OF_CHILD], {"born_on": "2026-01-01"}, date(2015, 1, 1), TODAY)
    check_order([BIRTH_OF_CHILD], {"born_on": "2026-01-01"}, None, TODAY)


@pytest.mark.parametrize("limit", ["tomorrow!", "today+3", "today+3x", "2026-13-01", ""])
def test_a_limit_that_is_none_is_refused(limit: str) -> None:
    """The item's file is checked before anybody fills the form."""
    with pytest.raises(ValueError):  # the sentences differ
        parse_limit(limit)


def test_a_limit_names_a_date_of_its_form() -> None:
    """A misspelt field would limit nothing."""
    with pytest.raises(ValueError, match="left_on"):
        Form(id="form", title="表", fields=(dated("ended_on", ("left_on",)),))


async def answered(hall: Hall, conversation: str, case: Case, field: str, said: str, **more: str | bool) -> Case:
    """One field, through the chat's vault."""
    value = await hall.say(conversation, said) if said else ""
    answer = DraftAnswer.model_validate({"field": field, "value": value, **more})
    return await hall.assistant.part(CasesClient).answer(case.id, answer, conversation=conversation, key=hall.key())


async def begun(hall: Hall, conversation: str, item: str = "LJ-SY-001") -> Case:
    """A draft."""
    return await hall.assistant.part(CasesClient).start(NewCase(item=item), conversation=conversation, key=hall.key())


def shown(case: Case, field: str) -> FieldView:
    """A field as it is shown."""
    return next(one for one in case.fields if one.id == field)


async def test_an_end_of_work_in_the_future_or_before_birth_is_asked_about(hall: Hall) -> None:
    """LJ-SY-001: whichever of the two is told last, the contradiction is named and nothing is lost."""
    conversation = await hall.conversation()
    case = await begun(hall, conversation)
    for said, words in (("2035年1月1日", "不能晚于今天（2026年11月23日）"), ("1998年1月1日", "不能早于")):
        with pytest.raises(BackendProblem) as refused:
            await answered(hall, conversation, case, "left_on", said)
        assert words in refused.value.problem.detail
    case = await answered(hall, conversation, case, "left_on", "2003年1月1日")
    with pytest.raises(BackendProblem) as refused:
        await answered(hall, conversation, case, "id_number", ID_NUMBER)
    assert "2004年3月7日（按身份证上的出生日期算）" in refused.value.problem.detail
    assert shown(case, "left_on").value == "2003年1月1日"


async def test_a_passport_is_a_way_on(hall: Hall) -> None:
    """The document is chosen, its number asked for and checked by its own rule, kept in the vault."""
    conversation = await hall.conversation()
    case = await answered(hall, conversation, await begun(hall, conversation), "id_number", "", document="passport")
    field = shown(case, "id_number")
    assert (field.value, field.document) == (None, "passport")
    assert "护照的号码" in field.question
    with pytest.raises(BackendProblem) as refused:
        await answered(hall, conversation, case, "id_number", "没有号码呀")
    assert "护照" in refused.value.problem.detail
    case = await answered(hall, conversation, case, "id_number", f"号码是{PASSPORT}".removeprefix("号码是"))
    assert shown(case, "id_number").value == "护照，E*****678"
    assert PASSPORT.encode() not in b"".join(path.read_bytes() for path in hall.settings.data.glob("daoban.db*"))


async def test_a_document_without_a_rule_is_shown_at_the_counter(hall: Hall) -> None:
    """And the identity card can be chosen again."""
    conversation = await hall.conversation()
    case = await answered(hall, conversation, await begun(hall, conversation), "id_number", "", document="other")
    assert shown(case, "id_number").value == "其他证件，到窗口出示原件"
    assert "id_number" not in {case.next_field.id if case.next_field else ""}
    case = await answered(hall, conversation, case, "id_number", "", document="resident_id")
    assert shown(case, "id_number").value is None
    case = await answered(hall, conversation, case, "id_number", ID_NUMBER)
    assert shown(case, "id_number").value == "530***********0018"
    with pytest.raises(BackendProblem):
        await answered(hall, conversation, case, "id_number", "", document="driving_licence")


async def test_a_doubtful_card_is_asked_a_second_time_and_then_taken(hall: Hall) -> None:
    """Not every card carries a Luhn digit: the clerk sees that it was not verified."""
    conversation = await hall.conversation()
    case = await begun(hall, conversation, "LJ-YB-011")
    card = next(field.id for field in case.fields if field.kind is FieldKind.BANK_CARD)
    with pytest.raises(BackendProblem) as refused:
        await answered(hall, conversation, case, card, DOUBTFUL_CARD)
    assert "再发一次" in refused.value.problem.detail
    case = await answered(hall, conversation, case, card, DOUBTFUL_CARD, confirmed=True)
    field = shown(case, card)
    assert field.unverified
    assert field.value is not None
    assert "没核对上" in field.value
    with pytest.raises(BackendProblem):
        await answered(hall, conversation, case, card, "622202123", confirmed=True)
