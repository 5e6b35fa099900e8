"""Paper: answers that a host counted by hand and types."""

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from tradeoffs.errors import InvalidInput, require
from tradeoffs.rooms.answer import Answer, check, encode
from tradeoffs.rooms.rounds import Round

MOST = 500  # answers on paper in a round


def tally(asked: Round, answers: object, keep: Callable[[Answer], Answer]) -> dict[str, int]:
    """Return how often each answer was given on paper, by its JSON.

    Args:
        asked: the round.
        answers: from outside; a list of `{"answer": as a phone says it, "many": how often}`.
        keep: what is kept of one answer; asked for each anew, as chance may have a part in it.

    Raises:
        InvalidInput: an answer is not allowed, or there are too many.
    """
    if not isinstance(answers, list) or not all(isinstance(one, Mapping) for one in answers):
        raise InvalidInput("room_answer_shape", title=asked.title)
    found: Counter[str] = Counter()
    for one in answers[: MOST + 1]:
        said = check(asked, one.get("answer"))
        many = whole(one.get("many"), MOST)
        found.update(encode(keep(said)) for _ in range(many))
        require(found.total() <= MOST, "room_paper", most=MOST)
    return dict(found)


def whole(value: Any, most: int) -> int:
    """Return a whole number from 0 to a bound; InvalidInput if it is none."""
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= most:
        raise InvalidInput("not_a_number", field="count", value=value, low=0, high=most)
    return value
