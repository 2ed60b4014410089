"""A feature is its folder and its line in the list: one made up here is served, permitted, erased, exported, retained, documented."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from backend.features import FEATURES
from backend.migrations import heads
from backend.migrations.drafting import draft
from backend.platform import errors
from backend.platform.action_names import ACTION_NAMES
from backend.platform.clock import SetClock
from backend.platform.database import Base, Database
from backend.platform.errors import StartRefusedError
from backend.platform.feature_check import declaration_problems
from backend.platform.features import Feature, retention_of
from backend.platform.permissions import PERMISSIONS, Role
from backend.platform.personal_records import Holds
from backend.settings import Settings
from tests.conftest import ID_NUMBER, Hall, running_hall

NAME = "umbrellas"
FILES = {
    "__init__.py": '"""Umbrellas lent to citizens: a feature made up by a test."""\n',
    "models.py": '''
from datetime import datetime
from sqlalchemy import Integer, String
from sqlalchemy.orm import Mapped, mapped_column
from backend.platform.database import Base, Instant


class Loan(Base):
    """An umbrella lent in a conversation."""

    __tablename__ = "umbrella_loans"
    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    conversation: Mapped[str] = mapped_column(String(40), index=True)
    remark: Mapped[str] = mapped_column(String(200))
    lent_at: Mapped[datetime] = mapped_column(Instant)
''',
    "shapes.py": '''
from backend.contracts.wire import Wire


class NewLoan(Wire):
    """Lend an umbrella."""

    conversation: str
    remark: str


class Loans(Wire):
    """How many umbrellas are lent."""

    lent: int


class Lent(Wire):
    """Data of the event."""

    kind: str
''',
    "service.py": '''
from collections import Counter
from aiohttp import web
from sqlalchemy import delete, func, select
from umbrellas.models import Loan
from umbrellas.shapes import Lent, NewLoan
from backend.platform.errors import InvalidError
from backend.contracts.event_kinds import EventKind
from backend.platform.personal_records import PersonalRecords

UMBRELLA_LENT = EventKind("umbrella.lent", Lent, "umbrellas:lend")


class UmbrellaService:
    """Lends umbrellas."""

    def __init__(self, clock, events):
        self._clock = clock
        self._events = events

    async def lend(self, session, new: NewLoan, who):
        if not new.remark.strip():
            raise InvalidError("umbrella.remark", field="remark")
        session.add(Loan(conversation=new.conversation, remark=new.remark, lent_at=self._clock.now()))
        self._events.publish(session, UMBRELLA_LENT, "umbrella:1", who, Lent(kind="black"))

    async def lent(self, session):
        return await session.scalar(select(func.count()).select_from(Loan)) or 0

    async def forget_old(self, session, before):
        return (await session.execute(delete(Loan).where(Loan.lent_at < before))).rowcount


class UmbrellaRecords(PersonalRecords):
    """Loans of a conversation."""

    erases = (Loan,)

    async def export(self, session, conversation):
        return {"umbrellas": list(await session.scalars(select(Loan.remark).where(Loan.conversation == conversation)))}

    async def erase(self, session, conversation):
        done = await session.execute(delete(Loan).where(Loan.conversation == conversation))
        return Counter(umbrellas=done.rowcount)


UMBRELLAS = web.AppKey("umbrellas", UmbrellaService)
''',
    "api.py": '''
from umbrellas.service import UMBRELLAS
from umbrellas.shapes import Loans, NewLoan
from backend.platform.http import Routes
from backend.shell.rendering import staff_page

routes = Routes("umbrellas")


@routes.post("/umbrellas", permission="umbrellas:lend", body=NewLoan, returns=Loans, status=201, summary="借伞")
async def lend_umbrella(call):
    """Lend one."""
    await call.service(UMBRELLAS).lend(call.session, call.body, call.who)
    await call.session.flush()
    return Loans(lent=await call.service(UMBRELLAS).lent(call.session))


@routes.page("/umbrellas", permission="umbrellas:lend", summary="借伞页")
async def umbrellas_page(call):
    """How many are lent."""
    return staff_page(call, "umbrellas/umbrellas.html", "借伞", lent=await call.service(UMBRELLAS).lent(call.session))
''',
    "client.py": '''
from umbrellas.shapes import Loans, NewLoan
from backend.client.transport import ClientPart


class UmbrellasClient(ClientPart):
    """Umbrellas for other processes."""

    async def lend(self, new: NewLoan, *, key: str) -> Loans:
        return await self.post("/umbrellas", new, Loans, key=key)
''',
    "feature.py": '''
from umbrellas import api
from umbrellas.client import UmbrellasClient
from umbrellas.models import Loan
from umbrellas.service import UMBRELLA_LENT, UMBRELLAS, UmbrellaRecords, UmbrellaService
from backend.platform.features import ContentReport, Feature, NavigationEntry
from backend.platform.permissions import ASSISTANT, Role, role
from backend.platform.personal_records import citizens


def build(house):
    """Lend."""
    house[UMBRELLAS] = service = UmbrellaService(house.clock, house.events)
    house.records.append(UmbrellaRecords())
    house.expiries["umbrellas"] = service.forget_old


def check():
    """Nothing can be wrong with an umbrella."""
    return ContentReport(remarks=("伞够用。",))


FEATURE = Feature(
    package="umbrellas",
    title="借伞",
    build=build,
    routes=(api.routes,),
    permissions={"umbrellas:lend": frozenset({ASSISTANT}) | role(Role.DESK_GUIDE)},
    tables=(citizens(Loan),),
    events=(UMBRELLA_LENT,),
    navigation=(NavigationEntry("借伞", "/umbrellas", "umbrellas:lend", rank=500),),
    check=check,
    client=UmbrellasClient,
)
''',
    "action_names.yaml": "umbrella.lent: 借出一把伞\n",
    "problems.yaml": "umbrella.remark: {status: 422, title: 没有写, detail: 请写借给谁。}\n",
    "retention.yaml": "umbrellas: {name: 借伞记录, days: 5, what: 借伞时写的话, why: 伞五天内要还}\n",
    "templates/umbrellas.html": (
        '{% extends "shell/base.html" %}{% block content %}<main id="main"><h1>借伞</h1>'
        '<p>借出{{ lent }}把。</p><script type="module" src="/static/umbrellas/umbrellas.js"></script></main>{% endblock %}'
    ),
    "static/umbrellas.js": "export const lent = 0;\n",
}


def test_the_declarations_hold_together() -> None:
    """What `./daoban check` asks of the features as they are (before the one below joins them)."""
    assert declaration_problems(FEATURES) == []


@pytest.fixture(scope="module")
def umbrellas(tmp_path_factory: pytest.TempPathFactory, migrated: Path, postgres_template: str) -> Iterator[Feature]:
    """The feature in a package of its own, gone after these tests. Databases without its table are made before it is there."""
    root = tmp_path_factory.mktemp("made_up")
    for name, text in FILES.items():
        file = root / NAME / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    sys.path.insert(0, str(root))
    module: Any = __import__(f"{NAME}.feature", fromlist=["FEATURE"])
    feature: Feature = module.FEATURE
    yield feature
    sys.path.remove(str(root))
    for name in [name for name in sys.modules if name == NAME or name.startswith(f"{NAME}.")]:
        del sys.modules[name]
    mapped = next(mapper for mapper in Base.registry.mappers if mapper.class_.__name__ == "Loan")
    Base.metadata.remove(Base.metadata.tables["umbrella_loans"])
    Base.registry._dispose_cls(mapped.class_)  # SQLAlchemy has no public way to take a class back
    del PERMISSIONS["umbrellas:lend"]
    del ACTION_NAMES["umbrella.lent"]
    errors.withdraw_problems(feature.folder / "problems.yaml")


@pytest.fixture
async def extended(settings: Settings, clock: SetClock, umbrellas: Feature) -> AsyncIterator[Hall]:
    """A hall with one feature more; its table made as the generated migration would."""
    database = Database(settings.database_url)
    database.start()
    async with database.write() as session:
        connection = await session.connection()
        await connection.run_sync(Base.metadata.tables["umbrella_loans"].create)
    await database.stop()
    async with running_hall(settings, clock, features=(*FEATURES, umbrellas)) as hall:
        yield hall


async def lend(hall: Hall, conversation: str, remark: str) -> Any:
    """The assistant lends one, through the feature's own part of the typed client."""
    shapes: Any = sys.modules[f"{NAME}.shapes"]
    client: Any = sys.modules[f"{NAME}.client"]
    part = hall.assistant.part(client.UmbrellasClient)
    return await part.lend(shapes.NewLoan(conversation=conversation, remark=remark), key=hall.key())


