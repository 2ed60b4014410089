"""The shape of the parameters' files: local figures that a rule of law leaves to a place, and the areas they hold for."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints, model_validator

from backend.contracts.catalogue_content import Content, FactId, ItemCode, Name, Sentence

AreaCode = Annotated[str, StringConstraints(pattern=r"^\d{6}$")]
"""Of the national table of areas (GB/T 2260); ``000000`` is the whole country."""
AnswerId = Annotated[str, StringConstraints(pattern=r"^Q\d{3}$")]


class ParameterUnit(StrEnum):
    """What a figure is counted in."""

    YUAN_A_MONTH = "yuan_a_month"
    YUAN_AN_HOUR = "yuan_an_hour"
    YUAN_A_YEAR = "yuan_a_year"


class Area(Content):
    """A place, and the wider one whose figure holds where it has none of its own."""

    code: AreaCode
    name: Name
    part_of: AreaCode | None = None


class ParameterDefinition(Content):
    """One local figure. It has no value here: the centre fills values in, each with its dates and its basis."""

    key: FactId
    name: Name
    unit: ParameterUnit
    areas: tuple[AreaCode, ...] = Field(min_length=1)
    """Where it may be fixed; the first is offered first."""
    least: Decimal
    most: Decimal
    """Beyond these it is a slip of the pen, or another unit."""
    yearly: bool
    """Whether it is fixed for a year: then every value needs its last day, so that last year's is not told for ever."""
    set_by: Name
    """Who publishes it."""
    meaning: Sentence
    """What it is good for, for the editor."""
    items: tuple[ItemCode, ...] = ()
    """Guides that show it."""

    @model_validator(mode="after")
    def _bounds_in_order(self) -> ParameterDefinition:
        if not 0 < self.least < self.most:
            raise ValueError("least 要大于0，most 要比 least 大")
        return self


class AnswerWithFigures(Content):
    """What a policy answer says once its figures are published, with ``{key}`` where a figure stands."""

    id: AnswerId
    added: Sentence
    """Put behind the answer."""
    speech: Sentence
    """Said instead of the answer's own."""
    to_confirm: str = ""
    """What is still to be confirmed then."""


class ParameterWording(Content):
    """How figures read."""

    units: dict[ParameterUnit, str]
    """With ``{amount}``."""
    known: Sentence
    """A figure with its area, its first day and its basis."""
    absent: Sentence
    """A figure that nobody has published here."""
    statuses: dict[str, Name]


class ParameterFile(Content):
    """``parameters.yaml``."""

    seat: AreaCode
    """Where the centre is: whose figures are told to whoever named no place."""
    areas: tuple[Area, ...]
    parameters: tuple[ParameterDefinition, ...]
    answers: tuple[AnswerWithFigures, ...]
    wording: ParameterWording

    @model_validator(mode="after")
    def _names_are_known(self) -> ParameterFile:
        areas = {area.code for area in self.areas}
        keys = {parameter.key for parameter in self.parameters}
        used = {self.seat, *(area.part_of for area in self.areas if area.part_of)}
        used |= {code for parameter in self.parameters for code in parameter.areas}
        if used - areas:
            raise ValueError(f"areas 里没有{'、'.join(sorted(used - areas))}")
        if len(keys) != len(self.parameters) or len(areas) != len(self.areas):
            raise ValueError("parameters 的 key、areas 的 code 不能重复")
        return self
