"""Flows between two votes: no small one is shown, or follows from those shown and all sums."""

import random
from collections import Counter, defaultdict
from itertools import product

from tests.rooms.play import CHOICES
from tradeoffs.rooms.flow import flow, spread
from tradeoffs.rooms.suppression import LEAST, suppress


def shown(pairs, choices, rng):
    before = suppress({c: sum(a == c for a, _ in pairs) for c in choices}, rng)
    after = suppress({c: sum(b == c for _, b in pairs) for c in choices}, rng)
    told = flow(pairs, before, after, rng)
    return before, after, {(one["before"], one["after"]): one["count"] for one in told}


def test_large_flows_are_told_and_small_ones_hidden():
    pairs = [("a", "a")] * 12 + [("a", "b")] * 6 + [("b", "b")] * 9 + [("b", "a")] * 7
    _, _, told = shown(pairs, "ab", random.Random(0))
    assert told == {("a", "a"): 12, ("a", "b"): 6, ("b", "a"): 7, ("b", "b"): 9}
    _, _, told = shown([*pairs[:12], *pairs[:2], *pairs[18:]], "ab", random.Random(0))
    assert all(count is None or count >= LEAST for count in told.values())


def test_no_flow_is_told_where_it_leaves_a_small_one_alone():
    pairs = [("a", "a")] * 12 + [("a", "b")] * 2 + [("b", "b")] * 9 + [("b", "a")] * 7
    before, after, told = shown(pairs, "ab", random.Random(0))
    assert None not in (*before.values(), *after.values())
    assert set(told.values()) == {None}  # any one of them gives the others


def test_a_choice_whose_count_is_hidden_has_no_flow():
    pairs = [("a", "a")] * 20 + [("b", "a")] * 9 + [("c", "a")] * 3
    before, _, told = shown(pairs, "abc", random.Random(0))
    assert before["b"] is before["c"] is None
    assert all(count is None for (one, _), count in told.items() if one in "bc")


def test_a_small_flow_could_be_five_counts_to_who_knows_all_that_is_told():
    """By trying every table of two choices, and of those who answered once, with the same sums."""
    rng, told_any = random.Random(1), 0
    for _ in range(100):
        cells = [rng.choice((3, 5, 6, 7, 9)) for _ in range(4)]
        once = rng.choice((0, 0, 3, 6))
        names = [*product("ab", "ab"), ("a", None)]
        pairs = [pair for pair, n in zip(names, [*cells, once], strict=True) for _ in range(n)]
        if len(pairs) < LEAST:
            continue
        before, after, told = shown(pairs, "ab", rng)
        told_any += any(count is not None for count in told.values())
        possible = defaultdict(set)
        for table in tables(before, after, told, len(pairs), sum(cells)):
            for name, count in table.items():
                possible[name].add(count)
        for name, values in possible.items():
            if min(values) < LEAST and told.get(name) is None and values != {0}:
                assert len(values) > 1
    assert told_any > 10


def tables(before, after, told, first, second):
    """Yield every table that shows what is shown: counts of both votes, and some flows."""
    for aa, ab, ba in product(range(second + 1), repeat=3):
        bb = second - aa - ab - ba
        full = {("a", "a"): aa, ("a", "b"): ab, ("b", "a"): ba, ("b", "b"): bb}
        if bb < 0 or any(told[k] not in (None, n) for k, n in full.items()):
            continue
        sums = {"a": aa + ba, "b": ab + bb}
        if any(after[k] not in (None, n) for k, n in sums.items()):
            continue
        for gone in range(first - second + 1):
            rows = {"a": aa + ab + gone, "b": ba + bb + first - second - gone}
            if all(before[k] in (None, n) for k, n in rows.items()):
                yield full | {("a", None): gone, ("b", None): first - second - gone}


def test_how_far_a_hidden_flow_ranges_is_what_trying_all_tables_finds():
    rng = random.Random(2)
    for _ in range(60):
        table = [[rng.randint(0, 4) for _ in range(3)] for _ in range(2)]
        hidden = {cell for cell in product(range(2), range(3)) if rng.random() < 0.8}
        ranges = defaultdict(set)
        for other in product(range(13), repeat=3):
            sums = [sum(row) for row in zip(*table, strict=True)]
            rows = [list(other), [s - o for s, o in zip(sums, other, strict=True)]]
            same = all(
                (i, j) in hidden or rows[i][j] == table[i][j] for i in range(2) for j in range(3)
            )
            if min(rows[1]) >= 0 and same and sum(rows[0]) == sum(table[0]):
                for i, j in hidden:
                    ranges[i, j].add(rows[i][j])
        for cell in hidden:
            assert spread(table, hidden, cell) == max(ranges[cell]) - min(ranges[cell])


def test_three_choices_and_those_who_came_or_left():
    rng = random.Random(3)
    pairs = [(rng.choice(CHOICES), rng.choice(CHOICES)) for _ in range(120)]
    pairs += [(rng.choice(CHOICES), None) for _ in range(12)] + [(None, "more")] * 7
    _, _, told = shown(pairs, CHOICES, rng)
    counts = Counter(pairs)
    assert told.keys() == set(product(CHOICES, CHOICES))
    assert {k: n for k, n in told.items() if n is not None} == {
        k: counts[k] for k, n in told.items() if n is not None
    }
    assert sum(n is not None for n in told.values()) >= 4
