"""What all may see of a room: no count of fewer than five people, in any of 10,000 rooms."""

import json
import random

import pytest

from tests.rooms.play import CANDIDATES, ROUNDS, answer
from tradeoffs.rooms.pool import Pool
from tradeoffs.rooms.room import Room
from tradeoffs.rooms.round_summary import Summary
from tradeoffs.rooms.seat import text_id
from tradeoffs.rooms.suppression import LEAST

ROOMS = 10_000
NAMES = tuple(name for name in ROUNDS if name != "line")
TABLES = ("clinic", "patients", "press")


def skewed(asked, rng):
    """Return answers as rooms give them: often nearly all the same."""
    usual = answer(asked, rng)
    share = rng.choice((0.0, 0.5, 0.9, 1.0))
    return lambda: usual if rng.random() < share else answer(asked, rng)


def pools(asked, rng, text):
    """Return two attempts of the same seats, some of whom answer in one alone."""
    seats = [bytes([k]) * 16 for k in range(rng.choice((0, 3, 5, 8, 12, 30)))]
    tables = {seat: rng.choice(("", *TABLES, "clinic")) for seat in seats}
    found = []
    for attempt in "12":
        one = skewed(asked, rng)
        said = {seat: one() for seat in seats if rng.random() < 0.95}
        if asked.kind == "words":
            said = {s: {"join": text} if rng.random() < 0.6 else a for s, a in said.items()}
        paper = {json.dumps(one()): rng.randint(1, 9)} if rng.random() < 0.1 else {}
        if asked.kind == "words":
            paper = {}
        salt = rng.randbytes(16) + attempt.encode()
        found.append(Pool(said=said, paper=paper, tables=tables, salt=salt))
    return found


def small(shown, answered):
    """Yield what a summary tells of few people."""
    counts = {**shown.get("counts", {})}
    if counts:
        hidden = [name for name, count in counts.items() if count is None]
        rest = answered - sum(count or 0 for count in counts.values())
        if min([n for n in counts.values() if n is not None], default=LEAST) < LEAST:
            yield counts
        if hidden and (len(hidden) < 2 or rest < LEAST):
            yield counts
    bands = [*shown.get("approve", {}).values(), *shown.get("bounds", {}).values()]
    bands += [one["joined"] for one in shown.get("statements", ())]
    for band in filter(None, bands):
        low, high = band
        alone = min(low, answered - low if "approve" in shown else low) if low == high else LEAST
        if alone < LEAST or (low < high and high - low < LEAST - 1):
            yield band
    tables = shown.get("by_table", {})
    lengths = [len(numbers) for table in tables.values() for numbers in table.values()]
    if lengths and min(lengths) < LEAST:
        yield tables
    for one in (*shown.get("flow", ()), *map(as_count, shown.get("moved", {}).values())):
        if one["count"] is not None and one["count"] < LEAST:
            yield one


def as_count(count):
    return {"count": count}


def test_no_cell_below_five_in_ten_thousand_rooms():
    rng, told = random.Random(19), 0
    text = text_id(b"0" * 16, "words", "I disagree")
    texts = [{"id": text, "round": "words", "text": "I disagree"}]
    for k in range(ROOMS):
        asked = ROUNDS[NAMES[k % len(NAMES)]]
        room = Room(
            code="23456",
            rounds=(asked,),
            tables=TABLES,
            ends=0.0,
            place=0,
            revealed=((0, 1), (0, 2)),
            counts_shown=rng.random() < 0.5,
            approved=(text,),
        )
        both = pools(asked, rng, text)
        summary = Summary(
            room=room, options=None, pool=lambda _, n, both=both: both[n - 1], texts=texts
        )
        for attempt in (1, 2):
            found = summary.of(0, attempt)
            assert json.dumps(found)
            assert found["shown"] or found.keys() == {
                *("round", "kind", "place", "attempt", "seats", "answered", "kept_back", "shown")
            }
            assert not found["shown"] or found["answered"] >= LEAST
            assert list(small(found, found["answered"])) == []
            first = found.get("before", {})
            assert list(small(first, both[0].answered)) == []
            told += found["shown"]
    assert told > ROOMS


