"""Where files lie: the bundled tables, the shipped results and the local store."""

import os
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
DATA = PROJECT / "data"
APP = PROJECT / "app.py"
SERVER = PROJECT / "serve.py"
PAGES = PROJECT / "pages"
SHIPPED_STORE = DATA / "shipped.sqlite"
SHIPPED_LESSONS = DATA / "lessons.json"


def local_store() -> Path:
    """Return the file in which this machine keeps its results (TRADEOFFS_STORE overrides it)."""
    override = os.environ.get("TRADEOFFS_STORE")
    if override:
        return Path(override)
    cache = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(cache) / "tradeoffs" / "store.sqlite"
