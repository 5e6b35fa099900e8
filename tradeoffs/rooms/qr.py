"""QR: an address as a picture that phones read, for a page and for a terminal."""

from io import BytesIO, StringIO

import segno

ERROR = "m"  # level of correction: a projector shows it large and clean
BORDER = 4  # modules of white around it, as the standard asks (ISO/IEC 18004)


def svg(text: str, title: str) -> str:
    """Return a QR code as SVG without a size of its own, black on white in dark pages, too.

    Args:
        text: what is read.
        title: what a screen reader says in its place.
    """
    out = BytesIO()
    segno.make(text, error=ERROR, micro=False).save(
        out, kind="svg", border=BORDER, light="#fff", title=title, omitsize=True, xmldecl=False
    )
    return out.getvalue().decode().strip()


def terminal(text: str) -> str:
    """Return a QR code as lines of half blocks for a terminal."""
    out = StringIO()
    segno.make(text, error=ERROR, micro=False).terminal(out, border=2, compact=True)
    return out.getvalue()
