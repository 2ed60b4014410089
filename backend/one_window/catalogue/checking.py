"""What a content file must hold beyond its shape: known codes, unique names, real conditions, real citations, usable forms.

Used by the check command for files and by the editor for one item; every complaint names the field and what to do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from pathlib import Path

import yaml
from pydantic import ValidationError

from backend.contracts import conditions
from backend.contracts.catalogue_content import (
    Basis,
    FieldKind,
    Form,
    FormField,
    Item,
    PolicyAnswer,
    SituationFact,
)
from backend.language.numerals import NUMERAL_CHARACTERS
from backend.one_window.catalogue.contradictions import contradictions
from backend.platform.complaints import sentence_for

_DATA = Path(__file__).parent / "data"
_LIMIT_UNIT = re.compile(r"当场|分钟|小时|日|天|周|月|年")
_DATE = re.compile(r"^\d{4}-\d{2}-\d{2}$")
_MONTH = re.compile(r"^\d{4}-\d{2}$")
_PERSONAL = frozenset({FieldKind.ID_NUMBER, FieldKind.PHONE, FieldKind.BANK_CARD, FieldKind.CREDIT_CODE})
_MAX_FACTS = 8
"""Facts of one item that are tried in every combination."""
_COUNTRY = "中华人民共和国"


@dataclass(frozen=True, slots=True)
class ContentFault:
    """One thing to mend: ``field`` as it stands in the file, ``text`` says what to do."""

    field: str
    text: str


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What an item is checked against."""

    units: frozenset[str]
    topics: frozenset[str]
    facts: Mapping[str, SituationFact]
    codes: frozenset[str]
    names: Mapping[str, frozenset[str]]
    """Name or alias -> codes of the items that carry it."""
    known_rules: tuple[str, ...]
    """Rules any item may cite."""


def names_of(item: Item) -> frozenset[str]:
    """Every name an item is called by; unique over the catalogue."""
    return frozenset({item.name, item.plain_name, *item.aliases})


def names_in(items: Iterable[Item]) -> dict[str, frozenset[str]]:
    """Names of many items, with the codes that carry them."""
    found: dict[str, frozenset[str]] = {}
    for item in items:
        for name in names_of(item):
            found[name] = found.get(name, frozenset()) | {item.code}
    return found


def check_item(item: Item, around: Surroundings) -> list[ContentFault]:
    """Everything to mend in one item whose shape is right."""
    return [
        *_codes(item, around),
        *_names(item, around),
        *_conditions(item, around),
        *_empty_lists(item),
        *_citations(item, around),
        *_limits(item),
        *(ContentFault(place, text) for place, text in contradictions(item)),
        *(complaint for form in item.forms for complaint in check_form(form, f"forms.{form.id}")),
    ]


def _codes(item: Item, around: Surroundings) -> Iterator[ContentFault]:
    if item.unit not in around.units:
        yield ContentFault("unit", f"「{item.unit}」不在 units.yaml 里，请用已有的单元代码")
    if item.topic not in around.topics:
        yield ContentFault("topic", f"「{item.topic}」不在 topics.yaml 里，请用已有的主题")
    for other in item.related:
        if other not in around.codes:
            yield ContentFault("related", f"没有「{other}」这个事项，请删去或更正")
        elif other == item.code:
            yield ContentFault("related", f"「{other}」就是本事项，请删去")


def _names(item: Item, around: Surroundings) -> Iterator[ContentFault]:
    for name in sorted(names_of(item)):
        if others := sorted(around.names.get(name, frozenset()) - {item.code}):
            field = "name" if name == item.name else "plain_name" if name == item.plain_name else "aliases"
            yield ContentFault(field, f"「{name}」和 {'、'.join(others)} 重了，请改得更具体或删去")


def _conditions(item: Item, around: Surroundings) -> Iterator[ContentFault]:
    places = [(f"materials.{material.id}.when", material.condition) for material in item.materials]
    places += [
        (f"forms.{form.id}.{field.id}.when", conditions.parse(field.when))
        for form in item.forms
        for field in form.fields
    ]
    for place, condition in places:
        for fact in sorted(conditions.facts_in(condition)):
            if fact not in around.facts:
                yield ContentFault(place, f"用了没登记的情形「{fact}」，请用 situation_facts.yaml 里的")
        for fact in sorted(conditions.negated_facts_in(condition) & around.facts.keys()):
            if not around.facts[fact].unless_text:
                yield ContentFault(place, f"用了 not {fact}，请先在 situation_facts.yaml 给它写 unless_text")


def _empty_lists(item: Item) -> Iterator[ContentFault]:
    """Whatever the situation, a person is told something: what to bring, or that nothing is needed."""
    facts = sorted({fact for material in item.materials for fact in conditions.facts_in(material.condition)})
    for answers in product((False, True), repeat=min(len(facts), _MAX_FACTS)):
        situation = dict(zip(facts, answers, strict=False))
        if all(conditions.evaluate(material.condition, situation) is False for material in item.materials):
            case = "、".join(f"{fact} {'是' if answer else '否'}" for fact, answer in situation.items())
            yield ContentFault("materials", f"这种情形下清单是空的（{case}），请加一条 ask: nothing 说明什么都不用带")
            return


