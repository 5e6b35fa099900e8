"""Stored moves stay among few settings, cold ones never meet."""

import random
from itertools import islice

from loadtest.moves import FIRST, SEEDS, STORED, cold, stored, warm_up
from tradeoffs.experiments.designs import SLIDERS


def test_stored_moves_turn_one_slider_among_the_settings_that_are_warmed_up():
    known = warm_up()
    assert FIRST in known
    path = [FIRST, *islice(stored(random.Random(1)), 300)]
    for before, after in zip(path, path[1:], strict=False):
        assert after in known
        assert sum(before[name] != after[name] for name in STORED) == 1
    assert all(one in path for one in known)


def test_cold_moves_turn_a_slider_and_share_no_seed():
    dice = random.Random(1)
    paths = [list(islice(cold(dice, SEEDS[i::50]), 100)) for i in range(50)]
    numbers = [move["seed"] for path in paths for move in path]
    assert len(set(numbers)) == len(numbers) and 0 not in numbers
    for path in paths:
        for before, after in zip(path, path[1:], strict=False):
            assert sum(before[name] != after[name] for name in STORED) == 1
            assert all(after[name] in SLIDERS[name] for name in STORED)


def test_the_same_seed_makes_the_same_moves():
    one, again, other = (list(islice(stored(random.Random(i)), 20)) for i in (1, 1, 2))
    assert one == again != other
