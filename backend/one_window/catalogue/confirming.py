"""What only the centre can say: its address and hours, and whether a material without citation is kept or abolished.

Rule: a proof that has no basis in law, regulation or decision of the State Council is not demanded
(《优化营商环境条例》第四十四条, 《社会保险经办条例》第三十一条).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum

from aiohttp import web
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.contracts.catalogue import (
    CentreChange,
    CentreInfo,
    CitationDecision,
    DecisionRecord,
    MaterialToConfirm,
    NewDecision,
    ToConfirm,
)
from backend.contracts.catalogue_content import Ask, Basis, Centre, Item, Material
from backend.language.text import tidy
from backend.one_window.catalogue.events import CENTRE_CHANGED, MATERIAL_DECIDED, FieldsChanged, MaterialDecided
from backend.one_window.catalogue.models import CentreField, MaterialDecision
from backend.one_window.catalogue.service import CatalogueService
from backend.platform.clock import Clock, local_date
from backend.platform.errors import InvalidError, NotFoundError
from backend.platform.events import Events
from backend.platform.identity import Principal

LONGEST = 200
_BETWEEN_PHONES = re.compile(r"\s*[,，;；、]\s*")
_PHONES = re.compile(r"^\d[\d-]{4,19}(、\d[\d-]{4,19})*$")


class CentreFieldName(StrEnum):
    """Fields of the centre that are empty until confirmed, in the order to ask for them."""

    ADDRESS = "address"
    PHONE = "phone"
    OFFICE_HOURS = "office_hours"
    HOW_TO_GET_THERE = "how_to_get_there"


FIELD_NAMES: Mapping[CentreFieldName, str] = {
    CentreFieldName.ADDRESS: "地址",
    CentreFieldName.PHONE: "电话",
    CentreFieldName.OFFICE_HOURS: "上班时间",
    CentreFieldName.HOW_TO_GET_THERE: "怎么去",
}

FIELD_EXAMPLES: Mapping[CentreFieldName, str] = {
    CentreFieldName.ADDRESS: "古城区某某路某某号",
    CentreFieldName.PHONE: "0888-1234567，几个电话用顿号隔开",
    CentreFieldName.OFFICE_HOURS: "周一到周五，上午几点到几点，下午几点到几点；周末休息",
    CentreFieldName.HOW_TO_GET_THERE: "坐几路公交，到哪一站；停车在哪里",
}
"""How each may be written; made up, never shown to the public."""


def empty_fields(centre: Centre) -> list[CentreFieldName]:
    """Fields nobody has confirmed."""
    return [name for name in CentreFieldName if not getattr(centre, name)]


def checked(name: CentreFieldName, told: str) -> str:
    """A field of the centre as it is kept; empty takes a confirmation back. Raises InvalidError."""
    value = tidy(told)
    if name is CentreFieldName.PHONE:
        value = _BETWEEN_PHONES.sub("、", value)
    if len(value) > LONGEST:
        raise InvalidError("centre.too_long", field=name)
    if name is CentreFieldName.PHONE and value and not _PHONES.match(value):
        raise InvalidError("centre.phone", field=name)
    return value


class ConfirmingService:
    """Records what the centre confirms and decides, with who and when."""

    def __init__(self, catalogue: CatalogueService, clock: Clock, events: Events) -> None:
        self._catalogue = catalogue
        self._clock = clock
        self._events = events

    async def change_centre(self, session: AsyncSession, change: CentreChange, who: Principal) -> CentreInfo:
        """Fill in fields of the centre; an empty text takes a confirmation back. Raises InvalidError."""
        told = {name: checked(name, value) for name in CentreFieldName if (value := getattr(change, name)) is not None}
        for name, value in told.items():
            await self._set(session, name, value, who)
        self._events.publish(session, CENTRE_CHANGED, "centre", who, FieldsChanged(fields=tuple(map(str, told))))
        await session.flush()
        return await self._catalogue.centre(session)

    async def _set(self, session: AsyncSession, name: CentreFieldName, value: str, who: Principal) -> None:
        row = await session.get(CentreField, name)
        if not value:
            if row is not None:
                await session.delete(row)
            return
        if row is None:
            row = CentreField(name=str(name))
            session.add(row)
        row.value, row.confirmed_by, row.at = value, f"{who.kind}:{who.id}", self._clock.now()

    async def to_confirm(self, session: AsyncSession) -> ToConfirm:
        """Empty local fields, and every required material without citation with what was decided about it."""
        published = await self._catalogue.published(session)
        newest = {(row.item, row.material): row for row in await self._decisions(session)}
        units = {unit.code: unit.name for unit in self._catalogue.units}
        materials = [
            _entry(found.item, material, units[found.item.unit], newest.get((found.item.code, material.id)))
            for found in published.items.values()
            for material in found.item.materials
            if lacks_citation(material)
        ]
        centre = (await self._catalogue.centre(session)).centre
        return ToConfirm(
            empty_fields=tuple(str(name) for name in empty_fields(centre)),
            materials=tuple(sorted(materials, key=lambda entry: list(units.values()).index(entry.unit_name))),
            statements=sum(_open_statements(found.item) for found in published.items.values()),
        )

    async def _decisions(self, session: AsyncSession) -> list[MaterialDecision]:
        return list(await session.scalars(select(MaterialDecision).order_by(MaterialDecision.id)))

    async def decide(
        self, session: AsyncSession, code: str, material_id: str, new: NewDecision, who: Principal
    ) -> DecisionRecord:
        """Record a decision. Raises NotFoundError, InvalidError."""
        item = (await self._catalogue.item(session, code)).item
        if all(material.id != material_id for material in item.materials):
            raise NotFoundError("material.unknown")
        today = local_date(self._clock.now())
        if new.decision is CitationDecision.KEEP and not tidy(new.cite):
            raise InvalidError("decision.cite_required", field="cite")
        if new.decided_on is not None and new.decided_on > today:
            raise InvalidError("decision.future", field="decided_on")
        row = MaterialDecision(
            item=code,
            material=material_id,
            decision=str(new.decision),
            cite=tidy(new.cite),
            note=tidy(new.note),
            decided_on=new.decided_on or today,
            decided_by=who.id,
            at=self._clock.now(),
        )
        session.add(row)
        decided = MaterialDecided(material=material_id, decision=str(new.decision), decided_on=row.decided_on)
        self._events.publish(session, MATERIAL_DECIDED, f"item:{code}", who, decided)
        await session.flush()
        return _record(row)


CONFIRMING = web.AppKey("confirming", ConfirmingService)


def lacks_citation(material: Material) -> bool:
    """Whether something is demanded of the applicant that no cited rule demands."""
    return material.ask is not Ask.NOTHING and material.basis is not Basis.LAW


def _entry(item: Item, material: Material, unit_name: str, decided: MaterialDecision | None) -> MaterialToConfirm:
    return MaterialToConfirm(
        item=item.code,
        item_name=item.name,
        unit_name=unit_name,
        material=material.id,
        name=material.name,
        ask=material.ask,
        when=material.when,
        basis=material.basis,
        decided=None if decided is None else _record(decided),
    )


def _record(row: MaterialDecision) -> DecisionRecord:
    return DecisionRecord(
        decision=CitationDecision(row.decision),
        cite=row.cite,
        note=row.note,
        decided_on=row.decided_on,
        decided_by=row.decided_by,
    )


def _open_statements(item: Item) -> int:
    """How many sentences of an item say that the centre has something to confirm."""
    return len(item.to_confirm) + sum(bool(further.to_confirm) for further in item.further_questions)
