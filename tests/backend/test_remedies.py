"""What can be done about a decision, until when: to the day, by the kind of decision; on papers and in messages too."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from backend.client.cases import CasesClient
from backend.client.conversations import ConversationsClient
from backend.contracts.cases import CaseState
from backend.contracts.remedies import DecisionKind, RemediesQuery
from backend.one_window.cases.composing import _remedy
from backend.one_window.cases.documents import CaseDocumentKind
from backend.one_window.cases.models import CaseStepRow
from backend.one_window.cases.remedies import Term, decision_of, last_day, remedies_of, remedies_of_case, remedy_texts
from backend.one_window.catalogue.service import CATALOGUE
from backend.platform.http import DATABASE
from tests.backend.counter import does, marks
from tests.conftest import LACKING_TOLD, Hall

DAYS, MONTHS = Term(value=60, unit="days"), Term(value=6, unit="months")


@pytest.mark.parametrize(
    ("received_on", "term", "last"),
    [
        ("2026-03-02", DAYS, "2026-05-06"),  # 1 May is a holiday, and so are the days up to the 5th
        ("2026-03-03", DAYS, "2026-05-06"),
        ("2026-03-13", DAYS, "2026-05-12"),
        ("2026-03-10", DAYS, "2026-05-09"),  # a Saturday that is worked
        ("2026-02-28", MONTHS, "2026-08-28"),
        ("2025-08-31", MONTHS, "2026-02-28"),  # no 31st, and the 28th is worked
        ("2026-01-12", MONTHS, "2026-07-13"),  # a Sunday
        ("2026-04-01", MONTHS, "2026-10-08"),
        ("2026-11-23", MONTHS, "2027-05-23"),  # a Sunday of a year without a notice: nobody is told a later day
        ("2026-03-06", Term(value=15, unit="days"), "2026-03-23"),
    ],
)
def test_the_last_day(received_on: str, term: Term, last: str) -> None:
    """The day after is the first; a day off at the end moves on; a month ends on the day of the same number."""
    assert last_day(date.fromisoformat(received_on), term).isoformat() == last


@pytest.mark.parametrize(
    ("item", "refused", "kind"),
    [
        ("LJ-SY-001", False, "administrative"),
        ("LJ-SY-001", True, "administrative"),
        ("LJ-GS-001", False, "administrative"),
        ("LJ-GS-002", False, "appraisal"),
        ("LJ-GS-002", True, "administrative"),
        ("LJ-GS-003", False, "reappraisal"),
        ("LJ-ZC-002", False, "award"),
        ("LJ-ZC-002", True, "arbitration_refusal"),
    ],
)
def test_what_kind_of_decision_it_is(item: str, refused: bool, kind: str) -> None:
    """An appraisal is not reconsidered, an award goes to court."""
    assert decision_of(item, refused=refused) == kind


@pytest.mark.parametrize("state", CaseState)
def test_whatever_was_decided_has_its_remedies(state: CaseState) -> None:
    """Also once it was handed over; counted from the decision. Withdrawn or sent back, nothing is decided."""
    steps = [
        CaseStepRow(step=step, at=datetime(2026, 3, day, 4, tzinfo=UTC))
        for step, day in (("approve", 13), ("deliver", 16))
    ]
    decided = state in {CaseState.REFUSED, CaseState.APPROVED, CaseState.REJECTED, CaseState.DELIVERED}
    found = remedies_of_case("LJ-SY-001", state, steps)
    assert (found is not None) is decided
    assert found is None or found.counted_from == date(2026, 3, 13)
    assert remedies_of_case("LJ-SY-001", state, steps[1:]) is None


async def test_the_items_that_are_named_exist(hall: Hall) -> None:
    """A code that is gone would silently be an ordinary decision."""
    async with hall.server.app[DATABASE].read() as session:
        for code in remedy_texts().items:
            assert await hall.server.app[CATALOGUE].guide(session, code)


def test_what_is_told_of_each_kind() -> None:
    """By date where the day is known, by term where it is not; every remedy has its basis, its place and what to bring."""
    told = remedies_of(DecisionKind.ADMINISTRATIVE, date(2026, 3, 13))
    assert told.sentence == (
        "对结果不服的，最晚2026年5月12日可以申请行政复议，最晚2026年9月14日可以向人民法院提起行政诉讼。"
    )
    assert "《中华人民共和国行政复议法》第二十条" in told.basis
    assert "《中华人民共和国行政诉讼法》第四十六条" in told.basis
    undated = remedies_of(DecisionKind.AWARD, None)
    assert undated.sentence == "对结果不服的，收到之日起15日内可以向人民法院起诉。"
    assert "最终结论" in remedies_of(DecisionKind.REAPPRAISAL, date(2026, 3, 13)).sentence
    for kind in DecisionKind:
        found = remedies_of(kind, None)
        assert found.sentence
        assert all(one.basis and one.where and one.bring for one in found.remedies)


@pytest.mark.parametrize(
    ("item", "kind", "words"),
    [
        ("LJ-SY-001", "refusal", ("六十日内", "六个月内", "申请行政复议的期限到2026年5月12日")),
        ("LJ-GS-002", "rejection", ("十五日内", "再次鉴定", "期限到2026年3月30日")),
        ("LJ-GS-003", "approval", ("最终结论",)),
        ("LJ-ZC-002", "rejection", ("十五日内向人民法院起诉", "期限到2026年3月30日")),
        ("LJ-ZC-002", "refusal", ("第二十九条",)),
    ],
)
async def test_what_papers_say(hall: Hall, item: str, kind: str, words: tuple[str, ...]) -> None:
    """The remedies of this kind of decision, and the last day for whoever gets it at once."""
    async with hall.server.app[DATABASE].read() as session:
        found = (await hall.server.app[CATALOGUE].guide(session, item)).item
    printed = _remedy(found, CaseDocumentKind(kind), "决定书", date(2026, 3, 13))
    for expected in words:
        assert expected in printed


@pytest.mark.parametrize(
    ("steps", "state"),
    [
        ([("refuse", {"note": "不归我们"})], "refused"),
        ([("accept", LACKING_TOLD), ("reject", {"note": "缴费不满一年"})], "rejected"),
        ([("accept", LACKING_TOLD), ("approve", {"note": "核定18个月"})], "approved"),
    ],
)
async def test_the_message_of_a_decision(hall: Hall, steps: list[tuple[str, Any]], state: str) -> None:
    """It tells the remedies with dates and basis; the case keeps telling them, after it was delivered too."""
    conversation = await hall.conversation()
    case = await hall.submitted(conversation)
    assert case.remedies is None
    async with hall.staff() as clerk:
        await marks(clerk, case.id, "id_card", "received")
        for name, told in steps:
            status, answer = await does(clerk, case.id, name, **told if name != "accept" else {})
            assert status == 200, answer
    said = (await hall.connectors.part(ConversationsClient).messages(conversation)).messages[-1]
    for part in (
        "最晚2027年1月22日可以申请行政复议",
        "最晚2027年5月23日",
        "行政复议法》第二十条",
        "行政诉讼法》第四十六条",
    ):
        assert said.text.count(part) == 1
    found = await hall.assistant.part(CasesClient).case(case.id, conversation=conversation)
    assert (found.state, found.remedies is not None) == (state, True)
    assert found.remedies is not None
    assert found.remedies.counted_from == date(2026, 11, 23)


async def test_a_decision_told_in_words(hall: Hall) -> None:
    """Without a case: by its kind or its item, with or without its day."""
    part = hall.assistant.part(CasesClient)
    award = await part.remedies(RemediesQuery(decision=DecisionKind.AWARD, received_on=date(2026, 11, 20)))
    assert [one.last_day for one in award.remedies] == [date(2026, 12, 7)]
    appraisal = await part.remedies(RemediesQuery(item="LJ-GS-002"))
    assert (appraisal.decision, appraisal.remedies[0].last_day) == ("appraisal", None)
