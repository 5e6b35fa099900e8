"""A tab hears what a browser hears: what was told before a component was there, too."""

import asyncio
import json
from typing import Any

from websockets.asyncio.server import serve

from loadtest.live import AGAIN, PROTOCOL, Live


def heard(messages: list[dict[str, Any]], mounts: list[dict[str, str]], code: int = 1000):
    """What a tab hears, asks for and fails at, of a server that says all this and closes."""
    told, asked, failed = [], [], []

    async def ask(fragment: str) -> None:
        asked.append(fragment)

    async def answer(socket) -> None:
        for message in messages:
            await socket.send(json.dumps(message))
        await asyncio.sleep(0.2)
        await socket.close(code)

    async def listen() -> None:
        async with serve(answer, "127.0.0.1", 0, subprotocols=[PROTOCOL]) as server:  # type: ignore
            url = f"http://127.0.0.1:{next(iter(server.sockets)).getsockname()[1]}"
            live = Live(url, ask, lambda key, parts: told.append((key, parts)), failed.append)
            for mount in mounts:
                live.mount(json.dumps({"channel": "token"} | mount).encode(), mount["key"])
                await asyncio.sleep(0.1)
            while not failed:
                await asyncio.sleep(0.01)
            assert live.received > len(json.dumps(messages)) / 2
            await live.close()

    asyncio.run(asyncio.wait_for(listen(), 10))
    return told, asked, failed


def test_what_was_told_before_a_component_is_there_is_heard_with_it():
    messages = [{"screen": {"a": 1, "b": 2}}, {"screen": {"a": 3, "b": None}}]
    told, asked, failed = heard(messages, [{"key": "other"}, {"key": "screen"}])
    assert told[-1] == ("screen", {"a": 3})
    assert not asked and failed == ["live connection closed by the server (1000)"]


def test_a_run_that_is_wanted_is_asked_for_once():
    messages = [{"end": {AGAIN: "2"}}, {"end": {AGAIN: "3"}}]
    assert heard(messages, [{"key": "end", "seen": "1"}])[1] == ["end"]
    assert heard(messages[1:], [{"key": "end", "seen": "3"}])[1] == []


def test_a_connection_that_ends_is_told_with_its_code():
    assert heard([{}], [{"key": "screen"}], 4004)[2] == ["live connection closed (4004)"]
