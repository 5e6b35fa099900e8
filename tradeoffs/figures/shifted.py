"""What a deployment changes, in words and as a table."""

from typing import TYPE_CHECKING

from tradeoffs.data.codebook import Codebook
from tradeoffs.data.shifts.catalogue import SHIFTS, titled
from tradeoffs.data.shifts.compose import options
from tradeoffs.figures.words import percent, points
from tradeoffs.pipeline.shifted import Estimate, Loss, Part, Shifted
from tradeoffs.scenario import Shifts

if TYPE_CHECKING:
    import pandas as pd

DECLARED = {"moves": "should move", "stays": "should stay", "": "open"}
LIMITS = (
    "Values are total variations or shares of people, before and after the shift; what moved is "
    "told by tests between different people, with a common error of 1 in 1,000. Intervals are over "
    "rows and leave out how uncertain the fitted classifiers are. The two parts of a loss compare "
    "only where source and target share features; what the classifier of source and target "
    "cannot see counts as outcomes."
)


def composed(shifts: Shifts) -> str:
    """Return shifts in their order, as text.

    >>> composed((("prior", 0.25), ("flips", 1.0)))
    'a rarer outcome (25 %), then answers recorded wrongly (100 %)'
    """
    return ", then ".join(f"{titled(name)} ({percent(t, 0)})" for name, t in shifts)


def sentences(report: Shifted) -> list[str]:
    """Return what happened in words, each computed from the numbers of the report."""
    told = [
        f"{composed(report.shifts).capitalize()}: {report.rows_before:,} people become "
        f"{report.rows_after:,} rows."
    ]
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
    return f"{found.name} ({found.value:.3f}{where})"


def _told_apart(found: Estimate) -> str:
    rate = f"{found.value:.3f} ({found.low:.3f} to {found.high:.3f})"
    if found.low <= 0.5:
        return f"By their features source and target cannot be told apart: AUC {rate}."
    return f"By their features source and target can be told apart: AUC {rate}."


def _loss(loss: Loss) -> str:
    return (
        f"A reference model errs on {percent(loss.source)} in the source and "
        f"{percent(loss.target)} in the target. {points(loss.inputs.value)} of that "
        f"({points(loss.inputs.low)} to {points(loss.inputs.high)}) go with other features, "
        f"{points(loss.outcomes.value)} ({points(loss.outcomes.low)} to "
        f"{points(loss.outcomes.high)}) with other outcomes at equal features."
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
