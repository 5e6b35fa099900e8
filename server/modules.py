"""Modules: the scripts of the elements on a page, fetched while Streamlit's own start.

Streamlit asks for each kind of element when the first one of it arrives, and only then for what
that script imports in turn. The page's HTML can name them all at once.
"""

import re
from collections.abc import Iterable
from pathlib import Path

ELEMENTS = ("Html", "BidiComponent", "PageLink", "Button", "TextInput", "Radio", "NumberInput")
IMPORTED = re.compile(r"""\b(?:from|import)\s*["']\./([\w.-]+\.js)["']""")


def preloads(static: Path, elements: Iterable[str] = ELEMENTS) -> str:
    """Return the HTML that lets a browser fetch the scripts of elements ahead.

    Args:
        static: folder of Streamlit's own files.
        elements: names of scripts, as far as before the digest of their content.
    """
    html = (static / "index.html").read_text(encoding="utf-8")
    scripts = [f"./static/js/{one}" for one in _with_imports(static / "static" / "js", elements)]
    wanted = [one for one in scripts if one not in html]
    return "".join(f'<link rel="modulepreload" crossorigin href="{one}">' for one in wanted)


def _with_imports(folder: Path, elements: Iterable[str]) -> list[str]:
    """Return the scripts of elements and all that they import, each once."""
    found: dict[str, None] = {}
    waiting = [path.name for one in elements for path in sorted(folder.glob(f"{one}.*.js"))]
    while waiting:
        name = waiting.pop(0)
        if name not in found and (folder / name).is_file():
            found[name] = None
            waiting += IMPORTED.findall((folder / name).read_text(encoding="utf-8"))
    return list(found)
