"""Which item a turn is about, and asking apart what is not clear."""

from __future__ import annotations

from assistant.actions.turn import CHOICE, TurnView, plain_name
from assistant.nlu.index_holder import HOLDER
from assistant.replies.rendering import button
from assistant.replies.texts import labels
from assistant.wire import Choice, Outcome

FOLLOW_UP_LENGTH = 12
"""Characters: a short sentence without an item goes on about the last one."""
WEAK = 0.45
"""Below this a likeness does not take the talk away from the last item."""


def item_of(turn: TurnView) -> str | None:
    """The item: clearly named now, or carried over from before; None if it has to be asked."""
    sure = turn.sure_item()
    if sure is not None:
        return sure
    best = turn.candidates[0].confidence if turn.candidates else 0.0
    carries = turn.item is not None and (best < WEAK or len(turn.text) <= FOLLOW_UP_LENGTH)
    return turn.item if carries else None


def ask_which(turn: TurnView, then: str, fallback: str) -> dict[str, object]:
    """Ask which item is meant (or, with nothing close, what it is about); returns what is now pending."""
    codes = turn.possible_items()
    if not codes:
        turn.say(fallback, choices=common_choices(), outcome=Outcome.NOT_UNDERSTOOD)
        return {"kind": "which_item", "then": then, "codes": []}
    choices = [*(Choice(say=plain_name(code), choice=f"item:{code}") for code in codes), button("none", "none")]
    names = [plain_name(code) for code in codes]
    turn.say("talk.which_item", choices=choices, expects=CHOICE, outcome=Outcome.CLARIFY, names=names)
    return {"kind": "which_item", "then": then, "codes": codes}


def common_choices() -> list[Choice]:
    """What people ask most, for those who do not know how to begin."""
    known = [code for code in labels().common if code in HOLDER.current.entries]
    return [*(Choice(say=plain_name(code), choice=f"item:{code}") for code in known), button("status", "status")]
