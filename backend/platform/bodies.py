"""What comes in: JSON of limited size and depth, of the route's shape, without personal numbers where nobody keeps them safe."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from backend.contracts.typed import Numbers
from backend.language.personal_numbers import find_personal, is_own_id
from backend.platform.complaints import first_complaint
from backend.platform.errors import InvalidError
from backend.platform.field_names import label_of, number_name
from backend.platform.invisible import without_invisible

Shape = TypeVar("Shape", bound=BaseModel)
MAX_BODY = 256 * 1024
"""Bytes."""
MAX_DEPTH = 32
"""Lists and objects inside each other; the deepest shape of ours, a reply with a case, has less than half."""


def read_json(shape: type[Shape], raw: bytes) -> Shape:
    """The body. Raises InvalidError with the field named."""
    try:
        given = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise InvalidError("body.unreadable") from error
    return _shaped(shape, _storable(given, MAX_DEPTH))


def read_query(shape: type[Shape], query: Mapping[str, str]) -> Shape:
    """The query of an address. Raises InvalidError with the field named."""
    return _shaped(shape, dict(query))


def refuse_personal_numbers(body: BaseModel) -> None:
    """Refuse identity, card and mobile numbers where no mark says who keeps them safe (contracts/typed.py).

    Raises InvalidError with the field named. Office telephones and hotlines stay.
    """
    for path, text in _typed(body):
        for found in () if is_own_id(text) else find_personal(text):
            kind = number_name(found.verdict.kind)
            raise InvalidError("text.personal", field=path, label=label_of(path), kind=kind)


def takes_secret(shape: type[BaseModel] | None) -> bool:
    """Whether somebody types a password or a code into it."""
    return shape is not None and any(
        mark.are == "secret" for field in shape.model_fields.values() for mark in _marks(field.metadata)
    )


def _shaped(shape: type[Shape], given: Any) -> Shape:
    try:
        return shape.model_validate(given)
    except ValidationError as error:
        field, reason = first_complaint(error, given)
        raise InvalidError("body.invalid", field=field, label=label_of(field), reason=reason) from error


def _storable(value: Any, depth: int) -> Any:
    """The same without invisible characters (invisible.py). Raises InvalidError for half a surrogate pair, or too deep."""
    if isinstance(value, str):
        if not is_text(value):
            raise InvalidError("body.unreadable")
        return without_invisible(value)
    if not isinstance(value, dict | list):
        return value
    if not depth:
        raise InvalidError("body.too_deep")
    if isinstance(value, dict):
        return {_storable(name, depth): _storable(part, depth - 1) for name, part in value.items()}
    return [_storable(part, depth - 1) for part in value]


def is_text(value: str) -> bool:
    """Whether it holds no half of a surrogate pair."""
    return not any("\ud800" <= letter <= "\udfff" for letter in value)


def _typed(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Where what stands that nobody else looks after."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, BaseModel):
        for name, field in type(value).model_fields.items():
            if not any(_marks(field.metadata)):
                yield from _typed(getattr(value, name), f"{path}.{name}" if path else name)
    elif isinstance(value, Mapping):
        for name, part in value.items():
            yield path, str(name)
            yield from _typed(part, f"{path}.{name}" if path else str(name))
    elif isinstance(value, list | tuple | set | frozenset):
        for place, part in enumerate(value):
            yield from _typed(part, f"{path}.{place}" if path else str(place))


def _marks(metadata: list[Any]) -> Iterator[Numbers]:
    return (mark for mark in metadata if isinstance(mark, Numbers))
