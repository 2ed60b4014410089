"""What was not understood, what editors taught, reports of evaluations, what is switched off."""

from __future__ import annotations

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from backend.one_window.catalogue.service import CATALOGUE
from backend.one_window.understanding import api, pages, report_pages, switch_pages
from backend.one_window.understanding.emergency import EMERGENCY, EmergencyBoard
from backend.one_window.understanding.events import EVENTS
from backend.one_window.understanding.models import (
    EvaluationUpload,
    QuestionDecision,
    Switch,
    TaughtExample,
    UnclearQuestion,
)
from backend.one_window.understanding.reports import REPORTS, ReportsService
from backend.one_window.understanding.service import UNDERSTANDING, UnderstandingService
from backend.platform.features import Feature, House, NavigationEntry
from backend.platform.permissions import Role, role
from backend.platform.personal_records import nobodys
from backend.shell.rendering import PAGES


def build(house: House) -> None:
    """Note what was unclear; keep reports."""
    house[UNDERSTANDING] = UnderstandingService(house[CATALOGUE], house.clock, house.events)
    house[EMERGENCY] = board = EmergencyBoard(house.database, house.events)
    house[PAGES].emergency = lambda: board.sentence
    house[REPORTS] = ReportsService(house.settings.data / "reports", house.clock, house.events)


async def read_notice(app: web.Application, session: AsyncSession) -> None:
    """Know the emergency notice before the first page is shown."""
    await app[EMERGENCY].read(session)


async def follow_notice(app: web.Application) -> None:
    """Show every change of the emergency notice."""
    await app[EMERGENCY].run()


FEATURE = Feature(
    package=__package__,
    title="听懂了多少",
    build=build,
    routes=(api.routes, pages.routes, report_pages.routes, switch_pages.routes),
    permissions={
        "understanding:teach": role(Role.CONTENT_EDITOR, Role.UNIT_LEAD, Role.HALL_MANAGER),
        "switches:set": role(Role.HALL_MANAGER, Role.DUTY_LEADER),
    },
    tables=(
        nobodys(UnclearQuestion, because="号码和姓名已经去掉，也不记是谁问的"),
        nobodys(TaughtExample, because="教的话里不能有号码，保存时检查"),
        nobodys(Switch, because="告诉所有人的话"),
        nobodys(EvaluationUpload, because="评测用的问题，号码已经去掉"),
        nobodys(QuestionDecision),
    ),
    navigation=(
        NavigationEntry("停答和紧急通知", "/hall/switches", "switches:set", rank=110),
        NavigationEntry("听懂了多少", "/content/understanding", "understanding:teach", rank=320),
    ),
    prepare=(read_notice,),
    background=(follow_notice,),
    events=EVENTS,
)
