"""A one-time code to the citizen's phone, or a counter's check, raises a conversation's level for half an hour.

The code says that whoever writes has the phone; what a level opens is compared with that phone (cases/service.py).
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path

import yaml
from aiohttp import web
from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.contracts.conversation_events import CONVERSATION_VERIFIED, LevelRaised
from backend.contracts.event_kinds import NoData
from backend.contracts.verification import CodeSent, CounterCheck, SendCode, Verified
from backend.one_window.conversations.service import ConversationsService, vault_owner
from backend.one_window.verification.events import CODE_NOT_SENT, CODE_REJECTED, CODE_SENT
from backend.one_window.verification.models import PhoneCode
from backend.platform.clock import Clock
from backend.platform.database import Database
from backend.platform.errors import ConflictError, DaobanError, InvalidError, TooOftenError
from backend.platform.events import Events
from backend.platform.identity import Principal
from backend.platform.sms import Sms, SmsNotSent
from backend.platform.vault import StoredIdentifier, Vault

_FILE = Path(__file__).parent / "data" / "wording.yaml"
CODE_LENGTH = timedelta(minutes=5)
LEVEL_LENGTH = timedelta(minutes=30)
"""A browser at a kiosk may be left open."""
MAX_TRIES = 5
PAUSE = timedelta(seconds=60)
A_DAY = timedelta(days=1)
CODES_A_DAY = 5
"""To one phone, whoever asks: nobody's phone is flooded through us."""


