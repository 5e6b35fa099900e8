"""What a session looks at is painted once and told to its own browser alone."""

import gc
import json
import socket
import threading
import time
import weakref
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from server import channel as channels
from server import hub as hubs
from server import live
from server.channel import REPLACED, UNKNOWN, Channel
from server.hub import Hub
from server.live import POLICY, PROTOCOL, route
from server.names import Names
from server.turns import Turns
from server.visits import Visit

SECONDS = 10  # a busy machine takes its time


class Counter:
    """A source that says how often it was painted."""

    def __init__(self, size: int = 0) -> None:
        self.value, self.painted, self.touched = 0, 0, 0
        self.size, self.broken = size, False
        self.still: dict[str, bytes] = {"still": b'"same"'}

    def version(self) -> int:
        return self.value

    def parts(self) -> dict[str, bytes]:
        self.painted += 1
        if self.broken:
            raise ValueError("what a visitor's table holds")
        text = json.dumps("x" * self.size) if self.size else str(self.value)
        return {**self.still, "value": f"[{self.value},{text}]".encode()}

    def touch(self) -> None:
        self.touched += 1


@pytest.fixture(scope="module")
def hub() -> Hub:
    return Hub()


@pytest.fixture(scope="module")
def address(hub) -> Iterator[str]:
    """A server with the route below a path, behind the border that checks names."""
    app = Starlette(
        routes=[route(hub, "base")], middleware=[Middleware(Names, names=["127.0.0.1"])]
    )
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + SECONDS
    while not server.started and time.monotonic() < until:
        time.sleep(0.01)
    yield f"127.0.0.1:{port}"
    server.should_exit = True
    thread.join(SECONDS)


@contextmanager
def browser(address: str, token: str, origin: str | None = None) -> Iterator[ClientConnection]:
    with connect(
        f"ws://{address}/base/live",
        subprotocols=[Subprotocol(PROTOCOL), Subprotocol(token)],
        origin=Origin(origin or f"http://{address}"),
        proxy=None,
    ) as one:
        yield one


def heard(one: ClientConnection, seconds: float = SECONDS) -> dict:
    """Return the next message that says something."""
    while not (told := json.loads(one.recv(seconds))):
        pass
    return told


def closed(one: ClientConnection) -> int:
    """Return the code with which the server closes."""
    with pytest.raises(ConnectionClosed) as end:
        while True:
            one.recv(SECONDS)
    assert end.value.rcvd is not None
    return end.value.rcvd.code


def hurry(channel: Channel) -> Visit:
    """Let a tab move controls too fast; hold what is returned as long as it does."""
    visit = Visit("192.0.2.1")
    visit.slow = lambda: True
    channel.visit = weakref.ref(visit)
    return visit


def until(true) -> None:
    end = time.monotonic() + SECONDS
    while not true() and time.monotonic() < end:
        time.sleep(0.01)
    assert true()


def test_a_browser_gets_all_once_and_then_what_changed(hub, address):
    channel, source = hub.channel(), Counter()
    channel.show("front", source)
    with browser(address, channel.token) as one:
        assert heard(one) == {"front": {"still": "same", "value": [0, 0]}}
        source.value = 1
        hub.wake()
        assert heard(one) == {"front": {"value": [1, 1]}}
        source.still, source.value = {}, 2
        hub.wake()
        assert heard(one) == {"front": {"still": None, "value": [2, 2]}}
        channel.hide("front")
        assert heard(one) == {"front": {"value": None}}
    with browser(address, channel.token) as one:
        channel.show("other", Counter())
        assert heard(one) == {"other": {"still": "same", "value": [0, 0]}}


def test_a_quiet_connection_is_known_to_live(hub, address, monkeypatch):
    monkeypatch.setattr(live, "HEARTBEAT_SECONDS", 0.01)
    channel = hub.channel()
    with browser(address, channel.token) as one:
        assert [one.recv(SECONDS) for _ in range(3)] == ["{}"] * 3


def test_an_old_picture_stays_until_the_new_one_is_painted(hub, address):
    class Slow(Counter):
        def parts(self):
            assert free.wait(SECONDS)
            return super().parts()

    free, channel = threading.Event(), hub.channel()
    channel.show("front", Counter())
    with browser(address, channel.token) as one:
        heard(one)
        channel.show("front", slow := Slow())
        with pytest.raises(TimeoutError):
            heard(one, 0.2)
        slow.value = 7
        free.set()
        assert heard(one)["front"]["value"][0] in (0, 7)


def test_a_source_is_painted_once_a_version_for_all(hub):
    source, channels = Counter(), [hub.channel() for _ in range(5)]
    for one in channels:
        one.show("front", source)
    assert [one.parts("front", SECONDS)["value"] for one in channels] == [b"[0,0]"] * 5
    assert source.painted == 1


