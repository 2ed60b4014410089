"""One person's data: a copy of it (《个人信息保护法》第四十五条), and its erasure (第四十七条)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from backend.contracts.privacy import ErasedPerson, ExportedPerson, PersonRequest
from backend.hall.privacy.belonging import belonging
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
    """Finds a person by an identifier's keyed hash, in whichever conversation they gave it as theirs.

    Where others mention them (a relative's application, a clerk's note on it), it is others' conversation: neither handed out nor erased.
    """

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
        """Export everything stored about a person: own identifiers in plain, those of others masked. Raises InvalidError, NotFoundError."""
        verdict, found = await self._find(session, request)
        conversations = [await self._conversation(session, *which) for which in found.items()]
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

    async def _find(self, session: AsyncSession, request: PersonRequest) -> tuple[Verdict, Mapping[str, str]]:
        """The person's conversations, each with the placeholder that their identifier has there."""
        found = find_identifiers(request.identifier)
        if len(found) != 1 or found[0].verdict.kind not in PERSON_KINDS:
            raise InvalidError("person.identifier", field="identifier")
        verdict = found[0].verdict
        theirs: dict[str, str] = {}
        for told in await self._vault.find_all(session, verdict.kind, verdict.value):
            conversation = told.owner.removeprefix(_OWNER)
            if told.owner.startswith(_OWNER) and (await belonging(session, self._records, conversation)).is_of(
                told.placeholder
            ):
                theirs[conversation] = told.placeholder
        if not theirs:
            raise NotFoundError("person.unknown")
        return verdict, theirs

    async def _conversation(self, session: AsyncSession, conversation: str, identifier: str) -> dict[str, Any]:
        own = (await belonging(session, self._records, conversation)).own(identifier)
        told = [
            (kept, value if kept.placeholder in own else kept.masked)
            for kept, value in await self._vault.of_owner(session, vault_owner(conversation))
        ]
        shown = {kept.placeholder: value for kept, value in told}
        headings: dict[str, Any] = {}
        for records in self._records:
            headings |= await records.export(session, conversation)
        return {
            "id": conversation,
            "identifiers": [{"kind": kept.kind, "value": value} for kept, value in told],
            **{heading: _open(values, shown) for heading, values in headings.items()},
            "seen_and_changed": await self._audit.told(session, _OWNER + conversation),
        }


def _open(value: Any, shown: Mapping[str, str]) -> Any:
    """The same with each identifier as the person may see it."""
    if isinstance(value, str):
        return replace_placeholders(value, lambda found: shown.get(str(found), str(found)))
    if isinstance(value, dict):
        return {name: _open(part, shown) for name, part in value.items()}
    return [_open(part, shown) for part in value] if isinstance(value, list) else value
