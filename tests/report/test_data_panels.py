"""Pictures of a table: groups, rates and columns."""

import numpy as np
import pytest

from tradeoffs.data.catalogue import DATASETS
from tradeoffs.data.composition import Stratum, strata
from tradeoffs.data.load import load_encoded
from tradeoffs.report.data_panels import column_panels, finding, group_panels


def stratum(group: str, rate: float | None, interval: tuple[float, float] | None) -> Stratum:
    rows = 20 if rate is None else 100
    return Stratum(
        by="kind", group=group, rows=rows, answered=rows, train=50, rate=rate, interval=interval
    )


@pytest.mark.parametrize("dataset", DATASETS.values(), ids=lambda one: one.name)
def test_every_table_has_pictures_whose_rates_are_those_of_its_strata(dataset):
    label, attribute = dataset.labels[0], dataset.codebook.protected[0]
    parts = strata(load_encoded(dataset.name), label)
    people, answers = group_panels(parts, attribute.title, dataset.label(label).title)
    assert people.of.shares.sum() == pytest.approx(1)
    rates = [one.rate for one in parts if one.by in ("everybody", attribute.title)]
    assert answers.of.shares[:, 0].tolist() == [np.nan if r is None else r for r in rates]
    columns = column_panels(dataset.name, label, attribute.name)
    seen = len(dataset.codebook.features) - len(dataset.label(label).withheld)
    assert len(columns) == seen
    for panel in columns:
        sums = panel.of.shares.sum(0)
        assert sums[~np.isnan(sums)] == pytest.approx(1)


def test_groups_are_said_to_differ_only_where_their_intervals_do_not_meet():
    apart = [stratum("A", 0.5, (0.4, 0.6)), stratum("B", 0.2, (0.1, 0.3))]
    assert finding(apart, "kind", "hired").startswith(
        "“hired” is true of 50.0 % of “A” and of 20.0 %"
    )
    near = [stratum("A", 0.5, (0.4, 0.6)), stratum("B", 0.4, (0.3, 0.5))]
    assert finding(near, "kind", "hired").startswith("The groups by kind cannot be told apart")
    few = [stratum("A", 0.5, (0.4, 0.6)), stratum("B", None, None)]
    assert finding(few, "kind", "hired").startswith("Fewer than two groups")