def test_first_frames_come_at_once_and_later_ones_apart(hub, monkeypatch):
    channel, source = hub.channel(), Counter()
    channel.show("front", source)
    channel.parts("front", SECONDS)
    began = time.monotonic()
    while time.monotonic() - began < 4 * hubs.EVERY_SECONDS or source.painted < 2:
        source.value += 1
        hub.wake()
        time.sleep(0.005)
    painted, passed = source.painted, time.monotonic() - began
    assert painted <= 2 + passed / hubs.EVERY_SECONDS
    monkeypatch.setattr(hubs, "EVERY_SECONDS", 2 * SECONDS)
    channel.show("front", Counter())
    assert channel.parts("front", SECONDS)


def test_who_moves_all_the_time_holds_up_nobody(hub):
    class Slow(Counter):
        def parts(self):
            time.sleep(0.01)
            return super().parts()

    restless, other, stop = hub.channel(), hub.channel(), threading.Event()
    made: list[Slow] = []

    def move() -> None:
        while not stop.wait(0.002):  # 500 moves in a second
            made.append(Slow())
            restless.show("front", made[-1])

    moving = threading.Thread(target=move)
    moving.start()
    try:
        for _ in range(5):
            other.show("front", source := Slow())
            until(lambda found=source: hub.frame(found) is not None)
    finally:
        stop.set()
        moving.join()
    until(lambda: hub.frame(made[-1]) is not None)
    assert sum(one.painted for one in made) < len(made)


def test_what_slowed_tabs_alone_look_at_comes_after_all_else(hub, monkeypatch):
    monkeypatch.setattr(hubs, "TURNS", turns := Turns())
    slowed, other = hub.channel(), hub.channel()
    fast = hurry(slowed)
    late, shared = Counter(), Counter()
    with turns.first():
        slowed.show("front", shared)
        slowed.show("end", late)
        other.show("front", shared)  # painted at once, whoever else looks at it
        until(lambda: hub.frame(shared) is not None)
        time.sleep(0.1)
        assert late.painted == 0
    until(lambda: hub.frame(late) is not None)
    assert (late.painted, shared.painted) == (1, 1)
    assert fast.slow()


def test_a_slowed_tab_that_waits_holds_up_nobody(hub, monkeypatch):
    """What it shows takes long, and the others' frames do not wait for that."""
    begun, end = threading.Event(), threading.Event()

    class Long(Counter):
        def parts(self):
            begun.set()
            end.wait(SECONDS)
            return super().parts()

    monkeypatch.setattr(hubs, "TURNS", Turns())
    slowed, other = hub.channel(), hub.channel()
    fast = hurry(slowed)
    slowed.show("front", long := Long())
    assert begun.wait(SECONDS)
    other.show("front", long)  # it is being painted, and not twice
    other.show("end", source := Counter())
    until(lambda: hub.frame(source) is not None)
    assert hub.frame(long) is None
    end.set()
    until(lambda: hub.frame(long) is not None)
    time.sleep(0.05)
    assert long.painted == 1
    assert fast.slow()


def test_a_tab_is_slowed_as_long_as_its_connection_says_so(hub):
    channel = hub.channel()
    assert not channel.slowed  # no connection is known
    fast = hurry(channel)
    assert channel.slowed
    fast.slow = lambda: False
    assert not channel.slowed
    del fast
    gc.collect()
    assert not channel.slowed


def test_what_changes_for_slowed_tabs_does_not_wait_for_those_who_move_all_the_time(
    hub, monkeypatch
):
    monkeypatch.setattr(hubs, "TURNS", Turns())
    monkeypatch.setattr(hubs, "SLOWED_SECONDS", 0.02)
    restless, calm, stop = hub.channel(), hub.channel(), threading.Event()
    fast = [hurry(restless), hurry(calm)]
    calm.show("front", source := Counter())
    until(lambda: hub.frame(source) is not None)

    def move() -> None:
        while not stop.wait(0.002):
            restless.show("front", Counter())

    moving = threading.Thread(target=move)
    moving.start()
    try:
        for _ in range(3):
            source.value += 1
            hub.wake()
            until(lambda: hub.frame(source).version == source.value)
    finally:
        stop.set()
        moving.join()
    assert len(fast) == 2


def test_leases_are_renewed_where_all_tabs_are_slowed(monkeypatch):
    monkeypatch.setattr(hubs, "TURNS", Turns())
    monkeypatch.setattr(hubs, "TOUCH_SECONDS", 0.05)
    alone = Hub()
    channel = alone.channel()
    fast = hurry(channel)
    for _ in range(3):  # the frame of the one before is dropped
        channel.show("front", source := Counter())
        until(lambda one=source: alone.frame(one) is not None)
    until(lambda: source.touched >= 3)
    assert fast.slow()


