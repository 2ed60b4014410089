"""What a correction changes of the facts that are kept: nothing goes on standing that somebody took back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.dialogue.message import DialogueMessage
from assistant.dialogue.rule_changes import asks_for
from assistant.dialogue.rule_values import as_kept
from backend.contracts.calculator_content import RuleQuestion
from backend.contracts.facts import Certainty, KnownFact


def answered_facts(
    facts: Sequence[KnownFact],
    holder: str,
    questions: Sequence[RuleQuestion],
    changed: Mapping[str, str],
    message: DialogueMessage,
) -> tuple[KnownFact, ...]:
    """The facts of a conversation after corrected answers: put right where they were known, forgotten where the right value is not.

    A fact that was not known is not added: what is answered to a calculator is used for it alone.
    """
    kept = list(facts)
    for question in questions:
        if question.id not in changed:
            continue
        for at, fact in reversed(list(enumerate(kept))):
            if fact.holder != holder or fact.fact not in asks_for(question) or fact.said_in == message.id:
                continue
            value = as_kept(question, changed[question.id], message.today) if question.fact == fact.fact else None
            kept[at : at + 1] = [] if value is None else [
                fact.model_copy(update={"least": value, "most": value, "certainty": Certainty.STATED, "said_in": message.id})
            ]  # fmt: skip
    return tuple(kept)


def reopened_facts(
    facts: Sequence[KnownFact], questions: Sequence[RuleQuestion], changed: Mapping[str, str]
) -> tuple[KnownFact, ...]:
    """The facts that a calculation was begun with, without those of answers that were corrected: they fill no question again."""
    gone = {fact for question in questions if question.id in changed for fact in asks_for(question)}
    return tuple(fact for fact in facts if fact.fact not in gone)
