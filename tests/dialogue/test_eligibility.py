"""Whether somebody is entitled: comparisons over what is known, the verdict, the one question, and sentences as people say them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from assistant.dialogue.eligibility.answered import answer_to
from assistant.dialogue.eligibility.asking import wanted_verdict, wanted_verdict_again
from assistant.dialogue.eligibility.comparing import Bounds, KnownOf, Truth, condition_truth, truth_of
from assistant.dialogue.eligibility.computed import computed_of
from assistant.dialogue.eligibility.gaps import ConditionGap, gap_of
from assistant.dialogue.eligibility.judging import Entitled, judge
from assistant.dialogue.message import DialogueMessage
from assistant.dialogue.state import DialogueState, Judged
from backend.client.calculators import CalculatorsClient
from backend.contracts.calculators import CalculationResult
from backend.contracts.eligibility import EligibilityCondition, FactComparison, eligibility
from backend.contracts.facts import ME, Certainty, KnownFact
from backend.language.months import Month
from backend.one_window.calculators.registry import RULES
from backend.one_window.catalogue.content_check import misjudged
from backend.one_window.catalogue.delivered import edition
from backend.platform.working_days import WorkingCalendar

TODAY = date(2026, 11, 28)
WRITTEN = yaml.safe_load((Path(__file__).parent / "written" / "eligibility.yaml").read_text("utf-8"))


class _Calculators(CalculatorsClient):
    """The backend's calculators without a backend."""

    def __init__(self) -> None:
        """Nothing to connect to."""

    async def compute(self, rule: str, answers: Mapping[str, str]) -> CalculationResult:
        """Compute here."""
        return RULES[rule].compute(answers, TODAY, cast(WorkingCalendar, None))


def told(fact: str, least: str, most: str | None = None) -> KnownFact:
    """A fact of the speaker."""
    return KnownFact(holder=ME, fact=fact, least=least, most=most or least, certainty=Certainty.STATED)


def known(*facts: KnownFact, **computed: int) -> KnownOf:
    """What is known of the speaker."""
    bounds = {name: Bounds(*2 * (Decimal(value),)) for name, value in computed.items()}
    return KnownOf({fact.fact: fact for fact in facts}, TODAY, bounds)


async def verdict_on(say: str) -> tuple[str | None, str | None]:
    """The item and the verdict for a first message."""
    message = DialogueMessage(id="m", text=say, today=TODAY, intent="ask_eligibility")
    wanted = wanted_verdict(message, DialogueState())
    if wanted is None:
        return None, None
    rules = eligibility()[wanted.item]
    computed = await computed_of(rules, wanted.facts, Month.of(TODAY), _Calculators())
    return wanted.item, judge(rules, KnownOf(wanted.facts, TODAY, computed)).verdict.value


@pytest.mark.asyncio
@pytest.mark.parametrize("case", [one for one in WRITTEN if one["part"] == "build"], ids=lambda case: case["say"][:30])
async def test_sentences_by_which_it_was_built(case: dict[str, Any]) -> None:
    """The item that is meant, and yes, no or open."""
    assert await verdict_on(case["say"]) == (case["item"], case["verdict"])


