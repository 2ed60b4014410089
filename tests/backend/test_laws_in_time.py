"""Law has dates: what counts as a basis follows the day by data, and a person is told in time to read again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from backend.client.catalogue import CatalogueClient
from backend.contracts.catalogue_content import Basis, DatedLaw, LegalBasis
from backend.one_window.calculators.feature import reviewed
from backend.one_window.calculators.registry import RULES as CALCULATORS
from backend.one_window.catalogue.delivered import edition
from backend.one_window.catalogue.laws import in_force, in_time, law_of, to_come
from backend.one_window.catalogue.reviewing import due_on, soon
from backend.platform.permissions import Role
from tests.conftest import MONDAY_MORNING, Hall

NEW_LAW = "《中华人民共和国医疗保障法》"
LAWS = (
    DatedLaw(title="《新法》", since=date(2027, 1, 1), leads=True),
    DatedLaw(title="《旧法》", until=date(2026, 12, 31)),
)
RULES = tuple(
    LegalBasis(title=title, basis=Basis.LAW, checked=True)
    for title in ("《旧法》", "《长久的法》", "《新法》（2027年1月1日起施行）")
)


@pytest.mark.parametrize(
    ("day", "titles"),
    [
        (date(2026, 12, 31), ["《旧法》", "《长久的法》"]),
        (date(2027, 1, 1), ["《新法》", "《长久的法》"]),
    ],
)
def test_the_new_law_takes_the_place_of_the_old_on_its_day(day: date, titles: list[str]) -> None:
    """The last day of one and the first of the other count."""
    assert [rule.title for rule in in_force(RULES, LAWS, day)] == titles


def test_what_a_basis_says_of_itself_stands_before_its_law() -> None:
    """An article that ends earlier than its law."""
    article = RULES[1].model_copy(update={"until": date(2026, 6, 30)})
    assert in_force([article], LAWS, date(2026, 7, 1)) == ()
    assert [rule.since for rule in to_come(RULES, LAWS, date(2026, 12, 31))] == [date(2027, 1, 1)]
    assert to_come(RULES, LAWS, date(2027, 1, 1)) == ()


@pytest.mark.parametrize(
    ("today", "kinds"),
    [
        ("2026-10-02", []),
        ("2026-10-03", ["begins"]),
        ("2026-12-31", ["begins"]),
        ("2027-01-01", []),
    ],
)
def test_a_law_is_on_the_list_for_ninety_days(today: str, kinds: list[str]) -> None:
    """From the ninetieth day before its first day."""
    assert [kind for kind, *_ in soon("《新法》", date(2027, 1, 1), None, date.fromisoformat(today))] == kinds


def test_what_has_ended_stays_on_the_list() -> None:
    """Until nothing cites it."""
    assert [kind for kind, *_ in soon("《旧法》", None, date(2026, 12, 31), date(2028, 1, 1))] == ["ends"]


def test_an_answer_is_due_a_year_after_it_was_read() -> None:
    """To the day; of 29 February the last day of February."""
    assert due_on(date(2026, 11, 27)) == date(2027, 11, 27)
    assert due_on(date(2028, 2, 29)) == date(2029, 2, 28)


async def test_the_medical_items_change_to_the_new_law_on_its_day(hall: Hall) -> None:
    """By the date alone: guide, page and notice of all eighteen; the day before it is announced and is no basis."""
    catalogue = hall.assistant.part(CatalogueClient)
    medical = [code for code in edition().items if code.startswith("LJ-YB-")]
    async with hall.staff(Role.CONTENT_REVIEWER) as reviewer, hall.browser() as citizen:
        changes = (await reviewer.get("/catalogue/review"))[1]["changes"]
        assert [(one["kind"], one["title"], one["day"]) for one in changes] == [("begins", NEW_LAW, "2027-01-01")]
        assert {one["id"] for one in changes[0]["cited_by"]} >= set(medical)
        assert "2027年1月1日起" in (await citizen.get("/items/LJ-YB-001"))[1]
        before = await catalogue.guide("LJ-YB-001")
        assert all(NEW_LAW not in rule.title for rule in before.item.legal_basis)
        hall.clock.move(timedelta(days=(date(2027, 1, 1) - MONDAY_MORNING.date()).days))
        for code in medical:
            guide = await catalogue.guide(code)
            assert guide.item.legal_basis[0].title == NEW_LAW, code
            assert not guide.item.legal_basis[0].checked, "nobody has read it yet, and people are told so"
            assert guide.coming_basis == ()


async def test_an_answer_nobody_read_for_a_year_is_due_until_somebody_has(hall: Hall) -> None:
    """Who reads it is recorded; a day later somebody else may read it again."""
    oldest = min(edition().policy_answers.values(), key=lambda answer: (answer.checked_on, answer.id))
    async with hall.staff(Role.CONTENT_REVIEWER) as reviewer:
        found = (await reviewer.get("/catalogue/review"))[1]
        assert (found["unread"], found["next_due"]) == ([], due_on(oldest.checked_on).isoformat())
    hall.clock.move(timedelta(days=(due_on(oldest.checked_on) - MONDAY_MORNING.date()).days))
    async with hall.staff(Role.CONTENT_REVIEWER) as reviewer, hall.staff(Role.HALL_MANAGER, units=()) as manager:
        assert (await reviewer.get("/catalogue/review"))[1]["unread"][0]["id"] == oldest.id
        readings = f"/catalogue/answers/{oldest.id}/readings"
        assert (await manager.post(readings, {}))[0] == 403
        status, record = await reviewer.post(readings, {})
        assert (status, record["id"]) == (201, oldest.id)
        assert (await reviewer.post(readings, {}))[0] == 409
        assert (await reviewer.post("/catalogue/answers/Q999/readings", {}))[0] == 404
        assert oldest.id not in {one["id"] for one in (await reviewer.get("/catalogue/review"))[1]["unread"]}
        assert oldest.title not in (await reviewer.get("/content/review"))[1]


async def test_calculators_are_read_again_like_answers(hall: Hall) -> None:
    """All of them a year after they were read; one that somebody has read leaves the list."""
    newest = max(rule.content.checked_on for rule in CALCULATORS.values())
    hall.clock.move(timedelta(days=(due_on(newest) - MONDAY_MORNING.date()).days))
    async with hall.staff(Role.CONTENT_REVIEWER) as reviewer:
        due = (await reviewer.get("/catalogue/review"))[1]["unread"]
        assert {one["id"] for one in due if one["kind"] == "calculator"} == set(CALCULATORS)
        pension = next(one for one in due if one["id"] == "pension_estimate")
        assert "《中华人民共和国社会保险法》" in pension["basis"]
        assert (await reviewer.post("/catalogue/answers/pension_estimate/readings", {}))[0] == 201
        left = {one["id"] for one in (await reviewer.get("/catalogue/review"))[1]["unread"]}
        assert set(CALCULATORS) - left == {"pension_estimate"}
        assert '<a href="/calculators/severance_pay">' in (await reviewer.get("/content/review"))[1]


def test_a_calculator_s_source_that_ends_is_on_the_list() -> None:
    """With all its sources, by their titles: what dates a law dates the calculators that stand on it."""
    for rule in CALCULATORS.values():
        content = reviewed(rule)
        assert content.sources == rule.content.sources
        assert all(source.title in content.basis for source in content.sources)
    laws = (DatedLaw(title="《中华人民共和国社会保险法》", until=date(2026, 12, 31)),)
    source = next(one for one in reviewed(CALCULATORS["pension_estimate"]).sources if law_of(one.title, laws))
    dated = in_time(source, laws)
    assert [kind for kind, *_ in soon(source.title, dated.since, dated.until, date(2026, 12, 1))] == ["ends"]
