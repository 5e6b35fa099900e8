"""Red lines: what keeps them, by the numbers on screen, and which exclude each other."""

import numpy as np
import pytest

from tests.rooms.front import FAIR, PRIVATE, options, row
from tradeoffs.rooms.options import limits
from tradeoffs.rooms.red_lines import breaches, inside, overlap

FAIREST = row(options(), "max_gap=0.02")
NONE = dict.fromkeys(options().names)


def test_lines_are_kept_as_they_are_typed():
    """Shares in per cent; exactly on the line is kept."""
    assert limits(options())[0]["unit"] == "%"
    kept = inside(options(), [NONE, NONE | {"accuracy": 82.0}, NONE | {"accuracy": 82.1}])
    accuracy = options().means[1][:, 0]
    assert kept[0].all()
    assert kept[1].tolist() == (accuracy > 0.8199).tolist()
    assert kept[2].tolist() == (accuracy > 0.825).tolist()


def test_a_line_for_epsilon_keeps_no_setting_without_a_promise():
    kept = inside(options(), [NONE | {"privacy": 50}, NONE | {"privacy": 0.5}])
    assert not kept[0, options().now] and kept[0].sum() == 4
    assert kept[1].sum() == 1 and FAIR != PRIVATE


@pytest.mark.parametrize("seed", range(5))
def test_the_overlap_is_what_every_seat_accepts(seed):
    rng = np.random.default_rng(seed)
    lines = [
        {"accuracy": float(rng.uniform(75, 84)), "fairness": float(rng.uniform(8, 25))}
        for _ in range(12)
    ]
    found, means = overlap(options(), lines), options().means[1]
    ok = [
        [100 * m[0] >= one["accuracy"] and 100 * m[1] <= one["fairness"] for m in means]
        for one in lines
    ]
    counts = np.sum(ok, axis=0)
    assert found["settings"] == 5
    assert found["all"] == np.flatnonzero(counts == 12).tolist()
    for count, (low, high) in zip(counts, found["within"], strict=True):
        assert low == count == high  # whoever sees the lines can count
    assert bool(found["all"]) == (not found["clash"])


def test_lines_that_exclude_each_other_are_named():
    lines = [NONE | {"accuracy": 85}, NONE | {"fairness": 5}, NONE | {"explainability": 1}]
    found = overlap(options(), lines)
    assert found["all"] == [] and found["clash"] == ["accuracy", "fairness"]
    assert sum(low for low, high in found["within"] if low == high) == sum(
        int(count) for count in inside(options(), lines).sum(0)
    )


def test_how_many_lines_a_setting_breaks_is_told_as_it_follows_from_them():
    lines = [NONE | {"accuracy": 85}] * 6 + [NONE | {"fairness": 1}] * 4
    found = breaches(options(), lines, FAIREST)
    assert found["accuracy"] == (6, 6) and found["privacy"] == (0, 0)
    assert found["fairness"] in ((0, 0), (4, 4))
