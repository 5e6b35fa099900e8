"""Pool: the answers of a round together, as all may see them."""

import random
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tradeoffs.rooms.local_privacy import estimates
from tradeoffs.rooms.room import ATTEMPTS, Room
from tradeoffs.rooms.rounds import Kind, Round
from tradeoffs.rooms.suppression import LEAST, band, bounds, suppress

Answer = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Pool:
    """The answers of one attempt at a round.

    Attributes:
        said: by phones, by the hash of the seat.
        tables: of each seat.
        paper: answers on paper, as the host typed them.
    """

    said: Mapping[bytes, Answer]
    tables: Mapping[bytes, str]
    paper: Sequence[Answer]

    @property
    def answers(self) -> list[Answer]:
        """All of them, in no order that tells anything."""
        return [*(self.said[seat] for seat in sorted(self.said)), *self.paper]

    @property
    def answered(self) -> int:
        """How many there are, on paper too."""
        return len(self.said) + len(self.paper)

    @property
    def on_paper(self) -> int:
        """How many there are on paper."""
        return len(self.paper)


def summarise(
    room: Room,
    asked: Round,
    pools: Sequence[Pool],
    texts: Sequence[Mapping[str, str]],
    rng: random.Random,
) -> dict[str, Any]:
    """Return the last attempt at a round as all may see it.

    `seats`, `answered`, `shown` (False: fewer than LEAST answered, or the host does not show the
    counts of a first vote; nothing else is told then), and by kind:

    - guess: `numbers` or `lines` in random order, or `counts` by choice, None where hidden,
      `bounds` by choice (see there), and with an epsilon `estimates` by choice: share, low, high.
    - values: `values` by objective, each in random order by itself; `by_table` the same of tables
      of LEAST answers and more; `else`: approved texts.
    - point: `points`, rows or None for "none of these", in random order.
    - lines: `lines` by objective, each in random order by itself.
    - choice: `counts` and `bounds` by choice.
    - vote: `approve` by candidate: bounds of how many, or None (see `band`).
    - words: `statements`, approved: id, text, joined (bounds, or None).

    A second attempt has `before`, the same of the first one.
    """
    pool = pools[-1]
    found: dict[str, Any] = {"seats": len(pool.tables), "answered": pool.answered, "shown": False}
    if pool.answered < LEAST or _kept_back(room, asked, len(pools)):
        return found
    found |= {"shown": True} | _KINDS[asked.kind](room, asked, pool, texts, rng)
    if len(pools) == ATTEMPTS and pools[0].answered >= LEAST:
        found["before"] = _KINDS[asked.kind](room, asked, pools[0], texts, rng)
    return found


def _kept_back(room: Room, asked: Round, attempt: int) -> bool:
    return asked.kind == "vote" and attempt < ATTEMPTS and not room.counts_shown


def _guess(room: Room, asked: Round, pool: Pool, _: object, rng: random.Random) -> dict[str, Any]:
    guesses = [one["guess"] for one in pool.answers]
    if asked.asks["form"] != "choice":
        name = "numbers" if asked.asks["form"] == "number" else "lines"
        return {name: _shuffled(guesses, rng)}
    found = _counts(asked.asks["choices"], guesses, rng)
    if room.epsilon is None:
        return found
    return found | {"estimates": estimates(found["counts"], len(guesses), room.epsilon)}


def _values(_: Room, asked: Round, pool: Pool, texts: Any, rng: random.Random) -> dict[str, Any]:
    names = [one["name"] for one in asked.asks["objectives"]]

    def by_objective(answers: Iterable[Answer]) -> dict[str, list[int]]:
        some = list(answers)
        return {name: _shuffled([one["points"][name] for one in some], rng) for name in names}

    seats = {seat: pool.tables[seat] for seat in sorted(pool.said)}
    shown = suppress(Counter(seats.values()), rng)
    tables = {
        table: by_objective(pool.said[seat] for seat, at in seats.items() if at == table)
        for table, count in sorted(shown.items())
        if table and count is not None
    }
    return {
        "values": by_objective(pool.answers),
        "by_table": tables,
        "else": [one["text"] for one in texts],
    }


def _point(_: Room, __: Round, pool: Pool, ___: object, rng: random.Random) -> dict[str, Any]:
    return {"points": _shuffled([one["setting"] for one in pool.answers], rng)}


def _lines(_: Room, asked: Round, pool: Pool, __: object, rng: random.Random) -> dict[str, Any]:
    names = [one["name"] for one in asked.asks["objectives"]]
    return {"lines": {name: _shuffled([a[name] for a in pool.answers], rng) for name in names}}


def _choice(_: Room, asked: Round, pool: Pool, __: object, rng: random.Random) -> dict[str, Any]:
    names = [one["name"] for one in asked.asks["choices"]]
    return _counts(names, [one["choice"] for one in pool.answers], rng)


def _vote(_: Room, asked: Round, pool: Pool, __: object, ___: object) -> dict[str, Any]:
    names = [one["name"] for one in asked.asks["candidates"]]
    counts = Counter(name for one in pool.answers for name in one["approve"])
    return {"approve": {name: band(counts[name], pool.answered) for name in names}}


def _words(_: Room, __: Round, pool: Pool, texts: Any, ___: object) -> dict[str, Any]:
    joined = Counter(one.get("join") for one in pool.answers)
    return {
        "statements": [
            {
                "id": one["id"],
                "text": one["text"],
                "joined": band(joined[one["id"]], pool.answered),
            }
            for one in texts
        ]
    }


def _counts(names: Iterable[str], given: Sequence[str], rng: random.Random) -> dict[str, Any]:
    counts = {name: given.count(name) for name in names}
    shown = suppress(counts, rng)
    return {"counts": shown, "bounds": bounds(counts, shown)}


def _shuffled(values: Sequence[Any], rng: random.Random) -> list[Any]:
    return rng.sample(list(values), len(values))


_KINDS: dict[Kind, Callable[..., dict[str, Any]]] = {
    "guess": _guess,
    "values": _values,
    "point": _point,
    "lines": _lines,
    "choice": _choice,
    "vote": _vote,
    "words": _words,
}
