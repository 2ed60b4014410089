"""Reply texts: read, checked, rendered."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import jinja2
import yaml
from pydantic import BaseModel, ConfigDict

FOLDER = Path(__file__).parent / "texts"
LABELS_FILE = "labels.yaml"


class ReplyText(BaseModel):
    """One reply's texts. ``desk``: what the staff member says; the spoken text unless given."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    web: str
    speech: str
    desk: str | None = None


class Labels(BaseModel):
    """Buttons and common items."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    labels: dict[str, str]
    common: tuple[str, ...]
    """Items that people ask most, for those who do not know how to begin."""
    common_rules: tuple[str, ...]
    """Rules that people compute most."""


@lru_cache(maxsize=1)
def texts() -> dict[str, ReplyText]:
    """All texts as ``file.name``."""
    return {
        f"{path.stem}.{name}": ReplyText.model_validate(text)
        for path in sorted(FOLDER.glob("*.yaml"))
        if path.name != LABELS_FILE
        for name, text in yaml.safe_load(path.read_text("utf-8")).items()
    }


@lru_cache(maxsize=1)
def labels() -> Labels:
    """Buttons and lists."""
    return Labels.model_validate(yaml.safe_load((FOLDER / LABELS_FILE).read_text("utf-8")))


@lru_cache(maxsize=1)
def environment() -> jinja2.Environment:
    """Templates are plain text: nothing is escaped here, pages show text as text."""
    return jinja2.Environment(undefined=jinja2.StrictUndefined, autoescape=False)  # noqa: S701  # no markup is made


@lru_cache(maxsize=1000)
def _template(source: str) -> jinja2.Template:
    return environment().from_string(source)


def fill(source: str, values: dict[str, Any]) -> str:
    """A text with its values; blank lines and blanks at line ends come from the template and are dropped."""
    lines = (line.strip() for line in _template(source).render(**values).splitlines())
    return "\n".join(line for line in lines if line)
