"""The mode of a conversation in which danger was heard: how it begins, stays, eases and ends. Pure: no model, no clock."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Literal

from pydantic import BaseModel, ConfigDict

from assistant.dialogue.facts.clauses import last_named
from assistant.dialogue.hall.questions import hall_question
from assistant.dialogue.message import DialogueMessage
from assistant.understanding.danger_kinds import DangerKind, Whose
from assistant.understanding.danger_words import is_eased
from assistant.understanding.decision import Kind, decide
from assistant.understanding.offices import says_ours
from backend.language.bound_answers import says_far_off
from backend.language.counts import says_none
from backend.language.remarks import read_remark

CARRIED = 0.5
"""So much of the score goes over to the next message, so that signs over several turns add up."""
IN_DANGER = 0.6
"""In danger, and while it eases, a weaker sign is enough."""
CALM_TURNS, CALM_SECONDS = 6, 30 * 60
"""Without a sign for so many turns and so long, it is a conversation like others again."""
EASED_TURNS = 3
GRAVEST_FIRST = tuple(DangerKind)
OF_ONESELF = frozenset({DangerKind.PLAN, DangerKind.THOUGHT, DangerKind.PASSIVE, DangerKind.SIGN})
"""Kinds in which somebody is a danger to themselves."""
FEW, OF_FEW = 6, 0.5
"""Characters of an answer to our question of which what was learnt says too little to be believed alone: 「自己走的」 tells how work
ended. It counts by so much. The list, dangers from others, and what is said before and after count as ever."""
FRAUD = frozenset({DangerKind.FRAUD_PAID, DangerKind.FRAUD_ASKED, DangerKind.LURED})
ANSWERED = frozenset({
    "ask_materials", "ask_steps", "ask_time_limit", "ask_deadline", "ask_fee", "ask_amount", "ask_place", "ask_hours",
    "ask_eligibility", "ask_result", "ask_legal_basis", "ask_guide",
})  # fmt: skip
"""Questions that are answered, with a line of care."""
LINE_EVERY = 3
"""Messages: the line of care stands beside an answer once in so many."""
GOES_ON = frozenset({"start_case", "compute", "case_status", "withdraw_case", "choose", "choose_worded", "cancel"})
"""What somebody sets going goes on as ever."""
SURE = 0.6

_HAN = re.compile(r"[\u3400-\u9fff]")

Says = Literal["new", "stays", "business", "eased", "eased_business", "care"]


class DangerMode(BaseModel):
    """The mode after a message. ``says``: what is said because of it; None: the message is answered as ever."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    message_id: str = ""
    """The message that was heard last: hearing it again changes nothing."""
    mode: Literal["normal", "danger", "eased"] = "normal"
    kind: DangerKind = DangerKind.SIGN
    whose: Whose = Whose.SELF
    score: float = 0.0
    last_sign_at: float = 0.0
    """Seconds since 1970."""
    turns: int = 0
    """Messages since the last sign, or since it eased."""
    stays: int = 0
    """How often in a row we stayed with the person."""
    cared: bool = False
    """Whether a number was told beside an answer; that is done once."""
    says: Says | None = None
    quiet: int = 0
    """So many more messages are answered without a line of care."""

    @property
    def line(self) -> Literal["self", "fraud", "police"]:
        """Which number is told in one sentence."""
        if self.kind in OF_ONESELF:
            return "self"
        return "fraud" if self.kind in FRAUD else "police"


def after(before: DangerMode, said: DialogueMessage) -> DangerMode:
    """The mode after a message, and what is said because of it; the same however often a message is heard."""
    if before.message_id == said.id:
        return before
    return _after(before, said).model_copy(update={"message_id": said.id})


