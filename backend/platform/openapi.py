"""The OpenAPI document, made from routes and schemas."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from backend.platform.http import Route
from backend.platform.permissions import ANYONE, PERMISSIONS
from backend.process.problem import MEDIA_TYPE

_REF = "#/components/schemas/{model}"


class ProblemDocument(BaseModel):
    """RFC 9457 problem; ``detail`` is a plain Chinese sentence."""

    type: str
    title: str
    status: int
    detail: str
    trace: str
    field: str | None = None


def document(routes: Iterable[Route], version: str) -> dict[str, Any]:
    """OpenAPI 3.1 document of the routes."""
    listed = [route for route in routes if not route.socket]
    models = {model for route in listed for model in (route.body, route.returns) if model is not None}
    wanted = [(model, _mode(model, listed)) for model in sorted(models, key=lambda m: m.__name__)]
    references, definitions = models_json_schema([*wanted, (ProblemDocument, "serialization")], ref_template=_REF)
    paths: dict[str, Any] = {}
    for route in listed:
        paths.setdefault(route.path, {})[route.method.lower()] = _operation(route, references)
    return {
        "openapi": "3.1.0",
        "info": {"title": "导办", "version": version},
        "paths": paths,
        "components": {
            "schemas": definitions.get("$defs", {}),
            "securitySchemes": {
                "service": {"type": "http", "scheme": "bearer"},
                "staff": {"type": "apiKey", "in": "cookie", "name": "daoban_staff"},
                "citizen": {"type": "apiKey", "in": "cookie", "name": "daoban_visitor"},
            },
        },
    }


def _mode(model: type[BaseModel], routes: list[Route]) -> Any:
    return "validation" if any(route.body is model for route in routes) else "serialization"


def _operation(route: Route, references: Any) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "summary": route.summary,
        "tags": [route.tag],
        "operationId": route.handler.__name__,
        "parameters": [*_path_parameters(route), *_query_parameters(route)],
        "responses": {
            str(route.status): {"description": "OK", **_content(route.returns, references)},
            "default": {
                "description": "Problem",
                "content": {MEDIA_TYPE: {"schema": references[ProblemDocument, "serialization"]}},
            },
        },
        "x-permission": route.permission,
    }
    if ANYONE not in PERMISSIONS[route.permission]:
        operation["security"] = [{"service": []}, {"staff": []}, {"citizen": []}]
    if route.body is not None:
        operation["requestBody"] = {"required": True, **_content(route.body, references)}
    return operation


def _content(model: type[BaseModel] | None, references: Any) -> dict[str, Any]:
    if model is None:
        return {}
    schema = references.get((model, "validation")) or references[model, "serialization"]
    return {"content": {"application/json": {"schema": schema}}}


def _path_parameters(route: Route) -> list[dict[str, Any]]:
    return [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in re.findall(r"\{(\w+)", route.path)
    ]


def _query_parameters(route: Route) -> list[dict[str, Any]]:
    if route.query is None:
        return []
    schema = route.query.model_json_schema()
    required = set(schema.get("required", ()))
    return [
        {"name": name, "in": "query", "required": name in required, "schema": property_}
        for name, property_ in schema.get("properties", {}).items()
    ]
