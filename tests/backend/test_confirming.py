"""What the centre confirms of itself, and what is decided about materials without citation."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest

from backend.__main__ import main as backend_main
from backend.client.catalogue import CatalogueClient
from backend.client.events import EventsClient
from backend.contracts.catalogue import CentreChange
from backend.contracts.events import Event
from backend.one_window.catalogue.confirming import FIELD_NAMES, lacks_citation
from backend.one_window.catalogue.delivered import edition
from backend.operate.centre import change_centre, read_centre, unconfirmed_line
from backend.operate.command_line import main
from backend.platform.http import DATABASE
from backend.platform.permissions import Role
from backend.settings import Settings
from tests.conftest import MONDAY_MORNING, Hall

TODAY = MONDAY_MORNING.date()
MATERIAL = "/catalogue/items/LJ-SY-001/materials/proxy_letter/decisions"


async def events(hall: Hall, kind: str) -> list[Event]:
    """Events of a kind so far."""
    return [event for event in (await hall.connectors.part(EventsClient).after(0)).events if event.kind == kind]


async def test_what_the_centre_confirms_is_the_truth_everywhere(hall: Hall) -> None:
    """The API, the guide, the notice's page; taking it back shows 待中心确认 again."""
    address = "古城区某某路1号"
    async with hall.staff(Role.CONTENT_EDITOR) as editor, hall.browser() as citizen:
        assert "待中心确认" in (await citizen.get("/items/LJ-SY-001"))[1]
        status, _ = await editor.send("PATCH", "/catalogue/centre", {"address": f" {address} "})
        assert status == 200
        assert (await hall.assistant.part(CatalogueClient).centre()).centre.address == address
        assert address in (await citizen.get("/items/LJ-SY-001"))[1]
        await editor.send("PATCH", "/catalogue/centre", {"address": "", "phone": "0888-1234567"})
        centre = (await hall.assistant.part(CatalogueClient).centre()).centre
    assert (centre.address, centre.phone) == (None, "0888-1234567")
    changed = await events(hall, "centre.changed")
    assert [event.data["fields"] for event in changed] == [["address"], ["address", "phone"]]
    assert address not in str(changed)


@pytest.mark.parametrize(
    ("body", "field"), [({"phone": "请打电话"}, "phone"), ({"address": "路" * 201}, "address"), ({"fax": "1"}, "fax")]
)
async def test_a_wrong_field_of_the_centre_is_refused(hall: Hall, body: dict[str, str], field: str) -> None:
    """Nothing of the change is kept."""
    async with hall.staff(Role.HALL_MANAGER) as manager:
        status, problem = await manager.send("PATCH", "/catalogue/centre", body | {"office_hours": "九点到五点"})
    assert (status, problem["field"]) == (422, field)
    assert (await hall.assistant.part(CatalogueClient).centre()).centre.office_hours is None


async def test_the_list_holds_every_required_material_without_citation(hall: Hall) -> None:
    """《优化营商环境条例》第四十四条: one list for the lawyers, and nothing else on it."""
    async with hall.staff(Role.AUDITOR) as auditor:
        _, found = await auditor.get("/catalogue/to-confirm")
    expected = {
        (code, material.id)
        for code, delivered in edition().items.items()
        for material in delivered.item.materials
        if lacks_citation(material)
    }
    assert {(entry["item"], entry["material"]) for entry in found["materials"]} == expected
    assert found["empty_fields"] == list(FIELD_NAMES)


