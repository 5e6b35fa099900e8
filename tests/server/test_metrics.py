"""Metrics are Prometheus' text, for whoever may read them."""

import asyncio
from ipaddress import ip_network

import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.applications import Starlette

from server.metrics import Gauges, allowed, resident_memory, route

HERE = (ip_network("127.0.0.0/8"), ip_network("::1"))
GAUGES = Gauges(lambda: {"connected": 3, "kept": 1}, lambda: {"jobs": 2}, lambda: True)


def asked(client, path="/metrics"):
    sent = []

    async def send(message):
        sent.append(message)

    async def receive():
        return {"type": "http.request"}

    app = Starlette(routes=[route("", GAUGES, HERE)])
    scope = {"type": "http", "method": "GET", "path": path, "headers": [], "query_string": b""}
    asyncio.run(app(scope | {"client": client}, receive, send))
    return sent[0]["status"], sent[-1]["body"].decode()


def test_what_is_told_can_be_parsed_and_has_each_family_once():
    status, text = asked(("127.0.0.1", 1))
    families = {one.name: one for one in text_string_to_metric_families(text)}
    assert status == 200
    assert text.count("# TYPE tradeoffs_sessions ") == 1
    values = {s.labels["state"]: s.value for s in families["tradeoffs_sessions"].samples}
    assert values == {"connected": 3, "kept": 1}
    assert [s.value for s in families["tradeoffs_workers_ready"].samples] == [1]
    assert {"tradeoffs_waiting", "tradeoffs_resident_memory_bytes"} <= families.keys()


def test_others_are_refused_in_words():
    status, text = asked(("192.0.2.1", 1))
    assert status == 403
    assert "TRADEOFFS_METRICS" in text and "tradeoffs_sessions" not in text


@pytest.mark.parametrize(
    ("client", "headers", "may"),
    [
        (("127.0.0.1", 1), {}, True),
        (("::1", 1), {}, True),
        (("::ffff:127.0.0.1", 1), {}, True),
        (("192.0.2.1", 1), {}, False),
        (("fe80::1%eth0", 1), {}, False),
        (("/run/socket", 0), {}, False),
        (None, {}, False),
        # A proxy on this machine has its address: whoever is behind it may not read.
        (("127.0.0.1", 1), {"X-Forwarded-For": "192.0.2.1"}, False),
        (("127.0.0.1", 1), {"X-Real-IP": "127.0.0.1"}, False),
        (("127.0.0.1", 1), {"Forwarded": "for=192.0.2.1"}, False),
        (("127.0.0.1", 1), {"Via": "1.1 proxy"}, False),
    ],
)
def test_who_may_read(client, headers, may):
    raw = [(k.lower().encode(), v.encode()) for k, v in headers.items()]
    assert allowed({"type": "http", "client": client, "headers": raw}, HERE) is may


def test_nobody_may_where_it_is_off():
    assert not allowed({"type": "http", "client": ("127.0.0.1", 1), "headers": []}, ())


def test_memory_is_that_of_this_process_and_of_those_it_started():
    found = resident_memory()
    assert found["page"] > 1e6
    assert found["workers"] >= 0
