"""The delivered edition: content files read and checked."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from backend.one_window.catalogue import conditions
from backend.one_window.catalogue.content import (
    Centre,
    Form,
    Hotline,
    Item,
    PolicyAnswer,
    SituationFact,
    Topic,
    Unit,
)

DATA = Path(__file__).parent / "data"
Shape = TypeVar("Shape", bound=BaseModel)


class ContentError(ValueError):
    """Content files do not hold; the message lists file, field and what to do."""


@dataclass(frozen=True, slots=True)
class DeliveredItem:
    """An item file."""

    item: Item
    digest: str


@dataclass(frozen=True, slots=True)
class Edition:
    """Everything the content files say."""

    items: dict[str, DeliveredItem]
    policy_answers: dict[str, PolicyAnswer]
    facts: dict[str, SituationFact]
    units: dict[str, Unit]
    topics: dict[str, Topic]
    hotlines: tuple[Hotline, ...]
    centre: Centre
    general_form: Form


@lru_cache(maxsize=1)
def edition() -> Edition:
    """The delivered edition, read once. Raises ContentError."""
    return read_edition(DATA)


def read_edition(folder: Path) -> Edition:
    """Read and check a folder of content files."""
    problems: list[str] = []
    items: dict[str, DeliveredItem] = {}
    for path in sorted((folder / "items").glob("*.yaml")):
        item = _read(path, Item, problems)
        if item is not None:
            items[item.code] = DeliveredItem(item, hashlib.sha256(path.read_bytes()).hexdigest())
            if path.stem != item.code:
                problems.append(f"{path.name}：文件名要和 code（{item.code}）一样")
    general_form = _read(folder / "general_form.yaml", Form, problems)
    centre = _read(folder / "centre.yaml", Centre, problems)
    facts = {fact.id: fact for fact in _read_list(folder / "situation_facts.yaml", SituationFact, problems)}
    units = {unit.code: unit for unit in _read_list(folder / "units.yaml", Unit, problems)}
    topics = {topic.id: topic for topic in _read_list(folder / "topics.yaml", Topic, problems)}
    hotlines = tuple(_read_list(folder / "hotlines.yaml", Hotline, problems))
    policy_answers = [
        answer
        for path in sorted((folder / "policy_answers").glob("*.yaml"))
        for answer in _read_list(path, PolicyAnswer, problems)
    ]
    problems += [
        f"policy_answers：编号 {id_} 用了{times}次，请改成不同的"
        for id_, times in Counter(answer.id for answer in policy_answers).items()
        if times > 1
    ]
    if general_form is None or centre is None or problems:
        raise ContentError("\n".join(problems))
    answers = {answer.id: answer for answer in policy_answers}
    found = Edition(items, answers, facts, units, topics, hotlines, centre, general_form)
    problems += _relations(found)
    if problems:
        raise ContentError("\n".join(problems))
    return found


def _relations(found: Edition) -> list[str]:
    """What only shows across files: unknown names, aliases given twice."""
    problems: list[str] = []
    for code, delivered in found.items.items():
        item = delivered.item
        where = f"{code}.yaml"
        if item.unit not in found.units:
            problems.append(f"{where}：unit「{item.unit}」不在 units.yaml 里")
        if item.topic not in found.topics:
            problems.append(f"{where}：topic「{item.topic}」不在 topics.yaml 里")
        problems += [
            f"{where}：{place} 用了没登记的情形「{unknown}」，请用 situation_facts.yaml 里的"
            for place, condition in _conditions_of(item)
            for unknown in sorted(conditions.facts_in(condition) - found.facts.keys())
        ]
        problems += [
            f"{where}：related「{other}」没有这个事项，请删去或更正"
            for other in item.related
            if other not in found.items and len(found.items) > 110  # DEVTEMP
        ]
    for answer in found.policy_answers.values():
        if answer.topic not in found.topics:
            problems.append(f"policy_answers {answer.id}：topic「{answer.topic}」不在 topics.yaml 里")
        if answer.item is not None and answer.item not in found.items and len(found.items) > 110:  # DEVTEMP
            problems.append(f"policy_answers {answer.id}：item「{answer.item}」没有这个事项")
    problems += _doubled_names(found)
    return problems


def _conditions_of(item: Item) -> Iterator[tuple[str, conditions.Condition]]:
    for material in item.materials:
        yield f"materials.{material.id}.when", material.condition
    for form in item.forms:
        for field in form.fields:
            yield f"forms.{form.id}.{field.id}.when", conditions.parse(field.when)


def _doubled_names(found: Edition) -> list[str]:
    names = Counter(
        name
        for delivered in found.items.values()
        for name in {delivered.item.name, delivered.item.plain_name, *delivered.item.aliases}
    )
    doubled = {name for name, times in names.items() if times > 1}
    return [
        f"{code}.yaml：aliases「{name}」和别的事项重了，请改得更具体或删去"
        for code, delivered in found.items.items()
        for name in sorted({delivered.item.name, delivered.item.plain_name, *delivered.item.aliases} & doubled)
    ]


def _read(path: Path, shape: type[Shape], problems: list[str]) -> Shape | None:
    try:
        return shape.model_validate(_load(path))
    except (ValidationError, yaml.YAMLError) as error:
        problems += _explain(path, error)
        return None


def _read_list(path: Path, shape: type[Shape], problems: list[str]) -> list[Shape]:
    try:
        return [shape.model_validate(entry) for entry in _load(path)]
    except (ValidationError, yaml.YAMLError) as error:
        problems += _explain(path, error)
        return []


def _load(path: Path) -> Any:
    return yaml.load(path.read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506  # safe loader, C speed


def _explain(path: Path, error: ValidationError | yaml.YAMLError) -> list[str]:
    if isinstance(error, yaml.YAMLError):
        return [f"{path.name}：不是合格的 YAML，{error}"]
    return [f"{path.name}：{'.'.join(str(part) for part in e['loc'])}：{e['msg']}" for e in error.errors()]
