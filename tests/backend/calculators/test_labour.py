"""Severance pay, double wages, trial period, annual leave."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.language.durations import Span
from backend.one_window.calculators.rules.annual_leave_days import share
from backend.one_window.calculators.rules.double_wages import owed
from backend.one_window.calculators.rules.severance_pay import months_of_wage
from backend.one_window.calculators.rules.trial_period import longest
from backend.platform.errors import InvalidError
from tests.backend.calculators.asking import TODAY, ask, figure, tried

DAYS = st.dates(date(2008, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        ("2024-01-01", "2024-01-01", "0.5"),
        ("2024-01-01", "2024-06-29", "0.5"),
        ("2024-01-01", "2024-06-30", "1"),
        ("2024-01-01", "2024-12-31", "1"),
        ("2024-01-01", "2025-01-01", "1.5"),
        ("2020-03-15", "2026-10-14", "7"),
        ("2024-02-29", "2025-02-27", "1"),
    ],
)
def test_months_of_severance(first: str, last: str, months: str) -> None:
    """《劳动合同法》第四十七条第一款: a full year one, half a year one, less a half."""
    assert months_of_wage(date.fromisoformat(first), date.fromisoformat(last)) == Decimal(months)


@given(DAYS, st.integers(0, 5000))
def test_staying_longer_never_costs_severance(first: date, days: int) -> None:
    """第四十七条: grows with the time worked, within half a month of it."""
    last = first + timedelta(days=days)
    months = months_of_wage(first, last)
    assert Decimal("0.5") <= months <= months_of_wage(first, last + timedelta(days=1))
    assert abs(months - Decimal(days) * 12 / Decimal("365.25") / 12) <= Decimal("0.52")


def severance(**answers: str) -> Decimal:
    """The sum in yuan."""
    given_ = {"reason": "employer", "began_on": "2010-07-01", "ended_on": "2026-06-30", "wage": "5000"} | answers
    return Decimal(ask("severance_pay", **given_).figures["pay_yuan"])


def test_high_wages_are_capped() -> None:
    """第四十七条第二款: three times the average, twelve years; below it neither applies."""
    assert severance() == 5000 * 16
    assert severance(average_wage="8000") == 5000 * 16
    assert severance(wage="24000", average_wage="8000") == 24000 * 16
    assert severance(wage="24000.01", average_wage="8000") == 24000 * 12


def test_unlawful_dismissal_pays_twice_from_the_first_day() -> None:
    """第八十七条; 《劳动合同法实施条例》第二十五条: years before 2008 count for it, not for severance (第九十七条)."""
    assert severance(reason="unlawful") == 2 * severance()
    assert severance(began_on="2006-01-01", ended_on="2026-12-31") == 5000 * 19
    assert severance(began_on="2006-01-01", ended_on="2026-12-31", reason="unlawful") == 2 * 5000 * 21


def test_no_sum_for_whoever_just_wants_to_leave() -> None:
    """第四十六条: no severance, and nothing more is asked."""
    outcome = ask("severance_pay", reason="我自己想走")
    assert outcome.verdict == "自己想走的，一般没有经济补偿。"
    assert not outcome.figures


@pytest.mark.parametrize(
    ("began", "until", "months", "days"),
    [
        ("2026-01-01", "2026-01-31", 0, 0),
        ("2026-01-01", "2026-02-01", 0, 1),
        ("2026-01-01", "2026-02-28", 1, 0),
        ("2026-01-01", "2026-12-31", 11, 0),
        ("2026-01-01", "2028-12-31", 11, 0),
        ("2025-01-31", "2027-01-01", 11, 0),
    ],
)
def test_months_of_double_wages(began: str, until: str, months: int, days: int) -> None:
    """《劳动合同法实施条例》第六条、第七条: from the second month to the day before one year."""
    assert owed(date.fromisoformat(began), date.fromisoformat(until)) == (months, days)


@given(DAYS, st.integers(0, 1000))
def test_double_wages_never_exceed_eleven_months(began: date, days: int) -> None:
    """《劳动合同法实施条例》第七条."""
    until = began + timedelta(days=days)
    now = owed(began, until)
    assert (0, 0) <= now <= owed(began, until + timedelta(days=1)) <= (11, 0)


def test_a_contract_signed_in_time_owes_nothing() -> None:
    """《劳动合同法》第八十二条; the day of signing is no longer owed."""
    signed = {"began_on": "2026-01-01", "contract": "signed", "wage": "5000"}
    assert ask("double_wages", **signed, signed_on="2026-02-01").figures["owed_months"] == "0"
    assert ask("double_wages", **signed, signed_on="2026-03-01").figures["extra_yuan"] == "5000.00"


@pytest.mark.parametrize(
    ("length", "months"),
    [("2个月", 0), ("3个月", 1), ("11个月", 1), ("1年", 2), ("2年11个月", 2), ("3年", 6), ("10年", 6)],
)
def test_trial_period_by_contract(length: str, months: int) -> None:
    """《劳动合同法》第十九条."""
    assert figure("trial_period", "longest_months", contract="fixed", length=length) == str(months)


@pytest.mark.parametrize(("contract", "months"), [("open_ended", 6), ("by_task", 0), ("part_time", 0)])
def test_trial_period_of_other_contracts(contract: str, months: int) -> None:
    """《劳动合同法》第十九条、第七十条."""
    assert figure("trial_period", "longest_months", contract=contract) == str(months)
    assert figure("trial_period", "over_months", contract=contract, agreed="8个月") == str(8 - months)


@pytest.mark.parametrize(
    ("agreed", "over"),
    [
        ("2个月15天", "超了15天"),
        ("两个半月", "超了15天"),
        ("2.5个月", "超了15天"),
        ("2个月零1天", "超了1天"),
        ("3个月10天", "超了1个月10天"),
        ("2个月", None),
        ("1个月29天", None),
        ("不到2个月", None),
    ],
)
def test_days_over_the_trial_period_are_over(agreed: str, over: str | None) -> None:
    """《劳动合同法》第十九条、第八十三条: in a contract of one year two months and not a day more."""
    outcome = ask("trial_period", contract="fixed", length="1年", agreed=agreed)
    assert outcome.verdict.endswith(f"{over}。" if over else "试用期最长2个月。")
    assert any("赔偿金" in line for line in outcome.explanation) == (over is not None)


def test_days_that_make_a_month_are_asked_again() -> None:
    """How many months 45 days are is not guessed."""
    assert isinstance(
        tried("trial_period", {"contract": "fixed", "length": "1年", "agreed": "1个月45天"}), InvalidError
    )


@pytest.mark.parametrize(
    ("rule", "answers"),
    [
        ("double_wages", {"began_on": "2020-01-01", "contract": "一直没签，还在上班", "wage": "5000"}),
        ("double_wages", {"began_on": "2024-12-01", "contract": "signed", "signed_on": "2025-11-01"}),
        ("severance_pay", {"reason": "employer", "began_on": "2018-01-01", "ended_on": "2023-01-01", "wage": "5000"}),
        ("severance_pay", {"reason": "unlawful", "began_on": "2018-01-01", "ended_on": "2025-11-20", "wage": "5000"}),
    ],
)
def test_old_claims_are_not_told_as_owed(rule: str, answers: dict[str, str]) -> None:
    """《劳动争议调解仲裁法》第二十七条: one year; said in the verdict itself and how it may still be kept."""
    outcome = ask(rule, **answers)
    assert outcome.verdict.endswith("不过一年的仲裁时效可能已经过了。")
    assert any("时效从那天重新算" in line for line in outcome.unsure)


@pytest.mark.parametrize(
    ("rule", "answers"),
    [
        ("double_wages", {"began_on": "2024-12-01", "contract": "一直没签，还在上班"}),
        ("severance_pay", {"reason": "employer", "began_on": "2018-01-01", "ended_on": "2025-11-24", "wage": "5000"}),
        ("severance_pay", {"reason": "employer", "began_on": "2018-01-01", "ended_on": "2025-11-22", "wage": "5000"}),
    ],
)
def test_claims_within_the_year_are_told_plainly(rule: str, answers: dict[str, str]) -> None:
    """第二十七条, its last day included; 22 November 2026 was a Sunday."""
    assert "时效可能已经过了" not in ask(rule, **answers).verdict


def test_leave_that_was_not_given_is_paid_without_consent() -> None:
    """《企业职工带薪年休假实施办法》第十条: 300 % unless declined in writing for one's own reasons."""
    outcome = ask("annual_leave_days", worked="12年", unbroken="是", newcomer="否", absence="都没有")
    assert "单位没安排休的，没休的每天按日工资的300%付，其中包括正常工资。" in outcome.explanation
    assert any("书面说不休" in line for line in outcome.unsure)


