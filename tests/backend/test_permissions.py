"""Who may do what, written out by role and independently of the declarations: a door that opens or closes is noticed here."""

from __future__ import annotations

import pytest

from backend.features import FEATURES
from backend.platform import permissions
from backend.platform.errors import NotAllowedError, NotSignedInError
from backend.platform.identity import NOBODY, SYSTEM, Principal
from backend.platform.permissions import PERMISSIONS, ROLE_NAMES, Role, declare_permissions

EVERYBODY = {
    "public", "calendar:read", "rules:read", "catalogue:read", "notices:preview", "notices:read", "sockets:open",
    "staff:sign_in",
}  # fmt: skip
STAFF = EVERYBODY | {"staff:self", "voice:read", "events:read"}
CASES = {
    "cases:read",
    "cases:draft",
    "cases:step",
    "cases:queue",
    "cases:unmask",
    "cases:counter",
    "cases:work",
    "cases:cover",
}
MAY: dict[str, set[str]] = {
    "desk_guide": {"assistance:take", "notices:issue", "verification:counter"},
    "counter_clerk": CASES | {"notices:issue", "verification:counter"},
    "unit_lead": CASES
    | {
        "cases:oversee", "catalogue:review", "notices:issue", "personnel:page", "staff:unlock", "understanding:teach",
        "verification:counter",
    },
    "hall_manager": {
        "calendar:edit", "cases:cover", "cases:oversee", "catalogue:centre", "catalogue:decide", "catalogue:review", "feedback:handle",
        "parameters:confirm", "parameters:edit", "parameters:review",
        "personnel:decide", "personnel:manage", "personnel:page", "retention:read", "staff:unlock", "switches:set",
        "understanding:teach",
    },
    "duty_leader": {"assistance:take", "cases:oversee", "feedback:handle", "personnel:decide", "personnel:page", "switches:set"},
    "content_editor": {
        "catalogue:centre", "catalogue:decide", "catalogue:edit", "catalogue:review", "catalogue:versions",
        "parameters:confirm", "parameters:edit", "parameters:review", "understanding:teach",
    },
    "content_reviewer": {"catalogue:review", "catalogue:versions", "parameters:confirm", "parameters:review"},
    "auditor": {"audit:read", "catalogue:review", "parameters:review", "retention:read"},
    "operator": {"personnel:decide", "personnel:manage", "personnel:page", "staff:unlock", "status:read"},
}  # fmt: skip
"""Besides what all staff may."""
OTHERS: dict[str, set[str]] = {
    "citizen": {"conversations:read", "notices:issue", "verification:phone"},
    "assistant": {
        "cases:start", "cases:read", "cases:draft", "cases:remedies", "cases:step", "cases:tell", "conversations:cases",
        "conversations:read", "feedback:give", "notices:issue", "retention:read", "verification:phone",
    },
    "connectors": {
        "conversations:open", "conversations:read", "conversations:write", "events:read", "sockets:redeem",
        "verification:phone", "voice:tell",
    },
    "operations": {
        "catalogue:centre", "events:read", "metrics:read", "persons:handle", "retention:read", "retention:run",
        "staff:add", "staff:unlock", "vault:rotate",
    },
}  # fmt: skip
"""Besides what everybody may."""


def allowed(who: Principal) -> set[str]:
    """All that somebody may."""
    assert FEATURES, "their declarations are the table"
    return {name for name in PERMISSIONS if who.may(name)}


@pytest.mark.parametrize("role", Role)
def test_what_each_role_may(role: Role) -> None:
    """And nothing besides."""
    assert allowed(Principal("staff", id="s", roles=frozenset({role}))) == STAFF | MAY[role]


def test_every_role_has_its_row_and_its_name() -> None:
    """Nine of them, each with a Chinese name of its own."""
    assert set(MAY) == set(Role) == set(ROLE_NAMES)
    assert len(set(ROLE_NAMES.values())) == len(Role) == 9


def test_several_roles_may_what_any_of_them_may() -> None:
    """Whoever is clerk and auditor."""
    both = Principal("staff", id="s", roles=frozenset({Role.COUNTER_CLERK, Role.AUDITOR}))
    assert allowed(both) == STAFF | MAY["counter_clerk"] | MAY["auditor"]


def test_staff_without_a_role_and_nobody_may_what_is_public() -> None:
    """A role that was taken away leaves nothing behind."""
    assert allowed(NOBODY) == EVERYBODY
    assert allowed(Principal("staff", id="s")) == EVERYBODY


@pytest.mark.parametrize("name", ["assistant", "connectors", "operations"])
def test_what_each_process_may(name: str) -> None:
    """By its token; another name opens nothing."""
    assert allowed(Principal("service", id=name)) == EVERYBODY | OTHERS[name]
    assert allowed(SYSTEM) == EVERYBODY


def test_what_a_citizen_may() -> None:
    """With the cookie of their own conversation."""
    assert allowed(Principal("citizen", id="c", conversation="talk")) == EVERYBODY | OTHERS["citizen"]


def test_a_closed_door_says_whether_to_sign_in() -> None:
    """401 for nobody and for a citizen's browser, which has no post here; 403 for somebody else."""
    for who in (NOBODY, Principal("citizen", id="c")):
        with pytest.raises(NotSignedInError, match=r"identity\.required"):
            who.require("cases:read")
    for who in (Principal("staff", id="s", roles=frozenset({Role.AUDITOR})), SYSTEM):
        with pytest.raises(NotAllowedError, match=r"identity\.forbidden"):
            who.require("cases:read")
    Principal("staff", id="s", roles=frozenset({Role.COUNTER_CLERK})).require("cases:read")


def test_before_the_first_password_is_changed_only_oneself_is_open() -> None:
    """And what is public."""
    new = Principal("staff", id="s", roles=frozenset({Role.COUNTER_CLERK}), must_change_password=True)
    for permission in ("staff:self", "public"):
        new.require(permission)
    for permission in sorted((STAFF | MAY["counter_clerk"]) - {"staff:self", "public"}):
        with pytest.raises(NotAllowedError, match=r"identity\.password_must_change"):
            new.require(permission)


def test_a_permission_is_declared_in_one_way_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same once more changes nothing; otherwise the start is refused."""
    monkeypatch.setattr(permissions, "PERMISSIONS", {})
    declare_permissions({"umbrella:lend": frozenset({"role:auditor"})})
    declare_permissions({"umbrella:lend": frozenset({"role:auditor"})})
    with pytest.raises(ValueError, match="umbrella:lend"):
        declare_permissions({"umbrella:lend": frozenset({"anyone"})})
    assert {"umbrella:lend": frozenset({"role:auditor"})} == permissions.PERMISSIONS


@pytest.mark.parametrize(
    ("who", "source"),
    [
        (Principal("staff", id="s", conversation="talk"), {"staff": "s"}),
        (Principal("service", id="assistant", conversation="talk"), {"service": "assistant", "on_behalf_of": "conversation:talk"}),
        (Principal("service", id="assistant"), {"service": "assistant"}),
        (Principal("citizen", id="c", conversation="talk"), {"citizen": "c"}),
    ],
)  # fmt: skip
def test_an_event_says_who_and_for_whom(who: Principal, source: dict[str, str]) -> None:
    """A process that acts for a conversation names it."""
    assert who.as_event_source() == source
