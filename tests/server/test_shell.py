"""Page addresses are answered, others are said not to be here, and files pass."""

import asyncio

import pytest
from starlette.responses import PlainTextResponse

from server.shell import Shell

MENU = {"": "Explorer", "data": "Data"}
MOVED = {"small_town": "lesson?lesson=small_town"}


@pytest.fixture
def ask(tmp_path):
    (tmp_path / "index.html").write_text("<html><head></head></html>")
    (tmp_path / "favicon.png").write_bytes(b"")
    (tmp_path / "static").mkdir()

    def asked(path: str, base: str = "", method: str = "GET") -> tuple[int, str]:
        sent: list[dict] = []

        async def send(message):
            sent.append(message)

        async def receive():
            return {"type": "http.request"}

        shell = Shell(PlainTextResponse("passed"), tmp_path, base, [*MENU, "lesson"], MENU, MOVED)
        path, _, query = path.partition("?")
        scope = {"type": "http", "headers": [], "path": path, "method": method}
        scope["query_string"] = query.encode()
        asyncio.run(shell(scope, receive, send))
        where = dict(sent[0]["headers"]).get(b"location", b"")
        return sent[0]["status"], (where or sent[-1]["body"]).decode()

    return asked


@pytest.mark.parametrize("page", ["", "data", "lesson"])
@pytest.mark.parametrize("base", ["", "tools/explorer"])
def test_a_page_tells_the_script_where_the_server_is(ask, page, base):
    status, html = ask(f"/{base}/{page}".replace("//", "/"), base)
    assert status == 200
    assert html.startswith(
        '<html><head><script>window.__streamlit = {BACKEND_BASE_URL: new URL("./"'
    )


@pytest.mark.parametrize(
    "path",
    ["/favicon.png", "/static/js/x.js", "/_stcore/health", "/media/x.csv", "/component/c/x.js"]
    + ["/data/", "/oauth2callback"],
)
def test_what_is_no_page_passes(ask, path):
    assert ask(path) == (200, "passed")
    assert ask("/nosuchpage", method="POST") == (200, "passed")
    assert ask("/elsewhere", "explorer") == (200, "passed")


@pytest.mark.parametrize(
    ("path", "base", "up"),
    [
        ("/nosuchpage", "", "./"),
        ("/x/nosuchpage", "x", "./"),
        ("/data/deep/nosuchpage", "", "../../"),
    ],
)
def test_a_wrong_address_is_named_with_a_way_on(ask, path, base, up):
    status, html = ask(path, base)
    assert status == 404
    assert "nosuchpage” here</h1>" in html
    assert f'<a href="{up}">Explorer</a>' in html and f'<a href="{up}data">Data</a>' in html


def test_a_wrong_address_is_text(ask):
    status, html = ask("/<script>alert(1)</script>" + "x" * 1000)
    assert status == 404
    assert "<script" not in html and len(html) < 2_000


@pytest.mark.parametrize("base", ["", "tools/explorer"])
def test_a_former_address_leads_to_the_one_of_today_with_its_query(ask, base):
    below = f"/{base}/".replace("//", "/")
    assert ask(f"{below}small_town", base) == (301, "lesson?lesson=small_town")
    assert ask(f"{below}small_town?step=2&epsilon=1", base) == (
        301,
        "lesson?lesson=small_town&step=2&epsilon=1",
    )
