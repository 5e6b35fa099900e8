"""Metrics: what a Prometheus server reads of this process and its workers."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from ipaddress import IPv4Network, IPv6Network, ip_address

import psutil
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Metric,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import Scope

from server.client import client_address

FORWARDED = ("forwarded", "via", "x-forwarded-for", "x-real-ip")  # headers that a proxy adds
REFUSED = (
    "Metrics are read from this server itself, not through a proxy, "
    "and from the addresses that TRADEOFFS_METRICS names.\n"
)

Network = IPv4Network | IPv6Network
Values = Mapping[str, float]  # label -> value


class Gauges(Collector):
    """What is so at the moment of reading.

    Args:
        sessions: returns how many there are, by state.
        waiting: returns how much waits, by kind.
        workers_ready: says whether the workers are warm.
    """

    def __init__(
        self,
        sessions: Callable[[], Values],
        waiting: Callable[[], Values],
        workers_ready: Callable[[], bool],
    ) -> None:
        """Remember whom to ask."""
        self._sessions, self._waiting, self._ready = sessions, waiting, workers_ready

    def collect(self) -> Iterable[Metric]:
        """Yield each gauge with its values now."""
        yield _gauge(
            "tradeoffs_sessions",
            "Sessions by state: connected to a browser, or kept for one that may come back.",
            "state",
            self._sessions(),
        )
        yield _gauge(
            "tradeoffs_waiting",
            "What waits by kind: jobs and their models not begun, questions to workers, files.",
            "kind",
            self._waiting(),
        )
        yield GaugeMetricFamily(
            "tradeoffs_workers_ready", "Whether the workers are warm: 1 or 0.", float(self._ready())
        )
        yield _gauge(
            "tradeoffs_resident_memory_bytes",
            "Resident memory of the page process and of all its workers together; "
            "pages that they share are counted in each.",
            "process",
            resident_memory(),
        )


def resident_memory() -> Values:
    """Return the resident memory of this process and of those that it started, in bytes."""
    here, workers = psutil.Process(), 0
    for one in here.children(recursive=True):
        try:
            workers += one.memory_info().rss
        except psutil.NoSuchProcess:  # it ended meanwhile
            continue
    return {"page": here.memory_info().rss, "workers": workers}


def route(base: str, gauges: Gauges, networks: Sequence[Network]) -> Route:
    """Return the route `/metrics` below a base path (without slashes at its ends).

    Args:
        base: the path.
        gauges: told beside what the whole process counts.
        networks: whose addresses may read; a request that came through a proxy may not, as it
            would have the address of the proxy.
    """
    registry = CollectorRegistry()
    registry.register(gauges)

    async def metrics(request: Request) -> Response:
        if not allowed(request.scope, networks):
            return PlainTextResponse(REFUSED, 403)
        text = await run_in_threadpool(
            lambda: generate_latest(REGISTRY) + generate_latest(registry)
        )
        headers = {"Content-Type": CONTENT_TYPE_LATEST, "Cache-Control": "no-store"}
        return Response(text, headers=headers)

    return Route(f"/{base}/metrics" if base else "/metrics", metrics)


def allowed(scope: Scope, networks: Sequence[Network]) -> bool:
    """Say whether a request may read metrics: it comes straight from one of those networks."""
    headers, address = Headers(scope=scope), client_address(scope)
    if not address or any(name in headers for name in FORWARDED):
        return False
    return any(ip_address(address) in network for network in networks)


def _gauge(name: str, told: str, label: str, values: Values) -> GaugeMetricFamily:
    found = GaugeMetricFamily(name, told, labels=[label])
    for key, value in values.items():
        found.add_metric([key], value)
    return found
