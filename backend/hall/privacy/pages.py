"""The auditor's page: who saw and changed what, whether the trail was touched."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from aiohttp import web

from backend.contracts.privacy import AuditEntry, AuditQuery
from backend.hall.privacy.audit_words import audit_words
from backend.hall.privacy.service import PRIVACY
from backend.platform.http import Call, Routes
from backend.shell.rendering import staff_page

routes = Routes("pages")
ON_A_PAGE = 50


@routes.page("/auditor", permission="audit:read", query=AuditQuery, writes=True, summary="审计记录页")
async def auditor(call: Call) -> web.StreamResponse:
    """Entries by person, kind, day and case, newest first; the reading is recorded."""
    query: AuditQuery = call.query.model_copy(update={"limit": ON_A_PAGE + 1})
    trail = call.service(PRIVACY).trail
    found = (await trail.entries(call.session, query, call.who)).entries
    chosen = {
        name: str(value) for name, value in query.model_dump().items() if value and name not in {"limit", "before"}
    }
    shown = found[:ON_A_PAGE]
    older = _address("/auditor", {**chosen, "before": shown[-1].seq}) if len(found) > ON_A_PAGE else None
    return staff_page(
        call,
        "privacy/auditor.html",
        "审计记录",
        entries=shown,
        query=query,
        chosen=chosen,
        people=await trail.people(call.session),
        kinds=_kinds(query.kind, {name: value for name, value in chosen.items() if name != "kind"}),
        details=_details,
        older=older,
        newest=_address("/auditor", chosen) if query.before else None,
        export=_address("/audit/export", chosen),
    )


def _kinds(here: str, chosen: dict[str, str]) -> list[dict[str, Any]]:
    """The kinds to choose from; what else is chosen stays."""
    names = {"": audit_words().everything, **{id_: kind.name for id_, kind in audit_words().kinds.items()}}
    return [
        {
            "name": name,
            "here": id_ == here,
            "address": _address("/auditor", {**({"kind": id_} if id_ else {}), **chosen}),
        }
        for id_, name in names.items()
    ]


def _details(entry: AuditEntry) -> str:
    """What is kept beside an entry, in words where there are any. The owner's id says nothing to people."""
    told = {name: value for name, value in entry.details.items() if name != "owner" and value not in (None, "")}
    return "，".join(f"{audit_words().details.get(name, name)}：{_value(value)}" for name, value in told.items())


def _value(value: Any) -> str:
    told = value if isinstance(value, list) else [value]
    return "、".join(audit_words().values.get(str(one), str(one)) for one in told)


def _address(path: str, query: dict[str, Any]) -> str:
    return f"{path}?{urlencode(query)}" if query else path
