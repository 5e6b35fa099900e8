"""On a page's socket, unknown kinds of messages are passed over, and what is none ends it."""

import asyncio

import pytest

from server.messages import Messages


def kind(data: bytes) -> str:
    if data == b"broken":
        raise ValueError
    return data.decode()


def said(*messages: bytes, path: str = "/tools/_stcore/stream") -> tuple[list[bytes], list[dict]]:
    """Return what the page hears of it until the socket ends, and what the browser is sent."""
    waiting = [{"type": "websocket.receive", "bytes": one} for one in messages]
    waiting.append({"type": "websocket.disconnect", "code": 1001})
    heard: list[bytes] = []
    sent: list[dict] = []

    async def app(scope, receive, send):
        while (message := await receive())["type"] == "websocket.receive":
            heard.append(message["bytes"])
        await send({"type": "websocket.send", "bytes": b"last"})

    async def receive():
        return waiting.pop(0)

    async def send(message):
        sent.append(message)

    guarded = Messages(app, "tools", kind, ("rerun",))
    asyncio.run(guarded({"type": "websocket", "path": path}, receive, send))
    return heard, sent


def test_known_kinds_are_heard_and_others_passed_over():
    heard, sent = said(b"clear_cache", b"rerun", b"", b"rerun")
    assert heard == [b"rerun", b"rerun"]
    assert [one["type"] for one in sent] == ["websocket.send"]


def test_what_is_no_message_ends_the_socket_for_both_sides():
    heard, sent = said(b"rerun", b"broken", b"rerun")
    assert heard == [b"rerun"]
    assert sent == [{"type": "websocket.close", "code": 1002}]


@pytest.mark.parametrize("path", ["/_stcore/stream", "/tools/live"])
def test_other_sockets_are_left_alone(path):
    assert said(b"broken", path=path)[0] == [b"broken"]
