"""Replies about what people say of the service, and the buttons that lead there."""

from __future__ import annotations

from assistant.actions import look_up
from assistant.actions.backend import backend
from assistant.actions.base import Events, now_pending, now_state
from assistant.actions.status import offered_cases, which_case
from assistant.actions.turn import CHOICE, TurnView
from assistant.dialogue.state import AwaitedWords, DialogueState
from assistant.replies.rendering import button
from assistant.replies.texts import labels
from backend.client.cases import CasesClient
from backend.client.feedback import FeedbackClient
from backend.contracts.cases import WITH_US, Case, CaseState
from backend.contracts.choices import ChoiceKind, ChoiceValue
from backend.contracts.feedback import FeedbackKind, NewFeedback, NewRating
from backend.contracts.replies import Handover, Outcome

TOPIC = "hall_service"
LEVELS = (5, 4, 3, 2, 1)
LOW = 2
REASON = "rate_why_"
"""What labels of reasons begin with."""
_FINISHED = frozenset({CaseState.REFUSED, CaseState.APPROVED, CaseState.REJECTED, CaseState.DELIVERED})
MAX_SHOWN = 5


async def urge_any(turn: TurnView) -> Events:
    """Urge the conversation's case that is with us; several are offered, of none a number is asked."""
    cases = [case for case in await backend(CasesClient).of_conversation(turn.conversation) if case.number]
    with_us = [case for case in cases if case.state in WITH_US]
    if len(with_us) == 1:
        return await urge(turn, with_us[0])
    if with_us:
        offered = offered_cases(with_us, ChoiceKind.URGE)
        turn.say("feedback.urge_which", choices=offered, expects=CHOICE, topic=TOPIC, outcome=Outcome.CLARIFY)
        return [which_case(with_us, ChoiceKind.URGE)]
    if cases:
        turn.say("feedback.not_with_us", about=cases[0].item, case=cases[0])
        return []
    return await look_up.begin(turn)


async def urge(turn: TurnView, case: Case) -> Events:
    """Tell the owner of a case; a second time on one day is said to be so."""
    urged = await backend(FeedbackClient).urge(case.id, conversation=turn.conversation, key=turn.key("urge"))
    turn.say("feedback.urged", about=case.item, case=case, urged=urged)
    return [now_pending(None)]


def ask_for_words(turn: TurnView, kind: FeedbackKind) -> None:
    """Ask what it is about, and say who reads it."""
    turn.say(f"feedback.{kind}", topic=TOPIC, outcome=Outcome.CLARIFY)


def drop(turn: TurnView) -> None:
    """Nothing is registered."""
    turn.say("feedback.dropped", topic=TOPIC, outcome=Outcome.CHAT)


async def register(turn: TurnView, kind: FeedbackKind, words: str) -> None:
    """Register it in the citizen's own words; tell number and term."""
    registered = await backend(FeedbackClient).register(
        turn.conversation, NewFeedback(kind=kind, text=words), key=turn.key("feedback")
    )
    turn.say("feedback.registered", topic=TOPIC, feedback=registered)


async def tell_answers(turn: TurnView) -> None:
    """What became of what was registered in this conversation."""
    found = await backend(FeedbackClient).of_conversation(turn.conversation)
    turn.say("feedback.answers", topic=TOPIC, feedback=found[:MAX_SHOWN])


def ask_for_level(turn: TurnView) -> None:
    """The five levels as buttons."""
    choices = [button(f"rate_{level}", ChoiceKind.RATE, str(level)) for level in LEVELS]
    turn.say("feedback.rate", choices=choices, expects=CHOICE, topic=TOPIC, outcome=Outcome.CLARIFY)


async def rate(turn: TurnView, level: int, reason: str = "") -> Events:
    """Keep a level; a low one needs its reason first."""
    if level <= LOW and not reason:
        known = [label for label in labels().labels if label.startswith(REASON)]
        choices = [button(label, ChoiceKind.RATE_REASON, f"{level}:{label.removeprefix(REASON)}") for label in known]
        turn.say("feedback.rate_why", choices=choices, expects=CHOICE, topic=TOPIC, outcome=Outcome.CLARIFY)
        return []
    cases = await backend(CasesClient).of_conversation(turn.conversation)
    finished = next((case for case in cases if case.state in _FINISHED), None)
    rating = NewRating(level=level, reasons=(reason,) if reason else (), case="" if finished is None else finished.id)
    given = await backend(FeedbackClient).rate(turn.conversation, rating, key=turn.key("rating"))
    turn.say("feedback.rated", topic=TOPIC, rating=given, low=level <= LOW)
    return []


async def pressed(turn: TurnView, choice: ChoiceValue) -> Events:
    """A button of ours."""
    if choice.kind is ChoiceKind.RATE:
        return await rate(turn, int(choice.argument))
    if choice.kind is ChoiceKind.RATE_REASON:
        level, _, reason = choice.argument.partition(":")
        return await rate(turn, int(level), reason)
    if choice.kind is ChoiceKind.URGE:
        case = await backend(CasesClient).case(choice.argument, conversation=turn.conversation)
        return await urge(turn, case)
    kind, state = FeedbackKind(choice.argument), turn.state
    awaited = state.awaited_words
    if awaited is not None and awaited.kind == kind.value and awaited.text:
        await register(turn, kind, awaited.text)
        return [now_state(state.model_copy(update={"awaited": None}))]
    ask_for_words(turn, kind)
    return [now_state(awaiting(state, kind))]


def offer(turn: TurnView, kind: FeedbackKind) -> Events:
    """Offer to register what was just said."""
    turn.say(
        f"feedback.offer_{kind}",
        choices=[button(f"feedback_{kind}", ChoiceKind.FEEDBACK, kind.value)],
        topic=TOPIC,
        outcome=Outcome.CLARIFY if kind is FeedbackKind.PRAISE else Outcome.HANDOVER,
        handover=None if kind is FeedbackKind.PRAISE else Handover(reason="complaint", topic=TOPIC),
    )
    return [now_state(awaiting(turn.state, kind, turn.text))]


def awaiting(state: DialogueState, kind: FeedbackKind, text: str = "") -> DialogueState:
    """The state in which the words of a complaint are awaited, or are there and only to be registered."""
    return state.model_copy(update={"awaited": AwaitedWords(kind=kind.value, seq=state.seq, text=text)})
