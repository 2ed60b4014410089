"""What a feature declares of itself.

A feature is a folder. Its ``feature.py`` holds one ``Feature``; ``backend/features.py`` lists them all, in the order in which they
are built. Nothing else names features: adding one touches its own folder, that list and, for tables, a migration.
"""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import yaml
from aiohttp import web
from pydantic import TypeAdapter
from sqlalchemy.ext.asyncio import AsyncSession

from backend.client.transport import ClientPart
from backend.contracts.event_kinds import EventKind
from backend.contracts.privacy import RetentionKind
from backend.platform.action_names import declare_action_names
from backend.platform.audit import Audit
from backend.platform.calendar_watch import Recompute
from backend.platform.clock import Clock
from backend.platform.database import Database
from backend.platform.errors import declare_problems
from backend.platform.events import Events
from backend.platform.http import Route, Routes
from backend.platform.permissions import declare_permissions
from backend.platform.personal_records import Expire, PersonalRecords, Table
from backend.platform.vault import KeyRing, Vault
from backend.platform.working_days import WorkingCalendar
from backend.settings import Settings

Service = TypeVar("Service")
_RETENTION = TypeAdapter(dict[str, RetentionKind])


@dataclass(frozen=True, slots=True)
class NavigationEntry:
    """A line of the staff navigation, shown to whoever holds the permission; the first of them is where they land."""

    title: str
    address: str
    permission: str
    rank: int
    """Smaller is further left."""


@dataclass(slots=True)
class House:
    """What features are built from: the platform, and the services of the features built before."""

    app: web.Application
    settings: Settings
    database: Database
    clock: Clock
    keys: KeyRing
    vault: Vault
    calendar: WorkingCalendar
    audit: Audit
    events: Events
    features: tuple[Feature, ...]
    records: list[PersonalRecords] = field(default_factory=list)
    """Of the features built so far, in their order; complete once all are built."""
    expiries: dict[str, Expire] = field(default_factory=dict)
    """How each kind of retention is carried out."""
    recomputations: list[Recompute] = field(default_factory=list)
    """What is computed anew when a day of the calendar counts otherwise than before."""

    def __getitem__(self, key: web.AppKey[Service]) -> Service:
        return self.app[key]

    def __setitem__(self, key: web.AppKey[Service], service: Service) -> None:
        self.app[key] = service


@dataclass(frozen=True, slots=True)
class ContentReport:
    """What the check of a feature's content found."""

    problems: tuple[str, ...] = ()
    """Each names file, field and what to do; one is enough to fail."""
    remarks: tuple[str, ...] = ()
    """Worth knowing."""


def _builds_nothing(_house: House) -> None:
    """For features without services."""


def _finds_nothing() -> ContentReport:
    return ContentReport()


Work = Callable[[web.Application], Coroutine[Any, Any, None]]
Preparation = Callable[[web.Application, AsyncSession], Awaitable[None]]
Demonstration = Callable[[web.Application, AsyncSession], Awaitable[list[str]]]


@dataclass(frozen=True, kw_only=True)
class Feature:
    """One feature. Its folder may also hold ``templates``, ``static``, ``problems.yaml``, ``action_names.yaml`` and ``retention.yaml``."""

    package: str
    """Its package, ``__package__`` in feature.py; the last part is its name."""
    title: str
    """What people at the centre call it."""
    build: Callable[[House], None] = _builds_nothing
    """Make its services and put them into the house, its ``records`` and ``expiries`` too."""
    routes: tuple[Routes, ...] = ()
    """API and pages."""
    permissions: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Permission -> doors it opens for."""
    tables: tuple[Table, ...] = ()
    events: tuple[EventKind[Any], ...] = ()
    navigation: tuple[NavigationEntry, ...] = ()
    prepare: tuple[Preparation, ...] = ()
    """Before the first request, in one transaction."""
    background: tuple[Work, ...] = ()
    """Runs beside the requests until the backend stops."""
    check: Callable[[], ContentReport] = _finds_nothing
    """Read its content files."""
    demonstration: Demonstration | None = None
    """Fill an empty database with plausible data through the services; returns lines to print."""
    client: type[ClientPart] | None = None
    """Its part of the typed client, where other processes call it."""

    def __post_init__(self) -> None:
        declare_permissions(self.permissions)
        declare_problems(self.folder / "problems.yaml")
        declare_action_names(self.folder / "action_names.yaml")

    @property
    def name(self) -> str:
        """Name of its folder; its files are served below ``/static/<name>``."""
        return self.package.rpartition(".")[2]

    @cached_property
    def folder(self) -> Path:
        """Where it lives."""
        file = sys.modules[self.package].__file__
        if file is None:
            raise RuntimeError(f"{self.package} is no package of files")
        return Path(file).parent

    @cached_property
    def retention(self) -> dict[str, RetentionKind]:
        """How long each kind of its data is kept (``retention.yaml``), in the order of the file."""
        file = self.folder / "retention.yaml"
        return _RETENTION.validate_python(yaml.safe_load(file.read_text("utf-8"))) if file.exists() else {}

    @property
    def operations(self) -> list[Route]:
        """Everything it answers."""
        return [route for routes in self.routes for route in routes.all]


FEATURES_IN_USE: web.AppKey[tuple[Feature, ...]] = web.AppKey("features", tuple)


def retention_of(features: tuple[Feature, ...]) -> dict[str, RetentionKind]:
    """The retention table of all features."""
    return {kind: kept for feature in features for kind, kept in feature.retention.items()}
