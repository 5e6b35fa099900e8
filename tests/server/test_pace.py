"""Pace: moves that come too fast wait, and nothing that was said is lost."""

import asyncio
import time

import pytest

from server import pace
from server.pace import Pace
from tradeoffs.jobs.bucket import Bucket

SAID = {"type": "websocket.receive"}
LEFT = {"type": "websocket.disconnect", "code": 1000}


class Mouth:
    """A browser that says one thing after the other, and then nothing."""

    def __init__(self, *messages) -> None:
        self.messages, self.asked = list(messages), 0

    async def __call__(self):
        self.asked += 1
        if not self.messages:
            await asyncio.Event().wait()
        return self.messages.pop(0)


def said(*texts):
    return [{**SAID, "bytes": text.encode()} for text in texts]


def bucket(size=60, left=0.0, period=60.0):
    return Bucket(size=size, left=left, at=time.monotonic(), period=period)


def heard(mouth, buckets, count):
    """Return what is handed on, with the seconds until then, and whether it is told as slow."""

    async def all_of_it():
        paced, began = Pace(mouth, buckets), time.monotonic()
        found = [(await paced(), time.monotonic() - began) for _ in range(count)]
        slow = paced.slow()
        paced.close()
        return found, slow

    return asyncio.run(asyncio.wait_for(all_of_it(), 60))


def test_moves_within_the_limit_are_handed_on_at_once():
    own = bucket(left=10)
    found, slow = heard(Mouth(*said("a", "b", "c")), [own], 3)
    assert [message["bytes"] for message, _ in found] == [b"a", b"b", b"c"]
    assert not slow
    assert own.left == pytest.approx(7, abs=0.5)


def test_moves_beyond_it_wait_and_come_together_in_their_order_for_the_price_of_two():
    own = bucket(size=60, left=0, period=30.0)  # one more in half a second
    found, slow = heard(Mouth(*said("a", "b", "c", "d")), [own], 4)
    assert [message["bytes"] for message, _ in found] == [b"a", b"b", b"c", b"d"]
    assert found[0][1] >= 0.4
    assert slow
    own.fill(time.monotonic())
    assert own.left == pytest.approx(-1, abs=0.5)  # a run of the first, and one of the others


def test_the_slower_of_two_limits_counts():
    found, _ = heard(Mouth(*said("a")), [bucket(left=50), bucket(left=0, period=30.0)], 1)
    assert found[0][1] >= 0.4


def test_who_leaves_is_not_waited_for():
    found, _ = heard(Mouth(*said("a"), LEFT), [bucket(size=1, left=0, period=3600.0)], 2)
    assert [message["type"] for message, _ in found] == ["websocket.receive", LEFT["type"]]
    assert found[-1][1] < 30


def test_who_says_too_much_is_not_read_any_more(monkeypatch):
    monkeypatch.setattr(pace, "MOST_HELD", 3)
    mouth = Mouth(*said(*"abcdefgh"))
    found, _ = heard(mouth, [bucket(left=0, period=30.0)], 3)
    assert [message["bytes"] for message, _ in found] == [b"a", b"b", b"c"]
    assert mouth.asked == 3


def test_a_message_that_comes_after_the_wait_is_not_lost():
    async def late():
        first, second = said("a", "b")
        messages, go = [first], asyncio.Event()

        async def receive():
            if messages:
                return messages.pop()
            await go.wait()
            return second

        paced = Pace(receive, [bucket(left=0, period=6.0)])
        assert (await paced())["bytes"] == b"a"
        go.set()
        return (await paced())["bytes"]

    assert asyncio.run(asyncio.wait_for(late(), 60)) == b"b"
