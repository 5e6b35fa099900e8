"""Where files lie: the bundled tables, the shipped results and the scripts of the server."""

from pathlib import Path


def project(package: Path) -> Path:
    """Return the folder of app.py, the pages and the data: a checkout, or what a wheel installed.

    A wheel keeps the checkout's layout in a folder inside the package (pyproject.toml).
    """
    installed = package / "explorer"
    return installed if installed.is_dir() else package.parent


PROJECT = project(Path(__file__).resolve().parent)
DATA = PROJECT / "data"
APP = PROJECT / "app.py"
SERVER = PROJECT / "serve.py"
PAGES = PROJECT / "pages"
SHIPPED_STORE = DATA / "shipped.sqlite"
SHIPPED_LESSONS = DATA / "lessons"  # one file a lesson
