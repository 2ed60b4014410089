"""What people call the fields of requests and the kinds of personal numbers (``field_names.yaml``)."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

_FILE = Path(__file__).parent / "field_names.yaml"


class _Names(BaseModel):
    """The content of field_names.yaml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    fields: dict[str, str]
    numbers: dict[str, str]
    choices: dict[str, dict[str, str]]


def label_of(path: str) -> str:
    """A field by its last name; in a list, which one: 「补正内容」第2项."""
    *before, last = path.split(".")
    if last.isdigit() and before:
        return f"{label_of('.'.join(before))}第{int(last) + 1}项"
    return _names().fields.get(last, last)


def choice_of(path: str, code: str) -> str:
    """One of the codes that may be written in a field, with what it means: 「窗口经办（counter_clerk）」."""
    field = next((part for part in reversed(path.split(".")) if not part.isdigit()), "")
    name = _names().choices.get(field, {}).get(code)
    return code if name is None else f"{name}（{code}）"


def number_name(kind: str) -> str:
    """「身份证号」 for ``id``."""
    return _names().numbers.get(kind, kind)


@lru_cache(maxsize=1)
def _names() -> _Names:
    return _Names.model_validate(yaml.safe_load(_FILE.read_text("utf-8")))
