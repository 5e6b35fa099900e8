"""Candidates: what a room votes on, at most nine, each with the reasons why it is there."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from tradeoffs.fronts.replicates import REPORT
from tradeoffs.language.notation import semicolon_text
from tradeoffs.report.sentences.value_text import value_text
from tradeoffs.rooms.options import Options
from tradeoffs.rooms.record_texts import text
from tradeoffs.rooms.red_lines import Lines, inside
from tradeoffs.rooms.rounds import BASELINE, DO_NOT_BUILD, MOST_CANDIDATES
from tradeoffs.rooms.rules import TOTAL, Points, point_of, utilities
from tradeoffs.rooms.suppression import LEAST
from tradeoffs.values.preferences.aggregation import MAJORITY, picks

LETTERS = "ABCDEFG"
MOST_TITLE = 48  # characters of a setting in words that is its title


def candidates(
    options: Options,
    values: Sequence[Points],
    lines: Sequence[Lines] = (),
) -> list[dict[str, Any]]:
    """Return what a room votes on: the baseline, settings, and not building.

    The settings are the best in each objective, what each rule picks from the points, and what
    keeps the red lines of most seats, if any; those that are the same setting are one, with all
    reasons.
    Points and lines of fewer than five seats would show somebody's, so they count from five on.

    Args:
        options: that the room chooses from.
        values: of the seats.
        lines: of the seats.

    Returns:
        Of each `name`, `title`, `words`, `setting` (row; None for not building) and `reasons`.
    """
    reasons: dict[int, list[str]] = {options.now: []}
    for row, reason in _nominations(options, values, lines):
        if row in reasons or len(reasons) <= MOST_CANDIDATES:
            reasons.setdefault(row, []).append(reason)
    found, letters = [], iter(LETTERS)
    for row, why in reasons.items():
        baseline = row == options.now
        title = text(BASELINE) if baseline else _title(options, row)
        found.append(
            {
                "name": BASELINE if baseline else f"setting-{row}",
                "title": title or text("setting", letter=next(letters)),
                "words": measured_words(options, row)
                if title and not baseline
                else setting_words(options, row),
                "setting": row,
                "reasons": why,
            }
        )
    title, words = text(DO_NOT_BUILD), text("do_not_build.words")
    last = {"name": DO_NOT_BUILD, "title": title, "words": words, "setting": None, "reasons": []}
    return [*found, last]


def _title(options: Options, row: int) -> str:
    """Return what only a setting has, as its title; empty where that is long or not its own."""
    told = options.settings[row]["differs"]
    alone = [one["differs"] for one in options.settings].count(told) == 1
    return told if alone and len(told) <= MOST_TITLE else ""


def setting_words(options: Options, row: int) -> str:
    """Return how a setting differs from the others, with its measured means on report, in words."""
    setting, told = options.settings[row]["differs"], _measured(options, row)
    return text("setting.words", setting=setting, measured=told)


def measured_words(options: Options, row: int) -> str:
    """Return the measured means of a setting on report, in words."""
    return text("setting.measured", measured=_measured(options, row))


def _measured(options: Options, row: int) -> str:
    means = options.means[REPORT, row]
    return semicolon_text(
        f"{one.lower} {value_text(one, float(value))}"
        for one, value in zip(options.objectives, means, strict=True)
    )


def _nominations(
    options: Options, values: Sequence[Points], lines: Sequence[Lines]
) -> Iterator[tuple[int, str]]:
    """Yield rows with the reason, the most important first."""
    for one in options.objectives:
        best = "highest" if one.better == "high" else "lowest"
        reason = text(best, objective=one.lower)
        yield point_of(options, {one.name: TOTAL}), reason
    if len(values) < LEAST:
        return
    worth = utilities(options, values)
    for rule, row in picks(worth).items():
        yield row, text(f"reason.{rule}")
    kept = inside(options, lines).sum(0) if len(lines) >= LEAST else np.zeros(0)
    if kept.any():
        yield picks(worth, kept)[MAJORITY], text("reason.lines")
