"""Iframe: what somebody pastes into a page to show a screen of the Explorer there."""

from html import escape
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

HEIGHT = 800  # px


def iframe(address: str, title: str) -> str:
    """Return the HTML of a frame that shows an address without menu and title.

    Args:
        address: of the screen.
        title: of the frame, for those who do not see it.

    >>> iframe("https://example.org/lesson?step=2", "A & B")[:73]
    '<iframe src="https://example.org/lesson?step=2&amp;embed=true" title="A &'
    """
    where = urlsplit(address)
    asked = [pair for pair in parse_qsl(where.query) if pair[0] != "embed"]
    shown = urlunsplit(where._replace(query=urlencode([*asked, ("embed", "true")])))
    return (
        f'<iframe src="{escape(shown)}" title="{escape(title)}" width="100%" height="{HEIGHT}" '
        'style="border:0" loading="lazy"></iframe>'
    )
