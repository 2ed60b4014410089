"""Local figures: one person writes a value with its document, another confirms it; nothing is changed, only followed or withdrawn."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from aiohttp import web
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.contracts.parameter_content import ParameterDefinition
from backend.contracts.parameters import (
    NewParameterValue,
    ParameterList,
    ParameterValueView,
    ParameterView,
    ValueDecision,
    ValueStatus,
    ValueStep,
)
from backend.language.quantities import Unclear, read_money
from backend.language.text import tidy
from backend.one_window.parameters.content import areas, content, parameters
from backend.one_window.parameters.events import (
    VALUE_CONFIRMED,
    VALUE_REFUSED,
    VALUE_WITHDRAWN,
    VALUE_WRITTEN,
    OfValue,
)
from backend.one_window.parameters.figures import LocalFigure, LocalFigures, value_text
from backend.one_window.parameters.models import ParameterValue
from backend.platform.clock import Clock, local_date
from backend.platform.database import one_at_a_time
from backend.platform.errors import ConflictError, InvalidError, NotAllowedError, NotFoundError
from backend.platform.events import Events
from backend.platform.identity import Principal

FEN = 100
ENDS_SOON = timedelta(days=90)
_DECIDED = {
    ValueStep.CONFIRM: ("waiting", "confirmed", VALUE_CONFIRMED),
    ValueStep.REFUSE: ("waiting", "refused", VALUE_REFUSED),
    ValueStep.WITHDRAW: ("confirmed", "withdrawn", VALUE_WITHDRAWN),
}
"""Step -> what the value has to be, what it becomes, what is published."""


class ParametersService:
    """Keeps the values and says which hold."""

    def __init__(self, clock: Clock, events: Events) -> None:
        self._clock = clock
        self._events = events

    def today(self) -> date:
        """The calendar day in Lijiang."""
        return local_date(self._clock.now())

    async def figures(self, session: AsyncSession) -> LocalFigures:
        """What two people have confirmed and nobody has withdrawn."""
        rows = await session.scalars(select(ParameterValue).where(ParameterValue.decision == "confirmed"))
        return LocalFigures(tuple(map(_figure, rows)))

    async def texts_of(self, session: AsyncSession, item: str) -> list[str]:
        """What an item's guide says of local figures today, in the order of the file."""
        keys = [key for key, one in parameters().items() if item in one.items]
        if not keys:
            return []
        figures = await self.figures(session)
        return [figures.text(key, self.today()) for key in keys]

    async def list_parameters(self, session: AsyncSession) -> ParameterList:
        """Every local figure with all its values, the newest first."""
        rows = list(await session.scalars(select(ParameterValue).order_by(ParameterValue.id)))
        figures = LocalFigures(tuple(_figure(row) for row in rows if row.decision == "confirmed"))
        return ParameterList(parameters=tuple(self._entry(one, rows, figures) for one in parameters().values()))

    async def write(self, session: AsyncSession, new: NewParameterValue, who: Principal) -> ParameterValueView:
        """Write a value; it counts once another person has confirmed it. Raises InvalidError, ConflictError, NotFoundError."""
        await one_at_a_time(session, VALUE_WRITTEN.name)
        definition = parameters().get(new.key)
        if definition is None:
            raise NotFoundError("parameter.unknown", field="key")
        amount = _checked(definition, new)
        same = select(ParameterValue).where(
            ParameterValue.key == new.key,
            ParameterValue.area == new.area,
            ParameterValue.from_date == new.from_date,
            ParameterValue.decision.in_(("waiting", "confirmed")),
        )
        other = await session.scalar(same)
        if other is not None:
            raise ConflictError(
                "parameter.same_day",
                field="from",
                area=areas()[other.area].name,
                day=other.from_date.isoformat(),
                text=value_text(other.key, Decimal(other.fen) / FEN),
            )
        row = ParameterValue(
            key=new.key,
            area=new.area,
            fen=int(amount * FEN),
            from_date=new.from_date,
            until=new.until,
            basis=tidy(new.basis),
            note=tidy(new.note),
            written_by=who.id,
            written_at=self._clock.now(),
            decision="waiting",
            reason="",
        )
        session.add(row)
        await session.flush()
        self._events.publish(session, VALUE_WRITTEN, f"parameter:{row.key}", who, OfValue(value=row.id, area=row.area))
        return self._value(row, LocalFigures())

    async def decide(
        self, session: AsyncSession, value: int, decision: ValueDecision, who: Principal
    ) -> ParameterValueView:
        """Confirm, refuse or withdraw a value. Raises NotFoundError, NotAllowedError, ConflictError, InvalidError (``note``)."""
        await one_at_a_time(session, VALUE_WRITTEN.name)
        row = await session.get(ParameterValue, value)
        if row is None:
            raise NotFoundError("parameter.value_unknown")
        needed, becomes, kind = _DECIDED[decision.step]
        if row.decision != needed:
            status = self._status(row, await self.figures(session))
            raise ConflictError("parameter.step_not_lawful", status=content().wording.statuses[status])
        if decision.step is ValueStep.CONFIRM and row.written_by == who.id:
            raise NotAllowedError("parameter.own_value")
        reason = tidy(decision.note)
        if decision.step is not ValueStep.CONFIRM and not reason:
            raise InvalidError("parameter.reason", field="note")
        row.decision, row.reason = becomes, reason
        row.decided_by, row.decided_at = who.id, self._clock.now()
        await session.flush()
        self._events.publish(session, kind, f"parameter:{row.key}", who, OfValue(value=row.id, area=row.area))
        return self._value(row, await self.figures(session))

    def _entry(
        self, definition: ParameterDefinition, rows: list[ParameterValue], figures: LocalFigures
    ) -> ParameterView:
        key, today = definition.key, self.today()
        own = sorted((row for row in rows if row.key == key), key=lambda row: (row.from_date, row.id), reverse=True)
        return ParameterView(
            key=key,
            name=definition.name,
            meaning=definition.meaning,
            set_by=definition.set_by,
            yearly=definition.yearly,
            values=tuple(self._value(row, figures) for row in own),
            text=figures.text(key, today),
            is_known=any(figures.find(key, today, area) for area in definition.areas),
        )

    def _value(self, row: ParameterValue, figures: LocalFigures) -> ParameterValueView:
        amount, status, today = Decimal(row.fen) / FEN, self._status(row, figures), self.today()
        in_time = today + ENDS_SOON
        ends_soon = status is ValueStatus.IN_FORCE and row.until is not None and row.until <= in_time
        if ends_soon and row.until is not None:
            following = figures.find(row.key, row.until + timedelta(days=1), row.area)
            ends_soon = following is None or following.area != row.area
        return ParameterValueView(
            id=row.id,
            area=row.area,
            area_name=areas()[row.area].name,
            amount=str(amount),
            text=value_text(row.key, amount),
            from_date=row.from_date,
            until=row.until,
            basis=row.basis,
            note=row.note,
            status=status,
            written_by=row.written_by,
            written_on=local_date(row.written_at),
            decided_by=row.decided_by,
            decided_on=None if row.decided_at is None else local_date(row.decided_at),
            reason=row.reason,
            ends_soon=ends_soon,
        )

    def _status(self, row: ParameterValue, figures: LocalFigures) -> ValueStatus:
        if row.decision != "confirmed":
            return ValueStatus(row.decision)
        today = self.today()
        if row.from_date > today:
            return ValueStatus.TO_COME
        return ValueStatus.IN_FORCE if figures.find(row.key, today, row.area) == _figure(row) else ValueStatus.PAST


PARAMETERS = web.AppKey("parameters", ParametersService)


def _figure(row: ParameterValue) -> LocalFigure:
    return LocalFigure(row.key, row.area, Decimal(row.fen) / FEN, row.from_date, row.until, row.basis)


def _checked(definition: ParameterDefinition, new: NewParameterValue) -> Decimal:
    """The amount in yuan, everything else being right. Raises InvalidError with the field named."""
    if new.area not in definition.areas:
        raise InvalidError("parameter.area", field="area", parameter=definition.name)
    amount = read_money(tidy(new.amount))
    if isinstance(amount, Unclear):
        raise InvalidError("parameter.amount", field="amount")
    if not definition.least <= amount <= definition.most:
        raise InvalidError(
            "parameter.bounds", field="amount", parameter=definition.name, least=definition.least, most=definition.most
        )
    if amount * FEN % 1:
        raise InvalidError("parameter.amount", field="amount")
    if new.until is None and definition.yearly:
        raise InvalidError("parameter.until_required", field="until")
    if new.until is not None and new.until < new.from_date:
        raise InvalidError("parameter.until", field="until")
    if not tidy(new.basis):
        raise InvalidError("parameter.basis", field="basis")
    return amount
