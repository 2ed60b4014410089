"""The one question of the assistant's that is open: what it was about, for whoever answers it with 「第二个」 or a button.

Stored as JSON in the tracker's slot ``pending``; a form's questions are not kept here, the form asks them itself.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter, ValidationError

from backend.contracts.choices import SentChoice
from backend.contracts.wire import Wire


class WhichItem(Wire):
    """「您说的是哪一件」: what was offered, and what is asked of it (an intent)."""

    kind: Literal["which_item"] = "which_item"
    codes: tuple[SentChoice, ...] = ()
    then: str = ""


class WhichCase(Wire):
    """「哪一件办件」: what was offered, and what the buttons say, in the same order."""

    kind: Literal["which_case"] = "which_case"
    codes: tuple[SentChoice, ...]
    names: tuple[str, ...]


class ForWhom(Wire):
    """「给您自己办，还是帮别人办」: the item's code."""

    kind: Literal["who"] = "who"
    item: str


class LookUp(Wire):
    """Looking up a case begun elsewhere: which step is asked for, and what was told so far (``phone``: a placeholder)."""

    kind: Literal["look_up"] = "look_up"
    step: Literal["number", "phone", "code"]
    number: str | None = None
    phone: str | None = None


class ConfirmWithdrawal(Wire):
    """「真的要撤回吗」: the case's id."""

    kind: Literal["withdraw"] = "withdraw"
    case: str


class EditField(Wire):
    """Correcting the case form: the field's id; None until it is known which."""

    kind: Literal["edit"] = "edit"
    field: str | None = None


class RepeatCard(Wire):
    """「照原样再发一次」: the placeholder of a card number that could not be verified, and its field."""

    kind: Literal["repeat_card"] = "repeat_card"
    field: str
    placeholder: str


class RepeatText(Wire):
    """「照原样再发一次」: words that look like no answer to a field, as they were told.

    ``begun``: they are the beginning, the rest was asked for.
    """

    kind: Literal["repeat_text"] = "repeat_text"
    field: str
    told: str
    begun: bool = False


class WhichDay(Wire):
    """「是3月7日还是7月3日」: the field or question, and the two days that its answer can be."""

    kind: Literal["which_day"] = "which_day"
    field: str
    days: tuple[date, date]


Pending = WhichDay | RepeatCard | RepeatText | WhichItem | WhichCase | ForWhom | LookUp | ConfirmWithdrawal | EditField
_PENDING: TypeAdapter[Pending] = TypeAdapter(Annotated[Pending, Field(discriminator="kind")])


def read_pending(kept: Any) -> Pending | None:
    """The question as the slot keeps it; None where none is open, or none that this version knows."""
    try:
        return None if not kept else _PENDING.validate_python(kept)
    except ValidationError:
        return None
