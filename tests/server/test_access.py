"""Requests are told by route: nothing of a visitor is in a series or a line."""

import asyncio
import json
import logging

import pytest

from server.access import Access
from server.logs import FIELDS, Line, NoVisits, hand_up

SECRET = "secret-of-a-visitor"


async def nothing(scope, receive, send):
    return None


@pytest.mark.parametrize(
    ("path", "route"),
    [
        ("/tools/", "/"),
        ("/tools/data", "/data"),
        ("/tools/live", "/live"),
        ("/tools/_stcore/stream", "_stcore/stream"),
        (f"/tools/_stcore/upload_file/{SECRET}/{SECRET}", "_stcore/upload_file"),
        (f"/tools/media/{SECRET}.csv", "/media"),
        (f"/tools/{SECRET}", "other"),
        (f"/tools/_stcore/{SECRET}", "other"),
        ("/elsewhere", "other"),
    ],
)
def test_a_route_has_one_of_few_names(path, route):
    assert Access(nothing, "tools", ["", "data"]).route(path) == route


@pytest.mark.parametrize(
    ("kind", "sent", "status"),
    [
        ("http", ["http.response.start"], 201),
        ("websocket", ["websocket.accept", "websocket.close"], 101),
        ("websocket", ["websocket.close"], 403),
        ("http", [], 500),
    ],
)
def test_a_line_tells_route_status_and_time_alone(caplog, kind, sent, status):
    caplog.set_level(logging.INFO, "server.access")

    async def app(scope, receive, send):
        for one in sent:
            await send({"type": one, "status": 201})

    async def ignored(message):
        return None

    async def receive():
        return {"type": f"{kind}.disconnect"}

    scope = {
        "type": kind,
        "method": "GET",
        "path": f"/_stcore/upload_file/{SECRET}",
        "query_string": SECRET.encode(),
        "headers": [(b"cookie", SECRET.encode())],
        "client": ("192.0.2.7", 1),
    }
    asyncio.run(Access(app, "", [""])(scope, receive, ignored))
    [record] = caplog.records
    line = Line().format(record)
    told = json.loads(line)
    assert (told["route"], told["status"]) == ("_stcore/upload_file", status)
    assert told["message"] == "request" and told["seconds"] >= 0
    assert SECRET not in line and "192.0.2" not in line


def record(message, *args, error=None):
    made = logging.LogRecord("tradeoffs", logging.ERROR, "here.py", 1, message, args, None)
    if error is not None:
        made.exc_info = (type(error), error, error.__traceback__)
    return made


def test_an_error_is_told_by_kind_and_place_and_not_by_what_it_says():
    try:
        raise ValueError(f"income={SECRET}")
    except ValueError as error:
        lines = [
            Line().format(record("failed", error=error)),
            Line().format(record("failed: %s", error)),
            Line().format(record(f"failed\nTraceback: {SECRET}")),
        ]
    assert not [line for line in lines if SECRET in line]
    assert all("\n" not in line for line in lines)
    told = json.loads(lines[0])
    assert told["error"] == "ValueError" and told["at"][0].startswith(__file__)
    assert json.loads(lines[1])["message"] == "failed: ValueError"


def test_fields_stand_beside_the_message():
    made = record("trained %d", 3)
    setattr(made, FIELDS, {"models": 3})
    told = json.loads(Line().format(made))
    assert (told["message"], told["models"], told["level"]) == ("trained 3", 3, "error")


def test_lines_with_the_address_of_a_visitor_are_dropped():
    opened = record('%s - "WebSocket %s" [accepted]', "192.0.2.7:1", "/live?x=1")
    assert not NoVisits().filter(opened)
    assert NoVisits().filter(record("Shutting down"))


def test_a_logger_hands_up_what_it_wrote_itself():
    one = logging.getLogger("a framework's")
    one.addHandler(logging.StreamHandler())
    one.propagate = False
    hand_up(one)
    assert not one.handlers and one.propagate
