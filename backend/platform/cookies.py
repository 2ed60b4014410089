"""Cookies of ours: never readable by scripts; behind HTTPS ``Secure`` and ``__Host-`` (no other host can set them)."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

from aiohttp import web

SECURE_COOKIES = web.AppKey("secure_cookies", bool)
"""Whether people reach us by HTTPS."""
_TAKEN = web.RequestKey("taken_cookie", str)


def _name(request: web.Request, name: str) -> str:
    return f"__Host-{name}" if request.app[SECURE_COOKIES] else name


def cookie(request: web.Request, name: str) -> str:
    """A cookie of ours, empty if the browser brought none."""
    return request.cookies.get(_name(request, name), "")


def give_cookie(
    request: web.Request,
    response: web.StreamResponse,
    name: str,
    value: str,
    *,
    length: timedelta,
    samesite: Literal["Strict", "Lax"],
) -> None:
    """Set a cookie of ours."""
    secure = request.app[SECURE_COOKIES]
    response.set_cookie(
        _name(request, name),
        value,
        max_age=int(length.total_seconds()),
        path="/",
        httponly=True,
        samesite=samesite,
        secure=secure,
    )


def take_cookie(request: web.Request, name: str) -> None:
    """Have a cookie of ours deleted by whatever answers this request, a refusal included."""
    request[_TAKEN] = name


def delete_taken(request: web.Request, response: web.StreamResponse) -> None:
    """Delete from the browser what was taken while its request was served."""
    name = request.get(_TAKEN)
    if name is not None:
        secure = request.app[SECURE_COOKIES]
        response.del_cookie(_name(request, name), path="/", secure=secure, httponly=True)
