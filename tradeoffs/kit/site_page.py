"""A page of the static site: its frame, with the ways to other pages, and what it loads."""

import json
from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import Any

from tradeoffs.kit.words import Words
from tradeoffs.language.notation import language_name
from tradeoffs.paths import PAGES
from tradeoffs.report.charts.plotly_words import configuration

HERE = Path(__file__).parent
THEME = PAGES / "shared" / "kit" / "frontend" / "theme.js"
ASSETS = "assets"


def site_page(
    title: str,
    parts: Iterable[str],
    say: Words,
    *,
    path: str,
    others: Iterable[str] = (),
    charts: bool = False,
) -> str:
    """Return a page.

    Args:
        title: plain text.
        parts: its body, as HTML.
        say: the words.
        path: of the page, in the folder of its language.
        others: languages that the page is there in, too.
        charts: whether it draws with plotly.
    """
    up = "../" * path.count("/")
    assets = f"{up}../{ASSETS}"
    ways = "".join(
        f'<a href="{up}{path}">{escape(say("site", name))}</a>'
        for path, name in (
            ("index.html", "all"),
            ("front.html", "front"),
            ("glossary.html", "glossary"),
        )
    )
    ways += "".join(
        f'<a href="{up}../{one}/{path}" lang="{one}" hreflang="{one}">{language_name(one)}</a>'
        for one in others
    )
    setup = f'<script type="application/json" id="setup">{configuration()}</script>'
    plotly = f'<script src="{assets}/plotly.min.js"></script>{setup}' if charts else ""
    return (
        f'<!doctype html><html lang="{escape(say.language)}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{escape(title)}</title><link rel="stylesheet" href="{assets}/site.css">'
        f"</head><body><nav>{ways}</nav><main>{''.join(parts)}</main>{plotly}"
        f'<script src="{assets}/site.js"></script></body></html>\n'
    )


def data(name: str, content: Any) -> str:
    """Return what scripts read, as a part of a page; no text in it ends that part."""
    text = json.dumps(content, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    safe = text.replace("</", "<\\/").replace("<!--", "<\\u0021--")
    return f'<script type="application/json" id="{escape(name)}">{safe}</script>'


def assets() -> dict[str, str]:
    """Return the files that all pages share: plotly, style and script.

    A page that is opened as a file may load no modules, so the theme of the app becomes a part of
    one script.
    """
    from plotly.offline import get_plotlyjs

    theme = THEME.read_text(encoding="utf-8").replace("export function", "function")
    script = (HERE / "site.js").read_text(encoding="utf-8")
    return {
        f"{ASSETS}/plotly.min.js": get_plotlyjs(),
        f"{ASSETS}/site.css": (HERE / "site.css").read_text(encoding="utf-8"),
        f"{ASSETS}/site.js": f"(() => {{\n{theme}\n{script}}})();\n",
    }
