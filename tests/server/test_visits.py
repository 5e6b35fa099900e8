"""Visits: an address has no more than its limits, is told so, and keeps nobody else away."""

import asyncio
import time

import pytest
from starlette.responses import PlainTextResponse

from server import visits
from server.visits import HEADER, VISITS, Visits, neighbourhood
from tradeoffs.limits import Limits

HTML = [(b"accept", b"text/html,*/*")]


class Inner:
    """What answers: it keeps sockets open until it is told to let go."""

    def __init__(self) -> None:
        self.scopes: list[dict] = []
        self.go = asyncio.Event()

    async def __call__(self, scope, receive, send):
        self.scopes.append(scope)
        if scope["type"] == "websocket":
            await send({"type": "websocket.accept"})
            await self.go.wait()
        else:
            await PlainTextResponse("here")(scope, receive, send)


async def request(app, path="/", address="192.0.2.7", kind="http", method="GET", headers=HTML):
    """Return all that is sent."""
    sent: list[dict] = []

    async def send(message):
        sent.append(message)

    async def receive():
        return {"type": f"{kind}.connect"}

    await app(
        {
            "type": kind,
            "path": path,
            "method": method,
            "headers": headers,
            "client": (address, 1),
            "extensions": {},
        },
        receive,
        send,
    )
    return sent


def socket(app, address="192.0.2.7", headers=HTML):
    asked = request(app, "/_stcore/stream", address, "websocket", headers=headers)
    return asyncio.ensure_future(asked)


def run(doing):
    return asyncio.run(asyncio.wait_for(doing(), 60))


def test_an_address_has_so_many_connections_others_have_theirs_and_a_page_says_so():
    async def crowd():
        inner = Inner()
        app = Visits(inner, "", Limits(sockets=3))
        open_ones = [socket(app) for _ in range(3)]
        await asyncio.sleep(0)
        refused = await socket(app)
        assert refused[0]["type"] == "websocket.close"
        assert "at most 3" in refused[0]["reason"]
        page = await request(app)
        assert page[0]["status"] == 503
        assert (b"retry-after", b"20") in page[0]["headers"]
        assert "3 connections are open from your address" in page[1]["body"].decode()
        assert (await request(app, "/x.js", headers=[]))[0]["status"] == 200
        assert (await request(app, "/r/AB3DE"))[0]["status"] == 200
        other = socket(app, "192.0.2.8")
        await asyncio.sleep(0)
        assert not other.done()
        inner.go.set()
        await asyncio.gather(*open_ones, other)
        assert (await request(app))[0]["status"] == 200
        assert not app._open

    run(crowd)


def test_without_limits_or_an_address_nobody_is_refused():
    async def many():
        for limits, address in ((Limits(), "192.0.2.7"), (Limits(sockets=1, files=1), "unknown")):
            inner = Inner()
            app = Visits(inner, "", limits)
            open_ones = [socket(app, address) for _ in range(5)]
            await asyncio.sleep(0)
            assert not any(one.done() for one in open_ones)
            assert (await request(app, address=address))[0]["status"] == 200
            for _ in range(3):
                answer = await request(app, "/_stcore/upload_file/a/b", address, method="PUT")
                assert answer[0]["status"] == 200
            inner.go.set()
            await asyncio.gather(*open_ones)

    run(many)


def test_a_page_finds_its_visit_and_no_browser_can_name_another():
    async def named():
        inner = Inner()
        app = Visits(inner, "", Limits(moves=5))
        one = socket(app, headers=[(HEADER.encode(), b"forged"), (b"X-Visit", b"forged")])
        await asyncio.sleep(0)
        tokens = [v.decode() for k, v in inner.scopes[0]["headers"] if k.lower() == b"x-visit"]
        assert len(tokens) == 1
        assert VISITS[tokens[0]].address == "192.0.2.7"
        assert not VISITS[tokens[0]].slow()
        inner.go.set()
        await one
        inner.scopes.clear()
        assert tokens[0] not in VISITS

    run(named)


@pytest.mark.parametrize("base", ["", "demo"])
def test_an_address_brings_so_many_tables_an_hour_and_is_told_when_it_may_again(base):
    async def files():
        app = Visits(Inner(), base, Limits(files=2))
        path = f"{'/' + base if base else ''}/_stcore/upload_file/session/file"
        for status in (200, 200, 429):
            answer = await request(app, path, method="PUT")
            assert answer[0]["status"] == status
        assert "2 tables an hour are taken from one address" in answer[1]["body"].decode()
        assert (await request(app, path, "192.0.2.8", method="PUT"))[0]["status"] == 200

    run(files)


def test_a_page_can_say_that_its_address_may_bring_no_more_tables():
    async def asked():
        inner = Inner()
        app = Visits(inner, "", Limits(files=1))
        one = socket(app)
        await asyncio.sleep(0)
        visit = VISITS[next(v.decode() for k, v in inner.scopes[0]["headers"] if k == b"x-visit")]
        assert visit.no_file() is None
        await request(app, "/_stcore/upload_file/session/file", method="PUT")
        told = visit.no_file()
        assert told is not None and str(told).endswith("try again in 3,600 s")
        inner.go.set()
        await one

    run(asked)


def test_neighbours_in_ipv6_share_their_limits():
    assert neighbourhood("2001:db8::1") == neighbourhood("2001:db8::ffff") == "2001:db8::"
    assert neighbourhood("2001:db8:0:1::1") != neighbourhood("2001:db8::1")
    assert neighbourhood("192.0.2.7") == "192.0.2.7"


def test_a_tab_that_has_rested_moves_so_often_at_once_and_then_at_its_pace(monkeypatch):
    monkeypatch.setattr(visits, "AT_ONCE", 3)

    async def fast():
        app = Visits(Inner(), "", Limits(moves=60))

        async def says() -> dict[str, str]:
            return {"type": "websocket.receive"}

        pace = app._pace("192.0.2.7", says)
        assert pace is not None
        began = time.monotonic()
        for _ in range(3):
            await pace()
        assert not pace.slow() and time.monotonic() - began < 0.5
        await pace()
        assert pace.slow() and time.monotonic() - began >= 0.9
        pace.close()
        assert Visits(Inner(), "", Limits())._pace("192.0.2.7", says) is None

    run(fast)
