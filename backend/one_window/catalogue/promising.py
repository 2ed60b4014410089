"""Guides promise only what is there: every sentence is put right as it is read; the check names every other promise."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from backend.contracts.catalogue_content import Basis, Form, Item, Material, PolicyAnswer
from backend.contracts.promises import truly, unkept

PUT_RIGHT = frozenset({"general_form.yaml"})
"""Files of ``data/``, besides items and answers, whose sentences are put right as they are read."""


def true_item(item: Item) -> Item:
    """The item with sentences that this installation keeps, and nothing online that is not confirmed to be."""

    def told(text: str) -> str:
        return truly(text, online=item.is_surely_online)

    return item.model_copy(
        update={
            "summary": told(item.summary),
            "result": told(item.result),
            "conditions": tuple(one.model_copy(update={"text": told(one.text)}) for one in item.conditions),
            "materials": true_materials(item),
            "steps": tuple(step.model_copy(update={"name": told(step.name)}) for step in item.steps),
            "notes": tuple(map(told, item.notes)),
            "common_mistakes": tuple(map(told, item.common_mistakes)),
            "forms": tuple(_true_form(form, told) for form in item.forms),
            "further_questions": tuple(
                one.model_copy(update={"answer": _surely(one.answer, one.basis, item)})
                for one in item.further_questions
            ),
        }
    )


def true_materials(item: Item) -> tuple[Material, ...]:
    """What has to be brought, in sentences that this installation keeps."""

    def told(text: str) -> str:
        return truly(text, online=item.is_surely_online)

    return tuple(_true_material(one, told) for one in item.materials)


def true_form(form: Form) -> Form:
    """The form with questions that this installation keeps."""
    return _true_form(form, truly)


def true_answer(answer: PolicyAnswer) -> PolicyAnswer:
    """The policy answer with promises that this installation keeps."""
    online = _says_how_sure(answer.basis)
    told = {name: truly(getattr(answer, name), online=online) for name in ("answer", "speech")}
    return answer.model_copy(update=told)


def unkept_promises(items: Mapping[str, Item], answers: Mapping[str, PolicyAnswer], general: Form) -> Iterator[str]:
    """What guides, the general form and policy answers promise without the capability, for the check command."""
    for code, item in items.items():
        for place, text, online in _sentences(true_item(item)):
            yield from (f"{code}.yaml：{place}：{problem}" for problem in unkept(text, asks_channel=online))
    for place, text in _of_form(true_form(general)):
        yield from (f"general_form.yaml：{place}：{problem}" for problem in unkept(text))
    for answer in map(true_answer, answers.values()):
        online = _says_how_sure(answer.basis)
        for place, text in (("answer", answer.answer), ("speech", answer.speech)):
            yield from (f"{answer.id}.{place}：{problem}" for problem in unkept(text, asks_channel=online))


def _says_how_sure(basis: Basis) -> bool:
    """Whether an answer stands on more than the centre's word to come; people read its basis beside it."""
    return basis is not Basis.LOCAL_TO_CONFIRM


def _surely(text: str, basis: Basis, item: Item) -> str:
    return truly(text, online=item.is_surely_online or _says_how_sure(basis))


def _true_material(material: Material, told: Callable[[str], str]) -> Material:
    sharing = material.obtained_by_sharing
    if sharing is not None:
        sharing = sharing.model_copy(update={"if_not_found": told(sharing.if_not_found)})
    said = {"form": told(material.form), "note": told(material.note), "obtained_by_sharing": sharing}
    return material.model_copy(update=said)


def _true_form(form: Form, told: Callable[[str], str]) -> Form:
    fields = tuple(
        field.model_copy(
            update={"question": told(field.question), "help": told(field.help), "mistake": told(field.mistake)}
        )
        for field in form.fields
    )
    return form.model_copy(update={"fields": fields, "common_mistakes": tuple(map(told, form.common_mistakes))})


def _sentences(item: Item) -> Iterator[tuple[str, str, bool]]:
    """Field, sentence, and whether it may say that the item can be done online."""
    online = item.is_surely_online
    yield from ((place, text, online) for place, text in _own_sentences(item))
    for at, one in enumerate(item.further_questions, 1):
        yield f"further_questions.{at}.answer", one.answer, online or _says_how_sure(one.basis)


def _own_sentences(item: Item) -> Iterator[tuple[str, str]]:
    yield "summary", item.summary
    yield "result", item.result
    yield from (("conditions", condition.text) for condition in item.conditions)
    for material in item.materials:
        yield f"materials.{material.id}.form", material.form
        yield f"materials.{material.id}.note", material.note
        if material.obtained_by_sharing is not None:
            yield f"materials.{material.id}.if_not_found", material.obtained_by_sharing.if_not_found
    yield from (("steps", step.name) for step in item.steps)
    yield from (("notes", note) for note in item.notes)
    yield from (("common_mistakes", mistake) for mistake in item.common_mistakes)
    for form in item.forms:
        yield from _of_form(form)


def _of_form(form: Form) -> Iterator[tuple[str, str]]:
    for field in form.fields:
        yield f"forms.{field.id}.question", field.question
        yield f"forms.{field.id}.help", field.help
        yield f"forms.{field.id}.mistake", field.mistake
    yield from (("forms.common_mistakes", mistake) for mistake in form.common_mistakes)
