"""Answers to our own questions: a pressed button, 「第二个」, yes and no, 「不是退休，是转移」."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import ClassVar

from rasa_sdk.events import SlotSet

from assistant.actions import appeal, feedback, look_up, supplement
from assistant.actions.answer import answer, by_decision, tell_answer, tell_topic
from assistant.actions.backend import backend
from assistant.actions.base import DaobanAction, Events, now_pending, now_state
from assistant.actions.case import ask_or_begin, begin_case, for_another
from assistant.actions.items import ask_which, common_choices, now_about, offer_again, offer_name, say_not_understood
from assistant.actions.notice import begin_notice
from assistant.actions.rule import begin_rule
from assistant.actions.status import answer_withdrawal, ask_withdrawal, tell_status, withdraw
from assistant.actions.turn import TurnView, plain_name
from assistant.replies.rendering import button
from assistant.understanding.decision import Kind
from assistant.understanding.index_holder import HOLDER
from backend.client.cases import CasesClient
from backend.contracts.cases import CaseState
from backend.contracts.choices import ChoiceKind, ChoiceValue
from backend.contracts.pending import ConfirmWithdrawal, ForWhom, LookUp, WhichCase, WhichItem
from backend.contracts.replies import Outcome
from backend.language.ordinals import leading_ordinal, read_place

_OF_CASES = {ChoiceKind.STATUS, ChoiceKind.WITHDRAW, ChoiceKind.WITHDRAW_YES, ChoiceKind.WITHDRAW_NO,
             ChoiceKind.SUPPLEMENT, ChoiceKind.APPEAL}  # fmt: skip
_OF_FEEDBACK = {ChoiceKind.URGE, ChoiceKind.FEEDBACK, ChoiceKind.RATE, ChoiceKind.RATE_REASON}
SUBMIT, CANCEL = "submit", "cancel"
"""Wishes about a filled form, as its buttons send them."""
_SUBMITS = re.compile(r"^(?!.*不).{0,4}提交")
MIN_QUESTION = 4
"""Characters: 「要的」 to nothing asked is no question."""
_POINTING = re.compile(
    r"^(?:我?要?问?的?就?是|我?选|我?要|嗯|对)+|那个|这个|那一个|这一个|那项|的事|的$|吧$|啊$|嘛$|办$"
)
MIN_NAME = 2


class Choose(DaobanAction):
    """Goes on where our question left off."""

    action_name: ClassVar[str] = "action_choose"

    async def act(self, turn: TurnView) -> Events:
        """``next_step`` says which form goes on, if any."""
        events = await self._pressed(turn, turn.choice) if turn.choice is not None else await self._said(turn)
        if not any(event.get("name") == "next_step" for event in events):
            events.append(SlotSet("next_step", "none"))
        return events

    async def _pressed(self, turn: TurnView, choice: ChoiceValue) -> Events:
        kind, value, pending = choice.kind, choice.argument, turn.pending
        if kind is ChoiceKind.ITEM and value in HOLDER.current.entries:
            return await self._go_on(
                turn, (pending.then if isinstance(pending, WhichItem) else "") or "ask_guide", value
            )
        if kind is ChoiceKind.RULE:
            return await begin_rule(turn, value)
        if kind is ChoiceKind.POLICY_ANSWER and value in HOLDER.current.answers:
            return await tell_answer(turn, value)
        if kind is ChoiceKind.TOPIC and value in HOLDER.current.topics:
            return await tell_topic(turn, value)
        if kind is ChoiceKind.ASK and turn.item is not None:
            return await self._go_on(turn, value, turn.item)
        if kind is ChoiceKind.START and value in HOLDER.current.entries:
            return await self._go_on(turn, "start_case", value)
        if kind is ChoiceKind.WHO and isinstance(pending, ForWhom) and pending.item in HOLDER.current.entries:
            return await self._for_whom(turn, pending.item, value == "other")
        if kind is ChoiceKind.CASE:
            return await self._about_form(turn, value)
        if kind in look_up.CHOICES and isinstance(pending, LookUp):
            return await look_up.go_on(turn)
        if kind in _OF_FEEDBACK:
            return await feedback.pressed(turn, choice)
        if kind in _OF_CASES:
            return await self._about_case(turn, kind, value)
        return self._nothing(turn)

    async def _for_whom(self, turn: TurnView, code: str, other: bool) -> Events:
        begun = await begin_case(turn, code, by_proxy=other)
        return [*begun, SlotSet("next_step", "case")]

    async def _about_case(self, turn: TurnView, kind: ChoiceKind, value: str) -> Events:
        if kind is ChoiceKind.WITHDRAW_YES:
            return await withdraw(turn, value)
        if kind is ChoiceKind.WITHDRAW_NO:
            turn.say("cases.kept", outcome=Outcome.CHAT)
            return [now_pending(None)]
        if not value:
            cases = await backend(CasesClient).of_conversation(turn.conversation)
            if not cases:
                return await look_up.begin(turn)
            for case in cases[:1]:
                tell_status(turn, case)
            return []
        case = await backend(CasesClient).case(value, conversation=turn.conversation)
        if kind is ChoiceKind.WITHDRAW:
            return ask_withdrawal(turn, case)
        if kind is ChoiceKind.SUPPLEMENT and case.supplement:
            state, events = await supplement.tell_of(turn, case, turn.state)
            return [now_state(state), *events]
        if kind is ChoiceKind.APPEAL:
            appeal.tell_of(turn, case)
            return [now_pending(None)]
        tell_status(turn, case)
        return []

    async def _about_form(self, turn: TurnView, wish: str) -> Events:
        """What becomes of a form: 「取消」 leaves it; a wish about one that is closed meets the draft or the submitted case."""
        if wish == CANCEL and turn.tracker.active_loop_name == "case_form":
            turn.leaves_form = True
            again = [] if turn.item is None else [button("go_on", ChoiceKind.START, turn.item)]
            turn.say("cases.stopped", about=turn.item, outcome=Outcome.CHAT, choices=again)
            return [now_pending(None), SlotSet("next_step", "leave")]
        cases = await backend(CasesClient).of_conversation(turn.conversation)
        newest = next((case for case in cases if case.state is not CaseState.WITHDRAWN), None)
        if newest is None:
            return self._nothing(turn)
        if newest.state is not CaseState.DRAFT:
            turn.say("cases.already_submitted", choices=[button("status", ChoiceKind.STATUS)], about=newest.item,
                     case=newest)  # fmt: skip
            return [now_pending(None)]
        if wish == CANCEL:
            again = [button("go_on", ChoiceKind.START, newest.item)]
            turn.say("cases.stopped", about=newest.item, outcome=Outcome.CHAT, choices=again)
            return [now_pending(None)]
        return [*await begin_case(turn, newest.item), SlotSet("next_step", "case")]

    async def _said(self, turn: TurnView) -> Events:
        pending = turn.pending
        if pending is None and turn.intent == "affirm" and _SUBMITS.search(turn.text):
            return await self._about_form(turn, SUBMIT)
        if turn.intent == "correct_item":
            return await self._corrected(turn)
        if isinstance(pending, ConfirmWithdrawal) and turn.intent in {"affirm", "deny"}:
            return await answer_withdrawal(turn, yes=turn.intent == "affirm")
        if isinstance(pending, ForWhom):
            other = for_another(turn)
            if other is not None:
                return await self._for_whom(turn, pending.item, other)
        if isinstance(pending, WhichItem | WhichCase):
            chosen = _chosen(turn, pending.codes, pending.names if isinstance(pending, WhichCase) else ())
            if chosen is not None:
                return await self._pressed(turn, chosen)
            again = _choose_again(turn)
            if again is not None:
                return again
        if turn.decision.kind in {Kind.ITEM, Kind.ANSWER} and len(turn.text) > MIN_QUESTION:
            return await by_decision(turn, "ask_guide")
        return self._nothing(turn)

    async def _corrected(self, turn: TurnView) -> Events:
        """The item named last in the sentence is the one meant."""
        wrong = turn.item
        meant = turn.parts[0] if turn.parts else turn
        named = [found.code for found in turn.candidates if found.how != "like"]
        others = [found for found in named if found != wrong]
        code = _named_last(turn, others) or meant.named_item() or meant.sure_item()
        if code is None and meant is not turn and meant.decision.options:
            return [now_pending(ask_which(meant, turn.asked or "ask_guide", "talk.which_item_first"))]
        if code is not None and code == wrong:
            turn.say("talk.changed_item", about=code, item_name=plain_name(code), kept=False)
            return []
        if code is None:
            turn.say("talk.my_mistake", choices=common_choices(), outcome=Outcome.CLARIFY)
            return [now_pending(WhichItem(then=turn.asked or "ask_guide"))]
        turn.leaves_form = filling = turn.tracker.active_loop_name == "case_form"
        turn.say("talk.changed_item", about=code, item_name=plain_name(code), kept=filling)
        if filling:
            left = [*now_about(turn, code), SlotSet("notice", None), SlotSet("case", None)]
            return [*left, *await answer(turn, "ask_guide", code), SlotSet("next_step", "leave")]
        changed = [*now_about(turn, code), SlotSet("notice", None)]
        return [*changed, *await self._go_on(turn, turn.asked or "ask_guide", code)]

    async def _go_on(self, turn: TurnView, intent: str, code: str) -> Events:
        if intent == "ask_materials":
            return [*begin_notice(turn, code), SlotSet("next_step", "notice")]
        if intent == "start_case":
            return await ask_or_begin(turn, code)
        return await answer(turn, intent if intent.startswith("ask_") else "ask_guide", code)

    @staticmethod
    def _nothing(turn: TurnView) -> Events:
        """An answer that answers nothing: yes and no are taken as courtesies."""
        none = turn.choice is not None and turn.choice.kind is ChoiceKind.NONE
        if none or (turn.intent == "deny" and turn.pending is not None):
            turn.say("talk.none_of_these", choices=common_choices(), outcome=Outcome.CHAT)
            return [now_pending(None)]
        if turn.intent in {"affirm", "deny"}:
            turn.say(f"talk.{turn.intent}", outcome=Outcome.CHAT)
            return [now_pending(None)]
        if turn.tracker.active_loop_name is not None:
            turn.say("talk.not_caught", outcome=Outcome.NOT_UNDERSTOOD)
            return []
        say_not_understood(turn)
        return [now_pending(WhichItem(then="ask_guide"))]


def _choose_again(turn: TurnView) -> Events | None:
    """「就是那个补贴」 fits several of the choices, or none is pointed at clearly: those, once more; None: it is no choice."""
    pending = turn.pending
    if not isinstance(pending, WhichItem) or turn.intent != "choose_worded" or not pending.codes:
        return None
    said = _words(turn.text.strip("。，, "))
    fitting = tuple(code for code in pending.codes if said and said in offer_name(code)) or pending.codes
    offer_again(turn, fitting)
    return [now_pending(pending.model_copy(update={"codes": fitting}))]


def _chosen(turn: TurnView, offered: Sequence[ChoiceValue], names: Sequence[str]) -> ChoiceValue | None:
    """One of the choices offered: by place, or by naming it."""
    said = turn.text.strip("。，, ")
    place = read_place(said, len(offered))
    if place is None:
        number = leading_ordinal(said)
        place = number - 1 if number is not None and number <= len(offered) else None
    if place is not None:
        return offered[place]
    if offered and said.startswith(("最后", "后面", "下面")):
        return offered[-1]
    if offered and (said.startswith(("前面", "上面")) or (turn.intent == "affirm" and len(offered) == 1)):
        return offered[0]
    named_as = dict(zip(offered, names or map(offer_name, offered), strict=True))
    worded = [choice for choice, name in named_as.items() if _words(said) and _words(said) in name]
    if len(worded) == 1:
        return worded[0]
    named = turn.named_item() or turn.sure_item()
    choice = None if named is None else ChoiceValue(ChoiceKind.ITEM, named)
    return choice if choice in offered or not offered else None


def _words(said: str) -> str:
    """「就是那个补贴」 without what only points."""
    bare = _POINTING.sub("", said)
    return bare if len(bare) >= MIN_NAME else ""


def _named_last(turn: TurnView, codes: list[str]) -> str | None:
    """Of the items the one whose name stands last in the sentence."""
    places = {}
    for code in codes:
        entry = HOLDER.current.entries[code]
        names = (entry.name, entry.plain_name, *entry.aliases)
        places[code] = max((turn.text.rfind(name) for name in names), default=-1)
    return max(places, key=lambda code: places[code], default=None)
