"""The border of a running server: names, addresses, and what becomes of a file that is sent."""

from __future__ import annotations

import http.client
import os
import re
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import ROOT, Server
from tests.e2e.visitor import PATIENCE, choose, use
from tradeoffs.commands.app import MEMORY
from tradeoffs.paths import PAGES, SERVER

SOCKETS = ("/_stcore/stream", "/live")
SECRET = b"Quetzalcoatl"
ROWS = 100_000  # of a table of 2 MB, of which the framework would write what is above 1 MB
# Memory that is given back is not wiped: of a few reads from the network, pieces stay (up to half
# of the file was seen), where a file that is kept stays whole.
OF_READS = ROWS * 3 // 4
# Loaded by every Python that the server starts: writes down each file that is opened for writing.
HOOK = """
import os, sys
log = os.open(os.environ["OPENED"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
def seen(event, arguments):
    if event == "open":
        path, mode, flags = arguments
        if (flags or 0) & (os.O_WRONLY | os.O_RDWR) or set(str(mode or "")) & set("wxa+"):
            os.write(log, f"{path}\\n".encode())
sys.addaudithook(seen)
"""


@pytest.fixture(scope="module")
def opened_files(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("opened") / "files.txt"


@pytest.fixture(scope="module")
def server(serve, opened_files, tmp_path_factory) -> Server:
    hook = tmp_path_factory.mktemp("hook")
    (hook / "sitecustomize.py").write_text(HOOK)
    store = tmp_path_factory.mktemp("store") / "store.sqlite"
    paths = os.pathsep.join(map(str, (hook, ROOT)))
    env = {"TRADEOFFS_STORE": str(store), "PYTHONPATH": paths, "OPENED": str(opened_files)}
    return serve(SERVER, env | MEMORY)


@pytest.fixture(scope="module")
def below(serve, tmp_path_factory) -> Server:
    """A server below a path, which takes no files."""
    store = tmp_path_factory.mktemp("store") / "store.sqlite"
    env = {"STREAMLIT_SERVER_BASE_URL_PATH": "tools/explorer", "TRADEOFFS_UPLOADS": "off"}
    return serve(SERVER, env | {"TRADEOFFS_STORE": str(store)})


def asked(server: Server, path: str, method: str = "GET", **headers: str) -> tuple[int, str]:
    where = urlsplit(server.url)
    connection = http.client.HTTPConnection(str(where.hostname), where.port, timeout=30)
    try:
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, f"{where.path}{path}", headers=given)
        answer = connection.getresponse()
        return answer.status, "" if answer.status == 101 else answer.read(10_000).decode()
    finally:
        connection.close()


def asked_for_a_socket(server: Server, path: str, **headers: str) -> int:
    upgrade = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec_WebSocket_Version": "13"}
    key = {"Sec_WebSocket_Key": "dGhlIHNhbXBsZSBub25jZQ=="}
    return asked(server, path, **upgrade, **key, **headers)[0]


def test_foreign_names_are_refused_and_its_own_are_not(server):
    where = urlsplit(server.url).netloc
    assert asked(server, "/data")[0] == asked(server, "/data", Origin=f"http://{where}")[0] == 200
    for path in SOCKETS:
        assert asked_for_a_socket(server, path, Origin=f"http://{where}") == 101
    foreign = {"Host": "evil.example", "Origin": "http://evil.example"}
    for headers in (foreign, {"Origin": "http://evil.example"}, {"Host": "evil.example"}):
        status, told = asked(server, "/data", **headers)
        assert status == 403 and "evil.example' must be" in told
        assert [asked_for_a_socket(server, path, **headers) for path in SOCKETS] == [403, 403]


def heading_levels(page: Page) -> list[int]:
    found = page.evaluate(
        """() => [...document.querySelectorAll("h1, h2, h3, h4, h5, h6, [role=heading]")]
            .filter((one) => one.checkVisibility())
            .map((one) => Number(one.getAttribute("aria-level") ?? one.tagName[1]))"""
    )
    return list(map(int, found))


def test_no_page_asks_for_what_is_not_there_or_skips_a_heading(below, browser):
    page = browser.new_page()
    wrong: list[str] = []
    page.on("response", lambda r: wrong.extend([f"{r.status} {r.url}"] if r.status >= 400 else []))
    page.on("console", lambda m: wrong.extend([m.text] if m.type == "error" else []))
    for name in ["", *sorted(one.stem for one in PAGES.glob("*.py"))]:
        page.goto(f"{below.url}/{name}")
        expect(page.locator("h1")).to_be_visible(timeout=PATIENCE)
        page.get_by_test_id("stApp").and_(
            page.locator("[data-test-script-state=notRunning]")
        ).wait_for(timeout=PATIENCE)
        levels = heading_levels(page)
        steps = [after - before for before, after in zip([0, *levels], levels, strict=False)]
        if levels[0] != 1 or max(steps) > 1:
            wrong.append(f"{name}: heading levels {levels}")
    page.close()
    assert not wrong


