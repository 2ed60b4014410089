"""The parameters' file, read once."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import yaml

from backend.contracts.parameter_content import Area, ParameterDefinition, ParameterFile

FILE = Path(__file__).parent / "data" / "parameters.yaml"


@lru_cache(maxsize=1)
def content() -> ParameterFile:
    """All definitions; pydantic's ValidationError names the field that does not hold."""
    return ParameterFile.model_validate(yaml.safe_load(FILE.read_text("utf-8")))


@lru_cache(maxsize=1)
def parameters() -> dict[str, ParameterDefinition]:
    """Definitions by key, in the order to show them."""
    return {parameter.key: parameter for parameter in content().parameters}


@lru_cache(maxsize=1)
def areas() -> dict[str, Area]:
    """Areas by code."""
    return {area.code: area for area in content().areas}


def wider(area: str) -> Iterator[str]:
    """The area itself and those it is part of, the narrowest first; last the country."""
    here: str | None = area
    while here is not None:
        yield here
        here = areas()[here].part_of
    yield "000000"
