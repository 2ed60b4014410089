"""What is typed about a case, by whoever: personal numbers lie in the vault of its conversation, and are shown masked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.contracts.cases import StepRequest, TypedNumber
from backend.language.personal_numbers import is_office_telephone
from backend.one_window.cases.models import CaseNote, CaseRow, CaseStatement, CaseStepRow
from backend.one_window.conversations.service import vault_owner
from backend.platform.errors import InvalidError
from backend.platform.field_names import label_of
from backend.platform.vault import Vault

LONGEST_TEXT = 1000
"""Characters as they are kept: a placeholder is longer than a telephone number."""
_TYPED = ("name", "why", "how")
"""What is typed of a supplement line; the material is picked."""


class TypedTexts:
    """Keeps and shows them. Telephones of offices stay readable: people are to call there."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    async def kept(self, session: AsyncSession, row: CaseRow, text: str, field: str, *, passed_on: bool = False) -> str:
        """A text as it is stored. ``passed_on``: by the assistant, from the conversation, placeholders in it.

        Raises InvalidError where it grows too long with its placeholders.
        """
        owner = vault_owner(row.conversation)
        if passed_on:
            placed, _ = await self._vault.keep_passed_on(session, text, owner, is_office_telephone)
        else:
            placed, _ = await self._vault.keep_text(session, text, owner, leave=is_office_telephone)
        if len(placed) > LONGEST_TEXT:
            raise InvalidError("field.too_long", field=field, label=label_of(field), limit=LONGEST_TEXT)
        return placed

    async def kept_of_step(
        self, session: AsyncSession, row: CaseRow, request: StepRequest, *, passed_on: bool
    ) -> StepRequest:
        """The same for everything typed with a step."""
        lines = []
        for place, line in enumerate(request.lines):
            typed = {
                name: await self.kept(session, row, getattr(line, name), f"lines.{place}.{name}") for name in _TYPED
            }
            lines.append(line.model_copy(update=typed))
        note = await self.kept(session, row, request.note, "note", passed_on=passed_on)
        why_again = await self.kept(session, row, request.why_again, "why_again")
        return request.model_copy(update={"note": note, "lines": tuple(lines), "why_again": why_again})

    async def masking(self, session: AsyncSession, row: CaseRow, texts: Iterable[str]) -> Callable[[str], str]:
        """How people may see these texts, and whatever is made of them."""
        known = await self._vault.look_up(session, "\n".join(texts), vault_owner(row.conversation))

        def masked(text: str) -> str:
            for one in known:
                text = text.replace(one.placeholder, one.masked)
            return text

        return masked

    async def all_of(self, session: AsyncSession, row: CaseRow) -> list[str]:
        """Everything that was typed about the case: notes, and what came with steps."""
        notes = await session.scalars(select(CaseNote.text).where(CaseNote.case_id == row.id).order_by(CaseNote.id))
        steps = await session.scalars(select(CaseStepRow).where(CaseStepRow.case_id == row.id).order_by(CaseStepRow.id))
        said = await statements_of(session, row)
        return [*notes, *texts_of(list(steps)), *(text for one in said for text in (one.line, one.text))]

    async def numbers(self, session: AsyncSession, row: CaseRow) -> tuple[TypedNumber, ...]:
        """The personal numbers in these texts in plain; the caller answers for why."""
        owner = vault_owner(row.conversation)
        found = []
        for kept in await self._vault.look_up(session, "\n".join(await self.all_of(session, row)), owner):
            value = await self._vault.reveal(session, kept.placeholder, owner)
            found.append(TypedNumber(masked=kept.masked, value=value or ""))
        return tuple(found)


async def statements_of(session: AsyncSession, row: CaseRow) -> list[CaseStatement]:
    """What the applicant said of its supplements, oldest first."""
    said = select(CaseStatement).where(CaseStatement.case_id == row.id).order_by(CaseStatement.id)
    return list(await session.scalars(said))


def texts_of(steps: Sequence[CaseStepRow]) -> list[str]:
    """Everything that was typed with the steps."""
    return [
        text
        for step in steps
        for text in (step.note, step.why_again, *(part for line in step.lines for part in line.values()))
    ]
