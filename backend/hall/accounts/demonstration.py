"""Accounts of the demonstration, every name marked 「演示」."""

from __future__ import annotations

from pathlib import Path

import yaml
from aiohttp import web
from pydantic import BaseModel, ConfigDict
from sqlalchemy.ext.asyncio import AsyncSession

from backend.hall.accounts.schemas import NewStaff
from backend.hall.accounts.service import STAFF
from backend.platform.identity import SYSTEM

_FILE = Path(__file__).parent / "data" / "demonstration.yaml"


class DemonstrationStaff(BaseModel):
    """The content of demonstration.yaml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    staff: tuple[NewStaff, ...]


def demonstration_staff() -> tuple[NewStaff, ...]:
    """The accounts: every role, two content editors (what one writes the other publishes)."""
    return DemonstrationStaff.model_validate(yaml.safe_load(_FILE.read_text("utf-8"))).staff


async def fill(app: web.Application, session: AsyncSession) -> list[str]:
    """Make the accounts; returns lines with their passwords."""
    lines = ["演示账号（密码只显示这一次）："]
    for new in demonstration_staff():
        view, password = await app[STAFF].add(session, new, SYSTEM, demo=True)
        lines.append(f"  {view.username:<10}{password}  {view.name}（{view.position}）")
    return lines
