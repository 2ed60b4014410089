"""The delivered edition: content files read and checked."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from backend.contracts.catalogue_content import (
    Centre,
    DatedLaw,
    Form,
    Hotline,
    Item,
    Occasion,
    PolicyAnswer,
    SituationFact,
    Topic,
    Unit,
)
from backend.contracts.facts import unknown_facts
from backend.one_window.catalogue.checking import (
    Surroundings,
    check_answer,
    check_form,
    check_item,
    explain,
    names_in,
)
from backend.one_window.catalogue.contradictions import answer_contradicts
from backend.one_window.catalogue.form_families import read_forms, with_forms

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
    life_events: dict[str, Occasion]
    audiences: dict[str, Occasion]
    known_rules: tuple[str, ...]
    dated_laws: tuple[DatedLaw, ...]
    most_asked: tuple[str, ...]

    def surroundings(self, others: Iterable[Item]) -> Surroundings:
        """What an item is checked against, given the items it lives among."""
        among = list(others)
        return Surroundings(
            units=frozenset(self.units),
            topics=frozenset(self.topics),
            facts=self.facts,
            codes=frozenset(item.code for item in among),
            names=names_in(among),
            known_rules=self.known_rules,
        )


@lru_cache(maxsize=1)
def edition() -> Edition:
    """The delivered edition, read once. Raises ContentError."""
    return read_edition(DATA)


def read_edition(folder: Path) -> Edition:
    """Read and check a folder of content files. Raises ContentError with every complaint: file, field, what to do."""
    problems: list[str] = []
    items: dict[str, DeliveredItem] = {}
    for path in sorted((folder / "items").glob("*.yaml")):
        item = _read(path, Item, problems)
        if item is not None:
            items[item.code] = DeliveredItem(item, hashlib.sha256(path.read_bytes()).hexdigest())
            if path.stem != item.code:
                problems.append(f"{path.name}：code：文件名要和 code（{item.code}）一样")
    items = _with_forms(items, folder / "forms", problems)
    answers = {
        path.name: _read_list(path, PolicyAnswer, problems)
        for path in sorted((folder / "policy_answers").glob("*.yaml"))
    }
    general_form = _read(folder / "general_form.yaml", Form, problems)
    centre = _read(folder / "centre.yaml", Centre, problems)
    facts = _read_named(folder / "situation_facts.yaml", SituationFact, "id", problems)
    units = _read_named(folder / "units.yaml", Unit, "code", problems)
    topics = _read_named(folder / "topics.yaml", Topic, "id", problems)
    hotlines = tuple(_read_list(folder / "hotlines.yaml", Hotline, problems))
    life_events = _read_named(folder / "life_events.yaml", Occasion, "id", problems)
    audiences = _read_named(folder / "audiences.yaml", Occasion, "id", problems)
    dated_laws = tuple(_read_list(folder / "dated_laws.yaml", DatedLaw, problems))
    most_asked = tuple(_load(folder / "most_asked.yaml"))
    if general_form is None or centre is None or problems:
        raise ContentError("\n".join(problems))
    by_id = {answer.id: answer for some in answers.values() for answer in some}
    rules = tuple(_load(folder / "known_rules.yaml"))
    found = Edition(
        items, by_id, facts, units, topics, hotlines, centre, general_form, life_events, audiences, rules, dated_laws, most_asked
    )  # fmt: skip
    problems += _across_files(found, answers)
    if problems:
        raise ContentError("\n".join(problems))
    return found


def _with_forms(items: dict[str, DeliveredItem], folder: Path, problems: list[str]) -> dict[str, DeliveredItem]:
    """The items with their families' forms; a form that changes makes a new version of each of its items."""
    forms = read_forms(folder, problems)
    made = with_forms({code: delivered.item for code, delivered in items.items()}, forms, problems)
    return {
        code: DeliveredItem(made[code], _digest(delivered.digest, forms[code]) if code in forms else delivered.digest)
        for code, delivered in items.items()
    }


def _digest(of_item: str, form: Form) -> str:
    return hashlib.sha256(f"{of_item} {form.model_dump_json()}".encode()).hexdigest()


