"""Claim deadlines: nobody is told a day that is too late, or that it is over while it is not."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.language.months import add_months, whole_months
from tests.backend.calculators.asking import TODAY, ask, figure

DAYS = st.dates(date(2018, 1, 1), TODAY)


@pytest.mark.parametrize(
    ("happened", "employer", "worker"),
    [
        ("2026-11-02", "2026-12-02", "2027-11-02"),
        ("2026-09-01", "2026-10-08", "2027-09-01"),
        ("2025-01-15", "2025-02-14", "2026-01-15"),
        ("2024-02-29", "2024-04-01", "2025-02-28"),
    ],
)
def test_work_injury_claims(happened: str, employer: str, worker: str) -> None:
    """《工伤保险条例》第十七条: 30 days and one year; 《民法典》第二百零二条、第二百零三条 for the last day."""
    figures = ask("work_injury_claim_deadline", happened_on=happened).figures
    assert (figures["employer_last_day"], figures["worker_last_day"]) == (employer, worker)


def test_the_worker_can_claim_when_the_employer_did_not() -> None:
    """《工伤保险条例》第十七条第二款、第四款."""
    outcome = ask("work_injury_claim_deadline", happened_on="2026-09-01")
    assert outcome.verdict == "您自己可以直接申请，最晚2027年9月1日，还有282天。单位的期限2026年10月8日已经过了。"
    assert any("由单位负担" in line for line in outcome.explanation)
    assert ask("work_injury_claim_deadline", happened_on="2025-11-20").verdict.startswith("一年的期限已经过了")


@given(DAYS)
def test_a_claim_is_never_over_within_the_year(happened: date) -> None:
    """第十七条: the year is full only after the same day of the next year."""
    figures = ask("work_injury_claim_deadline", happened_on=happened.isoformat()).figures
    last = date.fromisoformat(figures["worker_last_day"])
    assert add_months(happened, 12) <= last <= add_months(happened, 12) + timedelta(days=15)
    assert ("left_days" in figures) == (last >= TODAY)


def test_no_later_day_is_told_while_holidays_are_unknown() -> None:
    """2027-11-20 is a Saturday, but the holidays of 2027 are not published: the earlier day is told, and why."""
    outcome = ask("work_injury_claim_deadline", happened_on="2026-11-20")
    assert outcome.figures["worker_last_day"] == "2027-11-20"
    assert any("2027年的放假安排还没公布" in line for line in outcome.unsure)


def test_wages_are_not_limited_while_employed() -> None:
    """《劳动争议调解仲裁法》第二十七条第四款."""
    outcome = ask("arbitration_limitation", dispute="wages_employed")
    assert "不受一年限制" in outcome.verdict
    assert "last_day" not in outcome.figures


@pytest.mark.parametrize(
    ("answers", "last_day"),
    [
        ({"dispute": "wages_left", "left_on": "2026-03-31", "claimed": "没有"}, "2027-03-31"),
        ({"dispute": "other", "known_on": "2025-12-01", "claimed": "没有"}, "2026-12-01"),
        ({"dispute": "other", "known_on": "2025-12-01", "claimed": "是", "claimed_on": "2026-05-06"}, "2027-05-06"),
        ({"dispute": "other", "known_on": "2025-01-06", "claimed": "是", "claimed_on": "2026-05-06"}, "2026-01-06"),
    ],
)
def test_arbitration(answers: dict[str, str], last_day: str) -> None:
    """《劳动争议调解仲裁法》第二十七条: one year, begun anew by a claim within it, not by a later one."""
    assert figure("arbitration_limitation", "last_day", **answers) == last_day


@given(DAYS, st.integers(0, 800))
def test_raising_a_claim_never_shortens_the_time(known: date, later: int) -> None:
    """第二十七条第二款: 重新计算."""
    claimed = min(known + timedelta(days=later), TODAY).isoformat()
    alone = figure("arbitration_limitation", "last_day", dispute="other", known_on=known.isoformat(), claimed="否")
    raised = figure(
        "arbitration_limitation", "last_day",
        dispute="other", known_on=known.isoformat(), claimed="是", claimed_on=claimed,
    )  # fmt: skip
    assert raised >= alone


def test_complaints_to_labour_inspection() -> None:
    """《劳动保障监察条例》第二十条: two years from the end; what goes on has not begun to run."""
    assert figure("supervision_limit", "last_day", goes_on="否", ended_on="2025-03-03") == "2027-03-03"
    assert ask("supervision_limit", goes_on="否", ended_on="2024-03-04").verdict.startswith("两年的期限已经过了")
    assert "last_day" not in ask("supervision_limit", goes_on="是").figures


def test_an_administrative_limit_is_not_told_later_than_it_may_be() -> None:
    """民法典第二百零三条 is civil law: a last day of rest is told as it stands, and that it may not move."""
    outcome = ask("supervision_limit", goes_on="否", ended_on="2025-03-06")
    assert outcome.figures["last_day"] == "2027-03-06"
    assert any("请当作不能推" in line for line in outcome.unsure)
    on_monday = ask("supervision_limit", goes_on="否", ended_on="2024-11-22")
    assert on_monday.verdict == "两年到2026年11月22日满，那天是休息日。今天就去投诉，算不算在期限里由劳动监察认定。"
    assert ask("supervision_limit", goes_on="否", ended_on="2024-11-20").verdict.startswith("两年的期限已经过了")


@pytest.mark.parametrize(("trial", "full_on"), [("不是", "2026-12-23"), ("是", "2026-11-26")])
def test_notice_of_resignation(trial: str, full_on: str) -> None:
    """《劳动合同法》第三十七条: 30 days, or 3 in the trial period."""
    assert figure("resignation_notice", "full_on", in_trial=trial, told_on="2026-11-23") == full_on


@given(DAYS, st.integers(0, 1000))
def test_whole_months_are_those_that_fit(begins: date, days: int) -> None:
    """《民法典》第二百零二条: a month is full on its corresponding day."""
    after = begins + timedelta(days=days)
    count = whole_months(begins, after)
    assert add_months(begins, count) <= after < add_months(begins, count + 1)
