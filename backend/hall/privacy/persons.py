"""One person's data: a copy of it (《个人信息保护法》第四十五条), and its erasure (第四十七条)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from backend.contracts.privacy import ErasedPerson, ExportedPerson, PersonRequest
from backend.hall.privacy.erasure import Erasure
from backend.language.identifiers import IdentifierKind, Verdict
from backend.language.identifiers_in_text import find_identifiers
from backend.language.placeholders import replace_placeholders
from backend.one_window.conversations.service import vault_owner
from backend.platform.audit import Audit
from backend.platform.clock import Clock
from backend.platform.errors import InvalidError, NotFoundError
from backend.platform.identity import Principal
from backend.platform.personal_records import PersonalRecords
from backend.platform.vault import Vault

PERSON_KINDS: frozenset[IdentifierKind] = frozenset({"id", "phone", "bank"})
_OWNER = "conversation:"


class Persons:
    """Finds a person by an identifier's keyed hash, in whichever conversation they gave it."""

    def __init__(
        self,
        records: Sequence[PersonalRecords],
        erasure: Erasure,
        vault: Vault,
        audit: Audit,
        clock: Clock,
    ) -> None:
        self._records = records
        self._erasure = erasure
        self._vault = vault
        self._audit = audit
        self._clock = clock

    async def export(self, session: AsyncSession, request: PersonRequest, by: Principal) -> ExportedPerson:
        """Export everything stored about a person, identifiers in plain. Raises InvalidError, NotFoundError."""
        verdict, found = await self._find(session, request)
        conversations = [await self._conversation(session, conversation) for conversation in found]
        for conversation in found:
            self._audit.record(session, "person.exported", _OWNER + conversation, by, purpose=request.purpose)
        return ExportedPerson(
            made_at=self._clock.now(), identifier=verdict.masked, conversations=tuple(conversations), found=tuple(found)
        )

    async def erase(self, session: AsyncSession, request: PersonRequest, by: Principal) -> ErasedPerson:
        """Erase every conversation of a person; their submitted cases stay and are named. Raises as above."""
        verdict, found = await self._find(session, request)
        done: Counter[str] = Counter()
        kept: list[str] = []
        for conversation in found:
            done += await self._erasure.conversation(session, conversation, by)
            kept += await self._erasure.kept_numbers(session, conversation)
            self._audit.record(session, "person.erased", _OWNER + conversation, by, purpose=request.purpose)
        return ErasedPerson(identifier=verdict.masked, counts=dict(done), found=tuple(found), kept_cases=tuple(kept))

    async def _find(self, session: AsyncSession, request: PersonRequest) -> tuple[Verdict, list[str]]:
        found = find_identifiers(request.identifier)
        if len(found) != 1 or found[0].verdict.kind not in PERSON_KINDS:
            raise InvalidError("person.identifier", field="identifier")
        verdict = found[0].verdict
        owners = await self._vault.owners(session, verdict.kind, verdict.value)
        conversations = [owner.removeprefix(_OWNER) for owner in owners if owner.startswith(_OWNER)]
        if not conversations:
            raise NotFoundError("person.unknown")
        return verdict, conversations

    async def _conversation(self, session: AsyncSession, conversation: str) -> dict[str, Any]:
        told = await self._vault.of_owner(session, vault_owner(conversation))
        plain = {kept.placeholder: value for kept, value in told}
        headings: dict[str, Any] = {}
        for records in self._records:
            headings |= await records.export(session, conversation)
        return {
            "id": conversation,
            "identifiers": [{"kind": kept.kind, "value": value} for kept, value in told],
            **{heading: _open(values, plain) for heading, values in headings.items()},
            "seen_and_changed": await self._audit.told(session, _OWNER + conversation),
        }


def _open(value: Any, plain: dict[str, str]) -> Any:
    """The same with the person's own identifiers in plain."""
    if isinstance(value, str):
        return _opened(value, plain)
    if isinstance(value, dict):
        return {name: _open(part, plain) for name, part in value.items()}
    return [_open(part, plain) for part in value] if isinstance(value, list) else value


def _opened(text: str, plain: dict[str, str]) -> str:
    return replace_placeholders(text, lambda found: plain.get(str(found), str(found)))