def test_an_error_is_told_without_what_it_says_and_ends_nothing(hub, address, caplog):
    channel, source = hub.channel(), Counter()
    channel.show("front", source)
    with browser(address, channel.token) as one:
        heard(one)
        source.broken, source.value = True, 1
        hub.wake()
        assert heard(one) == {"front": {"error": "ValueError"}}
        source.broken, source.value = False, 2
        hub.wake()
        assert heard(one) == {"front": {"error": None, "value": [2, 2]}}
    assert "ValueError" in caplog.text and "table" not in caplog.text


def test_a_source_that_cannot_be_hashed_is_refused_and_not_painted(hub):
    class Alike(Counter):
        def __eq__(self, other: object) -> bool:
            return isinstance(other, Alike)

    channel = hub.channel()
    with pytest.raises(TypeError, match="unhashable"):
        channel.show("front", Alike())
    assert channel.shown() == {}


@pytest.mark.parametrize("token", ["x", "not-a-token" * 8])
def test_a_forged_token_is_not_known(hub, address, token):
    with browser(address, token) as one:
        assert closed(one) == UNKNOWN


def test_a_token_dies_with_its_session(hub, address):
    channel = hub.channel()
    token = channel.token
    with browser(address, token) as one:
        channel.show("front", Counter())
        heard(one)
        del channel
        gc.collect()
        assert closed(one) == UNKNOWN
    with browser(address, token) as one:  # replayed
        assert closed(one) == UNKNOWN


def test_a_foreign_page_gets_no_socket(hub, address):
    channel = hub.channel()
    with (
        pytest.raises(InvalidStatus) as refused,
        browser(address, channel.token, origin="http://evil.example"),
    ):
        pass
    assert refused.value.response.status_code == 403 and not channel.connected


def test_the_newest_browser_takes_the_place_of_the_one_before(hub, address):
    channel = hub.channel()
    channel.show("front", Counter())
    with browser(address, channel.token) as first:
        heard(first)
        with browser(address, channel.token) as second:
            assert heard(second)["front"]["value"] == [0, 0]
            assert closed(first) == REPLACED
            assert channel.connected


@pytest.mark.parametrize("said", ["{}", "x" * 2**20, b"\0" * 2**20], ids=len)
def test_who_says_something_is_closed(hub, address, said):
    channel = hub.channel()
    with browser(address, channel.token) as one:
        until(lambda: channel.connected)
        with suppress(ConnectionClosed):
            one.send(said)
        assert closed(one) == POLICY
    until(lambda: not channel.connected)


def test_who_never_reads_is_left_and_nothing_queues_up(hub, address, monkeypatch):
    monkeypatch.setattr(live, "SEND_SECONDS", 0.5)
    channel, source = hub.channel(), Counter(size=3_000_000)
    channel.show("front", source)
    with socket.create_connection(address.split(":")) as deaf:
        deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        asked = (
            f"GET /base/live HTTP/1.1\r\nHost: {address}\r\nOrigin: http://{address}\r\n"
            "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            f"Sec-WebSocket-Protocol: {PROTOCOL}, {channel.token}\r\n\r\n"
        )
        deaf.sendall(asked.encode())
        until(lambda: channel.connected)

        def left() -> bool:
            source.value += 1
            hub.wake()
            return not channel.connected

        until(left)


def test_leases_are_renewed_while_a_browser_is_there_and_then_let_go(hub, address, monkeypatch):
    monkeypatch.setattr(hubs, "TOUCH_SECONDS", 0.05)
    channel, source = hub.channel(), Counter()
    channel.show("front", source)
    with browser(address, channel.token) as one:
        heard(one)
        hub.wake()
        until(lambda: source.touched >= 3)
    until(lambda: not channel.connected)
    monkeypatch.setattr(channels, "ATTENDED_SECONDS", 0.0)
    monkeypatch.setattr(channels, "KEPT_SECONDS", 0.0)
    hub.wake()
    until(lambda: channel.shown() == {"front": None} and hub.frame(source) is None)
    with browser(address, channel.token) as one:  # it comes back, and is told to ask
        assert heard(one) == {"front": None}
        channel.show("front", source)
        assert heard(one) == {"front": {"still": "same", "value": [0, 0]}}


def test_nothing_of_a_closed_session_is_painted(hub):
    source, channel = Counter(), hub.channel()
    channel.show("front", source)
    channel.parts("front", SECONDS)
    assert isinstance(channel, Channel)
    del channel
    gc.collect()
    before, source.value = source.touched, 1
    hub.wake()
    time.sleep(0.1)
    assert (source.painted, source.touched) == (1, before)
