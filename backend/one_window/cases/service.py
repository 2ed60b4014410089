"""Cases: drafted, submitted, accepted, supplemented, decided, delivered. Every case has a time limit and an owner."""

from __future__ import annotations

import re
from datetime import timedelta

from aiohttp import web
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.contracts.cases import Case, CaseList, CaseQuery, CaseState, Unmasked, UnmaskRequest
from backend.language.identifiers_in_text import NUMBER_MARK
from backend.language.personal_numbers import hide_personal
from backend.language.serial_numbers import ungroup
from backend.one_window.cases import form
from backend.one_window.cases.access import CaseAccess
from backend.one_window.cases.drafts import Drafts, conversation_of
from backend.one_window.cases.models import CaseNote, CaseRow
from backend.one_window.cases.openings import Openings
from backend.one_window.cases.queue import Queue
from backend.one_window.cases.retention import CaseRetention
from backend.one_window.cases.search import numbered, wanted
from backend.one_window.cases.stepping import Stepping
from backend.one_window.cases.views import CaseViews
from backend.one_window.conversations.service import ConversationsService, vault_owner
from backend.platform.audit import Audit
from backend.platform.clock import Clock
from backend.platform.errors import InvalidError, NotAllowedError, NotFoundError, TooOftenError
from backend.platform.identity import SYSTEM, Principal
from backend.platform.vault import Vault

_WORD = re.compile(r"[^\W\d_]")
FEWEST_WORDS = 2
"""Characters of words in a purpose: a number alone says nothing of what somebody looks for."""
UNMASKED = "case.unmasked"
SEARCHED = "case.searched"
AN_HOUR = timedelta(hours=1)
UNMASKINGS_AN_HOUR = 30
"""By one member of staff; a clerk handles fewer cases in an hour."""


class CasesService(CaseRetention):
    """Reads cases; ``drafts`` begins and fills them, ``steps`` carries them on."""

    def __init__(
        self,
        drafts: Drafts,
        steps: Stepping,
        queue: Queue,
        conversations: ConversationsService,
        vault: Vault,
        views: CaseViews,
        access: CaseAccess,
        clock: Clock,
        audit: Audit,
    ) -> None:
        self.drafts = drafts
        self.steps = steps
        self._queue = queue
        self._conversations = conversations
        self._vault = vault
        self._views = views
        self._access = access
        self._clock = clock
        self._audit = audit
        self._openings = Openings()

    async def case(self, session: AsyncSession, case_id: str, who: Principal, opening: str = "") -> Case:
        """One case that whoever asks may see; that staff opened it is recorded. Raises NotFoundError."""
        row = await self._access.row(session, case_id, who)
        if who.kind == "staff" and self._openings.is_new(session, who.id, row.id, opening, self._clock.now()):
            self._audit.record(session, "case.viewed", f"case:{row.id}", who)
        return await self._views.case(session, row, who)

    def add_note(self, session: AsyncSession, case_id: str, text: str) -> None:
        """Write what another feature has to say of a case (urged, rated) among its internal notes."""
        session.add(CaseNote(case_id=case_id, at=self._clock.now(), by_id=SYSTEM.id, text=text))

    async def unmask(self, session: AsyncSession, case_id: str, request: UnmaskRequest, who: Principal) -> Unmasked:
        """Identifiers of a case in plain, for a stated purpose (《个人信息保护法》第六条、第五十一条).

        Recorded with its purpose. Raises NotFoundError, InvalidError (``fields``), TooOftenError.
        """
        row = await self._access.row(session, case_id, who)
        if not request.fields and not request.texts:
            raise InvalidError("case.unmask_nothing", field="fields")
        if len(_WORD.findall(hide_personal(request.purpose).replace(NUMBER_MARK, ""))) < FEWEST_WORDS:
            raise InvalidError("case.unmask_purpose", field="purpose")
        if await self._audit.count(session, UNMASKED, who, AN_HOUR) >= UNMASKINGS_AN_HOUR:
            first = await self._audit.oldest(session, UNMASKED, who, AN_HOUR) or self._clock.now()
            raise TooOftenError("case.unmask_limit", int((first + AN_HOUR - self._clock.now()).total_seconds()) + 1)
        wanted = [field for field in request.fields if field in row.answers]
        owner = vault_owner(row.conversation)
        values = {
            field: "、".join(await self._vault.reveal_all(session, str(row.answers[field].get("value") or ""), owner))
            for field in wanted
        }
        shown = {field: value for field, value in values.items() if value}
        texts = await self._views.texts.numbers(session, row) if request.texts else ()
        details = {"fields": [*sorted(shown), *(["texts"] if texts else [])]}
        self._audit.record(session, UNMASKED, f"case:{row.id}", who, purpose=request.purpose, details=details)
        return Unmasked(values=shown, texts=texts)

    async def of_conversation(self, session: AsyncSession, conversation: str, who: Principal) -> list[Case]:
        """Cases of a conversation, newest first; withdrawn drafts are left out."""
        if who.conversation != conversation:
            raise NotAllowedError("conversation.forbidden")
        rows = await session.scalars(
            select(CaseRow)
            .where(CaseRow.conversation == conversation)
            .where((CaseRow.state != CaseState.WITHDRAWN) | CaseRow.number.is_not(None))
            .order_by(CaseRow.created_at.desc(), CaseRow.id)
        )
        return [await self._views.case(session, row, who) for row in rows]

    async def by_number(self, session: AsyncSession, number: str, who: Principal) -> Case:
        """A case started elsewhere, for whoever has proved to hold its phone or identity number. Nothing can be done to it.

        Raises NotAllowedError without a verification, NotFoundError for another person's case as for no case.
        """
        conversation = conversation_of(who)
        proof = await self._conversations.proof(session, conversation)
        if proof is None:
            raise NotAllowedError("case.verification_needed")
        row = await session.scalar(select(CaseRow).where(CaseRow.number == ungroup(number)))
        if row is None or not await self._is_about(session, row, proof, vault_owner(conversation)):
            raise NotFoundError("case.unknown")
        self._audit.record(session, "case.viewed", f"case:{row.id}", who)
        case = await self._views.case(session, row, who)
        return case.model_copy(update={"steps": ()})

    async def _is_about(self, session: AsyncSession, row: CaseRow, proof: str, owner: str) -> bool:
        """Whether the verified identifier is the applicant's own in this case (not that of an agent, employer or relative)."""
        if row.conversation == owner.removeprefix("conversation:"):
            return True
        theirs = vault_owner(row.conversation)
        return any(
            [await self._vault.same(session, (proof, owner), (mine, theirs)) for mine in form.own_of(row.answers)]
        )

    async def queue(self, session: AsyncSession, query: CaseQuery, who: Principal) -> CaseList:
        """Cases of a clerk or of their units, most urgent first, a page of them; ``q`` is a number or a part of it.

        Raises InvalidError (``page``).
        """
        return await self._queue.page(session, query, numbered(query.q), who)

    async def search(self, session: AsyncSession, query: CaseQuery, who: Principal) -> CaseList:
        """The same by name, identity number or telephone too; that a person was looked for is recorded, not whom."""
        found = await wanted(session, self._vault, query.q)
        cases = await self._queue.page(session, query, found, who)
        if found is not None and found.by != "number":
            self._audit.record(session, SEARCHED, "cases", who, details={"by": found.by, "found": cases.total})
        return cases


CASES = web.AppKey("cases", CasesService)
