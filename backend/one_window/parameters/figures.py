"""Which local figure holds on a day, and how it reads: pure functions over the values that two people have confirmed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from backend.contracts.catalogue_content import PolicyAnswer
from backend.one_window.parameters.content import areas, content, parameters, wider

MONEY_PLACES = 2


@dataclass(frozen=True, slots=True)
class LocalFigure:
    """A confirmed value of a parameter, as it was published."""

    key: str
    area: str
    value: Decimal
    """In yuan."""
    since: date
    until: date | None
    basis: str

    def holds_on(self, day: date) -> bool:
        """Whether the day lies within its own days."""
        return self.since <= day and (self.until is None or day <= self.until)

    @property
    def covers_everybody(self) -> bool:
        """Whether it holds for the whole city: a county's is told with its name, nobody's pay is computed by it."""
        return self.area in set(wider("530700"))


@dataclass(frozen=True, slots=True)
class LocalFigures:
    """All confirmed values."""

    values: tuple[LocalFigure, ...] = ()

    def find(self, key: str, day: date, area: str | None = None) -> LocalFigure | None:
        """The figure of a place (the centre's seat unless named) on a day; None where nobody has published one.

        The narrowest area counts, of its values the one that began last. Raises KeyError for a key that does not exist.
        """
        parameters()[key]
        for place in wider(area or content().seat):
            found = [one for one in self.values if (one.key, one.area) == (key, place) and one.holds_on(day)]
            if found:
                return max(found, key=lambda one: one.since)
        return None

    def differing(self, key: str, day: date) -> list[LocalFigure]:
        """The figures of all places of the parameter that differ from the seat's on this day."""
        own = self.find(key, day)
        places = [self.find(key, day, area) for area in parameters()[key].areas]
        return [one for one in dict.fromkeys(places) if one and own and one.value != own.value and one.area != own.area]

    def text(self, key: str, day: date) -> str:
        """What people read: the figure with area, first day and basis, or 「待中心公布」 and no number."""
        name, found = parameters()[key].name, self.find(key, day)
        if found is None:
            return content().wording.absent.format(name=name)
        others = "".join(f"；{areas()[one.area].name}{value_text(key, one.value)}" for one in self.differing(key, day))
        return known_text(found) + others

    def told_in(self, answer: PolicyAnswer, day: date) -> PolicyAnswer:
        """A policy answer with its figures, where all of them are published; else the answer as it is."""
        more = next((one for one in content().answers if one.id == answer.id), None)
        if more is None:
            return answer
        found = {key: self.find(key, day) for key in keys_in(more.added)}
        if any(one is None for one in found.values()):
            return answer
        read = {key: self.text(key, day) for key in found}
        brief = {key: brief_text(one) for key, one in found.items() if one is not None}
        return answer.model_copy(
            update={
                "answer": f"{answer.answer.rstrip('。')}。{more.added.format(**read)}",
                "speech": more.speech.format(**brief),
                "to_confirm": more.to_confirm,
            }
        )


NO_FIGURES = LocalFigures()


def keys_in(sentence: str) -> list[str]:
    """The parameters that a sentence names."""
    return [key for key in parameters() if f"{{{key}}}" in sentence]


def value_text(key: str, value: Decimal) -> str:
    """「每月1,990元」."""
    amount = f"{value:,.{MONEY_PLACES}f}".rstrip("0").rstrip(".")
    return content().wording.units[parameters()[key].unit].format(amount=amount)


def brief_text(figure: LocalFigure) -> str:
    """For the ear: 「古城区月最低工资标准每月1,990元」."""
    return f"{areas()[figure.area].name}{parameters()[figure.key].name}{value_text(figure.key, figure.value)}"


def known_text(figure: LocalFigure) -> str:
    """A figure with where and since when it holds and which document says so."""
    return content().wording.known.format(
        name=parameters()[figure.key].name,
        value=value_text(figure.key, figure.value),
        area=areas()[figure.area].name,
        since=f"{figure.since.year}年{figure.since.month}月{figure.since.day}日",
        basis=figure.basis,
    )
