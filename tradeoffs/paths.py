"""Where files lie: the bundled tables, the shipped results and the scripts of the server."""

from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
DATA = PROJECT / "data"
APP = PROJECT / "app.py"
SERVER = PROJECT / "serve.py"
PAGES = PROJECT / "pages"
SHIPPED_STORE = DATA / "shipped.sqlite"
SHIPPED_LESSONS = DATA / "lessons.jsonl"
