"""A thousand hostile inputs: answered or refused, without an error, a hang or a file."""

import random
import re
import socket
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import cast
from urllib.parse import quote, urlsplit

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from tests.e2e.conftest import Server
from tradeoffs.fields import FIELDS
from tradeoffs.paths import PAGES

PATIENCE = 60.0  # s, for an answer on a busy machine
AT_ONCE = 4
COUNTS = {"request": 600, "upload": 150, "live": 100, "message": 110, "link": 40}
NASTY = (  # parts of text that some program once took for something else
    *("../../../../etc/passwd", "..%2f..%2fetc%2fpasswd", "%00", "%", "%zz", "%c0%af", "\\..\\"),
    *("' OR 1=1 --", "<script>alert(1)</script>", "${7*7}", "{{7*7}}", "{0.__class__}", "$(id)"),
    *("1e999", "-1e999", "nan", "inf", "-0", "9" * 400, "0x10", "1_000", "\u0662", "True", "null"),
    *("[]", "{}", "[" * 500, '{"a":' * 200, "\u202e", "\U0001f600", "\ud7ff", "a" * 8_000, ""),
)
ROUTES = (
    *("", "nosuchpage", "lesson", "live", "health", "ready", "metrics", "favicon.png"),
    *("_stcore/health", "_stcore/host-config", "_stcore/metrics", "_stcore/stream"),
    *("_stcore/script-health-check", "_stcore/agent/interact", "_stcore/agent/mcp"),
    *("_stcore/upload_file/a/b", "_stcore/bidi-components/a/b.js", "component/a/index.html"),
    *("media/a.csv", "app/static/a", "static/js/index.js", "auth/login", "oauth2callback"),
    *("r", "r/", "r/AB3DE", *(f"r/AB3DE/{part}" for part in ("join", "say", "state", "act"))),
    *("r/AB3DE/events", "r/AB3DE/results", "r/AB3DE/record.csv"),
    *(page.stem for page in PAGES.glob("*.py")),
)
METHODS = ("GET", "GET", "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "X\0")
HEADERS = (
    *("Range", "Cookie", "Origin", "Host", "Accept-Encoding", "If-None-Match", "X-Forwarded-For"),
    *("X-Forwarded-Proto", "Transfer-Encoding", "Content-Length", "Upgrade", "Content-Type"),
)


def nasty(dice: random.Random) -> str:
    return "".join(dice.choices(NASTY, k=dice.choice((1, 1, 2))))


def query(dice: random.Random) -> str:
    """Return a query with a few fields of a setting, and values that they do not have."""
    names = dice.choices((*FIELDS, "level", "lesson", "step", "x", "counted", "pins"), k=4)
    return "&".join(f"{name}={quote(nasty(dice))}" for name in names)


def answer(server: Server, data: bytes) -> int:
    """Return the status of what comes back for some bytes; 0 if the connection is closed."""
    where = urlsplit(server.url)
    with socket.create_connection((where.hostname, where.port), PATIENCE) as one:
        one.settimeout(PATIENCE)
        try:
            one.sendall(data)
            one.shutdown(socket.SHUT_WR)
            head = one.recv(64)
        except (BrokenPipeError, ConnectionResetError):
            return 0
    return int(head.split()[1]) if head else 0


def request(server: Server, dice: random.Random) -> int:
    """Ask for a route with parts and headers that do not belong to it."""
    path = "/".join(dice.choices((*ROUTES, nasty(dice)), k=dice.choice((1, 1, 2))))
    if dice.random() < 0.5:
        path = quote(path, safe="/%")
    path = re.sub(r"[\s]", "+", path)
    lines = [f"{dice.choice(METHODS)} /{path}?{query(dice)} HTTP/1.1"]
    lines += [f"Host: {urlsplit(server.url).netloc}", "Connection: close"]
    lines += [f"{name}: {nasty(dice)}" for name in dice.sample(HEADERS, dice.choice((0, 1, 2)))]
    return answer(server, "\r\n".join([*lines, "", ""]).encode("utf-8"))


def upload(server: Server, dice: random.Random) -> int:
    """Send a file with a token, its length or form wrong."""
    body = dice.choice((b"", b"--b\r\n", dice.randbytes(5_000), b"--b\r\nContent-Disposition: a"))
    length = dice.choice((len(body), len(body) + 9, 0, 10**12, "-1", "1e3", "\u0662"))
    name, token = quote(nasty(dice), safe="")[:500] or "a", dice.choice(("x", "2|00|00|1"))
    lines = [
        f"PUT /_stcore/upload_file/{name}/{dice.randrange(9)} HTTP/1.1",
        f"Host: {urlsplit(server.url).netloc}",
        f"Cookie: _streamlit_xsrf={token}",
        f"X-Xsrftoken: {token}",
        f"Content-Type: multipart/form-data; boundary={dice.choice(('b', '', 'b' * 90))}",
        f"Content-Length: {length}",
        "Connection: close",
    ]
    return answer(server, "\r\n".join([*lines, "", ""]).encode() + body)


def opened(server: Server, path: str, *protocols: str) -> ClientConnection:
    where = urlsplit(server.url)
    return connect(
        f"ws://{where.netloc}{where.path}{path}",
        origin=Origin(f"http://{where.netloc}"),
        subprotocols=[Subprotocol(one) for one in protocols],
        open_timeout=PATIENCE,
        close_timeout=PATIENCE,
        max_size=None,
        proxy=None,
    )


def live(server: Server, dice: random.Random) -> int:
    """Give a token that nobody has, and say something where there is nothing to say."""
    token = "".join(dice.choices("abcXYZ019-_.!~", k=dice.choice((1, 22, 900))))
    try:
        with opened(server, "/live", "live", token) as one:
            one.send(dice.randbytes(dice.choice((1, 70_000))))
            while True:
                one.recv(PATIENCE)
    except InvalidStatus as refusal:
        return refusal.response.status_code
    except ConnectionClosed:
        return 101


def message(server: Server, dice: random.Random) -> int:
    """Send bytes that are no message, or one of which each part is wrong."""
    made = BackMsg()
    asked = made.rerun_script
    asked.page_script_hash, asked.fragment_id = nasty(dice), nasty(dice)
    asked.page_name = nasty(dice)
    asked.widget_states.widgets.add(id=nasty(dice), json_value=nasty(dice))
    asked.widget_states.widgets.add(id=f"$$ID-{nasty(dice)}-epsilon", double_value=float("nan"))
    whole = made.SerializeToString()
    cut = whole[: dice.randrange(len(whole))] + dice.randbytes(9)
    page = BackMsg()
    page.rerun_script.query_string = ""  # which makes it a request for the first page
    bad = dice.choice((dice.randbytes(900), b"", cut, cut, whole))
    return _said(server, bad, page.SerializeToString())


def link(server: Server, dice: random.Random) -> int:
    """Open a page by a link that holds no setting."""
    made = BackMsg()
    made.rerun_script.query_string = query(dice)
    made.rerun_script.page_name = dice.choice(("", *(page.stem for page in PAGES.glob("*.py"))))
    return _said(server, made.SerializeToString())


def _said(server: Server, *messages: bytes) -> int:
    """Say something on the socket of a page, and read until a run of it has ended."""
    with opened(server, "/_stcore/stream", "streamlit", "PLACEHOLDER_AUTH_TOKEN") as one:
        try:
            for data in messages:
                one.send(data)
            while True:
                told = ForwardMsg.FromString(cast("bytes", one.recv(PATIENCE)))
                element = told.delta.new_element
                assert element.WhichOneof("type") != "exception", element.exception
                if told.WhichOneof("type") == "script_finished":
                    return 101
        except ConnectionClosed:
            return 101


KINDS: dict[str, Callable[[Server, random.Random], int]] = {
    "request": request,
    "upload": upload,
    "live": live,
    "message": message,
    "link": link,
}


@pytest.mark.skipif(sys.platform != "linux", reason="reads what the server opened")
@pytest.mark.parametrize("kind", KINDS)
def test_hostile_inputs_are_answered_or_refused(uploads, opened_files, kind):
    written, logged = len(opened_files.read_text()), len(uploads.log.read_text())
    tried = [random.Random(f"{kind} {number}") for number in range(COUNTS[kind])]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        found = list(pool.map(lambda dice: KINDS[kind](uploads, dice), tried))
    assert {status for status in found if status >= 500} == set()
    assert answer(uploads, b"GET /_stcore/health HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n") == 200
    assert "Traceback" not in uploads.log.read_text()[logged:]
    files = opened_files.read_text()[written:].splitlines()
    assert [one for one in files if not re.search(r"__pycache__|^/dev/|^\d+$", one)] == []