def _citations(item: Item, around: Surroundings) -> Iterator[ContentFault]:
    rules = (*(rule.title for rule in item.legal_basis), *around.known_rules)
    cited = [(f"materials.{material.id}.cite", material.cite) for material in item.materials]
    cited += [(f"conditions.第{place}项.cite", one.cite) for place, one in enumerate(item.conditions, 1)]
    cited += [(f"further_questions.第{place}项.cite", one.cite) for place, one in enumerate(item.further_questions, 1)]
    if item.time_limits.statutory is not None:  # a promise is the centre's own word: its source is checked by people
        cited.append(("time_limits.statutory.cite", item.time_limits.statutory.cite))
    for place, cite in cited:
        if cite and not is_known(cite, rules):
            yield ContentFault(place, f"「{cite}」不在本事项的 legal_basis 里，请先把这部规定写进去，或改正引用")


def is_known(cite: str, rules: Iterable[str]) -> bool:
    """Whether a citation names one of the rules, by title or by document number."""
    titles = [_short(title) for title in _titles(cite)]
    for rule in rules:
        own = [_short(title) for title in _titles(rule)]
        if any(title in own for title in titles):
            return True
        if not titles and (
            cite in rule or any(part in rule for part in re.split(rf"[、；]|第[{NUMERAL_CHARACTERS}]+条", cite) if part)
        ):
            return True
    return False


def _titles(text: str) -> list[str]:
    """Titles in 《…》; inner marks 〈…〉 stay."""
    return re.findall(r"《([^《》]*)》", text)


def _short(title: str) -> str:
    return title.removeprefix(_COUNTRY)


def _limits(item: Item) -> Iterator[ContentFault]:
    statutory, promised = item.time_limits.statutory, item.time_limits.promised
    if statutory is not None and statutory.basis is Basis.LAW and not statutory.cite:
        yield ContentFault("time_limits.statutory.cite", "basis 为 law 的时限要写 cite（哪部法第几条）")
    if promised is not None and not promised.cite:
        yield ContentFault("time_limits.promised.cite", "承诺的时限要写 cite（中心在哪份文件里公布的）")
    for place, step in enumerate(item.steps, 1):
        if step.limit and not _LIMIT_UNIT.search(step.limit):
            yield ContentFault(f"steps.第{place}项.limit", f"「{step.limit}」没有写单位，请写「5个工作日内」这样的话")


def check_form(form: Form, place: str) -> list[ContentFault]:
    """A form can be filled in from its sample: every field has one, except personal numbers, which nobody invents."""
    complaints: list[ContentFault] = []
    for field in form.fields:
        told = form.sample.get(field.id, "")
        at = f"{place}.sample.{field.id}"
        if field.kind in _PERSONAL:
            if told:
                complaints.append(ContentFault(at, "样本里不写号码，请删去"))
        elif field.required and field.when == "always" and not told:
            complaints.append(ContentFault(at, f"「{field.label}」没有填写样本，请写一个看得懂的例子"))
        elif told and (fault := _sample_fault(field, told)):
            complaints.append(ContentFault(at, fault))
    return complaints


def _sample_fault(field: FormField, told: str) -> str:
    if field.kind is FieldKind.CHOICE and told not in field.choices:
        return f"「{told}」不在 choices 里，请用其中一个：{'、'.join(field.choices)}"
    if field.kind is FieldKind.DATE and not _DATE.match(told):
        return f"「{told}」不是日期，请像 '2026-10-31' 这样写"
    if field.kind is FieldKind.MONTH and not _MONTH.match(told):
        return f"「{told}」不是年月，请像 '2026-12' 这样写"
    return ""


def check_answer(answer: PolicyAnswer, around: Surroundings, rules: Iterable[str]) -> list[ContentFault]:
    """Everything to mend in one policy answer."""
    complaints = []
    if answer.topic not in around.topics:
        complaints.append(ContentFault("topic", f"「{answer.topic}」不在 topics.yaml 里，请用已有的主题"))
    if answer.item is not None and answer.item not in around.codes:
        complaints.append(ContentFault("item", f"没有「{answer.item}」这个事项，请删去或更正"))
    if answer.cite and not is_known(answer.cite, (*rules, *around.known_rules)):
        complaints.append(ContentFault("cite", f"「{answer.cite}」没有登记，请写进 known_rules.yaml 或改正引用"))
    return complaints


def explain(error: ValidationError) -> list[ContentFault]:
    """The shape's own refusals, in Chinese, each with what to do (``data/complaints.yaml``)."""
    return [
        ContentFault(
            ".".join(f"第{part + 1}项" if isinstance(part, int) else str(part) for part in fault["loc"]) or "（全文）",
            sentence_for(fault["type"], fault.get("ctx") or {}, sentences()).replace(",", "，").replace(";", "；"),
        )
        for fault in error.errors(include_url=False, include_input=False)
    ]


@lru_cache(maxsize=1)
def sentences() -> dict[str, str]:
    """What the shape's refusals say to whoever writes YAML, where it is not what everybody is told."""
    found: dict[str, str] = yaml.safe_load((_DATA / "complaints.yaml").read_text("utf-8"))
    return found
