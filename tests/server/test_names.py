"""The border answers to this server's names and pages alone."""

import asyncio

import pytest
from starlette.responses import PlainTextResponse

from server.names import Names
from tradeoffs.commands.app import LOOPBACK

NAMES = (*LOOPBACK, "app.example.org", "*.lab.example.org")


def asked(host: str | None, origin: str | None = None, kind: str = "http") -> tuple[int, str]:
    """Return status and text of an answer."""
    sent: list[dict] = []

    async def send(message):
        sent.append(message)

    async def receive():
        return {"type": f"{kind}.connect"}

    given = {"host": host, "origin": origin}
    headers = [(k.encode(), v.encode("latin-1")) for k, v in given.items() if v is not None]
    scope = {"type": kind, "headers": headers, "path": "/", "method": "GET", "extensions": {}}
    asyncio.run(Names(PlainTextResponse("here"), NAMES)(scope, receive, send))
    if sent[0]["type"] == "websocket.close":
        return 403, sent[0]["reason"]  # the status that the server makes of it
    return sent[0]["status"], sent[-1]["body"].decode()


@pytest.mark.parametrize(
    ("host", "origin"),
    [
        ("localhost:8501", "http://localhost:8501"),
        ("LOCALHOST.", "http://localhost."),
        ("127.0.0.1:8501", "http://127.0.0.1:8501"),
        ("[::1]:8501", "http://[::1]:8501"),
        ("app.example.org", "https://app.example.org"),
        ("a.lab.example.org", "https://a.lab.example.org"),
        ("127.0.0.1:8501", "https://app.example.org"),  # a proxy that writes another Host
    ],
)
@pytest.mark.parametrize("kind", ["http", "websocket"])
def test_its_own_names_are_answered(host, origin, kind):
    assert asked(host, origin, kind) == (200, "here")


def test_a_request_needs_no_origin_and_a_socket_does():
    assert asked("localhost:8501") == (200, "here")
    told = "Origin='' must be this server's own: localhost:8501\n"
    assert asked("localhost:8501", kind="websocket") == (403, told)


@pytest.mark.parametrize(
    "host",
    [None, "", "evil.example", "localhost.evil.example", "evil@localhost", "localhost:99999"]
    + ["localhost/x", "lab.example.org", "xlab.example.org", "localhost:x", "[::1", "ev\xfcl"],
)
@pytest.mark.parametrize("kind", ["http", "websocket"])
def test_a_foreign_host_is_refused_even_with_its_own_origin(host, kind):
    status, told = asked(host, f"http://{host}", kind)
    assert status == 403
    assert told.startswith("Host=") and "must be one of: localhost, " in told


@pytest.mark.parametrize(
    "origin",
    ["http://evil.example", "null", "", "http://localhost:9999", "file://", "https://[::1"],
)
@pytest.mark.parametrize("kind", ["http", "websocket"])
def test_a_foreign_origin_is_refused(origin, kind):
    status, told = asked("localhost:8501", origin, kind)
    assert status == 403
    assert told.startswith(f"Origin={origin!r} must be this server's own")
