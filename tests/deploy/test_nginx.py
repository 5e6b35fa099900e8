"""What nginx does by itself: whom it sends where, and what it keeps to itself."""

import http.client
import re
import ssl
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from tests.deploy.proxy import Proxy, free_port, proxying

COOKIE = re.compile(r"tradeoffs_route=(\w{32}); Path=/; HttpOnly; Secure; SameSite=Lax")
PATIENCE = 60.0  # s; a busy machine


class Echo(BaseHTTPRequestHandler):
    """Answers with its port, and the headers by which it learns of the visitor."""

    def do_GET(self):
        names = ("Host", "X-Forwarded-For", "X-Forwarded-Proto")
        assert isinstance(self.server, ThreadingHTTPServer)
        told = [str(self.server.server_port), *(self.headers[name] for name in names)]
        self.send_response(200)
        self.end_headers()
        self.wfile.write(" ".join(told).encode())

    def log_message(self, *_):
        """Say nothing."""


@contextmanager
def echo() -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Echo)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def before_echoes(folder: Path, variant: str, count: int) -> Iterator[Proxy]:
    with ExitStack() as stack:
        ports = [stack.enter_context(echo()) for _ in range(count)]
        yield stack.enter_context(proxying(folder, ports, variant))


@pytest.fixture(scope="module")
def one(tmp_path_factory) -> Iterator[Proxy]:
    with before_echoes(tmp_path_factory.mktemp("one") / "nginx", "one", 1) as proxy:
        yield proxy


@pytest.fixture(scope="module")
def several(tmp_path_factory) -> Iterator[Proxy]:
    with before_echoes(tmp_path_factory.mktemp("several") / "nginx", "several", 2) as proxy:
        yield proxy


def asked(proxy: Proxy, path: str, **headers: str) -> tuple[int, dict[str, str], str]:
    trusted = ssl.create_default_context(cafile=str(proxy.folder / "tls" / "cert.pem"))
    connection = http.client.HTTPSConnection("localhost", proxy.port, timeout=60, context=trusted)
    try:
        connection.request(
            "GET", path, headers={k.replace("_", "-"): v for k, v in headers.items()}
        )
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read().decode()
    finally:
        connection.close()


def test_the_explorer_hears_who_asks_and_not_what_a_visitor_claims(one):
    claimed = {"X_Forwarded_For": "203.0.113.9", "X_Forwarded_Proto": "http"}
    status, headers, told = asked(one, "/explorer/", **claimed)
    assert status == 200 and "Set-Cookie" not in headers
    assert told.split()[1:] == [f"localhost:{one.port}", "127.0.0.1", "https"]


def test_http_leads_to_https_and_the_root_below_the_path(one):
    goal = f"https://app.example.org:{one.port}/explorer/data?seed=1"
    for port, host in ((one.plain, "app.example.org"), (one.port, f"app.example.org:{one.port}")):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        connection.request("GET", "/explorer/data?seed=1", headers={"Host": host})
        answer = connection.getresponse()
        connection.close()
        assert (answer.status, answer.getheader("Location")) == (308, goal)
    for path, code in (("/", 302), ("/explorer", 301)):
        status, headers, _ = asked(one, path)
        assert (status, headers["Location"]) == (code, "/explorer/")
    assert asked(one, "/elsewhere")[0] == asked(one, "/explorer/metrics")[0] == 404


def test_a_page_says_that_the_explorer_starts_and_tries_again(tmp_path):
    with proxying(tmp_path / "nginx", [free_port()], "one") as proxy:
        status, headers, told = asked(proxy, "/explorer/")
    assert (status, headers["Retry-After"], headers["Content-Type"]) == (503, "5", "text/html")
    assert "The explorer is starting" in told and 'http-equiv="refresh"' in told


def logged(one: Proxy, part: str) -> str:
    """Return the line of the log that holds a part; it is written after the answer."""
    end = time.monotonic() + PATIENCE
    while not (lines := [line for line in one.log.splitlines() if part in line]):
        assert time.monotonic() < end, one.log
        time.sleep(0.05)
    return lines[-1]


def test_the_log_has_no_address_and_nothing_behind_a_question_mark(one):
    asked(one, "/explorer/glossary?secret=1", Referer="https://elsewhere.example/")
    line = logged(one, "glossary")
    assert re.fullmatch(r"\S+T\S+ GET /explorer/glossary 200 \d+ [\d.]+", line)
    asked(one, "/explorer/_stcore/upload_file/session/file")
    assert logged(one, "GET /explorer/_stcore/upload_file 200") and "session" not in one.log
    asked(one, "/explorer/r/AB3DE/state")
    assert logged(one, "GET /explorer/r 200") and "AB3DE" not in one.log


def test_a_visitor_stays_at_one_process_and_a_class_behind_one_address_is_spread(several):
    found = set()
    for _ in range(30):
        cookie = COOKIE.fullmatch(asked(several, "/explorer/")[1]["Set-Cookie"])
        assert cookie is not None
        name = f"tradeoffs_route={cookie[1]}"
        answers = [asked(several, f"/explorer/{i}", Cookie=name) for i in range(3)]
        assert not any("Set-Cookie" in headers for _, headers, _ in answers)
        (port,) = {told.split()[0] for _, _, told in answers}
        found.add(port)
    assert len(found) == 2  # by chance 1 in 2 ** 29 tries fails


def test_a_browser_that_keeps_no_cookie_stays_at_one_process_too(several):
    for agent in ("one", "another"):
        told = [asked(several, "/explorer/", User_Agent=agent)[2] for _ in range(10)]
        assert len(set(told)) == 1