async def test_a_decision_is_recorded_with_who_and_when(hall: Hall) -> None:
    """The newest counts; an event tells it without words of anybody."""
    async with hall.staff(Role.CONTENT_EDITOR) as editor:
        status, _ = await editor.post(MATERIAL, {"decision": "pending", "note": "问省厅"})
        assert status == 201
        hall.clock.move(timedelta(days=2))
        await editor.sign_in()
        cite = "《中华人民共和国民法典》第一百六十五条"
        _, record = await editor.post(MATERIAL, {"decision": "keep", "cite": cite, "decided_on": TODAY.isoformat()})
        _, me = await editor.get("/staff/me")
        _, found = await editor.get("/catalogue/to-confirm")
        _, page = await editor.get("/content/to-confirm")
    entry = next(one for one in found["materials"] if (one["item"], one["material"]) == ("LJ-SY-001", "proxy_letter"))
    assert entry["decided"] == record
    assert record == {"decision": "keep", "cite": cite, "note": "", "decided_on": "2026-11-23", "decided_by": me["id"]}
    assert cite in page
    assert [event.data["decision"] for event in await events(hall, "material.decided")] == ["pending", "keep"]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"decision": "keep", "cite": " "}, "cite"),
        ({"decision": "abolish", "decided_on": (TODAY + timedelta(days=1)).isoformat()}, "decided_on"),
        ({"decision": "perhaps"}, "decision"),
    ],
)
async def test_a_decision_without_basis_or_from_the_future_is_refused(
    hall: Hall, body: dict[str, str], field: str
) -> None:
    """To keep a demand, its rule has to be named."""
    async with hall.staff(Role.CONTENT_EDITOR) as editor:
        status, problem = await editor.post(MATERIAL, body)
        assert (status, problem["field"]) == (422, field)
        assert (await editor.post(MATERIAL.replace("proxy_letter", "gold"), {"decision": "abolish"}))[0] == 404


def test_at_the_terminal_the_empty_fields_are_asked_for(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """``./daoban confirm``: Enter skips; ``./daoban up`` prints how many are left."""
    monkeypatch.setenv("DAOBAN_DATA", str(settings.data))
    monkeypatch.setattr("backend.operate.hall.configure_logs", lambda **_how: None)  # the tests have set them up
    monkeypatch.setattr("backend.__main__.configure_logs", lambda **_how: None)
    monkeypatch.setattr(sys, "stdin", StringIO("古城区某某路1号\n\n\n从某某路口走进来\n"))
    assert main(["confirm"]) == 0
    said = capsys.readouterr().out
    asked = [said.index(f"{place}/4　{name}（") for place, name in enumerate(FIELD_NAMES.values(), 1)]
    assert asked == sorted(asked)
    assert "已保存：地址、怎么去" in said
    assert "有2项空着（电话、上班时间）" in said
    assert main(["confirm", "--phone", "打电话"]) == 3
    assert "电话只写数字" in capsys.readouterr().err
    monkeypatch.setattr(sys, "stdin", StringIO("打电话\n0888-1234567，0888-7654321\n"))
    assert main(["confirm"]) == 0
    said = capsys.readouterr().out
    assert (
        said.index("1/2　电话") < said.index("电话只写数字") < said.index("2/2　上班时间")
    )  # asked again, nothing lost
    assert read_centre(settings).phone == "0888-1234567、0888-7654321"
    assert main(["confirm", "--phone", "0888-1234567", "--office-hours", "九点到五点"]) == 0
    assert backend_main(["check"]) == 0
    assert "都填好了" in capsys.readouterr().out


@pytest.mark.running
def test_the_terminal_asks_in_a_new_folder_and_says_nothing_else(tmp_path: Path) -> None:
    """Before the first ``./daoban up``: the database is made; no line of the backend's log stands between the questions."""
    done = subprocess.run(
        [sys.executable, "-m", "backend.operate", "confirm"],
        input="古城区某某路1号\n\n\n\n",
        env={**os.environ, "DAOBAN_DATA": str(tmp_path / "new")},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert done.stderr == ""
    lines = [line for line in done.stdout.splitlines() if line]
    assert lines[0].startswith("下面填的，群众在办事指南上都看得到")
    assert [line[:3] for line in lines[1:9:2]] == ["1/4", "2/4", "3/4", "4/4"]
    assert lines[-2] == "已保存：地址"
    assert "有3项空着（电话、上班时间、怎么去）" in lines[-1]


async def test_the_terminal_asks_a_backend_that_runs(hall: Hall) -> None:
    """Only one process opens the database; the other is found from the data folder, not by its port."""
    hall.server.app[DATABASE].announce(hall.base)
    running = hall.settings.model_copy(update={"port": 1})
    change = CentreChange(address="古城区某某路1号")
    centre = await asyncio.to_thread(change_centre, running, change)
    assert centre.address == change.address
    assert (await asyncio.to_thread(read_centre, running)).address == change.address
    assert "有3项空着" in unconfirmed_line(running)
