"""Groups: whom a gap compares and leaves out, and each group's people and rates at one setting."""

import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from tradeoffs.data.codebook_words import word
from tradeoffs.experiments.comparison import Comparison, group_counts
from tradeoffs.language.notation import semicolon_text
from tradeoffs.language.translation import say
from tradeoffs.report.titles import attribute, label
from tradeoffs.report.view import Row
from tradeoffs.scenario import Scenario
from tradeoffs.stats.proportions import SMALLEST_CELL
from tradeoffs.values.fairness.catalogue import NOTIONS
from tradeoffs.values.fairness.cells import ComparedGroups, SmallGroup, read_few
from tradeoffs.values.fairness.notion import Notion

if TYPE_CHECKING:
    import pandas as pd

FEW_OF = {  # a group, by which of its people are too few
    "people": "{group} ({n} people)",
    "positives": "{group} ({n} positives)",
    "negatives": "{group} ({n} negatives)",
    "selected": "{group} ({n} selected)",
}


def excluded_groups(here: Scenario, groups: ComparedGroups) -> str:
    """Return which groups no gap compares, how many people they are, and whom it compares.

    Empty if all groups are compared.

    Args:
        here: the setting, or another of the same table and groups.
        groups: of everything that is shown together.
    """
    if not groups.left_out:
        return ""
    told: dict[str, object] = {
        "gap": NOTIONS[here.notion].axis,
        "attribute": attribute(here),
        "compared": semicolon_text(map(word, groups.groups)),
        "least": SMALLEST_CELL,
        "few": semicolon_text(f"{word(one.group)} ({_size(one, here)})" for one in groups.left_out),
    }
    if len(groups.groups) < 2:
        return say(
            "{gap}, by {attribute}: not measurable, because fewer than two groups are large "
            "enough. Left out, because they have fewer than {least} in the test rows of a setting "
            "shown here: {few}.",
            **told,
        )
    return say(
        "{gap}, by {attribute}: the groups compared are {compared}, the same in every setting "
        "shown. Left out, because they have fewer than {least} in the test rows of a setting "
        "shown here: {few}.",
        **told,
    )


def excluded_groups_of(scenarios: Sequence[Scenario], columns: Iterable[str]) -> list[str]:
    """Return `excluded_groups` of every gap among the columns of a table, each once."""
    among = Comparison.of(scenarios)
    by_metric = {entry.metric: name for name, entry in NOTIONS.items()}
    told: dict[str, None] = {}
    for one in {(s.dataset, s.label, s.protected, s.notion): s for s in scenarios}.values():
        for column in columns:
            metric, _, of = column.removesuffix("]").partition("[")
            if metric != "gap" and metric not in by_metric:
                continue
            chosen = {"notion": by_metric.get(metric, one.notion), "protected": of or one.protected}
            here = one.model_copy(update=chosen)
            told[excluded_groups(here, among.of_setting(here))] = None
    return [text for text in told if text]


def _size(one: SmallGroup, here: Scenario) -> str:
    """Return how many people there are of a group, and of which outcome."""
    answer = {"positives": label(here).positive, "negatives": label(here).negative}.get(one.cell)
    if answer:
        return say("{people} with the outcome “{answer}”", people=one.people, answer=answer)
    return say("{people} people", people=one.people)


def gap_missing(own: Sequence[Row], chosen: Notion) -> str:
    """Return in how many seeds of a setting there is no gap, and whose cell is too small for one.

    Empty if there is one in all seeds, or nothing is known of a model.
    """
    reasons = gap_reasons(own)
    if not reasons:
        return ""
    return say(
        "{gap} is not measurable in {failed} of {seeds} seeds, {reason}.",
        gap=chosen.axis,
        failed=len(reasons),
        seeds=len(own),
        reason=few_words(most_frequent(reasons)),
    )


def few_words(reason: str) -> str:
    """Return a reason for which a row has no gap, in the language of the run."""
    sizes = read_few(reason)
    if not sizes:
        return reason
    told = (say(FEW_OF[which], group=word(group), n=n) for group, n, which in sizes)
    return say("fewer than {least}: {groups}", least=SMALLEST_CELL, groups=semicolon_text(told))


def gap_reasons(rows: Sequence[Row]) -> list[str]:
    """Return why rows have no gap, of those that lack one."""
    return [row["gap_not_measurable"] for row in rows if "gap_not_measurable" in row]


def most_frequent(texts: Sequence[str]) -> str:
    """Return the most frequent of some texts, the first by letters among equals."""
    return max(sorted(set(texts)), key=texts.count, default="")


def with_groups(table: "pd.DataFrame", groups: ComparedGroups) -> "pd.DataFrame":
    """Return a table of gaps with columns that name whom they compare and whom they leave out."""
    told = {
        "groups_compared": "; ".join(groups.groups),
        "groups_left_out": groups.describe_excluded(),
    }
    return table.assign(**told)


def group_rates(own: Sequence[Row], protected: str) -> list[Row]:
    """Return one row a group: people, and means over seeds of what happens to them on report.

    A rate over fewer than SMALLEST_CELL people is missing (NaN): it cannot be measured.

    Args:
        own: rows of a setting's results on report, with the counts of groups.
        protected: attribute or crossing.

    Returns:
        Columns group, people, selection_rate with selection_rate_sd over seeds, true_positive_rate
        and false_positive_rate; no rows while the setting has no results.
    """
    prefix = f"people[{protected}="
    every = dict.fromkeys(name for row in own for name in row if name.startswith(prefix))
    names = [name[len(prefix) : -1] for name in every]
    rows = [row for row in own if row.keys() & every.keys()]  # a diverged model has no counts
    if not rows:
        return []
    counts = group_counts(rows, protected, names)
    rate = counts.selection_rate  # (seeds, groups)
    spread = rate.std(0, ddof=1) if len(rate) > 1 else np.full(len(names), math.nan)
    found = {
        "group": names,
        "people": counts.people[0].astype(int).tolist(),
        "selection_rate": rate.mean(0).tolist(),
        "selection_rate_sd": spread.tolist(),
        "true_positive_rate": counts.true_positive_rate.mean(0).tolist(),
        "false_positive_rate": counts.false_positive_rate.mean(0).tolist(),
    }
    return [dict(zip(found, row, strict=True)) for row in zip(*found.values(), strict=True)]
