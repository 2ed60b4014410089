"""Every role has a page of its own after signing in, and a way on and out from whatever it meets."""

from __future__ import annotations

from pathlib import Path

import pytest

from backend.hall.accounts.demonstration import demonstration_staff
from backend.operate.role_pages import role_lines
from backend.platform.permissions import Role
from tests.conftest import Hall

FIRST_PAGES = {
    Role.DESK_GUIDE: "/desk",
    Role.COUNTER_CLERK: "/counter",
    Role.UNIT_LEAD: "/hall/workload",
    Role.HALL_MANAGER: "/hall/workload",
    Role.DUTY_LEADER: "/desk",
    Role.CONTENT_EDITOR: "/content/items",
    Role.CONTENT_REVIEWER: "/content/items",
    Role.AUDITOR: "/auditor",
    Role.OPERATOR: "/operator",
}
"""Written out independently of the permission table."""


@pytest.mark.parametrize("role", Role)
async def test_after_signing_in_everybody_is_at_work(hall: Hall, role: Role) -> None:
    """A page of one's own that opens, with navigation and signing out."""
    async with (
        hall.staff(role) as somebody,
        somebody.session.get(f"{hall.base}/work", headers={"Accept": "text/html"}) as landed,
    ):
        assert (landed.status, landed.url.path) == (200, FIRST_PAGES[role])
        page = await landed.text()
    assert 'id="sign-out"' in page
    assert 'aria-label="工作页面"' in page


async def test_a_refused_member_of_staff_keeps_navigation_and_a_way_to_work(hall: Hall) -> None:
    """A page that is not theirs; somebody who is not signed in is led to the sign-in page as ever."""
    async with hall.staff(Role.DESK_GUIDE) as guide:
        status, page = await guide.get("/counter", Accept="text/html")
    assert status == 403
    for part in ('href="/work"', 'href="/desk"', 'id="sign-out"', 'data-kind="staff"'):
        assert part in page


def test_the_document_says_what_each_role_sees() -> None:
    """``./daoban permissions --roles > docs/roles.md`` after a change."""
    written = (Path(__file__).parents[2] / "docs" / "roles.md").read_text("utf-8")
    assert written == "\n".join(role_lines()) + "\n"


def test_the_demonstration_has_every_role_and_two_editors() -> None:
    """What one writes the other publishes."""
    roles = [role for one in demonstration_staff() for role in one.roles]
    assert set(roles) == set(Role)
    assert roles.count(Role.CONTENT_EDITOR) == 2
