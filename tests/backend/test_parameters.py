"""Local figures: two people, dates, and no number where none is published."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from backend.client.calculators import CalculatorsClient
from backend.client.catalogue import CatalogueClient
from backend.one_window.catalogue.content_check import unknown_uses
from backend.one_window.catalogue.delivered import edition
from backend.one_window.parameters.content import content, parameters
from backend.one_window.parameters.figures import NO_FIGURES, LocalFigure, LocalFigures, keys_in
from backend.platform.permissions import Role
from tests.backend.calculators.asking import TODAY, ask, compute_with
from tests.conftest import MONDAY_MORNING, Hall

HERE = MONDAY_MORNING.date()
WAGE: dict[str, Any] = {
    "key": "minimum_wage_month", "area": "530702", "amount": "1,990元", "from": "2026-01-01", "basis": "某文件〔2025〕1号",
}  # fmt: skip
AVERAGE = {
    "key": "city_average_wage", "area": "530700", "amount": "8000", "from": "2026-07-01", "until": "2027-06-30",
    "basis": "某公报",
}  # fmt: skip


def figure(key: str, amount: int, since: str, until: str | None = None, area: str = "530700") -> LocalFigure:
    """A confirmed value."""
    last = None if until is None else date.fromisoformat(until)
    return LocalFigure(key, area, Decimal(amount), date.fromisoformat(since), last, "某文件")


WAGES = LocalFigures(
    (
        figure("minimum_wage_month", 1800, "2024-01-01", "2025-12-31", "530000"),
        figure("minimum_wage_month", 1990, "2026-01-01", area="530702"),
        figure("minimum_wage_month", 1900, "2026-01-01", area="530724"),
        figure("minimum_wage_month", 2100, "2027-01-01", area="530702"),
    )
)


@pytest.mark.parametrize(
    ("day", "area", "amount"),
    [
        ("2023-12-31", None, None),
        ("2024-01-01", None, 1800),
        ("2025-12-31", "530724", 1800),
        ("2026-01-01", None, 1990),
        ("2026-01-01", "530724", 1900),
        ("2026-01-01", "530722", None),
        ("2026-12-31", None, 1990),
        ("2027-01-01", None, 2100),
        ("2027-01-01", "530724", 1900),
    ],
)
def test_the_figure_of_a_day_and_a_place(day: str, area: str | None, amount: int | None) -> None:
    """The narrowest place counts, of its values the one that began last; after the last day there is none."""
    found = WAGES.find("minimum_wage_month", date.fromisoformat(day), area)
    assert (None if found is None else found.value) == amount


def test_what_is_not_published_has_no_number() -> None:
    """Of every figure the same sentence."""
    for key, definition in parameters().items():
        assert NO_FIGURES.text(key, TODAY) == f"{definition.name}：待中心公布"


def test_a_county_s_figure_names_the_county_and_those_that_differ() -> None:
    """Nobody takes one county's wage for another's."""
    assert (
        WAGES.text("minimum_wage_month", TODAY)
        == "月最低工资标准每月1,990元（古城区，2026年1月1日起；依据：某文件）；宁蒗县每月1,900元"
    )


def test_every_place_and_use_is_known() -> None:
    """Items, answers and placeholders; a made-up item is named."""
    found = edition()
    assert list(unknown_uses(found.items, found.policy_answers)) == []
    assert any("LJ-GS-009" in problem for problem in unknown_uses(set(), found.policy_answers))
    assert all(keys_in(one.added) and keys_in(one.speech) for one in content().answers)


def test_the_cap_of_severance_is_computed_with_the_published_wage() -> None:
    """《劳动合同法》47: above three times 8,000 yuan, 24,000 for each of at most 12 years; without the figure uncapped and said so."""
    told = {"reason": "employer", "began_on": "2010-11-01", "ended_on": "2026-10-31", "wage": "30000"}
    figures = LocalFigures((figure("city_average_wage", 8000, "2026-07-01", "2027-06-30"),))
    capped = compute_with(figures, "severance_pay", told)
    assert (capped.figures["wage_months"], Decimal(capped.figures["pay_yuan"])) == ("12", 288000)
    assert any("每月8,000元（丽江市，2026年7月1日起" in line for line in capped.explanation)
    open_ended = ask("severance_pay", **told)
    assert Decimal(open_ended.figures["pay_yuan"]) == 480000
    assert "本市上年度职工月平均工资：待中心公布。" in open_ended.unsure
    earlier = compute_with(figures, "severance_pay", told | {"ended_on": "2026-06-30"})
    assert "本市上年度职工月平均工资：待中心公布。" in earlier.unsure, "the figure of another year"


def test_what_somebody_told_stands_before_what_is_published() -> None:
    """Their area's wage, of the year of the injury."""
    figures = LocalFigures((figure("area_average_wage", 10000, "2026-07-01", "2027-06-30", "530000"),))
    published = compute_with(figures, "disability_lump_sum", {"grade": "7", "wage": "3000"})
    told = compute_with(figures, "disability_lump_sum", {"grade": "7", "wage": "3000", "area_wage": "5000"})
    assert Decimal(published.figures["lump_sum_yuan"]) == 6000 * 13
    assert Decimal(told.figures["lump_sum_yuan"]) == 3000 * 13