@pytest.mark.parametrize(("first", "said"), [("2020-02-29", True), ("2020-08-31", True), ("2020-08-28", False)])
def test_months_that_begin_at_their_end_are_told_as_unsure(first: str, said: bool) -> None:
    """A month without such a day is full on a day that the law does not name."""
    unsure = ask("severance_pay", reason="employer", began_on=first, ended_on="2026-02-28", wage="5000").unsure
    assert any("入职那天在月底" in line for line in unsure) == said


@given(st.integers(0, 599))
def test_no_trial_period_over_six_months(months: int) -> None:
    """《劳动法》第二十一条: 最长不得超过六个月."""
    assert longest(Span(months)) <= longest(Span(months + 1)) <= Span(6)


def leave(**answers: str) -> str:
    """Days of leave this year."""
    given_ = {"worked": "12年", "unbroken": "是", "newcomer": "否", "absence": "都没有"} | answers
    return ask("annual_leave_days", **given_).figures["leave_days"]


@pytest.mark.parametrize(
    ("worked", "days"), [("11个月", 0), ("1年", 5), ("9年11个月", 5), ("10年", 10), ("19年", 10), ("20年", 15)]
)
def test_days_of_annual_leave(worked: str, days: int) -> None:
    """《职工带薪年休假条例》第三条."""
    assert leave(worked=worked) == str(days)


def test_when_there_is_no_annual_leave() -> None:
    """《职工带薪年休假条例》第二条、第四条."""
    assert leave(unbroken="没有") == "0"
    assert leave(absence="vacation") == "0"
    assert leave(absence="personal") == "0"
    assert leave(absence="sick", sick="2个月") == "10"
    assert leave(absence="sick", sick="3个月") == "0"


def test_a_newcomer_has_a_share() -> None:
    """《企业职工带薪年休假实施办法》第五条: remaining calendar days / 365, part days dropped."""
    assert leave(newcomer="是", joined_on="2026-07-01") == "5"
    assert leave(newcomer="是", joined_on="2026-01-01") == "10"
    assert leave(newcomer="是", joined_on=TODAY.isoformat()) == "1"


@given(st.dates(date(2024, 1, 1), date(2024, 12, 30)), st.sampled_from([5, 10, 15]))
def test_a_share_is_never_more_than_the_whole(joined: date, days: int) -> None:
    """第五条, in a leap year too."""
    assert 0 <= share(days, joined + timedelta(days=1)) <= share(days, joined) <= days
