"""When a change of an account takes a second person: it gives, or takes, more than whoever asks holds themselves.

Four eyes, as in NIST SP 800-53 Rev. 5, AC-5 and AC-6: whoever manages accounts cannot alone make one that reads cases.
A new password for somebody at the counter is daily work and takes one person: its owner notices, being signed out and unable to
come back, it has to be changed at once, and the audit trail says who gave it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from backend.platform.identity import Principal
from backend.platform.permissions import PERMISSIONS, ROLE_NAMES, Role, role
from backend.platform.staff_directory import EVERY_UNIT

HIGH_ROLES = frozenset({Role.HALL_MANAGER, Role.DUTY_LEADER, Role.AUDITOR, Role.OPERATOR})
"""Whoever holds one can change what others see or look into everything: two people decide about such an account."""
EVERYDAY_ROLES = frozenset({Role.COUNTER_CLERK, Role.DESK_GUIDE})
"""Whoever holds nothing else forgets a password now and then, and people wait meanwhile."""
_GUARDED = ("cases:", "catalogue:", "parameters:")
"""Families of permissions over cases and over the content that is published."""


@dataclass(frozen=True, slots=True)
class Reach:
    """What an account can do, and for which units."""

    roles: frozenset[Role] = frozenset()
    units: frozenset[str] = frozenset()

    @property
    def rights(self) -> frozenset[str]:
        """Permissions over cases and content."""
        doors = role(*self.roles)
        return frozenset(name for name, opens in PERMISSIONS.items() if name.startswith(_GUARDED) and opens & doors)


def takes_two(who: Principal, before: Reach, after: Reach) -> bool:
    """Whether a change from one reach to another is not for one person. ``before`` is empty where a password is given."""
    if HIGH_ROLES & (before.roles | after.roles):
        return True
    units = frozenset[str]() if EVERY_UNIT in before.units else after.units - before.units
    if EVERY_UNIT in units or any(not who.may(right) for right in after.rights - before.rights):
        return True
    return bool(after.rights) and EVERY_UNIT not in who.units and not units <= who.units


def reset_takes_two(roles: Iterable[Role]) -> bool:
    """Whether a new password for an account of these roles is not for one person: leads, editors, managers, auditors, operators."""
    return not frozenset(roles) <= EVERYDAY_ROLES


def roles_for_two(who: Principal, units: Iterable[str] = ()) -> frozenset[Role]:
    """The roles that whoever asks cannot give alone."""
    return frozenset(one for one in ROLE_NAMES if takes_two(who, Reach(), Reach(frozenset({one}), frozenset(units))))
