"""What is changed and what has to notice it (``modules.yaml``), and which changes change nothing (``equivalent.yaml``)."""

from __future__ import annotations

from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field

ROOT = Path(__file__).parents[2]
_HERE = Path(__file__).parent


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class RulesModule(_Data):
    """A module of rules and its nearest tests."""

    path: str
    """From the root of the repository."""
    tests: tuple[str, ...] = Field(min_length=1)
    """Files or test ids, the quickest first."""
    conftest: bool = False
    """Whether the tests need the fixtures of ``tests/conftest.py``; without them a run takes a second."""

    @property
    def name(self) -> str:
        """As it is imported."""
        return self.path.removesuffix(".py").replace("/", ".")

    @property
    def source(self) -> str:
        """Its code as it stands."""
        return (ROOT / self.path).read_text("utf-8")


class EquivalentChange(_Data):
    """A change that no test can notice, and why."""

    path: str
    statement: str
    """First line of the statement around it."""
    told: str
    """What becomes of what, as the command prints it."""
    because: str = Field(min_length=10)


def read_modules(path: Path = _HERE / "modules.yaml") -> tuple[RulesModule, ...]:
    """The table. Raises pydantic's ValidationError naming the field that does not hold."""
    return tuple(RulesModule.model_validate(one) for one in yaml.safe_load(path.read_text("utf-8")))


def read_equivalent(path: Path = _HERE / "equivalent.yaml") -> tuple[EquivalentChange, ...]:
    """The changes that change nothing."""
    return tuple(EquivalentChange.model_validate(one) for one in yaml.safe_load(path.read_text("utf-8")) or ())
