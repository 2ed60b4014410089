"""What must not be answered now, and the emergency notice: both are set by staff and travel with the catalogue's index."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.replies.rendering import render
from assistant.understanding.index_holder import HOLDER
from backend.contracts.catalogue import SwitchView
from backend.contracts.replies import Expects, Outcome, Reply, Understood

EVERYWHERE = "all"


def switched_off(switches: Iterable[SwitchView], kind: str, target: str | None) -> str | None:
    """The sentence told instead, if that is switched off."""
    return next((s.sentence for s in switches if s.kind == kind and s.target == target), None)


def guarded(reply: Reply, *, first: bool) -> Reply:
    """The reply, unless its item or topic is switched off; the emergency notice goes before a conversation's first reply."""
    switches = HOLDER.current.switches
    understood = reply.understood
    told = switched_off(switches, "item", understood.item) or switched_off(switches, "topic", understood.topic)
    if told is not None:
        reply = instead(told, Outcome.HANDOVER, understood)
    notice = switched_off(switches, "notice", EVERYWHERE)
    if notice is not None and first:
        message = render("talk.emergency", sentence=notice)
        reply = reply.model_copy(update={"messages": (message, *reply.messages)})
    return reply


def instead(sentence: str, outcome: Outcome, understood: Understood | None = None) -> Reply:
    """A reply that says only the sentence, and how to reach a person."""
    about = understood or Understood(intent="", outcome=outcome)
    return Reply(
        messages=(render("talk.switched_off", sentence=sentence),),
        expects=Expects(kind="free"),
        understood=about.model_copy(update={"outcome": outcome}),
        catalogue_version=HOLDER.current.version,
    )
