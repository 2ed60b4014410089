"""Forgetting: what is past its time, and one person (《个人信息保护法》第十九条、第四十七条). Submitted cases are kept.

A conversation that is forgotten stays as an empty row without its browser: cases and figures refer to it.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from backend.contracts.privacy import Forgotten
from backend.hall.accounts.service import StaffService
from backend.hall.privacy.table import retention_table
from backend.one_window.cases.service import CasesService
from backend.one_window.conversations.service import ConversationsService, vault_owner
from backend.one_window.conversations.visitors import Visitors
from backend.one_window.notices.service import NoticesService
from backend.one_window.verification.service import VerificationService
from backend.platform import idempotency
from backend.platform.audit import Audit
from backend.platform.clock import Clock, local
from backend.platform.events import Events
from backend.platform.identity import SYSTEM, Principal
from backend.platform.vault import Vault

AT_ONCE = 100
"""Conversations per transaction: other writers wait no longer than that takes."""
NIGHT = 3
"""The hour from which the daily run may begin."""
RUN = "retention.run"


class Forgetting:
    """Deletes through the services that own the data."""

    def __init__(
        self,
        conversations: ConversationsService,
        visitors: Visitors,
        cases: CasesService,
        notices: NoticesService,
        verification: VerificationService,
        staff: StaffService,
        vault: Vault,
        audit: Audit,
        clock: Clock,
        events: Events,
    ) -> None:
        self._conversations = conversations
        self._visitors = visitors
        self._cases = cases
        self._notices = notices
        self._verification = verification
        self._staff = staff
        self._vault = vault
        self._audit = audit
        self._clock = clock
        self._events = events

    async def conversation(self, session: AsyncSession, conversation: str, by: Principal) -> Counter[str]:
        """Forget all that was said in a conversation; what its submitted cases need is kept."""
        done: Counter[str] = Counter(conversations=1)
        done["drafts"] = await self._cases.forget_drafts(session, conversation)
        needed = await self._cases.placeholders(session, conversation)
        await self._verification.forget(session, conversation)
        await self._notices.unlink(session, conversation)
        await self._visitors.forget(session, conversation)
        done["requests"] = await idempotency.forget(session, conversation)
        done["messages"] = await self._conversations.forget(session, conversation)
        done["identifiers"] = await self._vault.forget(session, vault_owner(conversation), but=needed)
        self._events.publish(session, "conversation.forgotten", f"conversation:{conversation}", by)
        return done

    async def run(self, session: AsyncSession, by: Principal) -> Forgotten:
        """Forget what is past its time; call again while there is ``more``."""
        done: Counter[str] = Counter()
        due = await self._due(session)
        for conversation in due:
            done += await self.conversation(session, conversation, by)
        drafts = await self._cases.forget_old_drafts(session, self._before("drafts"))
        done += Counter(
            drafts=drafts,
            codes=await self._verification.forget_old(session, self._before("codes")),
            sessions=await self._staff.sessions.forget_expired(session, self._before("sessions")),
            requests=await idempotency.forget_old(session, self._before("requests")),
        )
        self._audit.record(session, RUN, "retention:table", by, details=dict(done))
        return Forgotten(counts=dict(done), more=len(due) == AT_ONCE)

    async def is_due(self, session: AsyncSession) -> bool:
        """Whether today's run has not been yet (and it is night)."""
        now = self._clock.now()
        last = await self._audit.newest(session, RUN, SYSTEM)
        return local(now).hour >= NIGHT and (last is None or local(last).date() < local(now).date())

    async def _due(self, session: AsyncSession) -> list[str]:
        """Conversations to forget; those in which a case is being handled wait for its end."""
        due: list[str] = []
        before, seen = self._before("conversations"), 0
        while page := await self._conversations.silent_since(session, before, AT_ONCE, seen):
            busy = await self._cases.with_open_cases(session, page)
            due += [conversation for conversation in page if conversation not in busy]
            seen += len(page)
            if len(due) >= AT_ONCE:
                break
        return due[:AT_ONCE]

    def _before(self, kind: str) -> datetime:
        days = retention_table()[kind].days
        if days is None:
            raise ValueError(kind)
        return self._clock.now() - timedelta(days=days)
