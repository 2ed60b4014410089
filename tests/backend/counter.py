"""What clerks do at the counter, in short, for tests."""

from __future__ import annotations

from typing import Any

from tests.backend.test_editing import draft, editors, step, text_with
from tests.conftest import Browser, Hall

ID_CARD = {"name": "本人身份证或社会保障卡", "why": "核对身份", "how": "带原件来", "material": "id_card"}

SUPPLEMENT = {"lines": [ID_CARD], "until": "2026-12-01"}
"""What a supplement request of LJ-SY-001 carries: all that lacks, and a day."""


async def does(clerk: Browser, case_id: str, name: str, **told: Any) -> tuple[int, Any]:
    """A step."""
    return await clerk.post(f"/cases/{case_id}/steps/{name}", told)


async def marks(clerk: Browser, case_id: str, material: str, mark: str, *, done: bool = True) -> tuple[int, Any]:
    """A mark on the checklist."""
    return await clerk.post(f"/cases/{case_id}/materials/{material}/{mark}", {"done": done})


async def decided_by_two(hall: Hall) -> None:
    """From now on LJ-SY-001 is decided by two people."""
    async with editors(hall) as (author, colleague):
        version = await draft(author, text_with(reviewed=True), "两个人办")
        await step(author, version, "submit")
        assert (await step(colleague, version, "approve"))[1]["status"] == "in_force"


async def found(clerk: Browser, words: str, **query: Any) -> list[str]:
    """Numbers of the cases that a search finds."""
    status, answer = await clerk.post("/cases/search", {"q": words, **query})
    assert status == 200, answer
    return [one["number"] for one in answer["cases"]]