def _after(before: DangerMode, said: DialogueMessage) -> DangerMode:
    if before.mode == "normal" and _only_counts(said):
        said = replace(said, danger=said.danger.model_copy(update={"sign": min(said.danger.sign, 0.0)}))
    if before.mode == "normal" and before.score <= 0 and _is_short_answer(said):
        doubted = said.danger.model_copy(update={"sign": said.danger.sign * OF_FEW})
        said = replace(said, danger=doubted)
    long_ago = said.at - before.last_sign_at >= CALM_SECONDS
    if before.mode == "danger" and before.turns >= CALM_TURNS and long_ago:
        before = DangerMode()
    score = said.danger.sign + CARRIED * max(before.score, 0.0)
    eased = is_eased(said.text)
    enough = 1.0 if before.mode == "normal" else IN_DANGER
    is_sign = (
        said.danger.sign >= 0 and read_remark(said.text) is None
    )  # 「让我想想」 is a remark, whatever it resembles
    if before.mode != "normal" and asks_business(said) and not said.danger.alone:
        is_sign = False  # what went before makes no danger of a question about wages
    if score >= enough and is_sign and not (eased and not said.danger.alone):
        return _sign(before, said, score)
    calm = before.model_copy(update={"score": score, "turns": before.turns + 1, "says": None})
    if before.mode == "danger":
        return _in_danger(calm, said, eased=eased)
    if before.mode == "eased":
        return DangerMode(cared=True) if calm.turns >= EASED_TURNS else calm
    if is_sign and not before.cared and said.form is None and said.intent != "abuse":
        return calm.model_copy(
            update={"says": "care", "cared": True, "kind": said.danger.kind, "whose": said.danger.whose}
        )
    return calm


def _only_counts(said: DialogueMessage) -> bool:
    """Whether it answers a form and says that there is none, or that a time is far off, whatever it resembles: 「领完了」「早着呢」."""
    return said.form is not None and not said.danger.listed and (says_none(said.text) or says_far_off(said.text))


def _is_short_answer(said: DialogueMessage) -> bool:
    asked = said.form is not None or said.pending is not None
    nobodys = said.danger.kind is DangerKind.CHILD and last_named(said.text) is None  # 「不见了」 of a card
    doubtful = said.danger.kind in OF_ONESELF | FRAUD or nobodys
    learnt = not said.danger.listed and said.danger.sign > 0 and doubtful
    return asked and learnt and len(_HAN.findall(said.text)) <= FEW


def _sign(before: DangerMode, said: DialogueMessage, score: float) -> DangerMode:
    """Danger, new or of a graver kind than before; the same again is no reason to say the same again."""
    kind = DangerKind.PASSIVE if said.danger.kind is DangerKind.SIGN else said.danger.kind
    same = before.mode == "danger" and GRAVEST_FIRST.index(kind) >= GRAVEST_FIRST.index(before.kind)
    return DangerMode(
        mode="danger",
        kind=before.kind if same else kind,
        whose=before.whose if same else said.danger.whose,
        score=score,
        last_sign_at=said.at,
        stays=before.stays + 1 if same else 0,
        cared=True,
        says="stays" if same else "new",
    )


def _in_danger(calm: DangerMode, said: DialogueMessage, *, eased: bool) -> DangerMode:
    goes_on = said.form is not None or (said.intent in GOES_ON and said.confidence >= SURE)
    business = asks_business(said)
    if eased:
        says: Says | None = None if goes_on else "eased_business" if business else "eased"
        return calm.model_copy(update={"mode": "eased", "turns": 0, "score": 0.0, "says": says})
    if goes_on:
        return calm
    if business and calm.quiet:
        return calm.model_copy(update={"quiet": calm.quiet - 1})
    if business:
        return calm.model_copy(update={"says": "business", "quiet": LINE_EVERY - 1})
    return calm.model_copy(update={"says": "stays", "stays": calm.stays + 1})


def asks_business(said: DialogueMessage) -> bool:
    """Whether a message asks or tells something that we have an answer to, whatever else is in it."""
    if said.intent in ANSWERED and said.confidence >= SURE:
        return True
    if hall_question(said.text, said.today) is not None:
        return True
    return says_ours(said.text) and decide(said.ranking, "ask_guide").kind in {Kind.ITEM, Kind.ANSWER, Kind.WHICH}
