"""Round summary: what all may see of the rounds of a room, by kind."""

import random
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tradeoffs.rooms.candidates import candidates
from tradeoffs.rooms.flow import flow
from tradeoffs.rooms.local_privacy import estimates
from tradeoffs.rooms.options import Options
from tradeoffs.rooms.pool import Answer, Pool, seats_by_table
from tradeoffs.rooms.red_lines import overlap
from tradeoffs.rooms.room import ATTEMPTS, Room
from tradeoffs.rooms.rounds import Kind, Round
from tradeoffs.rooms.rules import decide
from tradeoffs.rooms.statements import Text
from tradeoffs.rooms.suppression import bounds, mixed_band, suppress

View = dict[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Summary:
    """What all may see of a room.

    Attributes:
        room: as it is now.
        options: that it chooses from; None where it is no workshop.
        pool: answers, by the name of a round and attempt.
        texts: approved ones.
    """

    room: Room
    options: Options | None
    pool: Callable[[str, int], Pool]
    texts: Sequence[Text]

    def of(self, place: int, attempt: int) -> View:
        """Return an attempt at a round.

        `round`, `kind`, `place`, `attempt`, `seats`, `answered`; `kept_back`, whether it is a first
        vote whose counts the host does not show; `shown`, whether there is more: not where it is
        kept back, or fewer than LEAST answered, or fewer phones than that beside answers on paper:
        whoever typed these could subtract them.  Then, by kind:

        - guess: `numbers` or `lines`, in random order; or `counts` by choice, None where hidden,
          `bounds` by choice (see there), and with an epsilon `estimates` by choice: share, low,
          high, and `epsilon`.
        - values: `profiles`, the points of each seat; `values`, by objective, each in a random
          order of its own; `by_table`, the same of tables with LEAST answers and more; `else`:
          approved texts (id, text).
        - point: `points`, rows or None for "none of these", in random order.
        - lines: `profiles` and `lines`, as with values; `overlap` (see there).
          Red lines, values and points are shown one by one, so that what follows from them (which
          settings keep whose lines) is no secret, and is told exactly.
        - choice: `counts` and `bounds` by choice.
        - vote: `approve` by candidate: bounds of how many, or None (see `band`); `decision` (see
          `rules.decide`), None where too few gave their values.
        - words: `statements`, approved: id, text, joined (bounds, or None).

        A second attempt has `before`, the same of the first one with its `answered`, where enough
        answered; of choices `flow` (see there; all hidden where some answered on paper), and of
        numbers `moved`, how many went down, up or stayed the same.
        """
        asked = self.room.rounds[place]
        pools = [self.pool(asked.name, one) for one in range(1, attempt + 1)]
        found: View = {
            "round": asked.name,
            "kind": asked.kind,
            "place": place,
            "attempt": attempt,
            "seats": len(pools[-1].tables),
            "answered": pools[-1].answered,
            "kept_back": self._kept_back(asked, attempt),
        }
        found["shown"] = pools[-1].enough and not found["kept_back"]
        if not found["shown"]:
            return found
        found |= _KINDS[asked.kind](self, asked, pools[-1])
        if attempt == ATTEMPTS and pools[0].enough:
            first = _KINDS[asked.kind](self, asked, pools[0])
            found["before"] = {"answered": pools[0].answered} | first
            found |= self._shift(asked, pools, found)
        return found

    def profiles(self, kind: Kind) -> list[Answer]:
        """Return the answers of a kind of round that all have seen, as its summary has them.

        Those of the last attempt that was shown; none where there is no such attempt.
        """
        for place, attempt in reversed(self.room.revealed):
            asked = self.room.rounds[place]
            if asked.kind == kind:
                pool = self.pool(asked.name, attempt)
                if pool.enough:
                    return [_plain(kind, one) for one in pool.answers]
        return []

    def candidates(self) -> list[dict[str, Any]]:
        """Return what the room votes on, by what it answered so far."""
        assert self.options is not None
        values, lines = self.profiles("values"), self.profiles("lines")
        return candidates(self.options, values, lines)

    def decision(self, asked: Round, approve: Mapping[str, Any]) -> View | None:
        """Return what each rule picks; None where too few gave their values."""
        values, lines = self.profiles("values"), self.profiles("lines")
        if self.options is None or not values:
            return None
        return decide(self.options, values, asked.asks["candidates"], approve, lines)

    def _kept_back(self, asked: Round, attempt: int) -> bool:
        return asked.kind == "vote" and attempt < ATTEMPTS and not self.room.counts_shown

    def _shift(self, asked: Round, pools: Sequence[Pool], found: View) -> View:
        """Return what changed between two attempts."""
        one, two = pools[0], pools[1]
        both = [(one.said[seat], two.said[seat]) for seat in sorted(one.said.keys() & two.said)]
        if "numbers" in found:
            signs = [_sign(after["guess"] - before["guess"]) for before, after in both]
            return {"moved": suppress({n: signs.count(n) for n in ("down", "same", "up")}, two.rng)}
        if "counts" not in found or "estimates" in found:
            return {}
        before, after = found["before"]["counts"], found["counts"]
        if one.paper or two.paper:  # whoever typed it knows more than the sums of both votes
            before, after = dict.fromkeys(before), dict.fromkeys(after)
        pairs = [(_chosen(before), _chosen(after)) for before, after in both]
        left = Counter(map(_chosen, one.answers)) - Counter(a for a, _ in pairs)
        came = Counter(map(_chosen, two.answers)) - Counter(b for _, b in pairs)
        absent = [*((a, None) for a in left.elements()), *((None, b) for b in came.elements())]
        return {"flow": flow([*pairs, *absent], before, after, two.rng)}


def _guess(summary: Summary, asked: Round, pool: Pool) -> View:
    guesses = [_chosen(one) for one in pool.answers]
    if asked.asks["form"] != "choice":
        return {"numbers" if asked.asks["form"] == "number" else "lines": guesses}
    found = _counts(asked.asks["choices"], pool)
    epsilon = summary.room.epsilon_of(asked)
    if epsilon is None:
        return found
    told = estimates(found["counts"], len(guesses), epsilon)
    return found | {"estimates": told, "epsilon": epsilon}


def _values(summary: Summary, asked: Round, pool: Pool) -> View:
    names = [one["name"] for one in asked.asks["objectives"]]
    rng, seats = pool.rng, sorted(pool.said)
    shown = suppress(seats_by_table(summary.room, [pool.tables[seat] for seat in seats]), rng)
    tables = {
        table: _apart(
            names, [pool.said[seat]["points"] for seat in seats if pool.tables[seat] == table], rng
        )
        for table, count in sorted(shown.items())
        if table and count is not None
    }
    profiles = [one["points"] for one in pool.answers]
    return {
        "profiles": profiles,
        "values": _apart(names, profiles, rng),
        "by_table": tables,
        "else": [_told(one) for one in summary.texts if one["round"] == asked.name],
    }


def _point(_: Summary, __: Round, pool: Pool) -> View:
    return {"points": [one["setting"] for one in pool.answers]}


def _lines(summary: Summary, asked: Round, pool: Pool) -> View:
    names = [one["name"] for one in asked.asks["objectives"]]
    found: View = {"profiles": pool.answers, "lines": _apart(names, pool.answers, pool.rng)}
    if summary.options is not None:
        found["overlap"] = overlap(summary.options, pool.answers)
    return found


def _choice(_: Summary, asked: Round, pool: Pool) -> View:
    names = [one["name"] for one in asked.asks["choices"]]
    return _counts(names, pool)


def _vote(summary: Summary, asked: Round, pool: Pool) -> View:
    names = [one["name"] for one in asked.asks["candidates"]]
    approve = {name: _band(pool, lambda one, name=name: name in one["approve"]) for name in names}
    return {"approve": approve, "decision": summary.decision(asked, approve)}


def _words(summary: Summary, asked: Round, pool: Pool) -> View:
    return {
        "statements": [
            _told(one) | {"joined": _band(pool, lambda a, text=one["id"]: a.get("join") == text)}
            for one in summary.texts
            if one["round"] == asked.name
        ]
    }


def _counts(names: Sequence[str], pool: Pool) -> View:
    given, typed = ([_chosen(one) for one in part] for part in (pool.answers, pool.typed))
    counts = {name: given.count(name) for name in names}
    known = {name: typed.count(name) for name in names}
    shown = suppress(counts, pool.rng, known)
    return {"counts": shown, "bounds": bounds(counts, shown, known)}


def _band(pool: Pool, did: Callable[[Answer], bool]) -> tuple[int, int] | None:
    """Return what can be told of how many answers are of a kind."""
    count, typed = (sum(map(did, part)) for part in (pool.answers, pool.typed))
    return mixed_band(count, pool.answered, typed, pool.on_paper)


def _apart(
    names: Iterable[str], profiles: Sequence[Answer], rng: random.Random
) -> dict[str, list[Any]]:
    """Return answers by objective, each in a random order of its own."""
    return {name: rng.sample([one[name] for one in profiles], len(profiles)) for name in names}


def _plain(kind: Kind, answer: Answer) -> Answer:
    return answer["points"] if kind == "values" else answer


def _chosen(answer: Answer) -> str:
    return answer["guess"] if "guess" in answer else answer["choice"]


def _told(text: Text) -> View:
    return {"id": text["id"], "text": text["text"]}


def _sign(change: float) -> str:
    return "up" if change > 0 else "down" if change < 0 else "same"


_KINDS: dict[Kind, Callable[[Summary, Round, Pool], View]] = {
    "guess": _guess,
    "values": _values,
    "point": _point,
    "lines": _lines,
    "choice": _choice,
    "vote": _vote,
    "words": _words,
}