async def operations(hall: Hall, path: str, body: dict[str, Any]) -> tuple[int, Any]:
    """A call with the operations token."""
    token = (hall.settings.secrets / "operations.token").read_text()
    async with hall.browser() as operator:
        return await operator.post(path, body, Authorization=f"Bearer {token}")


@pytest.mark.both_databases
async def test_a_new_feature_touches_only_its_folder_and_the_list(extended: Hall, umbrellas: Feature) -> None:
    """Served, permitted, refused with its own sentence, in the navigation and the document, exported, retained, erased."""
    hall = extended
    conversation = await hall.conversation()
    await hall.say(conversation, f"我的号码是{ID_NUMBER}")
    assert (await lend(hall, conversation, "借给和秀英")).lent == 1
    async with hall.staff(Role.DESK_GUIDE, units=()) as guide:
        status, problem = await guide.post("/umbrellas", {"conversation": conversation, "remark": " "})
        assert (status, problem["field"], problem["detail"]) == (422, "remark", "请写借给谁。")
        _, page = await guide.get("/umbrellas")
        assert "借出1把。" in page
        _, told = await guide.get("/events?kinds=umbrella.*")
        assert [(event["kind"], event["data"]) for event in told["events"]] == [("umbrella.lent", {"kind": "black"})]
        assert '<a href="/umbrellas" aria-current="page">借伞</a>' in page
        assert (await guide.get("/static/umbrellas/umbrellas.js"))[0] == 200
    async with hall.staff(Role.AUDITOR, units=()) as auditor:
        assert (await auditor.post("/umbrellas", {"conversation": conversation, "remark": "x"}))[0] == 403
        _, trail = await auditor.get("/auditor")
        assert "借出一把伞" in trail
        assert '<a href="/umbrellas"' not in trail
        assert (await auditor.get("/events?kinds=umbrella.*"))[1]["events"] == []
        _, document = await auditor.get("/openapi.json")
        assert document["paths"]["/umbrellas"]["post"]["x-permission"] == "umbrellas:lend"
        _, retention = await auditor.get("/retention")
        assert retention["kinds"]["umbrellas"]["days"] == 5
    person = {"identifier": ID_NUMBER, "purpose": "本人持身份证申请，登记簿第3号"}
    _, copy = await operations(hall, "/persons/export", person)
    assert copy["conversations"][0]["umbrellas"] == ["借给和秀英"]
    _, erased = await operations(hall, "/persons/erase", person)
    assert erased["counts"]["umbrellas"] == 1
    await lend(hall, conversation, "又借一把")
    hall.clock.move(timedelta(days=6))
    _, done = await operations(hall, "/retention/run", {})
    assert done["counts"]["umbrellas"] == 1
    assert retention_of((*FEATURES, umbrellas))["umbrellas"].name == "借伞记录"
    assert umbrellas.check().remarks == ("伞够用。",)


