"""Whom a request counts for: its address, session or service, and the conversation it is about (backend/limiting counts)."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass

import structlog
from aiohttp import web

from backend.limiting.counting import LimitName, RateLimiter
from backend.platform.errors import TooOftenError
from backend.platform.identity import Principal

log = structlog.get_logger(__name__)


@dataclass(slots=True)
class RequestLimits:
    """Refuses requests that are too many. Every check raises TooOftenError; a refused request is not counted."""

    counts: RateLimiter
    proxies: frozenset[str] = frozenset()
    """Addresses of our own reverse proxies: what they say in ``X-Forwarded-For`` is believed."""
    warned: bool = False
    """Whether the log says already that a proxy is not named."""

    async def check(self, name: LimitName, key: str) -> None:
        """Count one."""
        wait = await self.counts.hit(name, key)
        if wait:
            raise TooOftenError(f"limit.{name}", wait)

    async def check_address(self, request: web.Request) -> None:
        """Count one for the address."""
        await self.check("address", network_of(self.address(request)))

    async def check_request(self, request: web.Request, who: Principal, limit: LimitName | None) -> None:
        """Count one for whoever is known, and one for the kind of operation."""
        if who.kind == "service":
            await self.check("service", who.id)
        elif who.kind != "nobody":
            await self.check("session", f"{who.kind}:{who.id}")
        if limit is not None:
            await self.check(limit, request.match_info.get("id") or network_of(self.address(request)))

    def address(self, request: web.Request) -> str:
        """Whose request it is: the peer, or whom our own proxy names."""
        peer = request.remote or ""
        if not (self.proxies or self.warned) and "X-Forwarded-For" in request.headers:
            self.warned = True  # once: anybody can send the header
            log.warning("proxy.not_named", variable="DAOBAN_PROXIES", effect="all who come by it count as one address")
        for named in reversed(request.headers.get("X-Forwarded-For", "").split(",")):
            if peer not in self.proxies or not _is_address(named.strip()):
                break
            peer = named.strip()
        return peer


def network_of(address: str) -> str:
    """What counts as one address: of IPv6 the network of 64 bits, for whoever has one address has all of it (RFC 6177)."""
    try:
        read = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(read, ipaddress.IPv4Address):
        return address
    if read.ipv4_mapped is not None:
        return str(read.ipv4_mapped)
    return str(ipaddress.ip_network((int(read), 64), strict=False))


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


LIMITER = web.AppKey("rate_limiter", RequestLimits)
