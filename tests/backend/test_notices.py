"""One-time notices: complete, only what is needed, never changed afterwards."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.client import BackendProblem
from backend.client.notices import NoticesClient
from backend.contracts.conditions import ConditionError, deciding_facts, evaluate, facts_in, parse
from backend.contracts.notices import LineKind, NoticeRequest
from backend.one_window.catalogue.delivered import edition
from backend.one_window.notices import computing
from tests.conftest import Hall

FACTS = ("a", "b", "c")
EXPRESSIONS = st.recursive(
    st.sampled_from(FACTS),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(lambda parts: f"({' '.join(parts)})"),
        inner.map(lambda part: f"not {part}"),
    ),
    max_leaves=5,
)


@given(EXPRESSIONS, st.dictionaries(st.sampled_from(FACTS), st.booleans()))
def test_a_known_truth_stays_whatever_else_is_learnt(text: str, situation: dict[str, bool]) -> None:
    """Once the list is certain no further answer changes it, and no question is asked for it."""
    condition = parse(text)
    truth = evaluate(condition, situation)
    unknown = [fact for fact in FACTS if fact not in situation]
    outcomes = {
        evaluate(condition, {**situation, **dict(zip(unknown, answers, strict=True))})
        for answers in product((False, True), repeat=len(unknown))
    }
    if truth is not None:
        assert outcomes == {truth}
        assert not deciding_facts(condition, situation)
    assert bool(deciding_facts(condition, situation)) == (len(outcomes) > 1)
    assert deciding_facts(condition, situation) <= facts_in(condition)


@pytest.mark.parametrize("text", ["", "and", "a and", "a b", "(a", "a)", "not", "A", "本人", "a and always"])
def test_free_text_is_no_condition(text: str) -> None:
    """CONTRACTS: free text in ``when`` is refused."""
    with pytest.raises(ConditionError):
        parse(text)


@pytest.mark.parametrize("code", sorted(edition().items))
def test_every_item_asks_few_questions_and_tells_a_list(code: str) -> None:
    """Whatever is answered, at most four questions lead to a certain list: no line on it hangs on anything unknown."""
    item, facts = edition().items[code].item, edition().facts
    for answer in (False, True):
        told: dict[str, bool] = {}
        asked = 0
        while questions := computing.questions(item, facts, told):
            told[questions[0].fact] = answer
            asked += 1
        assert asked <= 4
        known = computing.known_situation(facts, told)
        listed = {line.material for line in computing.lines(item, facts, told)}
        assert listed == {m.id for m in item.materials if evaluate(m.condition, known) is True}


async def test_only_the_deciding_question_is_asked(hall: Hall) -> None:
    """For unemployment benefit: oneself or a proxy, nothing else."""
    preview = await hall.assistant.part(NoticesClient).preview(NoticeRequest(item="LJ-SY-001"))
    assert [question.fact for question in preview.questions] == ["by_proxy"]


async def test_a_notice_lists_what_to_bring_and_what_not(hall: Hall) -> None:
    """What the centre gets itself is not asked for, and it says from whom it comes."""
    conversation = await hall.conversation()
    request = NoticeRequest(item="LJ-SY-001", situation={"by_proxy": False})
    notice = await hall.assistant.part(NoticesClient).issue(request, conversation=conversation, key=hall.key())
    assert notice.number.startswith("2261123")
    assert {line.name: line.kind for line in notice.lines} == {
        "本人身份证或社会保障卡": LineKind.SHOW,
        "收钱的账户": LineKind.CONFIRM,
        "终止或解除劳动关系证明": LineKind.NOT_ASKED,
        "失业登记信息": LineKind.NOT_ASKED,
    }
    assert next(line for line in notice.lines if line.material == "termination_proof").obtained_from == "单位停保信息"
    assert notice.time_limits_text == "从收到申请的第二天算起，10个工作日内办好（法定）"
    assert await hall.assistant.part(NoticesClient).notice(notice.number_text) == notice


async def test_for_a_proxy_the_letter_is_on_the_list_with_its_reason(hall: Hall) -> None:
    """A line that hangs on the situation names it."""
    request = NoticeRequest(item="LJ-SY-001", situation={"by_proxy": True})
    notice = await hall.assistant.part(NoticesClient).issue(
        request, conversation=await hall.conversation(), key=hall.key()
    )
    letter = next(line for line in notice.lines if line.material == "proxy_letter")
    assert (letter.kind, letter.because) == (LineKind.BRING, "请别人代办的")


async def test_when_sharing_failed_the_applicant_is_asked_after_all(hall: Hall) -> None:
    """The counter sets ``sharing_failed``; only then the proof is to be brought."""
    request = NoticeRequest(item="LJ-SY-001", situation={"by_proxy": False, "sharing_failed": True})
    notice = await hall.assistant.part(NoticesClient).issue(
        request, conversation=await hall.conversation(), key=hall.key()
    )
    proof = next(line for line in notice.lines if line.material == "termination_proof")
    assert proof.kind is LineKind.BRING


async def test_an_unknown_situation_or_item_is_refused(hall: Hall) -> None:
    """The vocabulary is closed."""
    with pytest.raises(BackendProblem) as refused:
        await hall.assistant.part(NoticesClient).preview(NoticeRequest(item="LJ-SY-001", situation={"is_tall": True}))
    assert (refused.value.problem.status, refused.value.problem.field) == (422, "situation")
    with pytest.raises(BackendProblem) as unknown:
        await hall.assistant.part(NoticesClient).preview(NoticeRequest(item="LJ-XX-999"))
    assert unknown.value.problem.status == 404
