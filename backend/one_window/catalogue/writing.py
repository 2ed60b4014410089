"""An item as text: YAML for people who write, lines of a comparison, CSV of materials."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from difflib import unified_diff
from typing import Any

import yaml
from pydantic import ValidationError

from backend.contracts.catalogue import DiffLine
from backend.contracts.catalogue_content import Item
from backend.one_window.catalogue.checking import ContentFault, explain
from backend.platform.errors import InvalidError
from backend.platform.spreadsheets import shown, written

WIDTH = 110
_CONTEXT = 3
MATERIAL_COLUMNS = (
    "code", "item", "id", "name", "ask", "form", "count", "when", "obtained_from", "if_not_found", "issuer", "basis",
    "cite", "note",
)  # fmt: skip
_OWN_COLUMNS = ("id", "name", "ask", "form", "when", "issuer", "basis", "cite", "note")


def content_of(item: Item) -> dict[str, Any]:
    """Return what the database stores of an item."""
    return item.model_dump(mode="json", by_alias=True)


def to_yaml(items: Iterable[Item]) -> str:
    """One document an item, fields in the schema's order, without what is left at its default."""
    documents = [item.model_dump(mode="json", by_alias=True, exclude_defaults=True) for item in items]
    text: str = yaml.dump_all(
        documents, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=WIDTH, explicit_start=len(documents) > 1
    )
    return text


class _Plain(yaml.SafeDumper):
    """Writes repeated values out instead of linking them."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002  # the library's signature
        return True


def documents_in(text: str) -> list[Any]:
    """The documents of a YAML text. Raises InvalidError; links (& and *) are refused: they can blow a small text up."""
    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Loader=yaml.SafeLoader)):
            raise InvalidError("item.yaml", field="yaml", reason="不能用 & 和 * 链接，请把内容写全")
        return [document for document in yaml.safe_load_all(text) if document is not None]
    except yaml.YAMLError as error:
        raise InvalidError("item.yaml", field="yaml", reason=_where(error)) from error
    except RecursionError as error:
        raise InvalidError("item.yaml", field="yaml", reason="一层套一层太多了") from error


def _where(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    return f"第{mark.line + 1}行附近" if mark is not None else "有不认识的字符"


def read_item(content: Any) -> Item | list[ContentFault]:
    """The item, or what its shape lacks."""
    try:
        return Item.model_validate(content)
    except ValidationError as error:
        return explain(error)


def compare(before: Item | None, after: Item) -> tuple[DiffLine, ...]:
    """Lines that differ, with a few around them."""
    old = [] if before is None else to_yaml([before]).splitlines()
    lines = list(unified_diff(old, to_yaml([after]).splitlines(), n=_CONTEXT, lineterm=""))[2:]
    return tuple(map(_diff_line, lines))


def _diff_line(line: str) -> DiffLine:
    if line.startswith("@@"):
        return DiffLine(kind="gap", text="……")
    kinds = {"+": "added", "-": "removed", " ": "same"}
    return DiffLine.model_validate({"kind": kinds[line[0]], "text": line[1:]})


def materials_csv(items: Iterable[Item]) -> str:
    """A table of all materials, for a spreadsheet (with the mark by which it knows UTF-8)."""
    out = io.StringIO()
    table = csv.DictWriter(out, MATERIAL_COLUMNS)
    table.writeheader()
    for item in items:
        for material in item.materials:
            sharing = material.obtained_by_sharing
            own = material.model_dump(mode="json", include=set(_OWN_COLUMNS))
            row = own | {
                "code": item.code,
                "item": item.name,
                "count": material.count,
                "obtained_from": sharing.origin if sharing else "",
                "if_not_found": sharing.if_not_found if sharing else "",
            }
            table.writerow({column: shown(str(cell)) for column, cell in row.items()})
    return "\ufeff" + out.getvalue()


def materials_from_csv(text: str) -> dict[str, list[dict[str, Any]]]:
    """Materials by item code, in the table's order. Raises InvalidError when a column is missing."""
    table = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    try:
        missing = set(MATERIAL_COLUMNS) - {"item"} - set(table.fieldnames or ())
        rows = list(table)
    except csv.Error as error:  # a cell without end
        raise InvalidError("import.header", field="text", columns="、".join(MATERIAL_COLUMNS)) from error
    if missing:
        raise InvalidError("import.header", field="text", columns="、".join(MATERIAL_COLUMNS))
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault((row["code"] or "").strip(), []).append(_material(row))
    return found


def _material(row: Mapping[str, str | None]) -> dict[str, Any]:
    told = dict(_told(row))
    material: dict[str, Any] = {name: told[name] for name in _OWN_COLUMNS if name in told}
    if "count" in told:
        material["count"] = told["count"]
    if "obtained_from" in told:
        material["obtained_by_sharing"] = {"from": told["obtained_from"], "if_not_found": told.get("if_not_found", "")}
    return material


def _told(row: Mapping[str, str | None]) -> Iterator[tuple[str, str]]:
    for name in MATERIAL_COLUMNS:
        if value := written((row.get(name) or "").strip()):
            yield name, value