@pytest.mark.parametrize(
    ("comparison", "fact", "truth"),
    [
        ({"fact": "paid_unemployment", "at_least": 12}, told("paid_unemployment", "12"), Truth.TRUE),
        ({"fact": "paid_unemployment", "at_least": 12}, told("paid_unemployment", "11"), Truth.FALSE),
        ({"fact": "paid_unemployment", "at_least": 12}, told("paid_unemployment", "8", "14"), Truth.UNKNOWN),
        ({"fact": "ended_why", "one_of": ("own",)}, told("ended_why", "own"), Truth.TRUE),
        ({"fact": "birth", "measure": "age", "at_least": 60}, told("birth", "1966-10"), Truth.TRUE),
        ({"fact": "birth", "measure": "age", "at_least": 60}, told("birth", "1966-11"), Truth.UNKNOWN),
        ({"fact": "birth", "measure": "age", "at_least": 60}, told("birth", "1966-12"), Truth.FALSE),
        ({"fact": "birth", "measure": "age", "at_least": 60}, told("birth", "1965-11", "1966-11"), Truth.TRUE),
        ({"fact": "birth", "measure": "age", "at_least": 60}, told("birth", "1966-11", "1967-11"), Truth.FALSE),
        ({"fact": "injured_on", "measure": "months_since", "at_most": 12}, told("injured_on", "2025-11-28"), Truth.TRUE),
        ({"fact": "injured_on", "measure": "months_since", "at_most": 12}, told("injured_on", "2025-11-27"), Truth.FALSE),
        ({"fact": "injured_on", "measure": "months_since", "at_most": 12}, told("injured_on", "2025-11-01", "2025-11-30"), Truth.UNKNOWN),
        ({"fact": "decided_on", "measure": "months_since", "at_least": 12}, told("decided_on", "2025-11-28"), Truth.TRUE),
        ({"fact": "decided_on", "measure": "months_since", "at_least": 12}, told("decided_on", "2025-11-29"), Truth.FALSE),
        ({"fact": "injured_on", "measure": "months_since", "at_most": 13}, told("injured_on", "2025-11-27"), Truth.TRUE),
        ({"fact": "decided_on", "measure": "months_since", "at_least": 11}, told("decided_on", "2025-11-29"), Truth.TRUE),
        ({"fact": "birth", "measure": "months_since", "at_least": 9}, told("birth", "2026-02"), Truth.TRUE),
        ({"fact": "birth", "measure": "months_since", "at_least": 10}, told("birth", "2026-02"), Truth.FALSE),
        ({"fact": "birth", "measure": "months_since", "at_least": 12}, told("birth", "2025-11"), Truth.UNKNOWN),
        ({"fact": "decided_on", "measure": "days_since", "at_most": 15}, told("decided_on", "2026-11-13"), Truth.TRUE),
        ({"fact": "decided_on", "measure": "days_since", "at_most": 15}, told("decided_on", "2026-11-12"), Truth.FALSE),
        ({"fact": "wronged_until", "else_fact": "ended_on", "measure": "months_since", "at_most": 12}, told("ended_on", "2024-06-01"), Truth.FALSE),
    ],
)  # fmt: skip
def test_a_comparison_at_its_bound(comparison: dict[str, Any], fact: KnownFact, truth: Truth) -> None:
    """On both sides, and where what is known lies astride."""
    assert truth_of(FactComparison.model_validate(comparison), known(fact)) is truth


def test_what_is_not_known_is_neither_true_nor_false() -> None:
    """Of facts and of what is computed."""
    assert truth_of(FactComparison(fact="grade", at_least=5), known()) is Truth.UNKNOWN
    assert truth_of(FactComparison(computed="months_to_retirement", at_most=0), known()) is Truth.UNKNOWN
    assert (
        truth_of(FactComparison(computed="months_to_retirement", at_most=0), known(months_to_retirement=0))
        is Truth.TRUE
    )
    assert (
        truth_of(FactComparison(computed="months_to_retirement", at_most=0), known(months_to_retirement=1))
        is Truth.FALSE
    )


@given(st.integers(0, 40), st.integers(0, 40), st.integers(1, 30))
def test_knowing_more_never_turns_a_verdict_round(least: int, most: int, bound: int) -> None:
    """An interval that is decided stays so for every value inside it."""
    least, most = sorted((least, most))
    comparison = FactComparison(fact="paid_unemployment", at_least=bound)
    wide = truth_of(comparison, known(told("paid_unemployment", str(least), str(most))))
    inside = {truth_of(comparison, known(told("paid_unemployment", str(value)))) for value in range(least, most + 1)}
    assert inside == {wide} if wide is not Truth.UNKNOWN else inside == {Truth.TRUE, Truth.FALSE}


def test_one_group_of_several_is_enough() -> None:
    """A condition that holds in two ways fails only where neither holds."""
    condition = EligibilityCondition.model_validate(
        {"condition": "甲。", "short": "甲", "otherwise": "乙。",
         "holds_if": [[{"fact": "died", "one_of": ["yes"]}], [{"fact": "goes_abroad", "one_of": ["yes"]}]]}
    )  # fmt: skip
    assert condition_truth(condition, known(told("goes_abroad", "yes"))) is Truth.TRUE
    assert condition_truth(condition, known(told("died", "no"))) is Truth.UNKNOWN
    assert condition_truth(condition, known(told("died", "no"), told("goes_abroad", "no"))) is Truth.FALSE