def test_a_county_s_figure_is_told_and_not_computed_with() -> None:
    """Which county somebody works in was not asked."""
    outcome = compute_with(WAGES, "unemployment_benefit_months", {"paid": "6年"})
    assert "失业保险金每月标准：待中心公布。" in outcome.unsure
    own = ask("severance_pay", reason="employer", began_on="2020-01-01", ended_on="2026-10-31", wage="1500")
    low = compute_with(
        WAGES,
        "severance_pay",
        {"reason": "employer", "began_on": "2020-01-01", "ended_on": "2026-10-31", "wage": "1500"},
    )
    assert low.figures == own.figures
    assert any("古城区" in line and "1,990元" in line for line in low.unsure)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"key": "weather"}, "key"),
        ({"area": "530000", "key": "city_average_wage"}, "area"),
        ({"amount": "很多"}, "amount"),
        ({"amount": "19.9"}, "amount"),
        ({"amount": "1990.005"}, "amount"),
        ({"until": "2025-12-31"}, "until"),
        ({"key": "city_average_wage", "area": "530700", "amount": "8000"}, "until"),
        ({"basis": " "}, "basis"),
    ],
)
async def test_a_wrong_value_is_refused(hall: Hall, change: dict[str, str], field: str) -> None:
    """With the field named; nothing is kept."""
    async with hall.staff(Role.CONTENT_EDITOR) as editor:
        _, problem = await editor.post("/parameters/values", WAGE | change)
        assert problem["field"] == field
        kept = (await editor.get("/parameters"))[1]["parameters"]
    assert not any(one["values"] for one in kept)


async def test_nobody_publishes_a_figure_alone(hall: Hall) -> None:
    """Written by one, confirmed by another: then guide, answer and calculator tell it; withdrawn, they say 待中心公布 again."""
    catalogue = hall.assistant.part(CatalogueClient)
    async with (
        hall.staff(Role.CONTENT_EDITOR) as editor,
        hall.staff(Role.CONTENT_REVIEWER) as reviewer,
        hall.browser() as citizen,
    ):
        status, written = await editor.post("/parameters/values", WAGE)
        assert (status, written["status"], written["text"]) == (201, "waiting", "每月1,990元")
        decisions = f"/parameters/values/{written['id']}/decisions"
        assert (await editor.post(decisions, {"step": "confirm"}))[1]["status"] == 403
        assert "月最低工资标准：待中心公布" in (await citizen.get("/items/LJ-JC-001"))[1]
        status, confirmed = await reviewer.post(decisions, {"step": "confirm"})
        assert (status, confirmed["status"]) == (200, "in_force")
        assert (
            "每月1,990元（古城区，2026年1月1日起；依据：某文件〔2025〕1号）"
            in (await citizen.get("/items/LJ-JC-001"))[1]
        )
        assert (await catalogue.policy_answer("Q180")).answer.to_confirm, "the wage of an hour is not published"
        hourly = WAGE | {"key": "minimum_wage_hour", "amount": "19"}
        _, other = await editor.post("/parameters/values", hourly)
        await reviewer.post(f"/parameters/values/{other['id']}/decisions", {"step": "confirm"})
        answer = (await catalogue.policy_answer("Q180")).answer
        assert "每月1,990元" in answer.answer
        assert answer.speech == "最低工资由省里定。古城区月最低工资标准每月1,990元。"
        assert answer.to_confirm == ""
        assert (await reviewer.post(decisions, {"step": "withdraw"}))[1]["field"] == "note"
        status, _ = await reviewer.post(decisions, {"step": "withdraw", "note": "抄错了"})
        assert status == 200
        assert "月最低工资标准：待中心公布" in (await citizen.get("/items/LJ-JC-001"))[1]
        assert (await reviewer.post(decisions, {"step": "confirm"}))[1]["status"] == 409
        status, _ = await editor.post("/parameters/values", WAGE | {"amount": "1980"})
        assert status == 201, "what was withdrawn makes room"
        assert (await editor.post("/parameters/values", WAGE))[1]["field"] == "from"


async def test_the_calculator_takes_what_is_confirmed_and_the_page_shows_what_ends(hall: Hall) -> None:
    """A figure that ends within 90 days with nothing to follow stands on top; a later one from its date takes it off."""
    async with hall.staff(Role.CONTENT_EDITOR) as editor, hall.staff(Role.HALL_MANAGER, units=()) as manager:
        last = HERE + timedelta(days=90)
        _, written = await editor.post("/parameters/values", AVERAGE | {"until": last.isoformat()})
        await manager.post(f"/parameters/values/{written['id']}/decisions", {"step": "confirm"})
        told = {"reason": "employer", "began_on": "2020-01-01", "ended_on": HERE.isoformat(), "wage": "9000"}
        outcome = await hall.assistant.part(CalculatorsClient).compute("severance_pay", told)
        assert any("没有超过本市职工月平均工资的三倍（24,000元）" in line for line in outcome.explanation)
        assert "90天内到期" in (await editor.get("/content/parameters"))[1]
        after = (last + timedelta(days=1)).isoformat()
        _, following = await editor.post("/parameters/values", AVERAGE | {"from": after, "until": "2027-12-31"})
        assert (await manager.post(f"/parameters/values/{following['id']}/decisions", {"step": "confirm"}))[1][
            "status"
        ] == "to_come"
        assert "90天内到期" not in (await editor.get("/content/parameters"))[1]
