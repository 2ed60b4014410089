"""A copy of one's data holds one's own numbers; those of others, whoever wrote them, are masked."""

from __future__ import annotations

from typing import Any

import pytest

from backend.hall.privacy.belonging import Belonging
from tests.backend.counter import ID_CARD, does
from tests.conftest import ID_NUMBER, OTHER_ID_NUMBER, PHONE, Hall

ID, ID_2, PHONE_1, PHONE_2, CARD = (
    f"⟦{kind}:{number:010x}⟧" for number, kind in enumerate(("id", "id", "phone", "phone", "bank"))
)
TYPED_BY_STAFF = "13900001234"
PURPOSE = "本人持身份证申请，登记簿第3号"


def test_whose_a_conversation_and_its_numbers_are() -> None:
    """Whoever is named in an application, or in words where no applicant of that kind is known; never a number that only staff wrote."""
    said = frozenset({ID, ID_2, PHONE_1})
    mine, both = frozenset({ID, PHONE_1}), (frozenset({ID, PHONE_1}), frozenset({ID_2, PHONE_2}))
    for belongs, asked, is_theirs, own in (
        (Belonging(frozenset()), ID, False, {ID}),
        (Belonging(frozenset({ID, PHONE_1})), ID, True, {ID, PHONE_1}),
        (Belonging(said), ID, True, {ID, PHONE_1}),
        (Belonging(said, (mine,)), ID, True, {ID, PHONE_1}),
        (Belonging(said, (mine,)), ID_2, False, {ID_2}),
        (Belonging(frozenset({ID, PHONE_1, CARD}), (frozenset({ID}),)), CARD, True, {CARD, PHONE_1}),
        (Belonging(said | {PHONE_2}, both), ID_2, True, {ID_2, PHONE_2}),
        (Belonging(said | {CARD}, both), ID, True, {ID, PHONE_1, CARD}),
    ):
        assert (belongs.is_of(asked), belongs.own(asked)) == (is_theirs, own), (belongs, asked)


async def person(hall: Hall, work: str, identifier: str) -> tuple[int, Any]:
    """``./daoban person export`` and ``erase``."""
    token = (hall.settings.secrets / "operations.token").read_text()
    async with hall.browser() as operator:
        body = {"identifier": identifier, "purpose": PURPOSE}
        return await operator.post(f"/persons/{work}", body, Authorization=f"Bearer {token}")


@pytest.mark.both_databases
async def test_numbers_that_staff_wrote_of_others_are_masked(hall: Hall) -> None:
    """In notes, supplement lines and decisions; the file is not that of whoever is only mentioned in it, so it is not erased for them."""
    conversation = await hall.conversation()
    refused, case = [await hall.submitted(conversation) for _ in range(2)]
    about = f"他弟弟{OTHER_ID_NUMBER}，电话{TYPED_BY_STAFF}"
    asked = {"lines": [{**ID_CARD, "why": about}], "until": "2026-12-01"}
    async with hall.staff() as clerk:
        await clerk.post(f"/cases/{case.id}/notes", {"text": f"{about}；本人{PHONE}"})
        assert (await does(clerk, case.id, "request_supplement", **asked))[0] == 200
        assert (await does(clerk, refused.id, "refuse", note=f"不符合条件，{about}"))[0] == 200
    for identifier in (OTHER_ID_NUMBER, TYPED_BY_STAFF):
        for work in ("export", "erase"):
            status, problem = await person(hall, work, identifier)
            assert (status, problem["type"]) == (404, "urn:daoban:problem:person.unknown")
    status, copy = await person(hall, "export", ID_NUMBER)
    assert (status, copy["found"]) == (200, [conversation])
    (told,) = copy["conversations"]
    assert {one["value"] for one in told["identifiers"]} == {ID_NUMBER, PHONE, "530***********0029", "139****1234"}
    masked = "他弟弟530***********0029，电话139****1234"
    last = {one["number"]: one["steps"][-1] for one in told["cases"]}
    assert masked in last[refused.number]["note"]
    assert last[case.number]["lines"][0]["why"] == masked
    assert OTHER_ID_NUMBER not in str(copy)
    assert TYPED_BY_STAFF not in str(copy)
    status, erased = await person(hall, "erase", ID_NUMBER)
    assert (status, erased["kept_cases"]) == (200, [refused.number, case.number])