def test_the_question_that_decides_most_comes_first() -> None:
    """Why somebody left fails more often than the years or the registration; with all others known, the last one is asked."""
    rules = eligibility()["LJ-SY-001"]
    assert judge(rules, known()).ask == "ended_why"
    some = (told("ended_why", "employer"), told("paid_unemployment", "36"))
    assert judge(rules, known(*some)).ask == "registered"
    done = judge(rules, known(*some, told("registered", "yes")))
    assert (done.verdict, done.ask) == (Entitled.YES, None)
    assert [one.short for one in done.assumed] == ["您想找工作"]
    assert {fact.fact for fact in done.used} == {"ended_why", "paid_unemployment", "registered"}


def test_what_is_met_is_what_is_known_to_hold() -> None:
    """Neither what is open nor what fails stands among it."""
    some = judge(eligibility()["LJ-SY-001"], known(told("ended_why", "own"), told("paid_unemployment", "36")))
    assert [one.holds_if[0][0].fact for one in some.met] == ["paid_unemployment"]
    assert [one.holds_if[0][0].fact for one in some.failed] == ["ended_why"]
    assert not some.open
    assert [one.holds_if[0][0].fact for one in some.steps] == ["registered"]


def test_a_verdict_of_no_asks_nothing_and_says_what_would_change_it() -> None:
    """One condition that fails is enough."""
    found = judge(eligibility()["LJ-SY-001"], known(told("ended_why", "own")))
    assert (found.verdict, found.ask) == (Entitled.NO, None)
    assert all(one.otherwise for one in found.failed)
    both = judge(eligibility()["LJ-SY-001"], known(told("ended_why", "own"), told("paid_unemployment", "36")))
    assert [fact.fact for fact in both.used] == ["ended_why"], "what holds has nothing to do with it"


def test_a_question_asked_twice_is_asked_no_more() -> None:
    """Another is, or none."""
    rules = eligibility()["LJ-SY-001"]
    assert judge(rules, known(), ["ended_why"]).ask not in {None, "ended_why"}
    assert judge(eligibility()["LJ-GS-007"], known(), ["grade"]).ask is None


def test_a_registration_stands_in_nobodys_way() -> None:
    """All else holds: it may be applied for, after what is done on the spot; what fails counts all the same."""
    some = (told("ended_why", "employer"), told("paid_unemployment", "36"))
    for registered in ((), (told("registered", "no"),)):
        found = judge(eligibility()["LJ-SY-001"], known(*some, *registered))
        assert (found.verdict, len(found.steps)) == (Entitled.AFTER_STEP, 1)
    failed = judge(eligibility()["LJ-SY-001"], known(told("ended_why", "own"), told("registered", "no")))
    assert failed.verdict is Entitled.NO


@pytest.mark.parametrize(
    ("item", "facts", "computed", "expected"),
    [
        ("LJ-SY-001", [("paid_unemployment", "8")], {}, ConditionGap("1年", "8个月", "4个月")),
        ("LJ-YL-012", [("paid_resident", "150")], {}, ConditionGap("15年", "12年6个月", "2年6个月")),
        (
            "LJ-YL-001",
            [("paid_pension", "192")],
            {"pension_minimum": 222},
            ConditionGap("18年6个月", "16年", "2年6个月"),
        ),
        ("LJ-YL-001", [("paid_pension", "190")], {}, None),
        (
            "LJ-YL-001",
            [("paid_pension", "108")],
            {"pension_minimum": (186, 240)},
            ConditionGap("15年6个月", "9年", "6年6个月", at_least=True),
        ),
        ("LJ-YL-001", [], {"months_to_retirement": 14}, ConditionGap(holds_from="2028年1月")),
        ("LJ-SY-001", [("ended_why", "own")], {}, None),
    ],
)
def test_what_is_missing_is_said(
    item: str, facts: list[tuple[str, str]], computed: dict[str, int | tuple[int, int]], expected: ConditionGap | None
) -> None:
    """How much a bound wants, what there is, and the rest; the month in which an age is reached; nothing of what is not known exactly."""
    pairs = {name: value if isinstance(value, tuple) else (value, value) for name, value in computed.items()}
    bounds = {name: Bounds(*map(Decimal, pair)) for name, pair in pairs.items()}
    of = KnownOf(known(*(told(*fact) for fact in facts)).facts, TODAY, bounds)
    found = [gap_of(one, of) for one in judge(eligibility()[item], of).failed]
    assert found == ([] if expected is None and not found else [expected])


