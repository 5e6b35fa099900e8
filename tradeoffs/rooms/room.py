"""Room: its rounds, where it is, and how it goes on; never back."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal, Self

from tradeoffs.errors import InvalidInput
from tradeoffs.rooms.rounds import EPSILON, Round

Phase = Literal["waiting", "open", "closed", "revealed"]
ATTEMPTS = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class Room:
    """What everybody in a room may know of it.

    Attributes:
        code: by which it is joined.
        rounds: in their order.
        tables: to choose from when joining; empty where there are none.
        place: of the round that it is at, from 0; -1 before the first.
        phase: of that round.
        attempt: at that round: 1, or 2 after "again".
        locked: whether nobody can join.
        ends: unix time in seconds at which all of it is deleted.
        version: counts the changes of what phones and results show.
        language: of its texts.
        counts_shown: whether a first vote shows its counts; a second always does.
        epsilon: at which guesses with choices are pooled; None: as they are.
        revealed: (place, attempt) of each result that was shown.
        approved: ids of texts that the host approved.
        refused: ids of texts that the host refused.
        heads: people that the host counted; None: not counted.
        absent: who was not in the room, as the host says it in the record.
    """

    code: str
    rounds: tuple[Round, ...]
    tables: tuple[str, ...] = ()
    place: int = -1
    phase: Phase = "waiting"
    attempt: int = 1
    locked: bool = False
    ends: float
    version: int = 0
    language: str = "en"
    counts_shown: bool = False
    epsilon: float | None = None
    revealed: tuple[tuple[int, int], ...] = ()
    approved: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    heads: int | None = None
    absent: str = ""

    @property
    def round(self) -> Round | None:
        """The round that it is at; None before the first."""
        return self.rounds[self.place] if self.place >= 0 else None

    def epsilon_of(self, asked: Round) -> float | None:
        """Return the epsilon at which the choices of a round are replaced; None: they are not.

        The room's, for guesses with choices that come after the vote on it.
        """
        guess = asked.kind == "guess" and asked.asks["form"] == "choice"
        names = [one.name for one in self.rounds]
        after = EPSILON in names and names.index(EPSILON) < names.index(asked.name)
        return self.epsilon if guess and after else None

    def place_of(self, name: str) -> int:
        """Return the place of a round; InvalidInput if it has none of that name."""
        names = [one.name for one in self.rounds]
        if name not in names:
            raise InvalidInput("unknown", kind="round", name=name, known=tuple(names))
        return names.index(name)

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON."""
        return asdict(self)

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> Self:
        """Return the room that `to_json` told of."""
        pairs = tuple((place, attempt) for place, attempt in stored["revealed"])
        texts = {name: tuple(stored[name]) for name in ("tables", "approved", "refused")}
        rounds = tuple(Round.of(one) for one in stored["rounds"])
        return cls(**{**stored, **texts, "rounds": rounds, "revealed": pairs})


def act(room: Room, action: str, now: float, others: Iterable[str] = ()) -> Room:
    """Return a room after its host pressed a button.

    Args:
        room: before.
        action: next (after the first or a revealed round), skip (a round that was never opened),
            open, close, reveal, again (a second attempt), lock, unlock, end.
        now: unix time in seconds.
        others: actions that there are besides.

    Raises:
        InvalidInput: there is no such action, or the phase does not allow it.
    """
    if action not in _ACTIONS:
        raise InvalidInput("unknown", kind="action", name=action, known=(*_ACTIONS, *others))
    return replace(_ACTIONS[action](room, now), version=room.version + 1)


def actions(room: Room) -> tuple[str, ...]:
    """Return the actions that move the room on from where it is, the usual one first."""
    if room.round is None:
        return ("next",)
    after = ("next",) if room.place + 1 < len(room.rounds) else ()
    if room.phase == "revealed":
        if room.attempt == ATTEMPTS:
            return after
        kept_back = room.round.kind == "vote" and not room.counts_shown
        return ("again", *after) if kept_back else (*after, "again")
    if room.phase == "waiting":
        return ("open", *(("skip",) if after else ()))
    return ("close",) if room.phase == "open" else ("reveal",)


def _move(action: str, **changes: Any) -> Callable[[Room, float], Room]:
    """Return an action that only some phases allow."""

    def moved(room: Room, now: float) -> Room:
        del now
        if action not in actions(room):
            raise InvalidInput("room_action", action=action, phase=room.phase)
        return replace(room, **changes)

    return moved


def _next(action: str) -> Callable[[Room, float], Room]:
    start = _move(action, phase="waiting", attempt=1)
    return lambda room, now: replace(start(room, now), place=room.place + 1)


def _reveal(room: Room, now: float) -> Room:
    shown = _move("reveal", phase="revealed")(room, now)
    return replace(shown, revealed=(*room.revealed, (room.place, room.attempt)))


_ACTIONS: dict[str, Callable[[Room, float], Room]] = {
    "next": _next("next"),
    "skip": _next("skip"),
    "open": _move("open", phase="open"),
    "close": _move("close", phase="closed"),
    "reveal": _reveal,
    "again": _move("again", phase="waiting", attempt=ATTEMPTS),
    "lock": lambda room, _: replace(room, locked=True),
    "unlock": lambda room, _: replace(room, locked=False),
    "end": lambda room, now: replace(room, ends=min(room.ends, now)),
}
