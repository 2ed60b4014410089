"""The check command: reply texts (civil and plain), buttons, dialogues."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

import jinja2
import yaml
from jinja2 import meta
from pydantic import BaseModel, ConfigDict, TypeAdapter

from assistant.replies.texts import FOLDER, environment, labels, texts
from assistant.training import DATA, DOMAIN, ROOT
from assistant.understanding.danger_kinds import DangerKind
from backend.contracts.promises import unkept

_FILES = "|".join(sorted(path.stem for path in FOLDER.glob("*.yaml")))
_SAID = re.compile(rf"""["'](?:{_FILES})\.(?!ya?ml["'])[a-z_]+["']""")
_BUTTON = re.compile(r"""button\("([a-z_]+)\"""")
HOTLINES = DATA / "hotlines.yaml"
PLAINNESS = FOLDER.parent / "plainness.yaml"
_TAG = re.compile(r"\{%.*?%\}", re.DOTALL)
_PLACEHOLDER = re.compile(r"\{\{.*?\}\}")
_CLAUSES = re.compile(r"[，。；：！？、,;:!?\n]|\. ")
_HALF_WIDTH = re.compile(r"[\u4e00-\u9fff][,;?!](?![\s\d])")


def run() -> list[str]:
    """Problems: file, place, what to do."""
    code = "\n".join(
        path.read_text("utf-8") for path in sorted((ROOT / "assistant").rglob("*.py")) if path.name != "check.py"
    )
    return [*_texts(code), *_buttons(code), *_punctuation(), *_plainness(), *_promises(), *_intents(), *_hotlines()]


def _texts(code: str) -> list[str]:
    said = {match.strip("\"'") for match in _SAID.findall(code)}
    said |= {f"talk.{name}" for name in ("greeting", "thanks", "goodbye", "help", "abuse", "affirm", "deny")}
    problems = [f"回复「{name}」在代码里用到，texts/ 里没有" for name in sorted(said - texts().keys())]
    for name, text in texts().items():
        for source in (text.web, text.speech, text.desk or ""):
            try:
                meta.find_undeclared_variables(environment().parse(source))
            except jinja2.TemplateSyntaxError as error:
                problems.append(f"回复「{name}」：模板写错了，{error}")
        if name not in said | {f"danger.{kind}" for kind in DangerKind} and name not in _USED_WITHOUT_ACTION:
            problems.append(f"回复「{name}」没有地方用到，请删去")
    return problems


_USED_WITHOUT_ACTION = {
    *(f"feedback.{kind}" for kind in ("complaint", "suggestion", "praise", "offer_complaint", "offer_praise")),
    "talk.distress_self",
    "talk.distress_threat",
    "talk.distress_hurt",
    "talk.not_understood",
    "notice.question_again",
}


class Plainness(BaseModel):
    """Words that our replies must not have, and how long a clause may be (characters)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    longest_clause: int
    officialese: dict[str, str]
    rude: tuple[str, ...]
    address: str


def plainness_problems(name: str, text: str, rules: Plainness) -> Iterator[str]:
    """What is not civil or not plain in a text; what a template fills in is not ours and is left out."""
    said = _PLACEHOLDER.sub("某", _TAG.sub("\n", text))
    for word, better in rules.officialese.items():
        if word in said:
            yield f"回复「{name}」有公文话「{word}」，改成：{better}"
    yield from (f"回复「{name}」有不文明的话「{word}」" for word in rules.rude if word in said)
    if rules.address in said:
        yield f"回复「{name}」称呼人要用「您」"
    for clause in _CLAUSES.split(said):
        if len(clause.strip()) > rules.longest_clause:
            yield f"回复「{name}」这一句太长（{len(clause.strip())}个字），请断开：{clause.strip()}"


def plainness() -> Plainness:
    """The words and the length, from plainness.yaml."""
    return Plainness.model_validate(yaml.safe_load(PLAINNESS.read_text("utf-8")))


def _plainness() -> list[str]:
    rules = plainness()
    return [
        problem
        for name, text in texts().items()
        for source in dict.fromkeys((text.web, text.speech, text.desk or ""))
        for problem in plainness_problems(name, source, rules)
    ]


class DangerLine(BaseModel):
    """A number that is told in danger. ``hours``: as published; empty: day and night.

    ``basis``: ``reference`` was read in the text that ``source`` names, ``national`` is generally known and was not looked up.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    number: str
    name: str
    hours: str
    basis: Literal["reference", "national"]
    source: str


def hotlines() -> dict[str, DangerLine]:
    """The numbers that may be told in danger."""
    listed = TypeAdapter(dict[str, list[DangerLine]]).validate_python(yaml.safe_load(HOTLINES.read_text("utf-8")))
    return {line.number: line for line in listed["hotlines"]}


def _hotlines() -> list[str]:
    """What is told in danger names only listed numbers, and every kind of danger has its text."""
    told = {name: text for name, text in texts().items() if name.startswith("danger.")}
    kinds = {f"danger.{kind}" for kind in DangerKind if kind not in {DangerKind.PASSIVE, DangerKind.SIGN}}
    return [
        f"回复「{name}」里的电话{number}不在 hotlines.yaml 里"
        for name, text in told.items()
        for number in sorted(set(re.findall(r"\d{3,}", text.web + text.speech)) - hotlines().keys())
    ] + [f"危险「{name}」没有回复" for name in sorted(kinds - told.keys())]


def _buttons(code: str) -> list[str]:
    missing = set(_BUTTON.findall(code)) - labels().labels.keys()
    return [f"按钮「{name}」在 labels.yaml 里没有" for name in sorted(missing)]


def _punctuation() -> list[str]:
    return [
        f"{path.name} 第{number}行：中文里请用全角标点"
        for path in sorted(FOLDER.glob("*.yaml"))
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if not line.lstrip().startswith("#") and _HALF_WIDTH.search(line)
    ]


def _promises() -> Iterator[str]:
    """Replies that promise what nothing here does; one about online channels has to ask whether there are any."""
    for name, text in texts().items():
        for source in (text.web, text.speech, text.desk or ""):
            asks = "{% if online %}" in source
            yield from (f"回复「{name}」：{problem}" for problem in unkept(source, asks_channel=asks))


def _intents() -> list[str]:
    """Every intent of the domain has examples, except the payload of a pressed button."""
    known = {
        intent for path in DOMAIN.glob("*.yml") for intent in yaml.safe_load(path.read_text("utf-8")).get("intents", ())
    }
    taught = {
        entry["intent"]
        for path in (DATA / "nlu").glob("*.yml")
        for entry in yaml.safe_load(path.read_text("utf-8"))["nlu"]
    }
    return [
        f"意图「{intent}」没有例句，或不在 domain 里"
        for intent in sorted((known ^ taught) - {"choose", "ask_several", "rule", "rule_leaving_form"})
    ]