def _across_files(found: Edition, answers: dict[str, list[PolicyAnswer]]) -> list[str]:
    """What only shows across files: unknown codes, names given twice, conditions, citations, forms."""
    items = [delivered.item for delivered in found.items.values()]
    around = found.surroundings(items)
    problems = [
        f"{item.code}.yaml：{complaint.field}：{complaint.text}"
        for item in items
        for complaint in check_item(item, around)
    ]
    problems += [
        f"general_form.yaml：{complaint.field}：{complaint.text}"
        for complaint in check_form(found.general_form, found.general_form.id)
    ]
    rules = [rule.title for item in items for rule in item.legal_basis]
    times = Counter(answer.id for some in answers.values() for answer in some)
    for name, some in answers.items():
        for answer in some:
            if times[answer.id] > 1:
                problems.append(f"{name}：{answer.id}.id：这个编号用了{times[answer.id]}次，请改成不同的")
            about = found.items.get(answer.item or "")
            if about is not None and answer_contradicts(answer, about.item):
                problems.append(
                    f"{name}：{answer.id}.answer：说了哪里都能办，{answer.item} 在哪里办又待确认，请改成一种"
                )
            problems += [f"{name}：{answer.id}.{one.field}：{one.text}" for one in check_answer(answer, around, rules)]
    problems += [
        f"situation_facts.yaml：{fact.id}：{problem}"
        for fact in found.facts.values()
        for told in (fact.yes_if, fact.no_if)
        for problem in unknown_facts(told)
    ]
    problems += [f"most_asked.yaml：没有「{code}」这个事项" for code in found.most_asked if code not in found.items]
    cited = [*rules, *(answer.cite for answer in found.policy_answers.values())]
    problems += [
        f"dated_laws.yaml：title：「{law.title}」没有哪里用到，请照引用的写法写，或删去"
        for law in found.dated_laws
        if not any(law.title in cite for cite in cited)
    ]
    for name, occasions in (("life_events", found.life_events), ("audiences", found.audiences)):
        problems += [
            f"{name}.yaml：{occasion.id}.items：没有「{code}」这个事项，请删去或更正"
            for occasion in occasions.values()
            for code in occasion.items
            if code not in found.items
        ]
    return problems


def _read(path: Path, shape: type[Shape], problems: list[str]) -> Shape | None:
    try:
        return shape.model_validate(_load(path))
    except (ValidationError, yaml.YAMLError) as error:
        problems += _explain(path, error)
        return None


def _read_list(path: Path, shape: type[Shape], problems: list[str]) -> list[Shape]:
    try:
        entries = _load(path)
    except yaml.YAMLError as error:
        problems += _explain(path, error)
        return []
    if not isinstance(entries, list):
        problems.append(f"{path.name}：（全文）：要写成列表，每条前面加「- 」")
        return []
    found = []
    for place, entry in enumerate(entries, 1):
        try:
            found.append(shape.model_validate(entry))
        except ValidationError as error:
            problems += _explain(path, error, f"第{place}条.")
    return found


def _read_named(path: Path, shape: type[Shape], key: str, problems: list[str]) -> dict[str, Shape]:
    """A list of entries by their key; a key given twice is a problem."""
    entries = _read_list(path, shape, problems)
    found = {str(getattr(entry, key)): entry for entry in entries}
    times = Counter(str(getattr(entry, key)) for entry in entries)
    problems += [f"{path.name}：{key}：「{name}」写了{n}次，请改成不同的" for name, n in times.items() if n > 1]
    return found


def _load(path: Path) -> Any:
    return yaml.load(path.read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506  # safe loader, C speed


def _explain(path: Path, error: ValidationError | yaml.YAMLError, place: str = "") -> list[str]:
    if isinstance(error, yaml.YAMLError):
        return [f"{path.name}：（全文）：不是合格的 YAML，请检查缩进、冒号和引号：{error}"]
    return [f"{path.name}：{place}{complaint.field}：{complaint.text}" for complaint in explain(error)]
