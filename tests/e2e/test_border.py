"""The border of a running server: names, addresses, and what becomes of a file that is sent."""

from __future__ import annotations

import http.client
import re
import sys
import time
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import PATIENCE, Server
from tests.e2e.visitor import choose, use
from tradeoffs.lessons.catalogue import LESSONS
from tradeoffs.paths import PAGES

SOCKETS = ("/_stcore/stream", "/live")
PICTURE = ".st-key-lesson-picture .main-svg"
SKIP = "text=Go on without a guess"
SECRET = b"Quetzalcoatl"
ROWS = 100_000  # of a table of 2 MB, of which the framework would write what is above 1 MB
PIECE = re.compile(rb"(?:[mf],Quetzalcoatl \d,(?:True|False)\n?)+")
# Memory that is given back is not wiped: reads from the network stay there in pieces, where a file
# that is kept stays whole.
OF_READS = ROWS // 2


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


def test_foreign_names_are_refused_and_its_own_are_not(uploads):
    where = urlsplit(uploads.url).netloc
    assert asked(uploads, "/data")[0] == asked(uploads, "/data", Origin=f"http://{where}")[0] == 200
    for path in SOCKETS:
        assert asked_for_a_socket(uploads, path, Origin=f"http://{where}") == 101
        assert asked_for_a_socket(uploads, path) == 403  # no page asks without its Origin
    foreign = {"Host": "evil.example", "Origin": "http://evil.example"}
    for headers in (foreign, {"Origin": "http://evil.example"}, {"Host": "evil.example"}):
        status, told = asked(uploads, "/data", **headers)
        assert status == 403 and "evil.example' must be" in told
        assert [asked_for_a_socket(uploads, path, **headers) for path in SOCKETS] == [403, 403]


def heading_levels(page: Page) -> list[int]:
    found = page.evaluate(
        """() => [...document.querySelectorAll("h1, h2, h3, h4, h5, h6, [role=heading]")]
            .filter((one) => one.checkVisibility())
            .map((one) => Number(one.getAttribute("aria-level") ?? one.tagName[1]))"""
    )
    return list(map(int, found))


def test_every_page_and_lesson_fits_a_phone_and_asks_for_what_is_there(
    site, open_page, no_overflow, wait_ready
):
    wrong: list[str] = []

    def watch(page: Page) -> None:
        page.on("response", lambda r: wrong.extend([r.url] if r.status >= 400 else []))
        page.on("console", lambda m: wrong.extend([m.text] if m.type == "error" else []))

    def look(name: str) -> None:
        wait_ready(page)
        levels = heading_levels(page)
        steps = [after - before for before, after in zip([0, *levels], levels, strict=False)]
        if levels[0] != 1 or max(steps) > 1:
            wrong.append(f"{name}: heading levels {levels}")
        if page.get_by_test_id("stException").count():
            wrong.append(f"{name}: an exception is shown")
        no_overflow(page)

    page = open_page(site.url, width=390, height=844, prepare=watch)
    look("story")
    page.goto(f"{site.url}/?level=explore")
    look("explorer")
    for name in sorted(one.stem for one in PAGES.glob("*.py") if one.stem != "lesson"):
        page.goto(f"{site.url}/{name}")
        expect(page.locator("h1")).to_be_visible()
        look(name)
    for lesson in LESSONS.values():
        page.goto(f"{site.url}/lesson?lesson={lesson.name}")
        expect(page.locator("h1")).to_have_text(lesson.title)
        skip, picture = page.locator(SKIP), page.locator(PICTURE).first
        expect(skip.or_(picture).first).to_be_visible()
        if skip.count():
            skip.click()
        expect(picture).to_be_visible()
        look(lesson.name)
    assert not wrong


def test_a_wrong_address_says_what_is_not_there_and_leads_on(site, profile):
    page = profile().new_page()
    page.goto(f"{site.url}/nosuchpage")
    expect(page.locator("h1")).to_have_text("There is no page “nosuchpage” here")
    page.get_by_role("link", name="Glossary").click()
    expect(page.locator("h1")).to_have_text("Glossary")
    assert page.url == f"{site.url}/glossary"
    page.close()


def test_a_teachers_link_leads_below_the_base_path(site, open_page):
    page = open_page(f"{site.url}/which_problem")
    page.get_by_text("For teachers").click()
    link = page.get_by_role("link", name="sliders are locked")
    expect(link).to_be_visible()
    goal = link.evaluate("one => one.href")
    assert goal.startswith(f"{site.url}/lesson?")
    page.goto(goal)
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(".st-key-screen")).to_have_count(0)


def test_where_no_files_are_taken_the_route_is_closed_too(site, open_page):
    page = open_page(f"{site.url}/data")
    expect(page.locator("h1")).to_have_text("Data")
    assert not page.locator('input[type="file"]').count()
    status, told = asked(site, "/_stcore/upload_file/session/file", "PUT", Content_Length="9")
    assert (status, told) == (413, "this server does not accept files\n")


def table(rows: int) -> bytes:
    lines = ["sex,town,hired"]
    lines += [f"{'mf'[i % 2]},{SECRET.decode()} {i % 7},{i * 7 % 3 > 0}" for i in range(rows)]
    return "\n".join(lines).encode()


def rows_together(pid: int) -> int:
    """Return the most rows of the file that stand in a process's memory in one piece."""
    most = 0
    with open(f"/proc/{pid}/maps") as maps, open(f"/proc/{pid}/mem", "rb", 0) as memory:
        for line in maps:
            place, rights = line.split()[:2]
            if rights.startswith("rw"):
                low, high = (int(one, 16) for one in place.split("-"))
                try:
                    memory.seek(low)
                    found = memory.read(high - low)
                except (OSError, ValueError, OverflowError):
                    continue  # not readable, such as [vvar]
                pieces = (one[0].count(SECRET) for one in PIECE.finditer(found))
                most = max(most, *pieces, 0)
    return most


def forgotten(pid: int) -> bool:
    """Whether, after a while, only pieces that reads left are in memory."""
    end = time.monotonic() + PATIENCE / 1000
    while rows_together(pid) > OF_READS:
        if time.monotonic() > end:
            return False
        time.sleep(0.2)
    return True


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_large_file_is_never_written_and_gone_with_its_table(open_page, uploads, opened_files):
    page = open_page(f"{uploads.url}/data")
    before = len(opened_files.read_text().splitlines())
    choose(page, table(ROWS))
    assert rows_together(uploads.process.pid) == ROWS
    use(page, "hired", "True", "sex")
    written = opened_files.read_text().splitlines()[before:]
    assert [one for one in written if not re.search(r"__pycache__|^/dev/|^\d+$", one)] == []
    assert forgotten(uploads.process.pid)


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_file_without_a_table_is_gone_with_its_tab(open_page, uploads):
    page = open_page(f"{uploads.url}/data")
    choose(page, table(ROWS))
    assert rows_together(uploads.process.pid) == ROWS
    page.close()
    assert forgotten(uploads.process.pid)


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


def test_a_tab_cannot_leave_more_files_than_its_budget(open_page, uploads):
    page = open_page(f"{uploads.url}/data")
    sent: list[str] = []
    page.on("request", lambda one: sent.extend([one.url] if one.method == "PUT" else []))
    choose(page, table(1_000))
    answers = page.evaluate(SEND, [sent[0], 60, 4_900_000])
    assert [status for status, _ in answers].count(204) == 5
    refused = [told for status, told in answers if status == 413]
    assert len(refused) == 55
    assert "a file of 4.7 MB has no room: files of this tab" in refused[0]
    use(page, "hired", "True", "sex")  # nothing was lost
