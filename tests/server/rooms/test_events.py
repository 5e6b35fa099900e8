"""Phones are told of what they show, once each, and of the end."""

import asyncio
import json

from server.rooms.events import Events
from server.rooms.once import Once
from server.rooms.purge import purged
from tests.server.rooms.hall import opened


def run(doing):
    return asyncio.run(asyncio.wait_for(doing(), 60))


def version_in(event: bytes) -> int:
    return json.loads(event.removeprefix(b"data: "))["version"]


async def streamed(one, events: Events, looks: list[str]):
    rooms, code = one.rooms, one.code

    def version():
        looks.append(code)
        return rooms.version(code) if rooms._store.room(code) else None

    return events.stream(version, lambda tell: rooms.watch(code, tell, answers=False))


def test_a_phone_is_told_of_acts_and_not_of_what_others_answer():
    async def told():
        one, events, looks = opened("number"), Events(), []
        stream = await streamed(one, events, looks)
        first = await anext(stream)
        assert version_in(first) == 0 and len(first) <= 120
        token = one.rooms.join(one.code)
        one.act("next", "open")  # two changes are one event
        assert version_in(await anext(stream)) == 2 and events.open == 1
        many = len(looks)
        for guess in range(9):
            one.rooms.say(one.code, token, "number", {"guess": guess})
        one.act("close")
        assert version_in(await anext(stream)) == 3  # the next event is of the act
        assert len(looks) <= many + 3  # and no answer made anybody look
        one.act("end")
        assert (await anext(stream)).startswith(b"event: gone")
        assert [event async for event in stream] == [] and events.open == 0
        assert len(one.rooms._watchers) == 0

    run(told)


def test_a_phone_that_leaves_is_forgotten_and_a_quiet_connection_has_heartbeats():
    async def left():
        one, events = opened("number"), Events(most=1, seconds=0.01)
        stream = await streamed(one, events, [])
        await anext(stream)
        assert events.full and await anext(stream) == b":\n\n"
        await stream.aclose()
        assert not events.full and len(one.rooms._watchers) == 0

    run(left)


def test_what_many_ask_for_is_computed_once_and_a_failure_is_not_kept():
    async def asked():
        once, calls = Once(most=2), []

        def fail():
            calls.append("fail")
            raise ValueError

        found = await asyncio.gather(*(once("a", lambda: calls.append("a") or 7) for _ in range(9)))
        assert found == [7] * 9 and calls == ["a"]
        for _ in range(2):
            (error,) = await asyncio.gather(once("b", fail), return_exceptions=True)
            assert isinstance(error, ValueError)
        assert calls == ["a", "fail", "fail"]
        for name in "cd":
            await once(name, int)
        await once("a", lambda: calls.append("a"))
        assert calls[-1] == "a"

    run(asked)


def test_a_result_is_kept_for_a_while_and_no_longer_than_its_room():
    async def asked():
        once, calls = Once(seconds=0.01), []
        await once(("a", 1), lambda: calls.append(1))
        while once._tasks:
            await asyncio.sleep(0.01)
        lasting = Once()
        for name in (("a", 1), ("a", 2), ("b", 1)):
            await lasting(name, lambda: calls.append(1))
        lasting.forget(lambda name: name[0] == "a")
        assert [*lasting._tasks] == [("b", 1)] and len(calls) == 4

    run(asked)


def test_ended_rooms_are_deleted_while_the_server_runs_and_the_task_ends_with_it():
    async def cleaned():
        calls = []
        async with purged(lambda: calls.append(1) or len(calls), seconds=0.001):
            while len(calls) < 3:
                await asyncio.sleep(0.001)
        many = len(calls)
        await asyncio.sleep(0.02)
        assert len(calls) <= many + 1

    run(cleaned)
