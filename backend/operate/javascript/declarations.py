"""TypeScript declarations of what the API answers, made from the OpenAPI document: a page that reads a field the API lacks is refused."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

Schema = dict[str, Any]
_PLAIN = {"string": "string", "integer": "number", "number": "number", "boolean": "boolean", "null": "null"}


def declarations(document: Schema) -> str:
    """Declare every schema that an answer of the document can hold, one exported type each."""
    schemas: dict[str, Schema] = document["components"]["schemas"]
    answered = _reached(schemas, _answers(document))
    return "".join(f"export type {name} = {type_of(schemas[name])};\n" for name in sorted(answered))


def type_of(schema: Schema) -> str:
    """Write one schema as a TypeScript type. Every property is there: the API sends defaults too."""
    if "$ref" in schema:
        return _name(schema["$ref"])
    if "const" in schema:
        return _literal(schema["const"])
    if "enum" in schema:
        return " | ".join(map(_literal, schema["enum"]))
    for union in ("anyOf", "oneOf"):
        if union in schema:
            return " | ".join(dict.fromkeys(map(type_of, schema[union])))
    kind = schema.get("type")
    if kind == "array":
        return _array(schema)
    if kind == "object":
        return _object(schema)
    return _PLAIN.get(kind, "unknown") if isinstance(kind, str) else "unknown"


def _array(schema: Schema) -> str:
    if "prefixItems" in schema:
        return f"[{', '.join(map(type_of, schema['prefixItems']))}]"
    return f"({type_of(schema.get('items', {}))})[]"


def _object(schema: Schema) -> str:
    if "properties" in schema:
        fields = (f"{json.dumps(name)}: {type_of(of)}" for name, of in schema["properties"].items())
        return f"{{ {'; '.join(fields)} }}"
    others = schema.get("additionalProperties")
    return f"Record<string, {type_of(others) if isinstance(others, dict) else 'unknown'}>"


def _literal(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _name(reference: str) -> str:
    return reference.rsplit("/", 1)[-1]


def _answers(document: Schema) -> Iterator[Schema]:
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
            name = _name(part["$ref"]) if isinstance(part.get("$ref"), str) else None
            if name is not None and name not in reached:
                reached.add(name)
                waiting.append(schemas[name])
    return reached
