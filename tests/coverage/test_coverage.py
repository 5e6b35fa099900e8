import json

import numpy as np
import pytest

from tradeoffs.cli import main
from tradeoffs.commands import coverage as command
from tradeoffs.coverage.catalogue import STUDIES
from tradeoffs.coverage.study import LEAST, MOST, Drawn, Study, measure_coverage
from tradeoffs.stats.interval import estimate


def drawn(part: float = 1.0):
    """Return a draw of the mean of eight normal numbers, a part of its interval wide."""

    def draw(rng):
        found = estimate(rng.normal(size=8))
        assert found.interval is not None
        half = part * (found.interval[1] - found.mean)
        return {"mean": Drawn(found.mean - half, found.mean + half, 0.0)}

    return draw


def study(part: float = 1.0) -> Study:
    return Study(screen="nowhere", covers="numbers", draw=drawn(part))


def test_an_interval_of_student_covers_and_its_error_is_binomial():
    (found,) = measure_coverage(study(), 2_000)
    assert found.ok and LEAST < found.coverage < MOST and found.worlds == 2_000
    assert found.error == pytest.approx(np.sqrt(0.95 * 0.05 / 2_000), rel=0.1)


@pytest.mark.parametrize("part", [0.6, 2.0], ids=["narrow", "wide"])
def test_an_interval_that_is_too_narrow_or_too_wide_is_caught(part):
    (found,) = measure_coverage(study(part), 500)
    assert not found.ok


def test_an_interval_of_width_zero_has_an_error():
    (found,) = measure_coverage(study(0.0), 50)
    assert found.coverage == 0 and found.error > 0 and not found.ok


def test_the_command_tells_every_kind_and_says_if_one_is_too_narrow(monkeypatch, capsys):
    monkeypatch.setattr(command, "QUICK", 5)
    assert main(["coverage", "--quick", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    kinds = {(one["screen"], one["kind"]) for one in found}
    assert len(kinds) == len(found) and {one["screen"] for one in found} == {
        one.screen for one in STUDIES
    }
    assert all(0 <= one["coverage"] <= 1 and one["error"] > 0 for one in found)

    monkeypatch.setattr(command, "QUICK", 200)
    monkeypatch.setattr("tradeoffs.coverage.catalogue.STUDIES", (study(), study(0.5)))
    assert main(["coverage", "--quick"]) == 1
    told = capsys.readouterr().out
    assert "ALARM" in told and "1 of 2 kinds" in told


@pytest.mark.slow
@pytest.mark.parametrize("one", STUDIES, ids=lambda one: one.draw.__module__ + one.draw.__name__)
def test_every_interval_covers_what_it_promises(one):
    found = measure_coverage(one, command.WORLDS)
    assert {each.kind: each.coverage for each in found if not LEAST <= each.coverage <= MOST} == {}
