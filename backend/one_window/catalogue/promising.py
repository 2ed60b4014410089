"""Guides promise only what is there: steps and questions are put right as they are read; the check names every other promise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from backend.contracts.catalogue_content import Form, Item, PolicyAnswer
from backend.contracts.promises import truly, unkept

_ONLINE = {"online", "app"}


def true_item(item: Item) -> Item:
    """The item with steps and questions that this installation keeps."""
    steps = tuple(step.model_copy(update={"name": truly(step.name)}) for step in item.steps)
    return item.model_copy(update={"steps": steps, "forms": tuple(map(true_form, item.forms))})


def true_form(form: Form) -> Form:
    """The form with questions that this installation keeps."""
    fields = tuple(field.model_copy(update={"question": truly(field.question)}) for field in form.fields)
    return form.model_copy(update={"fields": fields})


def true_answer(answer: PolicyAnswer) -> PolicyAnswer:
    """The policy answer with promises that this installation keeps."""
    return answer.model_copy(update={"answer": truly(answer.answer), "speech": truly(answer.speech)})


def unkept_promises(items: Mapping[str, Item], answers: Mapping[str, PolicyAnswer], general: Form) -> Iterator[str]:
    """What guides, the general form and policy answers promise without the capability, for the check command."""
    for code, item in items.items():
        online = _is_online(item)
        for place, text in _sentences(true_item(item)):
            yield from (f"{code}.yaml：{place}：{problem}" for problem in unkept(text, asks_channel=online))
    for place, text in _questions(true_form(general)):
        yield from (f"general_form.yaml：{place}：{problem}" for problem in unkept(text))
    for answer in answers.values():
        online = answer.item is None or answer.item not in items or _is_online(items[answer.item])
        for place, text in (("answer", truly(answer.answer)), ("speech", truly(answer.speech))):
            yield from (f"{answer.id}.{place}：{problem}" for problem in unkept(text, asks_channel=online))


def _is_online(item: Item) -> bool:
    return any(channel.kind in _ONLINE for channel in item.channels)


def _sentences(item: Item) -> Iterator[tuple[str, str]]:
    yield "summary", item.summary
    yield "result", item.result
    yield from (("steps", step.name) for step in item.steps)
    yield from (("notes", note) for note in item.notes)
    yield from (("common_mistakes", mistake) for mistake in item.common_mistakes)
    for form in item.forms:
        yield from _questions(form)


def _questions(form: Form) -> Iterator[tuple[str, str]]:
    yield from ((f"forms.{field.id}.question", field.question) for field in form.fields)
