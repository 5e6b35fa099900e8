"""Own point: what the answers of one seat come to, for its phone alone."""

from collections.abc import Mapping
from typing import Any

from tradeoffs.fronts import ACCURACY
from tradeoffs.fronts.replicates import REPORT
from tradeoffs.rooms.candidates import setting_words
from tradeoffs.rooms.options import Options
from tradeoffs.rooms.record_texts import text
from tradeoffs.rooms.rules import Points, neighbours, own_losses, point_of


def yours(
    options: Options,
    answers: Mapping[str, Mapping[str, Any]],
    decision: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Return what is computed for one seat, as JSON; nothing before it gave its points.

    `point` (`setting`, `words`, `people`: of 1,000 of them, and `neighbours`, each with `setting`,
    `title` and `words`), and with a decision `losses`: rule -> `value`, `low`, `high` of the seat's
    own points.

    Args:
        options: that the room chooses from.
        answers: of the seat, by kind of round.
        decision: of the room, from `rules.decide`.
    """
    if "values" not in answers:
        return {}
    points = answers["values"]["points"]
    found: dict[str, Any] = {"point": _point(options, points)}
    if decision is not None:
        found["losses"] = own_losses(options, points, decision)
    return found


def _point(options: Options, points: Points) -> dict[str, Any]:
    better = {one.name: text(f"{one.better}er", objective=one.lower) for one in options.objectives}
    own = point_of(options, points)
    return {
        "setting": own,
        "words": setting_words(options, own),
        "people": _of_thousand(options, own),
        "neighbours": [
            {
                "setting": row,
                "title": better[name],
                "words": setting_words(options, row),
            }
            for name, row in neighbours(options, points).items()
        ],
    }


def _of_thousand(options: Options, row: int) -> str:
    """Return how many people a setting predicts correctly; empty where accuracy does not count."""
    if ACCURACY.name not in options.names:
        return ""
    accuracy = options.means[REPORT, row, options.names.index(ACCURACY.name)]
    correct = f"{1000 * accuracy:.0f}"
    return text("of_thousand", units=options.people["units"], correct=correct)
