"""Other machines reach rooms, and nothing else of this one."""

import asyncio

import pytest
from starlette.responses import PlainTextResponse

from server.rooms.door import Door


def answered(path: str, address: str, kind: str = "http") -> tuple[str, int]:
    sent: list[dict] = []

    async def send(message):
        sent.append(message)

    async def receive():
        return {"type": "http.request"}

    async def app(scope, receive, send):
        if scope["type"] == "websocket":
            await send({"type": "websocket.accept"})
        else:
            await PlainTextResponse("here")(scope, receive, send)

    scope = {"type": kind, "path": path, "headers": [], "client": (address, 1), "method": "GET"}
    asyncio.run(Door(app, "tools")(scope, receive, send))
    return sent[0]["type"], sent[0].get("status", 0)


@pytest.mark.parametrize("path", ["/tools/", "/tools/_stcore/upload_file/a", "/tools/rooms", "/r/"])
@pytest.mark.parametrize("address", ["192.168.1.7", "::ffff:10.0.0.7", "fe80::1", "", "unix"])
def test_others_reach_rooms_alone(path, address):
    assert answered(path, address) == ("http.response.start", 403)
    assert answered("/tools/_stcore/stream", address, "websocket")[0] == "websocket.close"
    for room in ("/tools/r", "/tools/r/", "/tools/r/AB3DE/events"):
        assert answered(room, address) == ("http.response.start", 200)


@pytest.mark.parametrize("address", ["127.0.0.1", "127.1.2.3", "::1", "::ffff:127.0.0.1"])
def test_this_machine_reaches_all(address):
    assert answered("/tools/", address) == ("http.response.start", 200)
    assert answered("/tools/_stcore/stream", address, "websocket")[0] == "websocket.accept"
