"""Shifts of a scenario, at deployment and in training, alone and together."""

import numpy as np
import pytest

from tradeoffs.data.load import load_split
from tradeoffs.data.report_people import report_rows
from tradeoffs.data.shifts.catalogue import SHIFTS
from tradeoffs.data.shifts.compose import compose
from tradeoffs.errors import InvalidInput
from tradeoffs.experiments.adapt import adapt_to_dataset
from tradeoffs.experiments.chunks import Chunk, chunks
from tradeoffs.experiments.plan import deployment, resolve
from tradeoffs.experiments.run import run
from tradeoffs.experiments.training_data import batches, training_table
from tradeoffs.scenario import Scenario

HERE = Scenario.of(rows=600)
GSS = Scenario.of(dataset="gss", label="income_25k", protected="race", rows=3_000)


def test_several_shifts_at_deployment_are_one_deployment_in_causal_order():
    one = HERE.but(shift="flips", shift_intensity=0.5, other_shifts="prior:0.25")
    other = HERE.but(shift="prior", shift_intensity=0.25, other_shifts="flips:0.5")
    assert deployment(one) == ((("prior", 0.25), ("flips", 0.5)), "sex") == deployment(other)
    assert resolve(one).result_key == resolve(other).result_key
    assert resolve(one).model_key == resolve(HERE).model_key
    report = load_split("adult", HERE.label).report
    wanted = compose(report, (("prior", 0.25), ("flips", 0.5)), 0, "sex")
    found = report_rows("adult", HERE.label, deployment(one))
    assert set(found.row_id) == set(wanted.row_id) and found.label.sum() == wanted.label.sum()


def test_several_shifts_are_measured_without_training(monkeypatch):
    both = HERE.but(shift="prior", shift_intensity=0.5, other_shifts="demographic:0.5")
    [here] = run(Chunk(scenarios=((HERE,),)))
    monkeypatch.setattr("tradeoffs.experiments.fit.run_training", None)
    known = {resolve(HERE).model_key: here.weights}
    [found] = run(Chunk(scenarios=((both,),)), known=known)
    assert found.measurement.report["accuracy"] != here.measurement.report["accuracy"]
    positives = found.measurement.report["positives[sex=Male]"]
    assert positives < 0.3 * here.measurement.report["positives[sex=Male]"]


def test_where_too_few_are_left_nothing_is_measured_and_that_is_no_zero():
    gone = Scenario.of(
        dataset="loanapp", label="approved", protected="minority", rows=600, shift_intensity=1.0
    )
    [found] = run(Chunk(scenarios=((gone,),)))
    rows = report_rows("loanapp", "approved", deployment(gone)).rows
    assert rows < 200
    assert found.measurement.report == {} == found.measurement.select
    assert len(found.measurement.decisions) == -(-rows // 8)


def test_a_group_that_withholds_is_not_trained_on_and_still_measured():
    women = HERE.but(training_shifts="opt_out.female:1", epsilon=None)
    table = training_table(women)
    assert not (table.protected["sex"] == 0).any()
    everybody = training_table(HERE.but(epsilon=None))
    assert np.array_equal(table.row_id, everybody.row_id[everybody.protected["sex"] == 1])
    [found] = run(Chunk(scenarios=((women,),)))
    assert found.measurement.report["people[sex=Female]"] > 2_000


def test_sums_are_divided_by_a_public_number_wherever_something_is_promised():
    half = HERE.but(training_shifts="opt_out.male:0.5")
    private = batches(resolve(half), (0, 1))
    assert private.rows == 600 and training_table(half).rows < 600
    exact = batches(resolve(half.but(epsilon=None)), (0,))
    assert exact.rows == training_table(half).rows


def test_a_person_more_or_less_changes_one_row_of_the_shifted_training_table():
    table = training_table(HERE)
    shifts = tuple(
        (name, 0.8)
        for name, e in SHIFTS.items()
        if e.trained and e.optional and not e.private_reason
    )
    assert len(shifts) > 8
    without = table.take(np.arange(table.rows) != 17)
    whole, fewer = (compose(t, shifts, 3, "sex") for t in (table, without))
    rest = whole.take(whole.row_id != table.row_id[17])
    assert whole.rows - rest.rows <= 1
    assert all(
        a.tobytes() == b.tobytes() for a, b in zip(rest.arrays(), fewer.arrays(), strict=True)
    )


def test_models_with_training_shifts_do_not_depend_on_what_is_trained_beside_them():
    base = HERE.but(training_shifts="flips:0.5+opt_out.male:0.5")
    wanted = [base.but(epsilon=e, seed=s) for e in (None, 1.0) for s in (0, 1)]
    together = [t for chunk in chunks(map(resolve, wanted)) for t in run(chunk)]
    for one in together:
        [alone] = run(Chunk(scenarios=((one.scenario,),)))
        assert alone.measurement.report == pytest.approx(one.measurement.report, abs=1e-3)


@pytest.mark.parametrize(
    ("base", "fields", "told"),
    [
        (HERE, {"training_shifts": "demographic:0.5"}, "not available in training at a finite eps"),
        (HERE, {"training_shifts": "duplicates:0.5"}, "rows, and the privacy promise covers one"),
        (HERE, {"training_shifts": "opt_out.male:1", "rows": 300}, "in training; 200 are needed"),
        (HERE, {"other_shifts": "opt_out.male:1"}, "is for training, not for deployment"),
        (HERE, {"shift": "place.pacific", "shift_intensity": 1}, "'place' needs places; adult"),
        (HERE, {"shift_intensity": 0.5, "other_shifts": "demographic:0.5"}, "is stated twice"),
        (
            HERE.but(epsilon=None, stage="correlation_remover"),
            {"training_shifts": "redrawn:0.5"},
            "not available with stage='correlation_remover'",
        ),
        (
            GSS,
            {"training_shifts": "place.pacific:0.5", "other_shifts": "place.pacific:1"},
            "place.pacific is where training and deployment are: nothing shifts; name two",
        ),
    ],
)  # fmt: skip
def test_shifts_that_cannot_be_are_refused_with_the_reason(base, fields, told):
    with pytest.raises(InvalidInput, match=told):
        resolve(base.but(**fields))


def test_train_then_and_deploy_later():
    then = GSS.but(training_shifts="time.1994:1", other_shifts="time.2006:1")
    resolve(then)
    early = training_table(then)
    assert early.time is not None and set(early.time.codes) == {0}
    late = report_rows("gss", "income_25k", deployment(then))
    assert late.time is not None and set(late.time.codes) == {6}
    [found] = run(Chunk(scenarios=((then,),)))
    assert 0.5 < found.measurement.report["accuracy"] < 1


def test_shifts_that_another_table_cannot_have_are_left_out_and_told():
    here = GSS.but(
        shift="place.pacific", shift_intensity=0.5, other_shifts="prior:0.25+time.2006:1"
    )
    there, resets = adapt_to_dataset(here, "adult")
    assert there.shift == "demographic" and there.other_shifts == (("prior", 0.25),)
    assert ("shift", "demographic") in [(reset.field, reset.new) for reset in resets]