def test_what_others_decide_is_left_to_them() -> None:
    """Registered is what we know; the province's list is the window's."""
    found = judge(eligibility()["LJ-JY-003"], known(told("registered", "yes")))
    assert found.verdict is Entitled.YES
    assert [one.decided_by for one in found.decided] == ["由窗口按省里的名单来定"]


@pytest.mark.parametrize(
    ("asks", "text", "value"),
    [
        ("registered", "办了", "yes"),
        ("registered", "还没办", "no"),
        ("gets_pension", "没有", "no"),
        ("paid_unemployment", "八年", "96"),
        ("ended_why", "合同到期没续", "expired"),
        ("decided_on", "11月20号", "2026-11-20"),
        ("registered", "在哪里办", None),
    ],
)
def test_the_answer_to_our_question(asks: str, text: str, value: str | None) -> None:
    """A bare value counts for what was asked, and for nothing later on."""
    judged = Judged(item="LJ-SY-001", holder=ME, seq=1, asks=asks, asked=1)
    answered = answer_to(text, TODAY, judged, DialogueState(seq=3))
    assert (None if answered is None else answered.least) == value
    assert answer_to(text, TODAY, judged, DialogueState(seq=9)) is None


@pytest.mark.parametrize(
    ("said", "item"),
    [
        ("失业保险交了7个月就被辞了，还要再交几个月才能领", "LJ-SY-001"),
        ("我养老交了13年，还差多少年", "LJ-YL-001"),
        ("农保交了十年，还要交好久才够", "LJ-YL-012"),
        ("职工养老缴了9年了，差几年", "LJ-YL-001"),
        ("还差多少年", None),
        ("还要交什么材料", None),
        ("交了13年还要办什么手续", None),
        ("失业保险交了7个月，要带什么", None),
    ],
)
def test_what_is_missing_is_asked(said: str, item: str | None) -> None:
    """Of the item that wants so many years, where it is known how many there are; in any words for how much."""
    wanted = wanted_verdict(DialogueMessage(id="m", text=said, today=TODAY), DialogueState(seq=1))
    assert (None if wanted is None else wanted.item) == item


def test_a_supposition_changes_the_verdict_and_is_not_kept() -> None:
    """「要是我自己辞的呢」 after a verdict."""
    facts = (told("ended_why", "employer"), told("paid_unemployment", "36"), told("registered", "yes"))
    state = DialogueState(seq=3, facts=facts, judged=Judged(item="LJ-SY-001", holder=ME, seq=1, facts=facts))
    wanted = wanted_verdict_again(DialogueMessage(id="m", text="要是我自己辞的呢", today=TODAY), state)
    assert wanted is not None
    assert wanted.facts["ended_why"].least == "own"
    assert judge(eligibility()[wanted.item], KnownOf(wanted.facts, TODAY)).verdict is Entitled.NO
    assert state.facts == facts


def test_the_items_are_judged_by_what_they_say() -> None:
    """Sentence by sentence; a sentence rewritten in the catalogue is found."""
    items = {code: delivered.item for code, delivered in edition().items.items()}
    assert list(misjudged(items)) == []
    first = items["LJ-SY-002"]
    changed = first.conditions[0].model_copy(update={"text": "正在领失业保险金，满三个月。"})
    problems = list(misjudged({**items, "LJ-SY-002": first.model_copy(update={"conditions": (changed,)})}))
    assert len(problems) == 2
    assert all("LJ-SY-002" in problem for problem in problems)
