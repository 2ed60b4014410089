"""The answer units of an item, from its guide and the policy answers about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from assistant.dialogue.units.unit import OF_ANOTHER, AnswerUnit, unit_words
from backend.contracts.catalogue import AnswerEntry, Guide
from backend.contracts.catalogue_content import Ask, Basis, Item, Material

PROXY = "by_proxy"
FURTHER = "further"
"""What people ask on, answered as such."""
ASIDE = 0.85
"""Worth of what only says that the centre has still to confirm something, and of hints for filling in a form."""


def units_of(guide: Guide, answers: Iterable[AnswerEntry], related: Iterable[Guide] = ()) -> list[AnswerUnit]:
    """Everything that is said of the item, each by itself.

    ``answers``: the policy answers of its topic; ``related``: items that go with it, told with their names.
    """
    item = guide.item
    return [
        *_said(item),
        *_of_further_questions(item),
        *_of_materials(item),
        _unit("fee", 0, item.fee.text if item.fee.text.endswith("。") else f"{item.fee.text}。"),
        _unit("limit", 0, f"{guide.time_limits_text}。"),
        _unit("places", 0, f"{guide.handled_at_text}。"),
        *(_unit(channel.kind, at, f"{channel.text}。") for at, channel in enumerate(item.channels)),
        _unit("result", 0, f"办好以后：{item.result}。"),
        *(replace(_unit("to_confirm", at, text, name=text), worth=ASIDE) for at, text in enumerate(item.to_confirm)),
        *_of_forms(item),
        *(unit for other in related for unit in _of_related(other.item)),
        *(
            AnswerUnit(
                answer.id,
                "policy",
                answer.title,
                answer.questions,
                policy=answer.id,
                worth=1.0 if answer.item == item.code else OF_ANOTHER,
            )
            for answer in answers
        ),
    ]


def _said(item: Item) -> Iterator[AnswerUnit]:
    for at, condition in enumerate(item.conditions):
        yield _unit("condition", at, condition.text, basis=condition.cite)
    for at, note in enumerate(item.notes):
        yield _unit("note", at, note)
    for at, mistake in enumerate(item.common_mistakes):
        yield _unit("mistake", at, mistake)


def _of_further_questions(item: Item) -> Iterator[AnswerUnit]:
    for at, further in enumerate(item.further_questions):
        open_point = f"还要中心确认的：{further.to_confirm.rstrip('。')}。" if further.to_confirm else ""
        yield AnswerUnit(
            f"{FURTHER}.{at}",
            FURTHER,
            further.answer + open_point,
            further.asks,
            basis=further.cite,
            questions=further.asks,
        )


def _of_related(item: Item) -> Iterator[AnswerUnit]:
    """What is told of an item that goes with the one talked about: its notes; of how it is filled in and tripped over nobody asks here."""
    for unit in _said(item):
        if unit.facet == "note":
            yield replace(unit, id=f"{item.code}.{unit.id}", text=f"{item.plain_name}：{unit.text}", worth=OF_ANOTHER)


def _of_materials(item: Item) -> Iterator[AnswerUnit]:
    for at, material in enumerate(item.materials):
        if material.ask is Ask.NOTHING:
            yield _unit(
                "not_asked", at, f"{material.name}不用您带，我们自己查。", name=material.name, basis=material.cite
            )
        elif PROXY not in material.when:
            yield _unit("material", at, _to_bring(material), name=material.name, basis=material.cite)
        if material.obtained_by_sharing is not None and material.obtained_by_sharing.if_not_found:
            yield _unit(
                "missing",
                at,
                f"{material.name}查不到的：{material.obtained_by_sharing.if_not_found}。",
                name=material.name,
            )


def _to_bring(material: Material) -> str:
    verb = {Ask.HAND_IN: "要交", Ask.SHOW: "要看", Ask.FILL_IN: "要填", Ask.CONFIRM: "要核对"}[material.ask]
    tail = "；".join(part.rstrip("。") for part in (material.form, material.note) if part)
    return f"{verb}{material.name}{f'：{tail}' if tail else ''}。"


def _of_forms(item: Item) -> Iterator[AnswerUnit]:
    for form in item.forms:
        for at, mistake in enumerate(form.common_mistakes):
            yield _unit("mistake", 50 + at, mistake)
        for at, field in enumerate(form.fields):
            text = " ".join(part for part in (field.help, field.mistake and f"常见的错：{field.mistake}") if part)
            if text:
                yield replace(_unit("field", at, text, name=field.label), worth=ASIDE)


def _unit(facet: str, at: int, text: str, *, name: str = "", basis: str = "") -> AnswerUnit:
    asks = tuple(ask.format(name=name, who="") for ask in unit_words().asks[facet])
    return AnswerUnit(f"{facet}.{at}", facet, text, asks, basis)


def to_confirm(guide: Guide) -> bool:
    """Whether where the item is handled is still to be confirmed."""
    return guide.item.handled_at.basis is Basis.LOCAL_TO_CONFIRM
