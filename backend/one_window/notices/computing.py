"""Which materials a situation needs, and which questions still change the list.

Rule: what the centre can get itself is not asked (《社会保险经办条例》第三十一条, 《优化营商环境条例》第三十七、四十四条).
"""

from __future__ import annotations

from collections.abc import Mapping

from backend.contracts.catalogue_content import Ask, Item, Material, SituationFact
from backend.contracts.conditions import Situation, deciding_facts, evaluate
from backend.contracts.notices import LineKind, NoticeLine, SituationQuestion
from backend.one_window.catalogue.wording import condition_text

SHARING_FAILED = "sharing_failed"
_KINDS = {
    Ask.HAND_IN: LineKind.BRING,
    Ask.SHOW: LineKind.SHOW,
    Ask.FILL_IN: LineKind.FILL_IN,
    Ask.CONFIRM: LineKind.CONFIRM,
    Ask.NOTHING: LineKind.NOT_ASKED,
}
_ORDER = list(LineKind)
Vocabulary = Mapping[str, SituationFact]


def known_situation(vocabulary: Vocabulary, told: Situation) -> dict[str, bool]:
    """What was told, and for facts nobody is asked about what is assumed until known."""
    assumed = {fact.id: fact.assumed for fact in vocabulary.values() if not fact.asked}
    return {**assumed, **told}


def questions(item: Item, vocabulary: Vocabulary, told: Situation) -> list[SituationQuestion]:
    """Questions whose answer can still change the list, in the vocabulary's order."""
    known = known_situation(vocabulary, told)
    open_facts = {fact for material in item.materials for fact in deciding_facts(material.condition, known)}
    return [_question(fact) for fact in vocabulary.values() if fact.id in open_facts and fact.asked]


def lines(item: Item, vocabulary: Vocabulary, told: Situation) -> list[NoticeLine]:
    """The list for a situation. While a fact is unknown, what hangs on it is listed with its case named."""
    known = known_situation(vocabulary, told)
    needed = [
        _line(material, vocabulary, known)
        for material in item.materials
        if evaluate(material.condition, known) is not False
    ]
    return sorted(needed, key=lambda line: _ORDER.index(line.kind))


def situation_text(vocabulary: Vocabulary, told: Situation) -> list[str]:
    """What was told, as people read it: the question and the answer given."""
    return [
        f"{vocabulary[fact].question}{vocabulary[fact].yes if answer else vocabulary[fact].no}"
        for fact, answer in told.items()
        if fact in vocabulary and vocabulary[fact].asked
    ]


def _question(fact: SituationFact) -> SituationQuestion:
    return SituationQuestion(
        fact=fact.id,
        question=fact.question,
        spoken=fact.spoken or fact.question,
        yes=fact.yes,
        no=fact.no,
        yes_words=fact.yes_words,
        no_words=fact.no_words,
        yes_if=fact.yes_if,
        no_if=fact.no_if,
    )


def _line(material: Material, vocabulary: Vocabulary, known: Situation) -> NoticeLine:
    kind = _KINDS[material.ask]
    if kind is LineKind.NOT_ASKED and known.get(SHARING_FAILED):
        kind = LineKind.BRING
    sharing = material.obtained_by_sharing
    return NoticeLine(
        material=material.id,
        name=material.name,
        kind=kind,
        form=material.form,
        count=material.count,
        obtained_from=sharing.origin if sharing is not None else "",
        if_not_found=sharing.if_not_found if sharing is not None else "",
        because=condition_text(material.condition, vocabulary),
        basis=material.basis,
        cite=material.cite,
    )