def test_its_migration_is_generated(umbrellas: Feature, tmp_path: Path) -> None:
    """``./daoban migration "Umbrellas are lent."``: one file after the newest, which makes its table and nothing else."""
    file = draft("Umbrellas are lent.", tmp_path)
    assert file is not None
    number, _, name = file.name.partition("_")
    written = file.read_text("utf-8")
    assert (number > heads()[0], name) == (True, "umbrellas_are_lent.py")
    assert f'down_revision = "{heads()[0]}"' in written
    assert written.count("op.create_table(") == 1
    assert '"umbrella_loans"' in written
    assert draft("Nothing is left to do", tmp_path) is None, "migrated with it, the database has every declared table"


async def test_what_forgets_erasure_does_not_start(settings: Settings, clock: SetClock, umbrellas: Feature) -> None:
    """A table with personal data whose feature declares no erasure stops the start, and says which."""
    careless = replace(umbrellas, build=lambda _house: None)
    with pytest.raises(StartRefusedError, match=r"umbrella_loans.*没有声明怎么删除"):
        async with running_hall(settings, clock, features=(*FEATURES, careless)):
            raise AssertionError("started")


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"tables": ()}, "表 umbrella_loans 没有功能声明它"),
        ({"permissions": {}, "routes": ()}, "导航「借伞」的权限"),
        ({"routes": ()}, "权限「umbrellas:lend」没有哪个地址用"),
    ],
)
def test_a_careless_declaration_is_named(
    umbrellas: Feature, monkeypatch: pytest.MonkeyPatch, change: dict[str, Any], complaint: str
) -> None:
    """Undeclared tables, permissions that nobody declared or nobody uses."""
    if "permissions" in change:
        monkeypatch.delitem(PERMISSIONS, "umbrellas:lend")
    problems = declaration_problems((*FEATURES, replace(umbrellas, **change)))
    assert any(complaint in problem for problem in problems), problems


def test_a_table_of_long_texts_says_why_it_is_nobodys(umbrellas: Feature) -> None:
    """Nobody declares a diary to be no personal data without a reason."""
    table = replace(umbrellas.tables[0], holds=Holds.NOBODYS)
    problems = declaration_problems((*FEATURES, replace(umbrellas, tables=(table,))))
    assert any("umbrella_loans 里能写长文字" in problem for problem in problems)


def test_every_feature_is_a_folder_with_what_it_declares() -> None:
    """Its title is Chinese, its folder bears its name."""
    for feature in FEATURES:
        assert Path(feature.folder).name == feature.name
        assert feature.title
