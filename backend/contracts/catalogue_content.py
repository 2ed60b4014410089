"""The shape of the catalogue's content: items, situation facts, units, topics, the centre, hotlines.

One item is one file ``data/items/<code>.yaml``. Unknown keys are refused, so that a misspelt field is found by the check
command and not by a citizen. What is not known stays ``local-to-confirm`` and is shown as such, never filled by guessing.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator, model_validator

from backend.contracts import conditions
from backend.contracts.date_limits import BIRTH, TODAY, LimitText, parse_limit
from backend.contracts.wire import formerly

ItemCode = Annotated[str, StringConstraints(pattern=r"^LJ-[A-Z]{2}-\d{3}$")]
FactId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Name = Annotated[str, StringConstraints(min_length=1, max_length=80, strip_whitespace=True)]
Sentence = Annotated[str, StringConstraints(min_length=1, max_length=400, strip_whitespace=True)]


class Content(BaseModel):
    """Base of every content shape: closed and immutable."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Basis(StrEnum):
    """How sure a statement is: 〔法〕 a cited rule, 〔国〕 national practice, 〔地〕 the centre has to confirm it."""

    LAW = "law"
    NATIONAL_PRACTICE = "national-practice"
    LOCAL_TO_CONFIRM = "local-to-confirm"


class Place(StrEnum):
    """Where an item can be handled."""

    CITY = "city"
    COUNTY = "county"
    TOWNSHIP = "township"
    ONLINE = "online"
    CROSS_PROVINCE = "cross-province"


class HandledAt(Content):
    """Places an item is handled at, and how sure that is."""

    places: tuple[Place, ...] = Field(min_length=1)
    basis: Basis


class LegalBasis(Content):
    """One rule the item stands on. ``checked``: the text was read and the article exists.

    ``from`` and ``until``: its first and last day, where they differ from the law's own (``dated_laws.yaml``).
    """

    title: Name
    article: str = ""
    basis: Basis
    checked: bool
    note: str = ""
    since: date | None = Field(default=None, alias="from")
    until: date | None = None

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Applicability(Content):
    """One condition of being served, in plain words."""

    text: Sentence
    basis: Basis
    cite: str = ""