def test_a_wrong_address_says_what_is_not_there_and_leads_on(below, browser):
    page = browser.new_page()
    page.goto(f"{below.url}/nosuchpage")
    expect(page.locator("h1")).to_have_text("There is no page “nosuchpage” here")
    page.get_by_role("link", name="Glossary").click()
    expect(page.locator("h1")).to_have_text("Glossary", timeout=PATIENCE)
    assert page.url == f"{below.url}/glossary"
    page.close()


def test_a_teachers_link_leads_below_the_base_path(below, open_page):
    page = open_page(f"{below.url}/which_problem")
    page.get_by_text("For teachers").click()
    link = page.get_by_role("link", name="sliders are locked")
    expect(link).to_be_visible(timeout=PATIENCE)
    goal = link.evaluate("one => one.href")
    assert goal.startswith(f"{below.url}/which_problem?step=")
    page.goto(goal)
    expect(page.locator("h1")).to_be_visible(timeout=PATIENCE)
    expect(page.locator("h1")).not_to_have_text("Trade-offs, retrained live")


def test_where_no_files_are_taken_the_route_is_closed_too(below, open_page):
    page = open_page(f"{below.url}/data")
    expect(page.locator("h1")).to_have_text("Data")
    assert not page.locator('input[type="file"]').count()
    status, told = asked(below, "/_stcore/upload_file/session/file", "PUT", Content_Length="9")
    assert (status, told) == (413, "this server takes no files\n")


def table(rows: int) -> bytes:
    lines = ["sex,town,hired"]
    lines += [f"{'mf'[i % 2]},{SECRET.decode()} {i % 7},{i * 7 % 3 > 0}" for i in range(rows)]
    return "\n".join(lines).encode()


def copies(pid: int) -> int:
    """Return how often the secret stands in a process's memory."""
    found = 0
    with open(f"/proc/{pid}/maps") as maps, open(f"/proc/{pid}/mem", "rb", 0) as memory:
        for line in maps:
            place, rights = line.split()[:2]
            if rights.startswith("rw"):
                low, high = (int(one, 16) for one in place.split("-"))
                try:
                    memory.seek(low)
                    found += memory.read(high - low).count(SECRET)
                except (OSError, ValueError, OverflowError):
                    continue  # not readable, such as [vvar]
    return found


def forgotten(pid: int) -> bool:
    """Whether, after a while, no more of the secret is in memory than what reads leave there."""
    end = time.monotonic() + PATIENCE / 1000
    while copies(pid) >= OF_READS:
        if time.monotonic() > end:
            return False
        time.sleep(0.2)
    return True


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_large_file_is_never_written_and_gone_with_its_table(open_page, server, opened_files):
    page = open_page(f"{server.url}/data")
    before = len(opened_files.read_text().splitlines())
    choose(page, table(ROWS))
    assert copies(server.process.pid) >= ROWS
    use(page, "hired", "True", "sex")
    written = opened_files.read_text().splitlines()[before:]
    assert [one for one in written if not re.search(r"__pycache__|^/dev/|^\d+$", one)] == []
    assert forgotten(server.process.pid)


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_file_without_a_table_is_gone_with_its_tab(open_page, server):
    page = open_page(f"{server.url}/data")
    choose(page, table(ROWS))
    assert copies(server.process.pid) >= ROWS
    page.close()
    assert forgotten(server.process.pid)


SEND = """async ([url, count, bytes]) => {
    const token = /_streamlit_xsrf=([^;]*)/.exec(document.cookie)[1];
    const found = [];
    for (let i = 0; i < count; i++) {
        const body = new FormData();
        body.append("file", new Blob([new Uint8Array(bytes)]), "x.csv");
        const headers = {"X-Xsrftoken": token};
        const goal = `${url.slice(0, url.lastIndexOf("/"))}/extra-${i}`;
        const answer = await fetch(goal, {method: "PUT", headers, body});
        found.push([answer.status, await answer.text()]);
    }
    return found;
}"""


def test_a_tab_cannot_leave_more_files_than_its_budget(open_page, server):
    page = open_page(f"{server.url}/data")
    sent: list[str] = []
    page.on("request", lambda one: sent.extend([one.url] if one.method == "PUT" else []))
    choose(page, table(1_000))
    answers = page.evaluate(SEND, [sent[0], 60, 4_900_000])
    assert [status for status, _ in answers].count(204) == 5
    refused = [told for status, told in answers if status == 413]
    assert len(refused) == 55
    assert "a file of 4.7 MB has no room: files of this tab" in refused[0]
    use(page, "hired", "True", "sex")  # nothing was lost
