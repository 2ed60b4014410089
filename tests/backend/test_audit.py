"""The audit trail: everything is in it, and nothing can be changed in it unnoticed."""

from __future__ import annotations

import asyncio
import sqlite3
from typing import Any

import pytest

from backend.operate.commands.audit import verify_audit
from backend.platform.permissions import Role
from tests.conftest import ID_NUMBER, LACKING_TOLD, PHONE, Hall

PURPOSE = "电话核对申请人身份"


async def entries(hall: Hall, **wanted: str) -> list[dict[str, Any]]:
    """What the auditor reads, oldest first."""
    async with hall.staff(Role.AUDITOR, units=()) as auditor:
        query = "&".join(f"{name}={value}" for name, value in wanted.items())
        status, found = await auditor.get(f"/audit?{query}")
    assert status == 200, found
    return list(reversed(found["entries"]))


@pytest.mark.both_databases
async def test_who_changed_and_who_saw_a_case_is_told(hall: Hall) -> None:
    """《个人信息保护法》第五十四条: who, what, on whose behalf, and what for."""
    conversation = await hall.conversation()
    case = await hall.submitted(conversation)
    async with hall.staff() as clerk:
        await clerk.get(f"/cases/{case.id}")
        await clerk.post(f"/cases/{case.id}/unmask", {"fields": ["id_number"], "purpose": PURPOSE})
        await clerk.post(f"/cases/{case.id}/steps/accept", LACKING_TOLD)
    found = await entries(hall, subject=f"case:{case.id}")
    assert [entry["action"] for entry in found] == [
        "case.drafted", "case.submitted", "case.viewed", "case.unmasked", "case.accepted",
    ]  # fmt: skip
    assert (found[0]["by"], found[0]["on_behalf_of"]) == ("service:assistant", f"conversation:{conversation}")
    assert (found[3]["by_name"], found[3]["purpose"]) == ("木丽华（窗口经办）", PURPOSE)
    assert found[3]["details"] == {"fields": ["id_number"]}


async def test_reading_the_trail_is_in_the_trail(hall: Hall) -> None:
    """Auditors are audited too."""
    await entries(hall, action="staff.added")
    assert [entry["details"] for entry in await entries(hall, action="audit.read")] == [{"action": "staff.added"}]


async def test_a_refused_change_leaves_no_entry(hall: Hall) -> None:
    """Entry and change are one transaction."""
    case = await hall.submitted(await hall.conversation())
    async with hall.staff() as clerk:
        assert (await clerk.post(f"/cases/{case.id}/steps/approve", {"note": "好"}))[0] == 409
    assert not await entries(hall, action="case.approved")


@pytest.mark.both_databases
async def test_an_untouched_trail_holds_also_beside_the_running_backend(hall: Hall) -> None:
    """``./daoban audit verify``."""
    await hall.submitted(await hall.conversation())
    assert not (await verify_in_thread(hall)).problems


async def verify_in_thread(hall: Hall) -> Any:
    """The command has a loop of its own."""
    return await asyncio.to_thread(verify_audit, hall.settings)


TAMPERING = {
    "a changed purpose": ("UPDATE audit SET purpose = 'x' WHERE seq = 4", "第4条被改过"),
    "somebody else's name": ("UPDATE audit SET by_id = 'x' WHERE seq = 3", "第3条被改过"),
    "a removed entry": ("DELETE FROM audit WHERE seq = 3", "第3条到第3条不见了"),
    "a forged entry": (
        "INSERT INTO audit SELECT seq + 1, at, action, subject, by_kind, by_id, on_behalf_of, purpose, details, hash,"
        " hash FROM audit ORDER BY seq DESC LIMIT 1",
        "被改过",
    ),
    "the end cut off": ("DELETE FROM audit WHERE seq > 3", "不见了：它记在库外的锚点里"),
}


@pytest.mark.parametrize(("statement", "problem"), TAMPERING.values(), ids=TAMPERING.keys())
async def test_tampering_in_the_database_is_noticed(hall: Hall, statement: str, problem: str) -> None:
    """Even by somebody who can write the database and removes the triggers."""
    await hall.submitted(await hall.conversation())
    await hall.server.close()
    assert not (await verify_in_thread(hall)).problems
    with sqlite3.connect(hall.settings.data / "daoban.db") as database:
        database.executescript(
            "DROP TRIGGER audit_is_append_only_UPDATE; DROP TRIGGER audit_is_append_only_DELETE;" + statement
        )
    database.close()
    assert any(problem in line for line in (await verify_in_thread(hall)).problems)


@pytest.mark.parametrize("statement", ["UPDATE audit SET purpose = 'x'", "DELETE FROM audit"])
async def test_the_database_itself_refuses_to_change_an_entry(hall: Hall, statement: str) -> None:
    """Append-only by trigger: no mistake of ours can change it."""
    await hall.conversation()
    await hall.server.close()
    database = sqlite3.connect(hall.settings.data / "daoban.db")
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        database.execute(statement)
    database.close()


async def test_a_clerk_sees_a_number_only_for_a_stated_purpose(hall: Hall) -> None:
    """Masked everywhere else; without a purpose nothing is shown."""
    case = await hall.submitted(await hall.conversation())
    address = f"/cases/{case.id}/unmask"
    async with hall.staff() as clerk:
        status, shown = await clerk.post(address, {"fields": ["id_number", "phone", "name"], "purpose": PURPOSE})
        assert (status, shown["values"]) == (200, {"id_number": ID_NUMBER, "phone": PHONE})
        status, problem = await clerk.post(address, {"fields": ["id_number"], "purpose": "  "})
        assert (status, problem["field"]) == (422, "purpose")
        _, seen = await clerk.get(f"/cases/{case.id}")
    assert ID_NUMBER not in str(seen)
    async with hall.staff(units=("YL",)) as other:
        assert (await other.post(address, {"fields": ["id_number"], "purpose": PURPOSE}))[0] == 404


async def test_the_plain_number_is_not_kept_for_repeating(hall: Hall) -> None:
    """An idempotency key must not put the answer into the database."""
    case = await hall.submitted(await hall.conversation())
    async with hall.staff() as clerk:
        body = {"fields": ["id_number"], "purpose": PURPOSE}
        await clerk.post(f"/cases/{case.id}/unmask", body, **{"Idempotency-Key": hall.key()})
    await hall.server.close()
    written = b"".join(path.read_bytes() for path in hall.settings.data.rglob("*") if path.is_file())
    assert ID_NUMBER.encode() not in written


async def test_unmasking_without_end_is_stopped(hall: Hall) -> None:
    """Thirty an hour; the pause is told in the sentence and in Retry-After."""
    case = await hall.submitted(await hall.conversation())
    async with hall.staff() as clerk:
        body = {"fields": ["id_number"], "purpose": PURPOSE}
        for _ in range(30):
            assert (await clerk.post(f"/cases/{case.id}/unmask", body))[0] == 200
        async with clerk.session.post(
            f"{hall.base}/cases/{case.id}/unmask", json=body, headers={"Origin": hall.base}
        ) as refused:
            assert refused.status == 429
            assert 3500 < int(refused.headers["Retry-After"]) <= 3601
            assert "一小时里看完整号码的次数到上限了" in (await refused.json(content_type=None))["detail"]