class Sharing(Content):
    """The applicant is not asked: the centre gets it itself."""

    origin: Name = Field(alias="from")
    if_not_found: str = ""
    """What the applicant can do when the centre cannot get it, in plain words."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Ask(StrEnum):
    """What the applicant has to do about a material."""

    HAND_IN = "hand_in"
    SHOW = "show"
    FILL_IN = "fill_in"
    CONFIRM = "confirm"
    NOTHING = "nothing"


class Material(Content):
    """One material of an item.

    ``when`` is an expression over situation facts (see conditions.py). ``ask: nothing`` needs ``obtained_by_sharing``.
    """

    id: FactId
    name: Name
    ask: Ask
    form: str = ""
    count: int = Field(ge=0, le=20, default=1)
    when: str = "always"
    obtained_by_sharing: Sharing | None = None
    issuer: str = ""
    basis: Basis
    cite: str = ""
    note: str = ""

    @field_validator("when")
    @classmethod
    def _when_parses(cls, text: str) -> str:
        conditions.parse(text)
        return text

    @model_validator(mode="after")
    def _consistent(self) -> Material:
        if self.ask is Ask.NOTHING and self.obtained_by_sharing is None:
            raise ValueError("ask 为 nothing(不用交)时要写 obtained_by_sharing.from(从哪里取得)")
        if self.basis is Basis.LAW and not self.cite:
            raise ValueError(
                "basis 为 law 时要写 cite(哪部法第几条);没有依据的写 national-practice 或 local-to-confirm"
            )
        return self

    @property
    def condition(self) -> conditions.Condition:
        """The parsed ``when``."""
        return conditions.parse(self.when)


class Step(Content):
    """One step of handling, who does it, and its own limit where one is published."""

    name: Sentence
    who: Name
    limit: str = ""


class TimeUnit(StrEnum):
    """Units of a time limit; rules never mix them."""

    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"
    MONTHS = "months"


class TimeLimit(Content):
    """A limit with its unit and source. A limit without a source is not written down."""

    value: int = Field(ge=1, le=400)
    unit: TimeUnit
    basis: Literal[Basis.LAW, Basis.NATIONAL_PRACTICE]
    cite: str = ""


class TimeLimits(Content):
    """Time limits of an item; either may be absent, then there is no due date from it.

    ``starts``: whether the source counts from the day the application is received or from the day it is accepted.
    """

    starts: Literal["received", "accepted"] = "accepted"
    statutory: TimeLimit | None = None
    promised: TimeLimit | None = None
    on_the_spot: bool = False
    note: str = ""


class Fee(Content):
    """What it costs."""

    charged: bool
    text: Sentence
    basis: Basis


ONLINE_KINDS = frozenset({"online", "app"})


class Channel(Content):
    """One way to handle the item. ``basis``: how sure this one is, where it is surer than ``handled_at``."""

    kind: Literal["counter", "online", "app", "phone", "post", "other"]
    text: Sentence
    basis: Basis | None = None


class FieldKind(StrEnum):
    """What a form field takes; decides how it is checked and where it is kept (personal identifiers: the vault)."""

    NAME = "name"
    ID_NUMBER = "id_number"
    PHONE = "phone"
    BANK_CARD = "bank_card"
    CREDIT_CODE = "credit_code"
    TEXT = "text"
    LONG_TEXT = "long_text"
    DATE = "date"
    MONTH = "month"
    MONEY = "money"
    NUMBER = "number"
    CHOICE = "choice"
    YES_NO = "yes_no"


class FormField(Content):
    """One field: its printed label, and the question a person is asked."""

    id: FactId
    label: Name
    question: Sentence
    kind: FieldKind
    required: bool = True
    when: str = "always"
    choices: tuple[Name, ...] = ()
    example: str = ""
    help: str = ""
    mistake: str = ""
    """The mistake people make in this field; shown beside it."""
    maximum: Decimal | None = None
    not_before: tuple[LimitText, ...] = ()
    not_after: tuple[LimitText, ...] = ()
    """Of a date or a month, the day or month itself allowed: against today, the date of birth, other dates of the form (date_limits.py)."""

    @model_validator(mode="after")
    def _consistent(self) -> FormField:
        conditions.parse(self.when)
        if (self.not_before or self.not_after) and self.kind not in {FieldKind.DATE, FieldKind.MONTH}:
            raise ValueError("not_before 和 not_after 只用于 date 和 month")
        if (self.kind is FieldKind.CHOICE) != bool(self.choices):
            raise ValueError("kind 为 choice 时要写 choices,其他时候不写")
        return self


class Form(Content):
    """An application form with a filled sample and the mistakes people make in it."""

    id: FactId
    title: Name
    fields: tuple[FormField, ...] = Field(min_length=1)
    sample: dict[str, str] = {}
    common_mistakes: tuple[Sentence, ...] = ()
    official: str = ""
    """Which official form it stands for, and where that is published; empty: nobody has confirmed one, and people are told so."""

    @model_validator(mode="after")
    def _sample_names_fields(self) -> Form:
        ids = [field.id for field in self.fields]
        if len(set(ids)) != len(ids):
            raise ValueError("fields 里有重复的 id")
        if unknown := set(self.sample) - set(ids):
            raise ValueError(f"sample 里有不存在的字段:{'、'.join(sorted(unknown))}")
        return self

    @model_validator(mode="after")
    def _limits_name_dates(self) -> Form:
        dates = {field.id for field in self.fields if field.kind is FieldKind.DATE} | {TODAY}
        if any(field.kind is FieldKind.ID_NUMBER for field in self.fields):
            dates.add(BIRTH)
        for field in self.fields:
            for limit in map(parse_limit, (*field.not_before, *field.not_after)):
                if limit.anchor not in dates - {field.id} and not limit.anchor[0].isdigit():
                    raise ValueError(f"{field.id} 的界限「{limit.anchor}」不是 today、birth，也不是表里别的日期")
        return self


def _need_cite(basis: Basis, cite: str) -> None:
    """Refuse an answer that rests on law and does not say which."""
    if basis is Basis.LAW and not cite:
        raise ValueError("basis 为 law 时要写 cite(哪部法第几条)")


class FurtherQuestion(Content):
    """What people ask on once they have been told of an item, with its answer; found only while the item is talked about."""

    asks: tuple[Sentence, ...] = Field(min_length=3)
    """How people ask it, mostly without the item's name."""
    answer: Sentence
    basis: Basis
    cite: str = ""
    to_confirm: str = ""
    """What only the centre or the province can say; told as unconfirmed."""

    @model_validator(mode="after")
    def _law_is_cited(self) -> FurtherQuestion:
        _need_cite(self.basis, self.cite)
        return self


class Item(Content):
    """One government service item (政务服务事项) as the hall publishes it."""

    _names = model_validator(mode="before")(formerly(clock="time_limits"))

    code: ItemCode
    name: Name
    plain_name: Name
    """What people call it, short enough to be said in a sentence: 「领失业金」."""
    summary: Sentence
    aliases: tuple[Name, ...]
    """Names people use for the item itself; unique over the whole catalogue."""
    examples: tuple[Sentence, ...]
    """Whole sentences people say when they mean this item."""
    topic: FactId
    unit: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
    hall: Name
    handled_at: HandledAt
    serves: Sentence
    conditions: tuple[Applicability, ...]
    legal_basis: tuple[LegalBasis, ...]
    materials: tuple[Material, ...] = Field(min_length=1)
    steps: tuple[Step, ...] = Field(min_length=1)
    time_limits: TimeLimits
    reviewed: bool = False
    """Decided by two people: who handles it proposes (经办), another confirms (复核)."""
    fee: Fee
    channels: tuple[Channel, ...] = Field(min_length=1)
    forms: tuple[Form, ...] = ()
    """Empty: the general application form is used, and the guide says so."""
    common_mistakes: tuple[Sentence, ...] = ()
    result: Sentence
    related: tuple[ItemCode, ...] = ()
    to_confirm: tuple[Sentence, ...] = ()
    notes: tuple[Sentence, ...] = ()
    further_questions: tuple[FurtherQuestion, ...] = ()
    effective_from: date

    @model_validator(mode="after")
    def _consistent(self) -> Item:
        if self.code.split("-")[1] != self.unit:
            raise ValueError(f"unit {self.unit} 与 code {self.code} 不一致")
        ids = [material.id for material in self.materials]
        if len(set(ids)) != len(ids):
            raise ValueError("materials 里有重复的 id")
        return self

    def is_sure(self, channel: Channel) -> bool:
        """Whether it is confirmed that the item can be handled this way."""
        return (channel.basis or self.handled_at.basis) is not Basis.LOCAL_TO_CONFIRM

    @property
    def is_surely_online(self) -> bool:
        """Whether it is confirmed that nobody has to come for it."""
        return any(channel.kind in ONLINE_KINDS and self.is_sure(channel) for channel in self.channels)


