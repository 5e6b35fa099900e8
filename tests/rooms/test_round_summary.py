"""What all may see of a room: no count of fewer than five people, in any of 10,000 rooms."""

import json
import random
from collections import Counter
from dataclasses import replace

import pytest

from tests.rooms.front import options
from tests.rooms.play import CANDIDATES, ROUNDS, answer
from tradeoffs.rooms.pool import Pool
from tradeoffs.rooms.room import Room
from tradeoffs.rooms.round_summary import Summary
from tradeoffs.rooms.rounds import workshop_rounds
from tradeoffs.rooms.rules import decide
from tradeoffs.rooms.seat import text_id
from tradeoffs.rooms.suppression import LEAST

ROOMS = 10_000
NAMES = tuple(name for name in ROUNDS if name != "line")
TABLES = ("clinic", "patients", "press")


def skewed(asked, rng, answer):
    """Return answers as rooms give them: often nearly all the same."""
    usual = answer(asked, rng)
    share = rng.choice((0.0, 0.5, 0.9, 1.0))
    return lambda: usual if rng.random() < share else answer(asked, rng)


def pools(asked, rng, text, answer=answer):
    """Return two attempts of the same seats, some of whom answer in one alone."""
    seats = [bytes([k]) * 16 for k in range(rng.choice((0, 3, 5, 8, 12, 30)))]
    tables = {seat: rng.choice(("", *TABLES, "clinic")) for seat in seats}
    found = []
    for attempt in "12":
        one = skewed(asked, rng, answer)
        said = {seat: one() for seat in seats if rng.random() < 0.95}
        if asked.kind == "words":
            said = {s: {"join": text} if rng.random() < 0.6 else a for s, a in said.items()}
        paper = {}
        if asked.kind != "words" and rng.random() < 0.3:
            paper = {json.dumps(one()): rng.randint(1, 30) for _ in range(rng.randint(1, 4))}
        salt = rng.randbytes(16) + attempt.encode()
        found.append(Pool(said=said, paper=paper, tables=tables, salt=salt))
    return found


def small(shown, pool):
    """Yield what a summary tells of few people, also to whoever typed what is on paper."""
    if not shown:
        return
    yield from small_counts(shown, pool.answered, Counter())
    typed = Counter(name for one in pool.typed for name in names_in(one))
    if pool.said and pool.on_paper:
        yield from small_counts(shown, len(pool.said), typed)
        dots = [shown[key] for key in ("numbers", "lines", "profiles", "points") if key in shown]
        if any(len(one) - pool.on_paper < LEAST for one in dots if isinstance(one, list)):
            yield dots
    tables = shown.get("by_table", {})
    lengths = [len(numbers) for table in tables.values() for numbers in table.values()]
    if lengths and min(lengths) < LEAST:
        yield tables
    for one in (*shown.get("flow", ()), *map(as_count, shown.get("moved", {}).values())):
        if one["count"] is not None and one["count"] < LEAST:
            yield one


def names_in(answer):
    """Return the classes that an answer is counted in."""
    return answer.get("approve") or [answer.get("choice", str(answer.get("guess")))]


def small_counts(shown, answered, typed):
    """Yield the counts and bounds that tell of few among those who did not type."""
    if counts := shown.get("counts"):
        left = [count - typed[name] for name, count in counts.items() if count is not None]
        hidden = len(counts) - len(left)
        if min(left, default=LEAST) < LEAST:
            yield counts
        if hidden and (hidden < 2 or answered - sum(left) < LEAST):
            yield counts
    bands = [*shown.get("approve", {}).items(), *shown.get("bounds", {}).items()]
    bands += [("", one["joined"]) for one in shown.get("statements", ())]
    for name, band in bands:
        low, high = (end - typed[name] for end in band or (0, 2 * LEAST))
        low, high = max(low, 0), min(high, answered)
        alone = min(low, answered - low if "approve" in shown else low) if low == high else LEAST
        if band and (alone < LEAST or (low < high and high - low < LEAST - 1)):
            yield band


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
            assert list(small(found, both[attempt - 1])) == []
            assert list(small(found.get("before", {}), both[0])) == []
            told += found["shown"]
    assert told > ROOMS


def test_no_count_of_a_workshop_is_below_five_and_all_else_follows_from_what_is_shown():
    """With options, and typed answers whose host subtracts them, in each attempt at each round."""
    rng, chosen, told = random.Random(20), options(), Counter()
    rounds = [one for one in workshop_rounds(chosen) if one.kind != "words"]
    rounds = [
        replace(r, asks={"candidates": CANDIDATES}) if r.kind == "vote" else r for r in rounds
    ]
    revealed = tuple((k, attempt) for k in range(len(rounds)) for attempt in (1, 2))
    room = Room(code="23456", rounds=tuple(rounds), tables=TABLES, ends=0.0, revealed=revealed)
    for _ in range(150):
        given = {one.name: pools(one, rng, "", workshop_answer) for one in rounds}
        summary = Summary(
            room=room, options=chosen, pool=lambda name, n, p=given: p[name][n - 1], texts=[]
        )
        for place, attempt in revealed:
            found = summary.of(place, attempt)
            pool = given[rounds[place].name][attempt - 1]
            assert found["shown"] == (pool.enough and not found["kept_back"])
            assert list(small(found, pool)) == []
            told[found["kind"]] += found["shown"]
            if found.get("decision"):
                values, lines = summary.profiles("values"), summary.profiles("lines")
                public = decide(chosen, values, CANDIDATES, found["approve"], lines)
                assert json.dumps(found["decision"]) == json.dumps(public)
    assert min(told.values()) > 50 and len(told) == len(rounds)


def workshop_answer(asked, rng):
    """Return an answer to a round of a workshop."""
    names = list(options().names)
    if asked.kind == "values":
        return {"points": dict(zip(names, rng.sample([70, 20, 10, 0], 4), strict=True)), "else": ""}
    if asked.kind == "lines":
        return dict.fromkeys(names) | {"accuracy": rng.choice((None, 80.0, 83.0))}
    return answer(asked, rng)


def test_answers_typed_beside_few_phones_unlock_nothing():
    """1 phone and 30 on paper: who typed these would have the phone's answer."""
    for name in NAMES:
        asked, rng = ROUNDS[name], random.Random(0)
        said = {bytes([k]) * 16: answer(asked, rng) for k in range(5)}
        paper = {json.dumps(answer(asked, rng)): 10 for _ in range(3)}
        room = Room(code="23456", rounds=(asked,), ends=0.0, revealed=((0, 1),), counts_shown=True)
        for phones, shown in ((0, True), (1, False), (4, False), (5, True)):
            some = dict([*said.items()][:phones])
            pool = Pool(said=some, paper=paper, tables=dict.fromkeys(some, ""), salt=b"")
            found = Summary(room=room, options=None, pool=lambda *_, p=pool: p, texts=[]).of(0, 1)
            assert found["shown"] == shown and list(small(found, pool)) == []


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
