"""TypeScript declarations made from schemas: a page that reads a field which the API or the socket lacks is refused.

What our processes send has every property, defaults too; what a page sends may leave out what has a default.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

Schema = dict[str, Any]
_PLAIN = {"string": "string", "integer": "number", "number": "number", "boolean": "boolean", "null": "null"}


def answers(document: Schema) -> str:
    """Declare every schema that an answer of an OpenAPI document can hold, one exported type each."""
    schemas: dict[str, Schema] = document["components"]["schemas"]
    reached = _reached(schemas, _responses(document))
    return _declare({name: schemas[name] for name in sorted(reached)}, optional=False)


def declared(name: str, schema: Schema, *, optional: bool) -> str:
    """Declare a JSON Schema under a name, and everything it refers to. ``optional``: what is not required may be left out."""
    return _declare({**schema.get("$defs", {}), name: schema}, optional=optional)


def type_of(schema: Schema, *, optional: bool = False) -> str:
    """Write one schema as a TypeScript type."""
    if "$ref" in schema:
        return _name(schema["$ref"])
    if "const" in schema:
        return _literal(schema["const"])
    if "enum" in schema:
        return " | ".join(map(_literal, schema["enum"]))
    for union in ("anyOf", "oneOf"):
        if union in schema:
            return " | ".join(dict.fromkeys(type_of(one, optional=optional) for one in schema[union]))
    kind = schema.get("type")
    if kind == "array":
        return _array(schema, optional=optional)
    if kind == "object":
        return _object(schema, optional=optional)
    return _PLAIN.get(kind, "unknown") if isinstance(kind, str) else "unknown"


def _declare(schemas: dict[str, Schema], *, optional: bool) -> str:
    return "".join(
        f"export type {_name(name)} = {type_of(schema, optional=optional)};\n" for name, schema in schemas.items()
    )


def _array(schema: Schema, *, optional: bool) -> str:
    if "prefixItems" in schema:
        return f"[{', '.join(type_of(item, optional=optional) for item in schema['prefixItems'])}]"
    return f"({type_of(schema.get('items', {}), optional=optional)})[]"


def _object(schema: Schema, *, optional: bool) -> str:
    if "properties" in schema:
        needed = schema.get("required", ()) if optional else schema["properties"]
        fields = (
            f"{json.dumps(name)}{'' if name in needed else '?'}: {type_of(of, optional=optional)}"
            for name, of in schema["properties"].items()
        )
        return f"{{ {'; '.join(fields)} }}"
    others = schema.get("additionalProperties")
    return f"Record<string, {type_of(others, optional=optional) if isinstance(others, dict) else 'unknown'}>"


def _literal(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _name(reference: str) -> str:
    """Name of a schema as a type: pydantic adds 「-Input」 where the two directions differ."""
    return re.sub(r"\W", "_", reference.rsplit("/", 1)[-1])


def _responses(document: Schema) -> Iterator[Schema]:
    for operations in document["paths"].values():
        for operation in operations.values():
            yield operation["responses"]


def _reached(schemas: dict[str, Schema], start: Iterator[Schema]) -> set[str]:
    """Names of all schemas that the start refers to, directly or through others."""
    reached: set[str] = set()
    waiting: list[object] = list(start)
    while waiting:
        part = waiting.pop()
        if isinstance(part, list):
            waiting.extend(part)
        elif isinstance(part, dict):
            waiting.extend(part.values())
            reference = part.get("$ref")
            name = reference.rsplit("/", 1)[-1] if isinstance(reference, str) else None
            if name is not None and name not in reached:
                reached.add(name)
                waiting.append(schemas[name])
    return reached
