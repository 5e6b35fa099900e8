"""Execute the notebooks of the documentation anew: `python -m tests.docs.notebooks` writes them."""

import os
from pathlib import Path
from typing import Any

from tradeoffs.paths import PROJECT

FOLDER = PROJECT / "docs" / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))


def read(file: Path) -> Any:
    """Return a notebook."""
    import nbformat

    return nbformat.read(file, as_version=4)


def executed(notebook: Any) -> Any:
    """Return a notebook with what its cells show now, its figures as numbers and not as scripts."""
    from copy import deepcopy

    from nbclient import NotebookClient

    done = deepcopy(notebook)
    paths = [str(PROJECT), os.environ.get("PYTHONPATH", "")]
    environment = os.environ | {
        "PLOTLY_RENDERER": "plotly_mimetype",
        "PYTHONPATH": os.pathsep.join(filter(None, paths)),
    }
    client = NotebookClient(done, timeout=300, resources={"metadata": {"path": str(FOLDER)}})
    client.execute(env=environment)
    for cell in done.cells:
        cell.metadata.pop("execution", None)  # when it ran
        if "outputs" in cell:
            cell.outputs = [one for one in cell.outputs if one.get("name") != "stderr"]
    return done


def main() -> None:
    """Write all of them."""
    import nbformat

    for file in NOTEBOOKS:
        nbformat.write(executed(read(file)), file)


if __name__ == "__main__":
    main()
