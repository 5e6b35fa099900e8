"""Template: the HTML around what a phone shows, with a policy that allows its script alone."""

import re
from base64 import b64encode
from hashlib import sha256
from html import escape
from pathlib import Path
from string import Template

from server.rooms.texts import write
from tradeoffs.language.current import language

_PAGE = Template((Path(__file__).parent / "page.html").read_text(encoding="utf-8"))
_REFRESH = '<noscript><meta http-equiv="refresh" content="{seconds}"></noscript>'


def page(main: str, title: str, refresh: int = 0) -> str:
    """Return a whole page, in the language of the run.

    Args:
        main: its `main` element.
        title: of the page, as text.
        refresh: seconds after which a browser without script asks again; 0: never.
    """
    return _PAGE.substitute(
        main=main,
        title=escape(title),
        language=escape(language()),
        refresh=_REFRESH.format(seconds=refresh) if refresh else "",
        lost=escape(write("lost")),
    )


def policy() -> str:
    """Return the Content-Security-Policy of these pages: nothing but what they hold themselves."""
    html = _PAGE.substitute(dict.fromkeys(_PAGE.get_identifiers(), ""))
    allowed = {
        "default-src": "'none'",
        "script-src": _digest("script", html),
        "style-src": _digest("style", html),
        "img-src": "data:",
        "connect-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in allowed.items())


def _digest(tag: str, html: str) -> str:
    (content,) = re.findall(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
    return f"'sha256-{b64encode(sha256(content.encode()).digest()).decode()}'"


POLICY = policy()
