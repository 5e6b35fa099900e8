"""Where files lie: the bundled tables, the shipped results and the local store."""

import os
from pathlib import Path

from tradeoffs.errors import InvalidInput

PROJECT = Path(__file__).resolve().parent.parent
DATA = PROJECT / "data"
APP = PROJECT / "app.py"
SERVER = PROJECT / "serve.py"
PAGES = PROJECT / "pages"
SHIPPED_STORE = DATA / "shipped.sqlite"
SHIPPED_LESSONS = DATA / "lessons.jsonl"
STORE_MB, USUAL_MB = "TRADEOFFS_STORE_MB", 500
LEAST_MB, MOST_MB = 1, 1_000_000


def local_store() -> Path:
    """Return the file in which this machine keeps its results (TRADEOFFS_STORE overrides it)."""
    override = os.environ.get("TRADEOFFS_STORE")
    if override:
        return Path(override)
    cache = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(cache) / "tradeoffs" / "store.sqlite"


def store_bytes() -> int:
    """Return how large that file may grow (TRADEOFFS_STORE_MB; 500 MB where it is not set).

    Raises:
        InvalidInput: it is no number, or too small or large.
    """
    text = os.environ.get(STORE_MB, "").strip() or str(USUAL_MB)
    if not (text.isascii() and text.isdigit() and LEAST_MB <= int(text) <= MOST_MB):
        raise InvalidInput(f"{STORE_MB}={text!r} must be a number from {LEAST_MB} to {MOST_MB:,}")
    return 1_000_000 * int(text)
