"""Small counts: none is shown, and none follows from what is, whatever the counts are."""

import random
from collections import defaultdict
from itertools import product

import pytest

from tradeoffs.rooms.suppression import LEAST, band, bounds, mixed_band, suppress


def compositions(classes, total):
    for rest in product(range(total + 1), repeat=classes - 1):
        if sum(rest) <= total:
            yield (*rest, total - sum(rest))


def views(counts):
    """Return what can be seen of counts, over what chance decides."""
    given = dict(enumerate(map(int, counts)))
    named = {str(name): count for name, count in given.items()}
    for seed in range(1 if len(set(counts)) == len(counts) else 16):
        shown = suppress(named, random.Random(seed))
        yield tuple(shown.items()), tuple(bounds(named, shown).items())


@pytest.mark.parametrize(("classes", "most"), [(2, 30), (3, 21), (4, 16), (5, 10)])
def test_somebody_who_knows_total_and_method_cannot_tell_a_hidden_count(classes, most):
    for total in range(LEAST, most + 1):
        possible = defaultdict(list)
        for counts in compositions(classes, total):
            for view in set(views(counts)):
                possible[view].append(counts)
        for (shown, ends), behind in possible.items():
            for place, (name, count) in enumerate(shown):
                if count is not None:
                    assert count >= LEAST
                    assert dict(ends)[name] == (count, count)
                else:
                    values = {counts[place] for counts in behind}
                    assert len(values) > 1, (shown, behind)
                    low, high = dict(ends)[name] or (0, total)
                    assert low <= min(values) and max(values) <= high


def test_what_is_hidden_together_is_several_classes_and_at_least_five_people():
    rng = random.Random(0)
    for _ in range(5000):
        counts = {str(k): rng.choice((0, 1, 3, 4, 5, 9, 30)) for k in range(rng.randint(2, 6))}
        hidden = [counts[k] for k, one in suppress(counts, rng).items() if one is None]
        if sum(counts.values()) >= LEAST and hidden:
            assert len(hidden) > 1 and sum(hidden) >= LEAST


def test_large_counts_are_all_shown_and_few_answers_not_at_all():
    rng = random.Random(0)
    assert suppress({"a": 5, "b": 70}, rng) == {"a": 5, "b": 70}
    assert suppress({"a": 13, "b": 12, "c": 3}, rng) == {"a": 13, "b": None, "c": None}
    assert suppress({"a": 4}, rng) == {"a": None}
    assert suppress({}, rng) == {}


def test_nearly_all_of_one_mind_is_told_by_bands():
    counts = {"fewer": 27, "same": 0, "more": 1}
    shown = suppress(counts, random.Random(0))
    assert set(shown.values()) == {None}
    assert bounds(counts, shown) == {"fewer": (24, 28), "same": (0, 4), "more": (0, 4)}


@pytest.mark.parametrize(("classes", "most"), [(2, 16), (3, 12)])
def test_who_typed_some_answers_cannot_tell_the_others_by_subtracting(classes, most):
    """The counts of phones that fit what is shown, to somebody who typed the rest and knows it."""
    for typed in ((0,) * classes, (30, *(0,) * (classes - 1)), tuple(range(3, 3 + classes))):
        known = {str(k): count for k, count in enumerate(typed)}
        for total in range(1, most + 1):
            possible = defaultdict(set)
            for phones in compositions(classes, total):
                counts = {str(k): a + b for k, (a, b) in enumerate(zip(phones, typed, strict=True))}
                for seed in range(6):
                    shown = suppress(counts, random.Random(seed), known)
                    ends = bounds(counts, shown, known)
                    possible[tuple(shown.items()), tuple(ends.items())].add(phones)
            for (shown, _), behind in possible.items():
                for place, (name, count) in enumerate(shown):
                    values = {phones[place] for phones in behind}
                    if count is None:
                        assert len(values) > 1
                    else:
                        assert values == {count - known[name]} and min(values) >= LEAST


@pytest.mark.parametrize("of", range(1, 30))
def test_a_band_of_answers_some_of_which_were_typed_is_exact_or_not_told(of):
    for count, typed_of in product(range(of + 1), range(1, 25)):
        for typed in {0, typed_of // 2, typed_of}:
            shown = mixed_band(count + typed, of + typed_of, typed, typed_of)
            if shown is not None:
                assert shown == (count + typed,) * 2
                assert min(count, of - count) >= LEAST <= min(shown[0], of + typed_of - shown[0])


@pytest.mark.parametrize("of", range(40))
def test_a_band_holds_five_counts_or_those_on_either_side_are_five(of):
    views = defaultdict(set)
    for count in range(of + 1):
        views[band(count, of)].add(count)
    for shown, behind in views.items():
        if shown is None:
            assert of < 2 * LEAST - 1 and len(behind) == of + 1
        else:
            assert behind == set(range(shown[0], shown[1] + 1))
            assert len(behind) == LEAST or min(*behind, *(of - one for one in behind)) >= LEAST
