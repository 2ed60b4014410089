"""Prometheus metrics of a process of ours: how many requests, how long they took, and the process itself.

Labels are routes and statuses, never addresses, texts or numbers. Shared by the three processes.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.platform_collector import PlatformCollector
from prometheus_client.process_collector import ProcessCollector

Next = Callable[[web.Request], Awaitable[web.StreamResponse]]
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
UPGRADED = 101


class Metrics:
    """What one process counts. Each app has its own, so that tests do not share them."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        PlatformCollector(registry=self.registry)
        self._requests = Counter(
            "daoban_requests", "Requests answered.", ("method", "route", "status"), registry=self.registry
        )
        self._seconds = Histogram(
            "daoban_request_seconds", "How long an answer took.", ("route",), buckets=SECONDS, registry=self.registry
        )
        self._background = Counter(
            "daoban_background_failures", "Failures of work beside the requests.", ("work",), registry=self.registry
        )
        self._storage = Counter(
            "daoban_storage_faults",
            "Requests refused because the disk or the database failed.",
            ("fault",),
            registry=self.registry,
        )
        self._gauges: dict[str, Gauge] = {}

    def watch_background(self, work: str) -> None:
        """Show a work's failures from the start, as 0."""
        self._background.labels(work)

    def background_failed(self, work: str) -> None:
        """A work beside the requests failed and is begun again."""
        self._background.labels(work).inc()

    def storage_failed(self, fault: str) -> None:
        """A request was refused because of the disk or the database."""
        self._storage.labels(fault).inc()

    def set(self, name: str, about: str, value: float) -> None:
        """Set a gauge; made at its first use."""
        if name not in self._gauges:
            self._gauges[name] = Gauge(name, about, registry=self.registry)
        self._gauges[name].set(value)

    def count(self, request: web.Request, status: int, seconds: float) -> None:
        """One request was answered. Sockets count when they are opened; how long they stay is no answer's time."""
        resource = request.match_info.route.resource
        route = resource.canonical if resource is not None else "(unknown)"
        self._requests.labels(request.method, route, str(status)).inc()
        if status != UPGRADED:
            self._seconds.labels(route).observe(seconds)

    def exposition(self) -> web.Response:
        """What a Prometheus server reads."""
        return web.Response(body=generate_latest(self.registry), headers={"Content-Type": CONTENT_TYPE_LATEST})


METRICS = web.AppKey("metrics", Metrics)


@web.middleware
async def measure(request: web.Request, handler: Next) -> web.StreamResponse:
    """Outermost middleware: count what the others made of the request."""
    began = time.perf_counter()
    status = 500
    try:
        response = await handler(request)
        status = response.status
    except web.HTTPException as answer:
        status = answer.status
        raise
    finally:
        request.app[METRICS].count(request, status, time.perf_counter() - began)
    return response
