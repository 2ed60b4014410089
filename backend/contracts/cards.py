"""Cards of a reply: what the page shows beside the text. A card's ``kind`` names its shape; the feature it belongs to draws it.

Cards are stored with the messages they came with, for as long as a conversation is kept: fields that earlier versions
wrote and nobody shows any more are left aside, fields that they did not have yet are empty.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from backend.contracts.calculators import CalculationResult
from backend.contracts.cases import Case, CaseState, SupplementLine
from backend.contracts.catalogue import Guide, PolicyAnswerView
from backend.contracts.notices import Notice
from backend.contracts.wire import Wire, formerly


class _Stored(BaseModel):
    """Of any version."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class GuideSource(_Stored):
    """Which version of which item an answer stands on."""

    code: str
    name: str
    plain_name: str
    version: int
    published_on: str
    """Date of the version, ISO."""
    basis: tuple[str, ...]
    """Laws with their articles."""


class GuideCard(Wire):
    """The source of an answer from an item's guide."""

    kind: Literal["guide"] = "guide"
    guide: GuideSource

    @classmethod
    def of(cls, guide: Guide) -> GuideCard:
        """The card of a guide."""
        item = guide.item
        return cls(
            guide=GuideSource(
                code=item.code,
                name=item.name,
                plain_name=item.plain_name,
                version=guide.version,
                published_on=guide.published_on,
                basis=tuple(f"{rule.title}{rule.article}" for rule in item.legal_basis),
            )
        )


class AnswerSource(_Stored):
    """What a policy answer or a calculation stands on. ``to_confirm``: what the centre has not confirmed yet."""

    id: str
    title: str
    basis: str
    checked_on: date
    to_confirm: str | None = None
    topic_name: str = ""
    item_name: str = ""


class AnswerCard(Wire):
    """The source of a policy answer or of a calculation's result."""

    kind: Literal["answer"] = "answer"
    answer: AnswerSource

    @classmethod
    def of(cls, view: PolicyAnswerView) -> AnswerCard:
        """The card of a policy answer: its basis and the day it was checked."""
        return cls(
            answer=AnswerSource(
                id=view.answer.id,
                title=view.answer.title,
                basis=view.basis_text,
                checked_on=view.answer.checked_on,
                to_confirm=view.answer.to_confirm,
                topic_name=view.topic_name,
                item_name=view.item_name or "",
            )
        )

    @classmethod
    def of_result(cls, result: CalculationResult) -> AnswerCard:
        """The card of a calculation: the rule's laws and the day it was computed."""
        return cls(
            answer=AnswerSource(
                id=result.rule,
                title=result.title,
                basis="、".join(f"{source.title}{source.article}" for source in result.sources),
                checked_on=result.computed_on,
            )
        )


class NoticeCard(Wire):
    """A one-time notice."""

    kind: Literal["notice"] = "notice"
    notice: Notice


class DeadlineSentence(_Stored):
    """One deadline of a case in a sentence."""

    sentence: str


class CaseGlance(_Stored):
    """What a citizen sees of a case at a glance; nothing personal."""

    _names = model_validator(mode="before")(formerly(clocks="deadlines"))

    number_text: str | None
    item_name: str
    state: CaseState
    state_text: str
    sentence: str
    due_text: str
    owner: str | None = None
    deadlines: tuple[DeadlineSentence, ...] = ()
    supplement: tuple[SupplementLine, ...] = ()
    notice: str | None = None


class CaseCard(Wire):
    """Where a case stands."""

    kind: Literal["case"] = "case"
    case: CaseGlance

    @classmethod
    def of(cls, case: Case) -> CaseCard:
        """The card of a case."""
        return cls(
            case=CaseGlance(
                number_text=case.number_text,
                item_name=case.item_name,
                state=case.state,
                state_text=case.state_text,
                sentence=case.sentence,
                due_text=case.due_text,
                owner=case.owner,
                deadlines=tuple(DeadlineSentence(sentence=deadline.sentence) for deadline in case.deadlines),
                supplement=case.supplement,
                notice=case.notice,
            )
        )


Card = Annotated[GuideCard | AnswerCard | NoticeCard | CaseCard, Field(discriminator="kind")]
