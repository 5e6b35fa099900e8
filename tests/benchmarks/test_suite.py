import json
import math
import re

import pytest

from tradeoffs.benchmarks.suite import WORDS, report
from tradeoffs.cli import main


def leaves(value):
    if isinstance(value, dict):
        for inner in value.values():
            yield from leaves(inner)
    else:
        yield value


@pytest.fixture(scope="module")
def figures():
    """Return what the command prints, run once."""
    import contextlib
    import io

    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        assert main(["bench", "--quick", "--json"]) == 0
    return json.loads(out.getvalue())


def test_the_command_measures_every_part(figures):
    assert list(figures) == list(WORDS)
    assert set(figures["ratio"]) == set(figures["sgemm_share"]) == {"0", "16"}
    assert {"hypervolume_ratio_eg", "hypervolume_ratio_to", "speed_ratio_eg"} <= set(
        figures["front"]
    )
    assert figures["whole"]["models"] == 8


def test_every_figure_is_finite_and_positive(figures):
    numbers = [value for value in leaves(figures) if not isinstance(value, str)]
    assert len(numbers) > 30
    assert all(math.isfinite(value) and value > 0 for value in numbers)


def test_ratios_follow_from_what_is_shown_beside_them(figures):
    for width, ratio in figures["ratio"].items():
        expected = figures["population"][width] / figures["opacus"][width]
        assert ratio == pytest.approx(expected)
        loaded = figures["population"][width] / figures["opacus_loaded"][width]
        assert figures["ratio_loaded"][width] == pytest.approx(loaded)
    front = figures["front"]
    expected = front["seconds_a_point_eg"] / front["seconds_a_point"]
    assert front["speed_ratio_eg"] == pytest.approx(expected)


def test_the_text_tells_every_part_with_its_words(figures):
    told = report(figures)
    for part, words in WORDS.items():
        assert f"{part}: {words}" in told
    assert re.search(r"^  0 +[\d,.]+$", told, re.MULTILINE)
    assert len(told.splitlines()) == len(WORDS) + len(list(leaves(figures)))
