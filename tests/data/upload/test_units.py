"""Rows that are one person, copies, and numbers of the row: nothing of them is learnt."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pytest

from tests.data.upload.conftest import (
    CHOICES,
    ROWS,
    as_csv,
    features,
    people,
    reason,
)
from tradeoffs.data.table_handle import TableHandle
from tradeoffs.data.upload.options import Choices
from tradeoffs.data.upload.own_table import own_table
from tradeoffs.experiments.adapt import adapt
from tradeoffs.experiments.chunks import Chunk
from tradeoffs.experiments.run import run
from tradeoffs.scenario import Scenario


def noise(rows: int = ROWS, seed: int = 0) -> dict[str, Sequence[object]]:
    """People whose label has nothing to do with anything."""
    rng = np.random.default_rng(seed + 1)
    found = people(rows, seed)
    return {**found, "hired": rng.choice(["yes", "no"], rows).tolist()}


def auc(content: bytes, choices: Choices = CHOICES) -> float:
    own = own_table(content, choices)
    handle = TableHandle(own.whole)
    one = adapt(Scenario(dataset=handle, epsilon=None, width=0, rows=100_000))[0]
    (found,) = run(Chunk(scenarios=((one,),)))
    return float(found.measurement.report["auc"])


def sorted_by_label(columns: Mapping[str, Sequence[object]]) -> dict[str, list[object]]:
    order = sorted(range(ROWS), key=lambda row: str(columns["hired"][row]))
    return {name: [values[row] for row in order] for name, values in columns.items()}


@pytest.mark.parametrize("number", ["running", "shuffled", "far apart"])
def test_a_number_of_the_row_is_left_out_with_its_reason(number):
    index = {
        "running": list(range(ROWS)),
        "shuffled": np.random.default_rng(0).permutation(ROWS).tolist(),
        "far apart": (np.arange(ROWS) * 7919 % 999_983).tolist(),
    }[number]
    own = own_table(as_csv({"": index, **sorted_by_label(noise())}), CHOICES)
    assert features(own) == ["sex", "town", "age", "skill"]
    code = "identifier" if number == "far apart" else "running_number"
    assert reason(own, "column_1").code == code


def repeated(times: int = 3) -> bytes:
    return as_csv({name: [*values] * times for name, values in noise().items()})


def test_copies_of_a_row_stay_on_one_side_and_are_told():
    own = own_table(repeated(), CHOICES)
    split = own.whole.split()
    assert own.whole.cluster_id is not None
    content = dict(zip(own.whole.row_id.tolist(), own.whole.cluster_id.tolist(), strict=True))
    sides = [{content[one] for one in part.row_id.tolist()} for part in
             (split.train, split.select, split.report)]  # fmt: skip
    assert not (sides[0] & sides[1] or sides[0] & sides[2] or sides[1] & sides[2])
    assert sum(part.rows for part in (split.train, split.select, split.report)) == 3 * ROWS
    assert own.report.rows.repeated >= 2 * ROWS
    assert [one.code for one in own.report.cautions][1:3] == ["row", "copies_together"]


def test_copies_and_an_index_teach_a_model_nothing_about_noise():
    assert 0.4 < auc(repeated()) < 0.6
    index = {"": list(range(ROWS)), **sorted_by_label(noise())}
    assert 0.35 < auc(as_csv(index)) < 0.65


def test_equal_rows_of_a_coarse_table_are_taken_as_different_people(table):
    rng = np.random.default_rng(0)
    cells = {n: people()[n] for n in ("sex", "town", "hired")}
    own = own_table(as_csv({**cells, "kids": rng.integers(0, 3, ROWS).tolist()}), CHOICES)
    assert [one.code for one in own.report.cautions][2] == "copies_apart"
    split = own.whole.split()
    assert abs(split.train.rows / ROWS - 0.6) < 0.06


def test_rows_of_one_person_stay_on_one_side_and_one_of_them_is_used():
    cells = people(3 * ROWS)
    cells = {"person": [n // 3 for n in range(3 * ROWS)], **cells}
    own = own_table(as_csv(cells), replace(CHOICES, id="person"))
    assert own.book.unit == "person"
    assert "person" not in features(own)
    assert own.report.rows.persons == ROWS
    person = dict(zip(own.whole.row_id.tolist(), own.whole.person_id.tolist(), strict=True))
    split = own.whole.split()
    seen = [person[one] for part in (split.train, split.select, split.report)
            for one in part.row_id.tolist()]  # fmt: skip
    assert len(seen) == len(set(seen)) == ROWS
    assert split.train.rows == own.book.labels[0].train_rows
    assert any("Epsilon protects a person" in one for one in own.warnings)
    before = own_table(as_csv(cells), CHOICES)
    assert reason(before, "person").code == "several_rows"
    assert any("as some may by person (--id)" in told for told in before.warnings)


def test_a_person_more_changes_one_record_of_training():
    cells = {"person": [n // 3 for n in range(1_500)], **people(1_500)}
    given = own_table(as_csv(cells), replace(CHOICES, id="person")).book.model_dump_json().encode()
    choices = replace(CHOICES, id="person", columns=("age", "skill", "town", "sex"))

    def trained(rows: int) -> set[int]:
        few = {name: values[:rows] for name, values in cells.items()}
        split = own_table(as_csv(few), choices, given).whole.split()
        return set(split.train.row_id.tolist())

    changes = [len(trained(1_500 - 3 * n) ^ trained(1_500 - 3 * n - 3)) for n in range(8)]
    assert set(changes) == {0, 1}
