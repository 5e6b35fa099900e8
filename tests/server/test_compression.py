"""Scripts and styles are sent compressed where a browser takes that; all else is passed on."""

import asyncio
import gzip

import pytest
from starlette.responses import PlainTextResponse

from server.compression import Compression

SCRIPT = "export const x = 1;\n" * 500


@pytest.fixture
def ask(tmp_path):
    folder = tmp_path / "streamlit" / "static" / "js"
    folder.mkdir(parents=True)
    (folder / "index.abc.js").write_text(SCRIPT)
    (folder / "font.woff2").write_bytes(b"already small")
    (tmp_path / "secret.js").write_text("outside")

    def asked(path: str, base: str = "", encoding: str = "gzip, br", method: str = "GET"):
        sent: list[dict] = []

        async def send(message):
            sent.append(message)

        async def receive():
            return {"type": "http.request"}

        app = Compression(PlainTextResponse("passed"), tmp_path / "streamlit", base)
        headers = [(b"accept-encoding", encoding.encode())]
        scope = {"type": "http", "headers": headers, "path": path, "method": method}
        asyncio.run(app(scope, receive, send))
        told = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
        return told, sent[-1]["body"]

    return asked


@pytest.mark.parametrize("base", ["", "tools/explorer"])
def test_a_script_arrives_as_it_is_and_is_kept_for_good(ask, base):
    headers, body = ask(f"/{base}/static/js/index.abc.js".replace("//", "/"), base)
    assert gzip.decompress(body).decode() == SCRIPT and len(body) < len(SCRIPT) / 10
    assert headers["content-encoding"] == "gzip" and "immutable" in headers["cache-control"]
    assert headers["content-type"].startswith("text/javascript")
    assert headers["vary"] == "Accept-Encoding"


@pytest.mark.parametrize(
    "path",
    ["/static/js/font.woff2", "/static/js/absent.js", "/static/../../secret.js", "/data"]
    + ["/static/js/\0.js", "/elsewhere/static/js/index.abc.js"],
)
def test_all_else_is_passed_on(ask, path):
    assert ask(path)[1] == b"passed"


def test_who_takes_no_gzip_or_asks_otherwise_is_passed_on(ask):
    assert ask("/static/js/index.abc.js", encoding="identity")[1] == b"passed"
    assert ask("/static/js/index.abc.js", method="POST")[1] == b"passed"
