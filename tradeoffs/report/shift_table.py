"""What a deployment changes, in words and as a table."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from tradeoffs.data.codebook import Codebook
from tradeoffs.data.codebook_words import word
from tradeoffs.data.shifts.catalogue import SHIFTS
from tradeoffs.data.shifts.compose import TRAINING, options
from tradeoffs.data.shifts.diagnostics import DIAGNOSTICS, DiagnosticResult
from tradeoffs.experiments.shift_diagnostics import DeclaredDiagnostic
from tradeoffs.experiments.shift_report import SHARE, Estimate, Loss, ShiftReport
from tradeoffs.language.notation import labelled, localise
from tradeoffs.language.translation import say, translate
from tradeoffs.report.text import capital, percent, points, shifts_text, with_interval

if TYPE_CHECKING:
    import pandas as pd

WHAT = {name: name for name in DIAGNOSTICS}
DECLARED = {"moves": "should move", "stays": "should stay", "": "open"}
SAID = {"moved": "moved", "not told apart": "not told apart", "unchanged": "unchanged"}
LIMITS = (
    "How much something moved is a total variation distance (100 %: nothing in common) or a "
    "share of people, before and after the shift, with its 95 % interval. Whether it moved "
    "is decided by tests between different people, with a joint error rate of 1 in 1,000. "
    "Intervals of what moved are over the shifted rows, with the rows before the shift held "
    "fixed; the others are over all rows and leave out the uncertainty of the fitted "
    "classifiers. The two parts of a loss can be compared only where both populations share "
    "features; what a classifier between them cannot see counts as outcomes. A log loss is "
    "in nats."
)
PARTS_OF_LOSS = (
    "Training population",
    "Deployment population",
    "Difference (95 %)",
    "From other features, P(X)",
    "From other outcomes, P(Y | X)",
)
DISTINGUISHABLE = (
    "By their features, the training population and the deployment population can be told apart: "
    "AUC {auc:.3f} ({low:.3f} to {high:.3f})."
)
INDISTINGUISHABLE = (
    "By their features, the training population and the deployment population cannot be told "
    "apart: AUC {auc:.3f} ({low:.3f} to {high:.3f})."
)
LOSSES = {SHARE: SHARE, "log loss": "log loss"}
SMALLEST_P = 0.0001  # smaller ones say no more


def sentences(report: ShiftReport) -> list[str]:
    """Return what happened in words, each computed from the numbers of the report."""
    how = capital(shifts_text(report.shifts))
    if report.side == TRAINING:
        how = say("In training, {shifts}", shifts=shifts_text(report.shifts))
    told = [
        say(
            "{shifts}: {before:,} people become {after:,} rows.",
            shifts=how,
            before=report.rows_before,
            after=report.rows_after,
        )
    ]
    for says in SAID:
        names = [_named(part) for part in report.parts if part.says == says]
        if names:
            told.append(labelled(capital(translate(SAID[says])), f"{', '.join(names)}."))
    broken = [_what(part) for part in report.parts if part.kept is False]
    if broken:
        told.append(labelled(say("Not as declared"), f"{', '.join(broken)}."))
    told.append(_told_apart(report))
    return [*told, _loss(report.losses[0], distinguishable(report))]


def loss_sentence(report: ShiftReport) -> str:
    """Return how often the reference model errs on both sorts of people."""
    return f"{_errors(report.losses[0])}."


def _named(part: DeclaredDiagnostic) -> str:
    found = part.found
    if found.where and part.says == "moved":
        return say(
            "{name} ({share}, most in {where})",
            name=_what(part),
            share=percent(found.value),
            where=word(found.where),
        )
    return f"{_what(part)} ({percent(found.value)})"


def _what(part: DeclaredDiagnostic) -> str:
    return translate(WHAT[part.found.name], "what a shift moves")


def _told_apart(report: ShiftReport) -> str:
    found = report.told_apart
    return say(
        DISTINGUISHABLE if distinguishable(report) else INDISTINGUISHABLE,
        auc=found.value,
        low=found.low,
        high=found.high,
    )


def _errors(loss: Loss) -> str:
    return say(
        "A reference model has an error rate of {source} on the training population and of "
        "{target} on the deployment population: {change}",
        source=percent(loss.source),
        target=percent(loss.target),
        change=interval(loss.total, points),
    )


def _loss(loss: Loss, apart: bool) -> str:
    told = _errors(loss)
    if not apart:  # its part of P(X) would be the noise of the classifier
        return say("{errors}, while their features cannot be told apart.", errors=told)
    return say(
        "{errors}. Of that, {inputs} come from other features and {outcomes} from other outcomes "
        "at equal features.",
        errors=told,
        inputs=interval(loss.inputs, points),
        outcomes=interval(loss.outcomes, points),
    )


def diagnostics_table(report: ShiftReport) -> "pd.DataFrame":
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


def display_diagnostics(report: ShiftReport) -> "pd.DataFrame":
    """Return `diagnostics_table` in words, as it stands on a screen."""
    import pandas as pd

    return pd.DataFrame(
        {
            say("What"): _what(part),
            say("Declared"): translate(DECLARED[part.declared]),
            say("Found"): translate(SAID[part.says]),
            say("How much (95 %)"): interval(part.found, percent),
            say("p-value"): p_value(part.found.p),
            say("Most in"): word(part.found.where) if part.found.value else "",
        }
        for part in report.parts
    )


def p_value(p: float | None) -> str:
    """Return a p-value in words; None is of what was counted and not tested.

    >>> p_value(0.03124), p_value(5e-300), p_value(None)
    ('0.0312', '< 0.0001', 'counted')
    """
    if p is None:
        return say("counted")
    return localise(f"< {SMALLEST_P}" if p < SMALLEST_P else f"{p:.4f}")


def interval(found: DiagnosticResult | Estimate, write: Callable[[float], str]) -> str:
    """Return a number with its interval in words."""
    return with_interval(found.value, found.low, found.high, write)


def display_losses(report: ShiftReport) -> "pd.DataFrame":
    """Return `losses_table` in words, as it stands on a screen: a column a loss."""
    import pandas as pd

    parts = [translate(PARTS_OF_LOSS[place]) for place in range(len(PARTS_OF_LOSS))]
    shown: dict[str, list[str]] = {say("Of the reference model"): parts}
    apart = distinguishable(report)
    for loss in report.losses:
        share = loss.name == SHARE
        level, change = (percent, points) if share else (_nats, _signed)
        inputs = interval(loss.inputs, change) if apart else say("not told apart")
        shown[capital(translate(LOSSES[loss.name]))] = [
            level(loss.source),
            level(loss.target),
            interval(loss.total, change),
            inputs,
            interval(loss.outcomes, change),
        ]
    return pd.DataFrame(shown)


def distinguishable(report: ShiftReport) -> bool:
    """Say whether source and target differ in their features beyond chance."""
    return report.told_apart.low > 0.5


def _nats(value: float) -> str:
    return localise(f"{value:.3f}")


def _signed(value: float) -> str:
    return localise(f"{value:+.3f}".replace("-", "−"))


def losses_table(report: ShiftReport) -> "pd.DataFrame":
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
