"""What was not understood, what editors teach, what is switched off."""

from __future__ import annotations

import pytest

from backend.client import BackendProblem
from backend.client.cases import CasesClient
from backend.client.catalogue import CatalogueClient
from backend.client.conversations import ConversationsClient
from backend.contracts.cases import NewCase
from backend.contracts.conversations import NewMessage, NewReply
from backend.platform.permissions import Role
from tests.conftest import ID_NUMBER, Hall


async def replied(hall: Hall, conversation: str, text: str, outcome: str) -> None:
    """A citizen says something, the assistant answers with that outcome."""
    message = await hall.connectors.part(ConversationsClient).add_message(
        conversation, NewMessage(message_id=hall.key(), text=text)
    )
    content = {"web": {"text": "嗯"}, "speech": "嗯", "desk": {"card": None, "script": "嗯"}}
    reply = {
        "messages": [content],
        "expects": {"kind": "free"},
        "understood": {"intent": "ask_guide", "outcome": outcome},
        "catalogue_version": 1,
    }
    await hall.connectors.part(ConversationsClient).add_reply(
        conversation, NewReply.model_validate({"in_reply_to": message.message_id, "reply": reply})
    )


async def test_what_was_not_understood_is_kept_without_identifiers(hall: Hall) -> None:
    """Counted, most frequent first; numbers and the name somebody gives are not in it."""
    conversation = await hall.conversation()
    await replied(hall, conversation, "那个哪样卡咋个整", "not_understood")
    await replied(hall, conversation, "那个哪样卡咋个整", "not_understood")
    await replied(hall, conversation, f"我叫和秀英，{ID_NUMBER}给我弄一哈", "clarify")
    await replied(hall, conversation, "领失业金要带什么", "answered")
    async with hall.staff(Role.CONTENT_EDITOR) as editor:
        _, found = await editor.get("/understanding/unclear")
    assert [(q["text"], q["times"]) for q in found["questions"]] == [
        ("那个哪样卡咋个整", 2),
        ("（姓名），（号码）给我弄一哈", 1),
    ]


async def test_a_taught_sentence_is_in_the_index_at_once_and_settles_the_question(hall: Hall) -> None:
    """The assistant follows the index: no restart, no training."""
    await replied(hall, await hall.conversation(), "那个哪样卡咋个整", "not_understood")
    async with hall.staff(Role.CONTENT_EDITOR) as editor:
        _, found = await editor.get("/understanding/unclear")
        teach = {
            "kind": "item",
            "target": "LJ-XX-004",
            "text": "那个哪样卡咋个整",
            "question": found["questions"][0]["id"],
        }
        assert (await editor.post("/understanding/taught", teach))[0] == 201
        assert (await editor.get("/understanding/unclear"))[1]["questions"] == []
        assert (await editor.post("/understanding/taught", teach))[1]["title"] == "已经教过"
        before = await hall.assistant.part(CatalogueClient).index()
        assert before is not None
        (taught,) = (await editor.get("/understanding/taught"))[1]["examples"]
        await editor.send("DELETE", f"/understanding/taught/{taught['id']}")
    assert next(entry for entry in before.items if entry.code == "LJ-XX-004").taught == ("那个哪样卡咋个整",)
    after = await hall.assistant.part(CatalogueClient).index(before.version)
    assert after is not None
    assert not any(entry.taught for entry in after.items)


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"target": "LJ-XX-999"}, 404),
        ({"kind": "answer", "target": "Q999"}, 404),
        ({"text": f"我的号是{ID_NUMBER}"}, 422),
        ({"question": 99}, 404),
    ],
)
async def test_nothing_unknown_or_personal_is_taught(hall: Hall, wrong: dict[str, object], status: int) -> None:
    """A sentence with a number in it is refused; so is an item that does not exist."""
    teach = {"kind": "item", "target": "LJ-XX-004", "text": "那个哪样卡咋个整", **wrong}
    async with hall.staff(Role.CONTENT_EDITOR) as editor:
        assert (await editor.post("/understanding/taught", teach))[0] == status


async def test_an_item_switched_off_cannot_be_started_and_says_why(hall: Hall) -> None:
    """The kill switch: the backend refuses with the sentence of whoever switched it off."""
    off = {"kind": "item", "target": "LJ-SY-001", "sentence": "失业金系统今天升级，明天再办。"}
    async with hall.staff(Role.HALL_MANAGER) as manager:
        await manager.post("/switches", off)
        conversation = await hall.conversation()
        with pytest.raises(BackendProblem) as refused:
            await hall.assistant.part(CasesClient).start(
                NewCase(item="LJ-SY-001"), conversation=conversation, key=hall.key()
            )
        assert refused.value.problem.detail == off["sentence"]
        index = await hall.assistant.part(CatalogueClient).index()
        assert index is not None
        assert [switch.sentence for switch in index.switches] == [off["sentence"]]
        _, left = await manager.send("DELETE", "/switches/item/LJ-SY-001")
    assert left == {"switches": []}
    await hall.assistant.part(CasesClient).start(NewCase(item="LJ-SY-001"), conversation=conversation, key=hall.key())
