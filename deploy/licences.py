"""Licences: of the project, its tables, and every package of the image, as a page.

`python -m deploy.licences` writes docs/licences.md from the lock, the codebooks and what the
installed packages say of themselves.
"""

import re
from importlib.metadata import PackageMetadata, metadata

from deploy.lock import FOLDER
from tradeoffs.data.catalogue import DATASETS
from tradeoffs.data.load import load_codebook

PAGE = FOLDER.parent / "docs" / "licences.md"
LOCKED = re.compile(r"^([\w.-]+)==([\w.+]+)", re.MULTILINE)
TEXT = """# Licences

The project is under the MIT licence. `python -m deploy.licences` writes this page.

## Tables

Datasheets beside the tables, in `data/`, say what each licence rests on.

{tables}

## Packages of the image

As the packages say of themselves, in the versions of `deploy/requirements.txt`. What they contain
of others is named in the licence files that they install. torch's default build for Linux is not in
the image: it brings libraries by NVIDIA along, which are not free software and have terms of their
own.

{packages}
"""


def packages() -> dict[str, str]:
    """Return the packages of the image, name -> version."""
    return dict(LOCKED.findall((FOLDER / "requirements.txt").read_text(encoding="utf-8")))


def licence(about: PackageMetadata) -> str:
    """Return the licence of an installed package, from the most to the least exact statement.

    Raises:
        LookupError: it states none.
    """
    expressions, fields = about.get_all("License-Expression", []), about.get_all("License", [])
    classifiers = about.get_all("Classifier", [])
    named = [one.rpartition(" :: ")[2] for one in classifiers if one.startswith("License :: OSI")]
    lines = [one.strip().partition("\n")[0] for one in fields]
    stated = ", ".join(expressions or named or lines)
    if not stated:
        raise LookupError(f"{about['Name']} states no licence")
    return stated


def page() -> str:
    """Return the page as Markdown."""
    tables = ["| table | licence | from |", "|---|---|---|"]
    for name in DATASETS:
        book = load_codebook(name)
        tables.append(f"| `{name}` | {book.licence} | {book.source} |")
    rows = ["| package | version | licence |", "|---|---|---|"]
    for name, version in packages().items():
        rows.append(f"| {name} | {version} | {licence(metadata(name))} |")
    return TEXT.format(tables="\n".join(tables), packages="\n".join(rows))


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
