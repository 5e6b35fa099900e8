"""A prober learns whether the process is alive, and why no visitor should come."""

import asyncio
import json
import threading

from starlette.applications import Starlette

from server.health import Probe, routes


def asked(path, reasons):
    """Return status and JSON of an answer."""
    sent = []

    async def send(message):
        sent.append(message)

    async def receive():
        return {"type": "http.request"}

    app = Starlette(routes=routes("tools", reasons))
    scope = {"type": "http", "method": "GET", "path": path, "headers": [], "query_string": b""}
    asyncio.run(app(scope, receive, send))
    return sent[0]["status"], json.loads(sent[-1]["body"])


def test_a_server_that_is_well_is_alive_and_ready():
    assert asked("/tools/health", dict) == (200, {"alive": True})
    assert asked("/tools/ready", dict) == (200, {"ready": True, "reasons": {}})


def test_reasons_are_told_and_do_not_count_against_life():
    why = {"workers": "warming up"}
    assert asked("/tools/ready", lambda: why) == (503, {"ready": False, "reasons": why})
    assert asked("/tools/health", lambda: why) == (200, {"alive": True})


def test_an_error_is_a_reason_without_what_it_says():
    def fails():
        raise ValueError("a value of a table")

    status, answer = asked("/tools/ready", fails)
    assert (status, answer["reasons"]) == (503, {"server": "cannot be asked (ValueError)"})


def test_who_does_not_answer_is_asked_once_by_all_and_named():
    times, free = [], threading.Event()

    def waits():
        times.append(1)
        free.wait(60)
        return {}

    async def many():
        probe = Probe(waits, seconds=0.01)
        found = [await probe() for _ in range(5)]
        free.set()
        while await probe():
            pass
        return found

    found = asyncio.run(many())
    assert found == [{"server": "does not answer within 0.01 seconds"}] * 5
    assert len(times) <= 2  # the second is that of the last look
