"""Reading the families of forms and giving each item its own; what needs a form and has none is named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import yaml
from pydantic import ValidationError

from backend.contracts.catalogue_content import Ask, Form, Item
from backend.contracts.form_families import FormFamily

SHARED = "shared.yaml"
"""Fields of every family."""


def read_forms(folder: Path, problems: list[str]) -> dict[str, Form]:
    """The form of each item that a family names; problems are named with file and form."""
    files = {path.name: _read(path, problems) for path in sorted(folder.glob("*.yaml"))}
    everywhere, found = files.pop(SHARED, FormFamily()), dict[str, Form]()
    for name, family in files.items():
        for one in family.forms:
            try:
                form = family.form(one, everywhere)
            except ValueError as error:
                problems.append(f"forms/{name}：{one.id}：{_told(error)}")
                continue
            problems += [
                f"forms/{name}：{one.id}.items：{code} 已经有一张表了，请删去一处"
                for code in one.items
                if code in found
            ]
            found.update(dict.fromkeys(one.items, form))
    return found


def with_forms(items: Mapping[str, Item], forms: Mapping[str, Form], problems: list[str]) -> dict[str, Item]:
    """The items with their family's form; an item that has one of its own, or does not exist, is a problem."""
    problems += [f"forms：没有「{code}」这个事项，请删去或更正" for code in forms if code not in items]
    problems += [
        f"forms：{code} 在自己的文件里已经有表了，请删去一处" for code in forms if code in items and items[code].forms
    ]
    return {
        code: item.model_copy(update={"forms": (forms[code],)}) if code in forms and not item.forms else item
        for code, item in items.items()
    }


def without_form(items: Iterable[Item]) -> Iterator[Item]:
    """Items that ask for something to be filled in and have no form of their own."""
    return (item for item in items if not item.forms and any(one.ask is Ask.FILL_IN for one in item.materials))


def names_of_forms(item: Item) -> str:
    """What an item asks to be filled in, as it names it."""
    return "、".join(one.name for one in item.materials if one.ask is Ask.FILL_IN)


def _read(path: Path, problems: list[str]) -> FormFamily:
    try:
        return FormFamily.model_validate(yaml.safe_load(path.read_text("utf-8")))
    except (ValidationError, yaml.YAMLError) as error:
        problems.append(f"forms/{path.name}：{_told(error)}")
        return FormFamily()


def _told(error: Exception) -> str:
    if isinstance(error, ValidationError):
        return "；".join(f"{'.'.join(map(str, one['loc']))} {one['msg']}" for one in error.errors(include_url=False))
    return str(error)
