"""What somebody says is wrong in a form that is handed in: 「电话写错了」「名字打错了，是和秀芳」「电话最后两位是56」."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.dialogue.case_path import WrongField, wrong_field_said
from assistant.dialogue.computing import RERUN_MESSAGES
from assistant.dialogue.message import DialogueMessage
from assistant.dialogue.rule import DialogueRule
from assistant.dialogue.state import DialogueState
from backend.language.field_remarks import read_field_remark
from backend.language.remarks import read_remark
from backend.language.yes_no import read_yes_no

if TYPE_CHECKING:
    from assistant.actions.base import Events
    from assistant.actions.turn import TurnView

LONGEST_VALUE = 40
"""Characters of what is told after we asked what is right."""


class WrongFieldRule(DialogueRule[WrongField]):
    """A slip in a form that is handed in: it lies with the case for its clerk; how it is put right otherwise is told."""

    name = "wrong_field"

    def match(self, message: DialogueMessage, state: DialogueState) -> WrongField | None:
        """Find it, or what is right where we have asked; what puts a calculation right is none."""
        if message.intent == "distress" or message.form is not None:
            return None
        found = wrong_field_said(message.text)
        if found is not None:
            computed = state.computed
            reckons = computed is not None and state.seq - computed.seq <= RERUN_MESSAGES
            return None if reckons else found
        awaited = state.awaited_words
        if awaited is None or awaited.kind != "wrong_field" or message.asks or len(message.text) > LONGEST_VALUE:
            return None
        remarks = (read_field_remark(message.text), read_remark(message.text), read_yes_no(message.text))
        return WrongField("", told=True) if remarks == (None, None, None) else None

    async def answer(self, turn: TurnView, found: WrongField, state: DialogueState) -> tuple[DialogueState, Events]:
        """Keep it with the case; without a case that is handed in, what would have answered else."""
        from assistant.actions import wrong_field  # actions import the rules
        from assistant.actions.passing import pass_on

        told = await wrong_field.keep(turn, found, state)
        return told if told is not None else await pass_on(turn, state, self.name)
