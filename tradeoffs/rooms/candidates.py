"""Candidates: what a room votes on, at most nine, each with the reasons why it is there."""

from collections.abc import Iterator, Sequence
from typing import Any

from tradeoffs.fronts.replicates import REPORT
from tradeoffs.report.sentences.pick_reasons import value_text
from tradeoffs.rooms.options import Options
from tradeoffs.rooms.record_texts import text
from tradeoffs.rooms.red_lines import Lines, inside
from tradeoffs.rooms.rounds import BASELINE, DO_NOT_BUILD, MOST_CANDIDATES
from tradeoffs.rooms.rules import TOTAL, Points, point_of, utilities
from tradeoffs.rooms.suppression import LEAST
from tradeoffs.values.preferences.aggregation import MAJORITY, picks

LETTERS = "ABCDEFG"


def candidates(
    options: Options,
    values: Sequence[Points],
    lines: Sequence[Lines] = (),
    language: str = "en",
) -> list[dict[str, Any]]:
    """Return what a room votes on: the baseline, settings, and not building.

    The settings are the best in each objective, what each rule picks from the points, and what
    keeps the red lines of most seats; those that are the same setting are one, with all reasons.
    Points and lines of fewer than five seats would show somebody's, so they count from five on.

    Args:
        options: that the room chooses from.
        values: of the seats.
        lines: of the seats.
        language: of the texts.

    Returns:
        Of each `name`, `title`, `words`, `setting` (row; None for not building) and `reasons`.
    """
    reasons: dict[int, list[str]] = {options.now: []}
    for row, reason in _nominations(options, values, lines, language):
        if row in reasons or len(reasons) <= MOST_CANDIDATES:
            reasons.setdefault(row, []).append(reason)
    found, letters = [], iter(LETTERS)
    for row, why in reasons.items():
        baseline = row == options.now
        found.append(
            {
                "name": BASELINE if baseline else f"setting-{row}",
                "title": text(language, BASELINE)
                if baseline
                else text(language, "setting", letter=next(letters)),
                "words": setting_words(options, row, language),
                "setting": row,
                "reasons": why,
            }
        )
    title, words = text(language, DO_NOT_BUILD), text(language, "do_not_build.words")
    last = {"name": DO_NOT_BUILD, "title": title, "words": words, "setting": None, "reasons": []}
    return [*found, last]


def setting_words(options: Options, row: int, language: str = "en") -> str:
    """Return a setting with its measured means on report, in words."""
    means = options.means[REPORT, row]
    told = "; ".join(
        text(language, "measured", objective=one.lower, value=value_text(one, float(value)))
        for one, value in zip(options.objectives, means, strict=True)
    )
    return text(language, "setting.words", setting=options.settings[row]["words"], measured=told)


def _nominations(
    options: Options, values: Sequence[Points], lines: Sequence[Lines], language: str
) -> Iterator[tuple[int, str]]:
    """Yield rows with the reason, the most important first."""
    for one in options.objectives:
        best = "highest" if one.better == "high" else "lowest"
        reason = text(language, best, objective=one.lower)
        yield point_of(options, {one.name: TOTAL}), reason
    if len(values) < LEAST:
        return
    worth = utilities(options, values)
    for rule, row in picks(worth).items():
        yield row, text(language, f"reason.{rule}")
    if len(lines) >= LEAST:
        yield picks(worth, inside(options, lines).sum(0))[MAJORITY], text(language, "reason.lines")
