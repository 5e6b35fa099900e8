from typing import Any

import numpy as np
import pytest
import torch

from tests.engine.conftest import batches_of, random_table
from tests.engine.split_learning import split_training
from tradeoffs.engine.loop import train
from tradeoffs.engine.population import ModelSpec, initial
from tradeoffs.engine.regime import Mixing, Regime

WIDTH = 4
RULE: dict[str, Any] = {"learning_rate": 0.4, "momentum": 0.9, "ridge": 3.0}


def start(table, dtype=torch.float64):
    shape = {"columns": table.columns + 1, "ones": 4, "dtype": dtype}
    return initial(0, WIDTH, **shape).numpy()


def split(tables, dtype=torch.float64, **given):
    return split_training(
        tables, start(tables[0], dtype), width=WIDTH, **RULE, steps=60, tail=20, **given
    )


@pytest.mark.parametrize("rows", [(150,), (80, 120, 200)])
@pytest.mark.parametrize("labels_at_home", [False, True])
def test_split_training_is_the_training_of_the_whole_network(rows, labels_at_home):
    tables = [random_table(n, seed=n) for n in rows]
    vector, _ = split(tables, labels_at_home=labels_at_home)
    share = np.array(rows) / sum(rows)
    regime = Regime(
        ridge=RULE["ridge"] * share, mixing=Mixing(weights=np.tile(share, (len(rows), 1)))
    )
    seeds = [0] * len(rows)
    whole = train(
        [ModelSpec(width=WIDTH, clip_norm=float("inf"), **RULE)],
        batches_of(tables, rate=1.0, steps=60, seeds=seeds, rows=list(rows)),
        seeds=seeds, keys=[["0"] for _ in rows], regimes=[regime], dtype=torch.float64, tail=20,
    )[0][0].numpy()  # fmt: skip
    assert np.abs(vector - whole).max() < 1e-13


def test_where_labels_stay_the_server_is_sent_the_errors_that_tell_them():
    table = random_table(150)
    vector, channel = split([table])
    same, kept = split([table], labels_at_home=True)
    assert np.array_equal(vector, same)
    assert "label" in channel.sent and "label" not in kept.sent
    assert np.array_equal(kept.seen["residual"][0] < 0, table.label)
