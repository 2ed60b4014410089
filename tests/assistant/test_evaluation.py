"""The report of an evaluation: what went wrong with a question, figures by topic, what is printed, what is kept."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from assistant.evaluation.printing import lines, padded
from assistant.evaluation.report import MAX_KEPT_COUNT, UnreadableReport, keep, read_report
from assistant.evaluation.scoring import mistake, rate
from backend.contracts.evaluation import EvaluationReport, Mistake
from backend.contracts.replies import AlternativeItem, Outcome
from backend.evaluation.comparison import compare_reports, sign_test
from backend.evaluation.confusions import confusions
from tests.conftest import ID_NUMBER
from tests.reports import LOST_CARD, OFFERED, WITH_NUMBER, asked, made, report

CARD = AlternativeItem(item="LJ-XX-004", item_name="补办社保卡", topic="social_card", confidence=0.5)
NAMES = {"LJ-XX-004": "补办社保卡", "LJ-SY-001": "领失业金", "social_card": "社会保障卡", "medical": "医疗保险"}
NOON = datetime(2026, 11, 25, 4, 0, tzinfo=UTC)


def read(*, better: bool = False) -> EvaluationReport:
    return EvaluationReport.model_validate(report(better=better))


@pytest.mark.parametrize(
    ("outcome", "item", "topic", "offered", "wrong"),
    [
        (Outcome.ANSWERED, "LJ-XX-004", "social_card", (), None),
        (Outcome.ANSWERED, "LJ-XX-001", "social_card", (), Mistake.OTHER_ITEM),
        (Outcome.ANSWERED, "LJ-YB-001", "medical", (), Mistake.ANSWERED_WRONG),
        (Outcome.CLARIFY, None, None, (OFFERED, CARD), None),
        (Outcome.CLARIFY, None, None, (OFFERED, OFFERED, OFFERED), Mistake.CLARIFIED_WITHOUT),
        (Outcome.NOT_OURS, None, "out_of_scope", (), Mistake.TURNED_AWAY),
        (Outcome.NOT_UNDERSTOOD, None, None, (), Mistake.NOT_UNDERSTOOD),
        (Outcome.CHAT, None, None, (), Mistake.NOT_UNDERSTOOD),
        (Outcome.HANDOVER, None, "social_card", (), Mistake.HANDED_OVER),
    ],
)
def test_each_way_of_going_wrong_has_its_name(
    outcome: Outcome, item: str | None, topic: str | None, offered: tuple[AlternativeItem, ...], wrong: Mistake | None
) -> None:
    """An editor does something else about each (issue 5: a confusion list that an editor can act on)."""
    question = asked(1, LOST_CARD, "social_card", "LJ-XX-004")
    assert mistake(question, made(question, outcome, item, topic, *offered)) is wrong


def test_what_nobody_can_answer_may_be_handed_over() -> None:
    """Honestly not answered is right; answered about something else is not."""
    question = asked(1, "我的卡里还有多少钱", "social_card", policy=True, answerable="no")
    assert mistake(question, made(question, Outcome.HANDOVER, None, "social_card")) is None
    assert mistake(question, made(question, Outcome.ANSWERED, None, "medical")) is Mistake.ANSWERED_WRONG


@pytest.mark.parametrize(
    ("outcome", "wrong"), [(Outcome.CLARIFY, True), (Outcome.ANSWERED, True), (Outcome.NOT_OURS, False)]
)
def test_other_offices_matters_are_not_ours_to_clarify(outcome: Outcome, wrong: bool) -> None:
    """Issue 5: out of scope answered or clarified as if ours counts."""
    question = asked(1, "公积金怎么提", "out_of_scope", answerable="no")
    assert (mistake(question, made(question, outcome, None, None, OFFERED)) is Mistake.TAKEN_FOR_OURS) is wrong


def test_the_report_keeps_its_contract_and_says_more() -> None:
    """CONTRACTS: {"questions": [{id, text, intent, …, reply}], "totals": {…}}; JSON throughout."""
    made_report = json.loads(json.dumps(report()))
    contract = {"id", "text", "intent", "item", "item_name", "topic", "confidence", "alternatives", "outcome", "reply"}
    assert all(contract <= set(question) for question in made_report["questions"])
    assert made_report["questions"][1]["mistake"] == "answered_wrong"
    assert made_report["questions"][1]["expected"]["items"] == ["LJ-XX-004"]
    totals = made_report["totals"]
    assert totals["by_topic"]["social_card"]["n"] == 1
    assert {"topic", "taken_for", "questions"} == set(totals["confusions"][0])
    assert totals["mistakes"]["taken_for_ours"] == ["q6"]
    worst = totals["item_confusions"][0]
    assert (worst["items"], worst["taken_item"]) == (["LJ-XX-004"], "LJ-YB-001")
    assert worst["questions"] == [{"id": "q2", "text": LOST_CARD, "outcome": "answered", "confidence": 0.93}]


def test_figures_of_a_topic_count_only_what_they_are_about() -> None:
    """A policy question says nothing of items: n is 0, and the interval is empty."""
    topics = report()["totals"]["topics"]
    assert topics["unemployment"]["item_first"] == {"n": 2, "rate": 0.5, "low": 0.0945, "high": 0.9055}
    assert topics["social_card"]["confidently_wrong"]["rate"] == 1.0
    assert topics["contributions"]["item_first"]["n"] == 0
    assert "out_of_scope" not in topics


@given(st.lists(st.booleans(), min_size=1, max_size=400))
def test_an_interval_holds_its_rate(outcomes: list[bool]) -> None:
    """Wilson: within 0 and 1, never empty, around what was counted."""
    found = rate(outcomes)
    assert 0 <= found["low"] <= found["rate"] <= found["high"] <= 1
    assert found["low"] < found["high"]


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_intervals_are_those_published(hits: int, n: int, low: float, high: float) -> None:
    """R. G. Newcombe, Statistics in Medicine 17 (1998), table I, method 3 (Wilson's score, no continuity correction)."""
    found = rate([True] * hits + [False] * (n - hits))
    assert (found["low"], found["high"]) == (low, high)


@given(st.integers(0, 300), st.integers(0, 300))
def test_chance_is_the_exact_binomial_one(better: int, worse: int) -> None:
    """The sum of our own is scipy's."""
    expected = binomtest(better, better + worse).pvalue if better + worse else 1.0
    assert sign_test(better, worse) == pytest.approx(expected, rel=1e-9)


def test_the_worst_confusion_comes_first() -> None:
    """Told something wrong weighs more than asked once more; among equals, the surest mistake."""
    assert [one.mistake for one in confusions(read())] == [
        Mistake.ANSWERED_WRONG,
        Mistake.TAKEN_FOR_OURS,
        Mistake.OTHER_ITEM,
        Mistake.CLARIFIED_WITHOUT,
        Mistake.NOT_UNDERSTOOD,
    ]


def test_two_reports_are_compared_question_by_question() -> None:
    """What became right, what became wrong; a kept report (masked) compares with a fresh one."""
    change = compare_reports(read(), read(better=True))
    assert [one.id for one in change.became_right] == ["q2", "q4"]
    assert [one.id for one in change.became_wrong] == ["q1"]
    assert (change.shared, change.chance) == (7, 1.0)
    back = compare_reports(read(better=True), read())
    assert [one.id for one in back.became_right] == ["q1"]


def test_a_comparison_with_itself_changes_nothing() -> None:
    change = compare_reports(read(), read())
    assert (change.became_right, change.became_wrong, change.chance) == ((), (), 1.0)


def test_the_terminal_shows_topics_the_worst_and_what_changed() -> None:
    """Names, not codes; the question's own words; intervals beside the rates."""
    printed = list(lines(read(better=True), NAMES, read()))
    text = "\n".join(printed)
    assert "问了7个问题" in text
    assert "社会保障卡" in text
    assert "21%–100%" in text
    assert "变对2题，变错1题，这点变化可能只是碰巧" in text
    assert f"变对 q2「{LOST_CARD}」" in text
    worse = "\n".join(lines(read(), NAMES))
    assert f"答了，但答错了方面，1题：补办社保卡 → 事项LJ-YB-001\n     q2「{LOST_CARD}」答了，把握93%" in worse
    assert "问的是企业参保登记" in worse


def test_columns_stand_under_each_other() -> None:
    """A Chinese character takes two columns of a terminal."""
    assert len(padded("方面", 10)) + 2 == len(padded("ab", 10))


def test_what_is_kept_has_no_identifiers_and_does_not_pile_up(tmp_path: Path) -> None:
    """The back office reads it; nobody else does. The newest stay."""
    for day in range(MAX_KEPT_COUNT + 2):
        newest = keep(read(), tmp_path, NOON + timedelta(days=day))
    assert len(list(tmp_path.iterdir())) == MAX_KEPT_COUNT
    assert newest.stat().st_mode & 0o077 == 0
    text = newest.read_text("utf-8")
    assert ID_NUMBER not in text
    assert "我（号码）断缴" in text
    assert WITH_NUMBER not in text
    assert compare_reports(read_report(newest), read()).shared == 7


@pytest.mark.parametrize("content", [None, "{", '{"questions": []}'])
def test_an_earlier_report_that_is_none_is_refused(tmp_path: Path, content: str | None) -> None:
    """Before minutes of asking, not after."""
    file = tmp_path / "before.json"
    if content is not None:
        file.write_text(content, "utf-8")
    with pytest.raises(UnreadableReport):
        read_report(file)
