"""What danger is learnt from: ``nlu_data/danger/*.yml``, and as harmless also all that the assistant learns what is asked from.

A file of danger is a list of groups (kind, whose, sentences a line each). The harmless files hold sentences, and
templates that stand for all their fillings.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from string import Formatter
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

from assistant.understanding.danger_kinds import DangerKind, Whose
from assistant.understanding.questions import learnt_questions

FOLDER = Path(__file__).parents[2] / "nlu_data" / "danger"
INTENTS = FOLDER.parent / "nlu"
DISTRESS = "distress"
HARMLESS_FILES = frozenset(
    {
        "harmless.yml",
        "harmless_close.yml",
        "harmless_dismissed.yml",
        "harmless_opened_test.yml",
        "harmless_told.yml",
    }
)
THINNED = 3
"""One filling of a template in so many is learnt: more teach nothing new."""
NOT_HARMLESS_FILE = "not_harmless.yml"
"""Questions of other files that are not learnt as harmless."""
NONE: Literal["none"] = "none"


class DangerGroup(BaseModel):
    """Sentences of one kind of danger, said of oneself or of somebody else."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: DangerKind
    whose: Whose
    sentences: str


class Template(BaseModel):
    """Sentences with slots, for every combination of their fillings."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    texts: tuple[str, ...]
    slots: dict[str, tuple[str, ...]]

    def filled(self) -> Iterator[str]:
        """All sentences, in a fixed order."""
        for text in self.texts:
            names = [name for _, name, _, _ in Formatter().parse(text) if name]
            for fillings in itertools.product(*(self.slots[name] for name in names)):
                yield text.format(**dict(zip(names, fillings, strict=True)))


class Harmless(BaseModel):
    """Sentences with words of danger in which nobody is in danger now."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    sentences: str
    templates: tuple[Template, ...] = ()

    def all(self) -> Iterator[str]:
        """The sentences, then fillings of the templates."""
        yield from lines(self.sentences)
        for template in self.templates:
            yield from itertools.islice(template.filled(), None, None, THINNED)


@dataclass(frozen=True, slots=True)
class DangerExample:
    """A sentence with its kind (``none``: harmless), whose danger it is and where it stands."""

    text: str
    kind: DangerKind | Literal["none"]
    whose: Whose | Literal["none"]
    source: str


def danger_examples() -> Iterator[DangerExample]:
    """Everything that is learnt from, in a fixed order."""
    left_out = frozenset(yaml.safe_load((FOLDER / NOT_HARMLESS_FILE).read_text("utf-8")))
    for path in sorted(set(FOLDER.glob("*.yml")) - {FOLDER / NOT_HARMLESS_FILE}):
        content = yaml.safe_load(path.read_text("utf-8"))
        if path.name in HARMLESS_FILES:
            for text in Harmless.model_validate(content).all():
                yield DangerExample(text, NONE, NONE, path.stem)
            continue
        for group in map(DangerGroup.model_validate, content):
            for text in lines(group.sentences):
                yield DangerExample(text, group.kind, group.whose, path.stem)
    for question in learnt_questions():
        if question.text not in left_out:
            yield DangerExample(question.text, NONE, NONE, "questions")
    for path in sorted(INTENTS.glob("*.yml")):
        for taught in yaml.safe_load(path.read_text("utf-8"))["nlu"]:
            if taught["intent"] != DISTRESS:
                for line in lines(taught["examples"]):
                    yield DangerExample(line.removeprefix("- "), NONE, NONE, "intents")


def lines(text: str) -> list[str]:
    """The lines that say something."""
    return [line.strip() for line in text.splitlines() if line.strip()]
