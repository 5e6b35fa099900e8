"""The notebooks of the documentation: executed anew, they show the same numbers."""

import re

import pytest

from tests.docs.notebooks import NOTEBOOKS, executed, read

NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]  # .ci/docs runs them


def shown(notebook) -> list[str]:
    """Return the text of every output, without figures."""
    outputs = [one for cell in notebook.cells for one in cell.get("outputs", [])]
    return [one.get("text") or one["data"].get("text/html", "") for one in outputs]


@pytest.mark.parametrize("file", NOTEBOOKS, ids=lambda file: file.stem)
def test_a_notebook_shows_the_numbers_it_was_committed_with(file):
    known = read(file)
    for before, now in zip(shown(known), shown(executed(known)), strict=True):
        numbers = [[float(n) for n in NUMBER.findall(text)] for text in (now, before)]
        assert numbers[0] == pytest.approx(numbers[1], rel=0.1, abs=0.1)


def test_every_notebook_has_a_figure():
    assert len(NOTEBOOKS) == 3
    for file in NOTEBOOKS:
        outputs = [one for cell in read(file).cells for one in cell.get("outputs", [])]
        assert any("application/vnd.plotly.v1+json" in one.get("data", {}) for one in outputs)
