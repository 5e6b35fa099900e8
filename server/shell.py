"""Shell: the HTML around every page, former addresses, and what a wrong one shows."""

from collections.abc import Collection, Mapping
from html import escape
from pathlib import Path

from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from server.language import browser_language
from tradeoffs.language.current import in_language, language
from tradeoffs.language.translation import say, translate

RESERVED = ("_stcore", "media", "component", "app", "auth", "oauth2callback")  # the framework's
OPERATED = ("health", "ready", "metrics")  # routes for whoever runs the server
ROOMS = "r"  # and for phones in a room
CLOSED = ("_stcore/metrics",)  # the framework's own figures, for anybody
LONGEST = 60  # characters of a wrong address that are repeated
# Streamlit's script otherwise looks for the server below the page's own address first: two
# requests that are not found, and a page that waits for them.
_HERE = (
    '<script>window.__streamlit = {BACKEND_BASE_URL: new URL("./", location.href).href}</script>'
)
_WRONG = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} · Trade-offs</title>
<style>
:root {{ color-scheme: light dark; font: 1.1rem/1.6 system-ui, sans-serif; }}
main {{ max-width: 40rem; margin: 12vh auto; padding: 0 1.5rem; overflow-wrap: anywhere; }}
li {{ padding: .3rem 0; }}
</style>
</head>
<body><main>
<h1>{head}</h1>
<p>{told}</p>
<ul>
{links}
</ul>
</main></body>
</html>
"""


def index(static: Path, head: str = "") -> str:
    """Return the HTML of every page.

    Args:
        static: folder of Streamlit's own files.
        head: HTML at the end of its head.
    """
    html = (static / "index.html").read_text(encoding="utf-8")
    html = html.replace("</head>", f"{head}</head>", 1)
    return html.replace("<head>", f"<head>{_HERE}", 1)


class Shell:
    """Answers page addresses with Streamlit's HTML, and others that nobody answers with 404.

    Args:
        app: what answers everything else.
        static: folder of Streamlit's own files.
        base: path below which the app is served, without slashes at its ends.
        pages: names of the pages in addresses; the first screen's is empty.
        menu: name of a page -> its title, for the way on.
        moved: former name of a page -> its address now, with a query.
        head: HTML that every page has at the end of its head.
    """

    def __init__(
        self,
        app: ASGIApp,
        static: Path,
        base: str,
        pages: Collection[str],
        menu: Mapping[str, str],
        moved: Mapping[str, str],
        head: str = "",
    ) -> None:
        """Read the HTML once."""
        self._app, self._pages, self._menu, self._moved = app, frozenset(pages), menu, moved
        self._below = f"/{base}/" if base else "/"
        self._index = index(static, head)
        self._others = {*RESERVED, *OPERATED, ROOMS, *(one.name for one in static.iterdir())}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer."""
        await (self._answer(scope) or self._app)(scope, receive, send)

    def _answer(self, scope: Scope) -> Response | None:
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            return None
        path: str = scope["path"]
        page = path.removeprefix(self._below)
        if not path.startswith(self._below) or (page and path.endswith("/")):
            return None
        if page in self._pages:
            return HTMLResponse(self._index, headers={"Cache-Control": "no-cache"})
        if page in self._moved:
            query = scope.get("query_string", b"").decode("latin-1")
            return RedirectResponse("&".join(filter(None, (self._moved[page], query))), 301)
        if page not in CLOSED and page.partition("/")[0] in self._others:
            return None
        with in_language(browser_language(scope)):
            return HTMLResponse(self._wrong(page), 404)

    def _wrong(self, page: str) -> str:
        up = "../" * page.count("/") or "./"
        links = "\n".join(
            f'<li><a href="{up}{name}">{escape(translate(title))}</a></li>'
            for name, title in self._menu.items()
        )
        told = say(
            "The address may have a slip in it, or the page has another name now. These are here:"
        )
        return _WRONG.format(
            language=language(),
            title=escape(say("Not here")),
            head=escape(say("There is no page “{address}” here", address=page[:LONGEST])),
            told=escape(told),
            links=links,
        )