class PolicyAnswer(Content):
    """One rule question with its answer (政策问答). What is asked often is answered as such, not by a whole guide."""

    id: Annotated[str, StringConstraints(pattern=r"^Q\d{3}$")]
    title: Name
    """What it is about, as a choice reads: 「自己辞职能不能领失业金」."""
    topic: FactId
    item: ItemCode | None = None
    """The item it belongs to, where there is one to handle."""
    questions: tuple[Sentence, ...] = Field(min_length=3)
    """How people ask it."""
    answer: Sentence
    speech: Annotated[str, StringConstraints(min_length=1, max_length=120, strip_whitespace=True)]
    """The same for the ear: the verdict first, one or two short sentences."""
    basis: Basis
    cite: str = ""
    to_confirm: str = ""
    """What only the centre or the province can say (amounts, ratios); told as unconfirmed."""
    checked_on: date

    @model_validator(mode="after")
    def _law_is_cited(self) -> PolicyAnswer:
        _need_cite(self.basis, self.cite)
        return self


class DatedLaw(Content):
    """A law whose first or last day matters: whatever cites it follows these days, without a new edition."""

    title: Name
    """As it is cited, without article."""
    since: date | None = Field(default=None, alias="from")
    until: date | None = None
    """Its last day."""
    leads: bool = False
    """Whether it stands first among an item's bases once it is in force."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    @model_validator(mode="after")
    def _has_a_day(self) -> DatedLaw:
        if self.since is None and self.until is None:
            raise ValueError("from 和 until 至少写一个，都没有就不用写在这里")
        if self.since and self.until and self.until < self.since:
            raise ValueError("until 不能比 from 早")
        return self


class SituationFact(Content):
    """One thing about the applicant's situation that can change what to bring.

    ``asked: false``: nobody is asked (the centre finds out, or the counter sets it); it counts as ``assumed`` until known,
    and what would be needed in the other case is told with ``if_text``.
    """

    id: FactId
    question: Sentence
    yes: Name
    no: Name
    yes_words: tuple[Name, ...] = ()
    """Words that mean yes in people's own answers: 「我帮她去办」."""
    no_words: tuple[Name, ...] = ()
    yes_if: dict[FactId, tuple[FactId, ...]] = {}
    """Facts of the person (``contracts/data/facts.yaml``) by which it is yes: one of the values of each."""
    no_if: dict[FactId, tuple[FactId, ...]] = {}
    spoken: str = ""
    asked: bool = True
    assumed: bool = False
    if_text: Sentence
    """Begins the sentence that names the case: 「请别人代办的」."""
    unless_text: str = ""
    """The same for the other case: 「本人办的」. Needed where a condition says ``not``."""


class Unit(Content):
    """One of the centre's units."""

    code: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
    name: Name
    hall: Name
    hotline: str = ""


class Topic(Content):
    """A field of life that questions belong to."""

    id: FactId
    name: Name


class Occasion(Content):
    """A life event (失业了) or an audience (农民工): what such a person usually has to do here."""

    id: FactId
    name: Annotated[str, StringConstraints(min_length=1, max_length=12, strip_whitespace=True)]
    lead: Sentence
    """One plain sentence: what to do first, or what there is."""
    items: tuple[ItemCode, ...] = Field(min_length=1)
    """In the order a person would go through them."""

    @field_validator("items")
    @classmethod
    def _each_once(cls, items: tuple[str, ...]) -> tuple[str, ...]:
        if doubled := sorted({code for code in items if items.count(code) > 1}):
            raise ValueError(f"items 里 {'、'.join(doubled)} 写了两次,留一个就行")
        return items


class Hotline(Content):
    """A telephone line that really exists."""

    number: Annotated[str, StringConstraints(pattern=r"^\d{5,12}$")]
    name: Name
    use: Sentence


class Centre(Content):
    """The hall itself. ``None`` is shown as 「待中心确认」, never filled by us."""

    name: Name
    address: str | None
    phone: str | None
    office_hours: str | None
    how_to_get_there: str | None
