"""What a deployment changes, in words and as a table."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from tradeoffs.data.codebook import Codebook
from tradeoffs.data.shifts.catalogue import SHIFTS, titled
from tradeoffs.data.shifts.compose import TRAINING, options
from tradeoffs.data.shifts.diagnostics import Moved
from tradeoffs.figures.words import percent, points, ranged
from tradeoffs.pipeline.shifted import SHARE, Estimate, Loss, Part, Shifted
from tradeoffs.scenario import Shifts

if TYPE_CHECKING:
    import pandas as pd

DECLARED = {"moves": "should move", "stays": "should stay", "": "open"}
LIMITS = (
    "How much moved is a total variation (100 %: nothing shared) or a share of people, before and "
    "after the shift, with its 95 % interval; what moved is told by tests between different "
    "people, with a common error of 1 in 1,000. Intervals are over rows and leave out how "
    "uncertain the fitted classifiers are. The two parts of a loss compare only where both sorts "
    "of people share features; what a classifier that tells them apart cannot see counts as "
    "outcomes. A log loss is in nats."
)
THOSE = ("people like those trained on", "those it is used on")
SMALLEST_P = 0.0001  # smaller ones say no more


def composed(shifts: Shifts) -> str:
    """Return shifts in their order, as text.

    >>> composed((("prior", 0.25), ("flips", 1.0)))
    'a rarer outcome (25 %), then answers recorded wrongly (100 %)'
    """
    return ", then ".join(f"{titled(name)} ({percent(t, 0)})" for name, t in shifts)


def sentences(report: Shifted) -> list[str]:
    """Return what happened in words, each computed from the numbers of the report."""
    how = composed(report.shifts)
    how = f"In training, {how}" if report.side == TRAINING else f"{how[:1].upper()}{how[1:]}"
    told = [f"{how}: {report.rows_before:,} people become {report.rows_after:,} rows."]
    for says in ("moved", "not told apart", "unchanged"):
        names = [_named(part) for part in report.parts if part.says == says]
        if names:
            told.append(f"{says.capitalize()}: {', '.join(names)}.")
    broken = [part.found.name for part in report.parts if part.kept is False]
    if broken:
        told.append(f"Otherwise than declared: {', '.join(broken)}.")
    told.append(_told_apart(report.told_apart))
    told += [_loss(loss) for loss in report.losses[:1]]
    return told


def _named(part: Part) -> str:
    found = part.found
    where = f", most in {found.where}" if found.where and part.says == "moved" else ""
    return f"{found.name} ({percent(found.value)}{where})"


def _told_apart(found: Estimate) -> str:
    rate = f"{found.value:.3f} ({found.low:.3f} to {found.high:.3f})"
    can = "cannot" if found.low <= 0.5 else "can"
    return f"By their features {THOSE[0]} and {THOSE[1]} {can} be told apart: AUC {rate}."


def _loss(loss: Loss) -> str:
    return (
        f"A reference model errs on {percent(loss.source)} of {THOSE[0]} and on "
        f"{percent(loss.target)} of {THOSE[1]}. Of the difference, "
        f"{interval(loss.inputs, points)} go with other features and "
        f"{interval(loss.outcomes, points)} with other outcomes at equal features."
    )


def parts_table(report: Shifted) -> "pd.DataFrame":
    """Return the diagnostics, one a row."""
    import pandas as pd

    return pd.DataFrame(
        {
            "what": part.found.name,
            "declared": DECLARED[part.declared],
            "found": part.says,
            "value": part.found.value,
            "from": part.found.low,
            "to": part.found.high,
            "p": float("nan") if part.found.p is None else part.found.p,
            "most in": part.found.where,
        }
        for part in report.parts
    )


def parts_shown(report: Shifted) -> "pd.DataFrame":
    """Return `parts_table` in words, as it stands on a screen."""
    import pandas as pd

    return pd.DataFrame(
        {
            "What": part.found.name,
            "Declared": DECLARED[part.declared],
            "Found": part.says,
            "How much (95 %)": interval(part.found, percent),
            "p-value": p_value(part.found.p),
            "Most in": part.found.where if part.found.value else "",
        }
        for part in report.parts
    )


def p_value(p: float | None) -> str:
    """Return a p-value in words; None is of what was counted and not tested.

    >>> p_value(0.03124), p_value(5e-300), p_value(None)
    ('0.0312', '< 0.0001', 'counted')
    """
    if p is None:
        return "counted"
    return f"< {SMALLEST_P}" if p < SMALLEST_P else f"{p:.4f}"


def interval(found: Moved | Estimate, write: Callable[[float], str]) -> str:
    """Return a number with its interval in words."""
    return ranged(found.value, found.low, found.high, write)


def losses_shown(report: Shifted) -> "pd.DataFrame":
    """Return `losses_table` in words, as it stands on a screen."""
    import pandas as pd

    rows = []
    for loss in report.losses:
        share = loss.name == SHARE
        level = percent if share else "{:.3f}".format
        change = points if share else "{:+.3f}".format
        rows.append(
            {
                "Loss": loss.name,
                f"Of {THOSE[0]}": level(loss.source),
                f"Of {THOSE[1]}": level(loss.target),
                "Difference (95 %)": interval(loss.total, change),
                "By other features, P(X)": interval(loss.inputs, change),
                "By other outcomes, P(Y | X)": interval(loss.outcomes, change),
            }
        )
    return pd.DataFrame(rows)


def losses_table(report: Shifted) -> "pd.DataFrame":
    """Return the losses and their parts, one a row."""
    import pandas as pd

    rows = []
    for loss in report.losses:
        row: dict[str, object] = {"loss": loss.name, "source": loss.source, "target": loss.target}
        for name in ("total", "inputs", "outcomes"):
            part: Estimate = getattr(loss, name)
            row |= {name: part.value, f"{name} from": part.low, f"{name} to": part.high}
        rows.append(row)
    return pd.DataFrame(rows)


def catalogue_table(book: Codebook, protected: str) -> "pd.DataFrame":
    """Return the shifts in causal order, with what may follow their names on a dataset."""
    import pandas as pd

    return pd.DataFrame(
        {
            "shift": entry.name,
            "family": entry.family,
            "what": entry.help,
            "stays": entry.invariant,
            "limits": entry.limits,
            "at": " and ".join(
                side
                for side, able in (("deployment", entry.deployed), ("training", entry.trained))
                if able
            ),
            "options": ", ".join(options(entry, book, protected)),
            "source": entry.source,
        }
        for entry in SHIFTS.values()
    )
