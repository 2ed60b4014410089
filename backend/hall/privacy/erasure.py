"""Erasure: what is past its time, and one person (《个人信息保护法》第十九条、第四十七条). Submitted cases are kept.

Every feature erases what it keeps itself (PersonalRecords); here is the order, the vault, and the nightly table.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from backend.contracts.conversation_events import CONVERSATION_ERASED
from backend.contracts.event_kinds import NoData
from backend.contracts.privacy import ErasedByRetention, RetentionKind
from backend.one_window.conversations.service import ConversationsService, vault_owner
from backend.platform.audit import Audit
from backend.platform.clock import Clock, local
from backend.platform.events import Events
from backend.platform.identity import SYSTEM, Principal
from backend.platform.personal_records import Expire, PersonalRecords
from backend.platform.vault import Vault

BATCH = 100
"""Conversations per transaction: other writers wait no longer than that takes."""
NIGHT = 3
"""The hour from which the daily run may begin."""
RETENTION_RUN = "retention.run"
CONVERSATIONS = "conversations"
"""The kind of retention that erases whole conversations."""


class Erasure:
    """Erases through the features that own the data.

    ``records`` and ``expiries``: of all features; filled while they are built. ``retention``: how long each kind is kept.
    """

    def __init__(
        self,
        conversations: ConversationsService,
        records: Sequence[PersonalRecords],
        expiries: Mapping[str, Expire],
        retention: Mapping[str, RetentionKind],
        vault: Vault,
        audit: Audit,
        clock: Clock,
        events: Events,
    ) -> None:
        self.retention = retention
        self._conversations = conversations
        self._records = records
        self._expiries = expiries
        self._vault = vault
        self._audit = audit
        self._clock = clock
        self._events = events

    async def conversation(self, session: AsyncSession, conversation: str, by: Principal) -> Counter[str]:
        """Erase all that was said and kept in a conversation; what its submitted cases need is kept."""
        done: Counter[str] = Counter(conversations=1)
        for records in self._records:
            done += await records.erase(session, conversation)
        needed: set[str] = set()
        for records in self._records:
            needed |= await records.needed_identifiers(session, conversation)
        done["identifiers"] = await self._vault.erase(session, vault_owner(conversation), but=needed)
        self._events.publish(session, CONVERSATION_ERASED, f"conversation:{conversation}", by, NoData())
        return done

    async def kept_numbers(self, session: AsyncSession, conversation: str) -> list[str]:
        """Numbers of what has to be kept of a conversation."""
        return [number for records in self._records for number in await records.kept_numbers(session, conversation)]

    async def run(self, session: AsyncSession, by: Principal) -> ErasedByRetention:
        """Erase what is past its time; call again while there is ``more``."""
        done: Counter[str] = Counter()
        due = await self._due(session)
        for conversation in due:
            done += await self.conversation(session, conversation, by)
        for kind, expire in self._expiries.items():
            done[kind] += await expire(session, self._before(kind))
        self._audit.record(session, RETENTION_RUN, "retention:table", by, details=dict(done))
        return ErasedByRetention(counts=dict(done), more=len(due) == BATCH)

    async def is_due(self, session: AsyncSession) -> bool:
        """Whether today's run has not been yet (and it is night)."""
        now = self._clock.now()
        last = await self._audit.newest(session, RETENTION_RUN, SYSTEM)
        return local(now).hour >= NIGHT and (last is None or local(last).date() < local(now).date())

    async def _due(self, session: AsyncSession) -> list[str]:
        """Conversations to erase; those in which something is under way wait for its end."""
        due: list[str] = []
        before, seen = self._before(CONVERSATIONS), 0
        while page := await self._conversations.silent_since(session, before, BATCH, seen):
            busy: set[str] = set()
            for records in self._records:
                busy |= await records.busy(session, page)
            due += [conversation for conversation in page if conversation not in busy]
            seen += len(page)
            if len(due) >= BATCH:
                break
        return due[:BATCH]

    def _before(self, kind: str) -> datetime:
        days = self.retention[kind].days
        if days is None:
            raise ValueError(kind)
        return self._clock.now() - timedelta(days=days)
