"""The finding: what the front comes to in one sentence, the title of its chart."""

from collections.abc import Callable, Sequence

from tradeoffs.fronts import Objective
from tradeoffs.fronts.dominance import ONE_HALF
from tradeoffs.fronts.remarks import CONSTANT, NEARLY_CONSTANT
from tradeoffs.language.notation import Amount, localise
from tradeoffs.language.translation import say
from tradeoffs.report.cards import Decisions, compare_on_same_rows
from tradeoffs.report.charts.hover import value_format
from tradeoffs.report.front_summary import budget, competitors
from tradeoffs.report.sentences.sentence import Sentence, Statement, first
from tradeoffs.report.text import interval_end, number, points, setting
from tradeoffs.report.view import Row, View, scenario_of

GOES = "Along the front{of}, the {{given}} goes from {{start}} to {{stop}} and "
ENDS = " (95 %: {{low}} to {{high}})."
SEED_ENDS = " (95 % over seeds, not test rows: {{low}} to {{high}})."
OF = (" with {budget}", "")  # the former is said where the settings of one budget compete
TOLD: tuple[tuple[str, Callable[..., bool], str], ...] = (  # what, when, and its text with {of}
    (
        "finding: nothing there",
        lambda settings: settings == 0,
        "No setting{of} has a place on this chart.",
    ),
    (
        "finding: no front",
        lambda on_front: on_front == 0,
        "Which of {{settings:count}} settings{of} is best is open: {{open:count}} are unbeaten on "
        "one half of the test rows, and no setting on both.",
    ),
    (
        "finding: alone",
        lambda settings: settings == 1,
        "There is one setting{of}: {{given}} {{start}}, {{measured}} {{value}}.",
    ),
    (
        "finding: one setting",
        lambda on_front: on_front == 1,
        "One of {{settings:count}} settings{of} is best in both respects: {{given}} {{start}}, "
        "{{measured}} {{value}}.",
    ),
    (
        "finding: cannot be told apart",
        lambda apart, rows: not apart and rows,
        GOES + "{{measured}} cannot be told apart: {{change}}" + ENDS,
    ),
    (
        "finding: cannot be told apart",
        lambda apart: not apart,
        GOES + "{{measured}} cannot be told apart: {{change}}" + SEED_ENDS,
    ),
    (
        "finding: falls",
        lambda apart, difference, rows: apart and difference < 0 and rows,
        GOES + "{{measured}} falls by {{size}}" + ENDS,
    ),
    (
        "finding: falls",
        lambda apart, difference: apart and difference < 0,
        GOES + "{{measured}} falls by {{size}}" + SEED_ENDS,
    ),
    (
        "finding: rises",
        lambda apart, difference, rows: apart and difference > 0 and rows,
        GOES + "{{measured}} rises by {{size}}" + ENDS,
    ),
    (
        "finding: rises",
        lambda apart, difference: apart and difference > 0,
        GOES + "{{measured}} rises by {{size}}" + SEED_ENDS,
    ),
    (
        "finding: one seed",
        lambda: True,
        GOES + "{{measured}} changes by {{change}} (one seed: no interval yet).",
    ),
    (
        "finding: ends not compared",
        lambda on_front: on_front > 1,
        "{{on_front:count}} of {{settings:count}} settings{of} are on the front.",
    ),
)
FINDINGS = tuple(
    Sentence(name=name, when=when, text=text.format(of=of))
    for name, when, text in TOLD
    for of in OF
)

BEYOND = Sentence(
    name="finding: on to one answer for all",
    text="The front continues to {end}, where (almost) everybody gets the same answer.",
)


def finding(shown: View, decisions: Decisions) -> list[Statement]:
    """Say what the way along the front, from one end to the other, changes.

    Its ends are the setting that is best in one objective and the one that is best in the other,
    chosen on select and compared on report; one that gives (almost) everybody the same answer is
    an end only where there is no other, and else what the front goes on to.

    Args:
        shown: the view.
        decisions: for the share of chance that lies in the test rows.
    """
    measured, given = _roles(shown)
    on_front = [row for row in shown.points if row["on_front"]]
    values: dict[str, object] = {
        "on_front": len(on_front),
        "open": sum(row["standing"] == ONE_HALF for row in shown.points),
        "settings": competitors(shown),
        "budget": budget(shown) if shown.of_budget else None,
        "given": given.lower,
        "measured": measured.lower,
    }
    if on_front:
        start, stop = _ends(on_front, measured, given)
        values |= {"start": _written(given, start), "stop": _written(given, stop)}
        values["value"] = _written(measured, start)
        values |= _change(shown, measured, start, stop, decisions)
        last = _best(on_front, given)
        if last is not start and last is not stop:
            values["end"] = _written(given, last)
    return first(FINDINGS, values) + first([BEYOND], values)


def _roles(shown: View) -> tuple[Objective, Objective]:
    """Return the objective whose change is told, and the other: privacy is given, not measured."""
    axes = {one.name: one for one in (shown.y, shown.x)}
    told = next(axes[name] for name in ("accuracy", *axes) if name in axes and name != "privacy")
    return told, next(one for one in axes.values() if one is not told)


def _ends(on_front: Sequence[Row], measured: Objective, given: Objective) -> tuple[Row, Row]:
    """Return the ends of the front, which are the same where it is one setting."""
    start = _best(on_front, measured)
    others = [row for row in on_front if row is not start]
    varied = [row for row in others if not {CONSTANT, NEARLY_CONSTANT} & set(row["remarks"])]
    return start, _best(varied or others or [start], given)


def _best(rows: Sequence[Row], objective: Objective) -> Row:
    return min(rows, key=lambda row: float(objective.cost(row[f"{objective.column}_select"])))


def _written(objective: Objective, row: Row) -> str:
    if objective.name == "privacy":
        return setting("epsilon", row["epsilon"])
    return value_format(objective)(row[objective.column])


def _change(
    shown: View, measured: Objective, start: Row, stop: Row, decisions: Decisions
) -> dict[str, object]:
    """Return what the measured objective changes by from one end to the other, and in words."""
    if start is stop:
        return {}
    one, other = (scenario_of(row, shown.here) for row in (stop, start))
    found = compare_on_same_rows(shown, one, other, measured.column, decisions)
    if found is None:
        return {}
    told: dict[str, object] = {"difference": found.mean}
    told |= {"change": _change_text(measured, found.mean), "size": _size(measured, found.mean)}
    if found.interval is None:
        return told
    write = _unsigned if found.distinguishable else _signed
    scale = 100 if measured.is_share else 1
    ends = sorted(found.interval, key=abs if found.distinguishable else None)
    low, high = (interval_end(scale * end, 1, write) for end in ends)
    apart, rows = found.distinguishable, found.test_rows
    return told | {"apart": apart, "low": low, "high": high, "rows": rows}


def _size(objective: Objective, value: float) -> str:
    if not objective.is_share:
        return number(abs(value))
    size = 100 * abs(value)
    return say("{size:points|points}", size=Amount(localise(f"{size:.1f}"), size))


def _change_text(objective: Objective, value: float) -> str:
    if objective.is_share:
        return points(value)
    return f"{'−' if value < 0 else '+'}{number(abs(value))}"


def _signed(value: float, digits: int) -> str:
    return localise(f"{value:+.{digits}f}".replace("-", "−"))


def _unsigned(value: float, digits: int) -> str:
    return localise(f"{abs(value):.{digits}f}")
