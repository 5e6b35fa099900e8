"""A visitor's address and scheme are the peer's, or what a trusted proxy says."""

import asyncio
from typing import Any

import pytest
from uvicorn import Config

from server.client import client_address, is_https
from tradeoffs.commands import app
from tradeoffs.errors import InvalidInput


def seen(monkeypatch, proxies: str, peer: str | None, kind: str = "http", **given: str):
    """Return address and https of a request, as a server started by the command sees them."""
    monkeypatch.setenv("TRADEOFFS_PROXIES", proxies)
    started: list[dict[str, str]] = []
    monkeypatch.setattr(app.os, "execve", lambda _, __, environment: started.append(environment))
    monkeypatch.setattr(app.os, "name", "posix")
    app.run(port=8501, address="localhost", headless=True)
    monkeypatch.setenv("FORWARDED_ALLOW_IPS", started[0]["FORWARDED_ALLOW_IPS"])
    found: list[tuple[str, bool]] = []

    async def answer(scope, _receive, _send):
        found.append((client_address(scope), is_https(scope)))

    async def nothing(*_):
        return {"type": "http.disconnect"}

    config = Config(answer, interface="asgi3", log_config=None)
    config.load()
    headers = [(f"x-forwarded-{name}".encode(), text.encode()) for name, text in given.items()]
    scheme = {"http": "http", "websocket": "ws"}[kind]
    client = (peer, 1234) if peer else None
    scope = {"type": kind, "scheme": scheme, "client": client, "headers": headers}
    loaded: Any = config.loaded_app
    asyncio.run(loaded(scope, nothing, nothing))
    return found[0]


@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize(
    ("proxies", "peer", "expected"),
    [
        ("", "127.0.0.1", ("127.0.0.1", False)),  # nobody's word is taken unless told so
        ("10.0.0.0/8", "192.0.2.9", ("192.0.2.9", False)),
        ("192.0.2.9", "192.0.2.9", ("203.0.113.7", True)),
        ("192.0.2.9,203.0.113.0/24", "192.0.2.9", ("198.51.100.1", True)),
        ("2001:db8::/32", "2001:db8::1", ("203.0.113.7", True)),
    ],
)
def test_a_trusted_proxy_tells_who_asks(monkeypatch, kind, proxies, peer, expected):
    given = {"for": "6.6.6.6, 198.51.100.1, 203.0.113.7", "proto": "https"}
    assert seen(monkeypatch, proxies, peer, kind, **given) == expected


@pytest.mark.parametrize(
    ("said", "address"),
    [
        ("unknown", ""),
        ("", "127.0.0.1"),
        ("2001:DB8:0::1", "2001:db8::1"),
        ("::ffff:1.2.3.4", "1.2.3.4"),
    ],
)
def test_an_address_has_one_form(monkeypatch, said, address):
    assert seen(monkeypatch, "127.0.0.1", "127.0.0.1", **{"for": said}) == (address, False)


def test_a_request_without_a_peer_has_no_address(monkeypatch):
    assert seen(monkeypatch, "127.0.0.1", None) == ("", False)


def test_a_name_is_no_proxy(monkeypatch):
    with pytest.raises(InvalidInput, match="TRADEOFFS_PROXIES='proxy' must be addresses"):
        seen(monkeypatch, "proxy", None)