class VerificationService:
    """Sends and checks codes. ``key``: see KeyRing.derived."""

    def __init__(
        self,
        database: Database,
        conversations: ConversationsService,
        vault: Vault,
        sms: Sms,
        key: bytes,
        clock: Clock,
        events: Events,
    ) -> None:
        self._database = database
        self._conversations = conversations
        self._vault = vault
        self._sms = sms
        self._key = key
        self._clock = clock
        self._events = events

    @property
    def by_phone(self) -> bool:
        """Whether codes can be sent at all."""
        return self._sms.available

    async def send(self, conversation: str, request: SendCode, by: Principal) -> CodeSent:
        """Send a code. Raises InvalidError (``phone``), TooOftenError.

        Opens its own transactions: a slow provider must not hold up whoever else writes.
        """
        async with self._database.write() as session:
            kept = await self._own(session, conversation, request.phone, "phone")
            if not self._sms.available:
                return _not_sent()
            phone = await self._vault.reveal(session, kept.placeholder, vault_owner(conversation)) or ""
            fingerprint, code = self._hash("phone", phone), f"{secrets.randbelow(10**6):06d}"
            await self._check_pace(session, fingerprint)
            await self._check_conversation(session, conversation)
            row = self._row(conversation, kept, fingerprint, code)
            session.add(row)
            self._events.publish(session, CODE_SENT, f"conversation:{conversation}", by, NoData())
        try:
            await self._sms.send(phone, _say("sms", code=code, minutes=_minutes(CODE_LENGTH)))
        except SmsNotSent:
            async with self._database.write() as session:
                await session.execute(delete(PhoneCode).where(PhoneCode.id == row.id))
                self._events.publish(session, CODE_NOT_SENT, f"conversation:{conversation}", by, NoData())
            return _not_sent()
        sentence = _say("sent", masked=kept.masked, minutes=_minutes(CODE_LENGTH))
        return CodeSent(sent=True, sentence=sentence, ways=(), expires_in=int(CODE_LENGTH.total_seconds()))

    def _row(self, conversation: str, kept: StoredIdentifier, phone: str, code: str) -> PhoneCode:
        now = self._clock.now()
        return PhoneCode(
            conversation_id=conversation,
            placeholder=kept.placeholder,
            phone=phone,
            code=self._hash(conversation, code),
            sent_at=now,
            expires_at=now + CODE_LENGTH,
            tries=0,
            used=False,
        )

    async def check(self, conversation: str, code: str, by: Principal) -> Verified:
        """The new level. Raises ConflictError, InvalidError; a wrong code is counted first, in a transaction of its own."""
        async with self._database.write() as session:
            result = await self._compared(session, conversation, code, by)
        if isinstance(result, DaobanError):
            raise result
        return result

    async def _compared(
        self, session: AsyncSession, conversation: str, code: str, by: Principal
    ) -> Verified | DaobanError:
        sent = await session.scalar(
            select(PhoneCode)
            .where(PhoneCode.conversation_id == conversation)
            .order_by(PhoneCode.id.desc())
            .limit(1)
            .with_for_update()
        )
        now = self._clock.now()
        if sent is None or sent.used or sent.expires_at <= now:
            raise ConflictError("verification.no_code")
        if sent.tries >= MAX_TRIES:
            raise ConflictError("verification.used_up")
        sent.tries += 1
        if not hmac.compare_digest(sent.code, self._hash(conversation, code.strip())):
            self._events.publish(session, CODE_REJECTED, f"conversation:{conversation}", by, NoData())
            left = MAX_TRIES - sent.tries
            name = "verification.wrong_code" if left else "verification.used_up"
            return InvalidError(name, field="code", left=left)
        sent.used = True
        return await self._raise(session, conversation, "phone", sent.placeholder, now, by)

    async def check_at_counter(
        self, session: AsyncSession, conversation: str, check: CounterCheck, by: Principal
    ) -> Verified:
        """A member of staff has compared face and card. Raises InvalidError (``identifier``)."""
        kept = await self._own(session, conversation, check.identifier, "id")
        return await self._raise(session, conversation, "counter", kept.placeholder, self._clock.now(), by)

    async def erase(self, session: AsyncSession, conversation: str) -> None:
        """Delete the codes of a conversation."""
        await session.execute(delete(PhoneCode).where(PhoneCode.conversation_id == conversation))

    async def erase_old(self, session: AsyncSession, before: datetime) -> int:
        """Delete codes sent before then; returns how many."""
        result = await session.execute(delete(PhoneCode).where(PhoneCode.sent_at < before))
        return int(result.rowcount)  # type: ignore[attr-defined]  # the result of a DELETE is a CursorResult

    async def _raise(
        self, session: AsyncSession, conversation: str, level: str, proof: str, now: datetime, by: Principal
    ) -> Verified:
        await self._conversations.verify(session, conversation, level, proof, now + LEVEL_LENGTH)
        self._events.publish(
            session, CONVERSATION_VERIFIED, f"conversation:{conversation}", by, LevelRaised(level=level)
        )
        return Verified.model_validate({"level": level, "sentence": _say("verified", minutes=_minutes(LEVEL_LENGTH))})

    async def _own(self, session: AsyncSession, conversation: str, placeholder: str, kind: str) -> StoredIdentifier:
        """Return a valid identifier of that kind that the citizen gave in the conversation."""
        await self._conversations.conversation(session, conversation)
        for kept in await self._vault.look_up(session, placeholder, vault_owner(conversation)):
            if kept.kind == kind and kept.valid and kept.placeholder == placeholder:
                return kept
        raise InvalidError(f"verification.{kind}", field="phone" if kind == "phone" else "identifier")

    async def _check_pace(self, session: AsyncSession, phone: str) -> None:
        now = self._clock.now()
        count, last, first = (
            await session.execute(
                select(func.count(), func.max(PhoneCode.sent_at), func.min(PhoneCode.sent_at)).where(
                    PhoneCode.phone == phone, PhoneCode.sent_at > now - A_DAY
                )
            )
        ).one()
        if count >= CODES_A_DAY:
            raise TooOftenError("verification.too_many", _seconds(first + A_DAY - now))
        if last is not None and last + PAUSE > now:
            raise TooOftenError("verification.too_soon", _seconds(last + PAUSE - now))

    async def _check_conversation(self, session: AsyncSession, conversation: str) -> None:
        """As many as to one phone, whosever phones they are: nobody goes through a list of numbers here."""
        now = self._clock.now()
        count, first = (
            await session.execute(
                select(func.count(), func.min(PhoneCode.sent_at)).where(
                    PhoneCode.conversation_id == conversation, PhoneCode.sent_at > now - A_DAY
                )
            )
        ).one()
        if count >= CODES_A_DAY:
            raise TooOftenError("verification.too_many_here", _seconds(first + A_DAY - now))

    def _hash(self, context: str, value: str) -> str:
        return hmac.new(self._key, f"{context}:{value}".encode(), hashlib.sha256).hexdigest()


VERIFICATION = web.AppKey("verification", VerificationService)


@lru_cache(maxsize=1)
def _wording() -> dict[str, str]:
    texts: dict[str, str] = yaml.safe_load(_FILE.read_text("utf-8"))
    return texts


def _say(name: str, **values: object) -> str:
    return _wording()[name].format(**values)


def _not_sent() -> CodeSent:
    return CodeSent(sent=False, sentence=_say("not_sent"), ways=("print", "qr", "counter"))


def _minutes(length: timedelta) -> int:
    return int(length.total_seconds() // 60)


def _seconds(left: timedelta) -> int:
    return int(left.total_seconds()) + 1
