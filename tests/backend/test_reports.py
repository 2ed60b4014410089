"""Reports of evaluations for editors: taken in without identifiers, kept ones found, questions put aside."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from assistant.evaluation.report import KEPT_FOLDER, keep
from backend.contracts.evaluation import EvaluationReport, Mistake
from backend.evaluation.words import report_words
from backend.platform.permissions import Role
from tests.conftest import ID_NUMBER, Hall
from tests.reports import LOST_CARD, report

pytestmark = pytest.mark.both_databases


def text_of(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False)


async def test_a_report_is_taken_in_without_identifiers_and_removed(hall: Hall) -> None:
    """What is stored has no number of anybody."""
    async with hall.staff(Role.CONTENT_EDITOR) as editor:
        status, view = await editor.post("/understanding/reports", {"name": "十一月", "text": text_of(report())})
        assert (status, view["questions"], view["uploaded"]) == (201, 7, True)
        _, listed = await editor.get("/understanding/reports")
        assert [one["name"] for one in listed["reports"]] == ["十一月"]
        _, found = await editor.get(f"/understanding/reports/{view['id']}")
        assert ID_NUMBER not in text_of(found)
        assert "（号码）" in found["questions"][2]["text"]
        assert (await editor.send("DELETE", f"/understanding/reports/{view['id']}"))[0] == 204
        assert (await editor.get(f"/understanding/reports/{view['id']}"))[0] == 404


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ('{"questions": [', "读不出来"),
        ("", "读不出来"),
        ("[]", "不是评测报告"),
        ('{"questions": [], "totals": {}}', "不是评测报告"),
        (text_of({**report(), "totals": {**report()["totals"], "topic_right": {"n": 1, "rate": 7}}}), "不是评测报告"),
    ],
)
async def test_what_is_no_report_is_refused_in_a_sentence(hall: Hall, text: str, title: str) -> None:
    """It says which file to choose instead."""
    async with hall.staff(Role.CONTENT_EDITOR) as editor:
        status, problem = await editor.post("/understanding/reports", {"name": "x", "text": text})
    assert (status, problem["title"], problem["field"]) == (422, title, "text")
    assert "--out" in problem["detail"]


async def test_what_evaluate_kept_is_found_newest_first(hall: Hall) -> None:
    """The assistant's file and the back office agree on place, name and shape; a broken one is passed over."""
    folder = hall.settings.data / KEPT_FOLDER
    async with hall.staff(Role.HALL_MANAGER) as manager:
        assert (await manager.get("/understanding/report"))[1] == {"made_at": None, "totals": None}
        keep(EvaluationReport.model_validate(report()), folder, datetime(2026, 11, 1, 2, 0, tzinfo=UTC))
        keep(EvaluationReport.model_validate(report(better=True)), folder, datetime(2026, 11, 2, 2, 0, tzinfo=UTC))
        (folder / "understanding-20261103T020000Z.json").write_text("{", "utf-8")
        _, listed = await manager.get("/understanding/reports")
        assert [one["id"] for one in listed["reports"]] == [
            "understanding-20261102T020000Z",
            "understanding-20261101T020000Z",
        ]
        _, newest = await manager.get("/understanding/report")
        assert newest["totals"]["topic_right"]["n"] == 5
        assert newest["made_at"].startswith("2026-11-02T02:00:00")
        assert (await manager.get("/understanding/reports/understanding-20261103T020000Z"))[0] == 404
        assert (await manager.get("/understanding/reports/understanding-20991103T020000Z"))[0] == 404


async def test_a_question_put_aside_leaves_the_page_until_it_is_taken_back(hall: Hall) -> None:
    """The decision is of the words: another report with the same question knows it too."""
    async with hall.staff(Role.UNIT_LEAD) as lead:
        await lead.post("/understanding/reports", {"name": "一", "text": text_of(report())})
        decided = {"text": LOST_CARD, "decision": "label_wrong"}
        assert (await lead.post("/understanding/decisions", decided))[0] == 204
        await lead.post("/understanding/reports", {"name": "二", "text": text_of(report())})
        _, page = await lead.get("/content/understanding/report")
        assert f"标注不对：{LOST_CARD}" not in page
        assert f"拿回来：{LOST_CARD}" in page
        await lead.post("/understanding/decisions", {**decided, "decision": "open"})
        _, page = await lead.get("/content/understanding/report")
        assert f"标注不对：{LOST_CARD}" in page


async def test_the_page_of_a_report_without_labels_says_that_it_cannot_judge(hall: Hall) -> None:
    """Questions without labels are counted by outcome only; a report of before the labels, too."""
    bare = report()
    for question in bare["questions"]:
        del question["expected"], question["mistake"]
    async with hall.staff(Role.CONTENT_EDITOR) as editor:
        await editor.post("/understanding/reports", {"name": "没有标注", "text": text_of(bare)})
        status, page = await editor.get("/content/understanding/report")
        assert status == 200
        assert "没有标注对的答案" in page
        assert (await editor.get("/content/understanding/report?of=upload-99"))[0] == 404
        assert (await editor.get("/content/understanding"))[0] == 200


async def test_only_those_who_teach_see_reports(hall: Hall) -> None:
    """Questions of people are not for everybody."""
    async with hall.staff(Role.COUNTER_CLERK) as clerk:
        assert (await clerk.get("/content/understanding/report"))[0] == 403
        assert (await clerk.get("/understanding/reports"))[0] == 403
        assert (await clerk.post("/understanding/reports", {"text": "{}"}))[0] == 403


def test_every_mistake_has_its_words() -> None:
    """Name and what to do, in the order of the page."""
    assert set(report_words().mistakes) == set(Mistake)