@pytest.mark.parametrize("name", ["number", "line", "values", "point", "lines"])
def test_dots_are_in_an_order_that_tells_nothing_and_each_round_by_itself(name):
    asked, rng = ROUNDS[name], random.Random(0)
    seats = [bytes([k]) * 16 for k in range(30)]
    said = {seat: answer(asked, rng) for seat in seats}
    room = Room(code="23456", rounds=(asked,), ends=0.0, place=0, revealed=((0, 1),))

    def told(salt):
        pool = Pool(said=said, paper={}, tables=dict.fromkeys(seats, ""), salt=salt)
        summary = Summary(room=room, options=None, pool=lambda *_: pool, texts=[])
        found = summary.of(0, 1)
        return {
            k: found[k] for k in ("numbers", "lines", "profiles", "points", "values") if k in found
        }

    one, two = told(b"a" * 16), told(b"b" * 16)
    assert one == told(b"a" * 16) != two
    for key, shown in one.items():
        by_name = shown if isinstance(shown, dict) else {"": shown}
        others = two[key] if isinstance(shown, dict) else {"": two[key]}
        for part, values in by_name.items():
            assert sorted(map(str, values)) == sorted(map(str, others[part]))
            assert len(values) == 30


def test_a_table_is_told_of_where_five_sit_and_no_other_follows():
    asked = ROUNDS["values"]
    points = {"points": {"accuracy": 60, "privacy": 40}, "else": ""}
    for sizes, told in (
        ((6, 7, 0), {"patients"}),
        ((6, 7, 5), set(TABLES)),
        ((9, 2, 4), {"clinic"}),
        ((9, 6, 3), {"clinic"}),
        ((3, 3, 3), set()),
    ):
        names = [name for name, size in zip(TABLES, sizes, strict=True) for _ in range(size)]
        tables = {bytes([k]) * 16: name for k, name in enumerate(names)}
        pool = Pool(said=dict.fromkeys(tables, points), paper={}, tables=tables, salt=b"salt")
        room = Room(code="23456", rounds=(asked,), tables=TABLES, ends=0.0, place=0)
        summary = Summary(room=room, options=None, pool=lambda *_, p=pool: p, texts=[])
        found = summary.of(0, 1)["by_table"]
        assert set(found) == told


def test_candidates_of_the_vote_are_told_apart_from_those_approved():
    asked = ROUNDS["vote"]
    votes = [{"approve": ["baseline"]}] * 6 + [{"approve": ["baseline", "setting-1"]}] * 6
    said = {bytes([k]) * 16: vote for k, vote in enumerate(votes)}
    pool = Pool(said=said, paper={}, tables=dict.fromkeys(said, ""), salt=b"")
    room = Room(code="23456", rounds=(asked,), ends=0.0, place=0, counts_shown=True)
    found = Summary(room=room, options=None, pool=lambda *_: pool, texts=[]).of(0, 1)
    assert found["approve"] == {"baseline": (8, 12), "setting-1": (6, 6), "do_not_build": (0, 4)}
    assert [one["name"] for one in CANDIDATES] == list(found["approve"])


def test_profiles_are_of_the_last_attempt_that_five_answered():
    asked, rng = ROUNDS["values"], random.Random(0)
    pools = {n: pool(asked, seats, rng) for n, seats in ((1, 6), (2, 4))}
    room = Room(code="23456", rounds=(asked,), ends=0.0, place=0, revealed=((0, 1), (0, 2)))
    summary = Summary(room=room, options=None, pool=lambda _, n: pools[n], texts=[])
    assert summary.profiles("values") == summary.of(0, 1)["profiles"]
    assert not summary.of(0, 2)["shown"] and summary.profiles("lines") == []


def pool(asked, seats, rng):
    said = {bytes([k]) * 16: answer(asked, rng) for k in range(seats)}
    return Pool(said=said, paper={}, tables=dict.fromkeys(said, ""), salt=b"")
