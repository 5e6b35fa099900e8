"""The risk tool's errors are ProPublica's, and the identity leaves no choice."""

import pytest

from tradeoffs.errors import InvalidInput
from tradeoffs.scenario import Scenario
from tradeoffs.studies.compas_score import CUTS, HOLDS, MEASURES, answer

COMPAS = Scenario.of(dataset="compas", label="rearrest", protected="black")
PUBLISHED = {  # ProPublica 2016, "How We Analyzed the COMPAS Recidivism Algorithm"
    ("false_alarms", "Black"): (805, 1795),
    ("false_alarms", "White"): (349, 1488),
    ("missed", "Black"): (532, 1901),
    ("missed", "White"): (461, 966),
    ("right_when_high", "Black"): (1369, 2174),
    ("right_when_high", "White"): (505, 854),
}


def test_the_counts_are_propublicas():
    found = {(r["measure"], r["group"]): (r["people"], r["of"]) for r in answer(COMPAS)}
    assert {key: found[key] for key in PUBLISHED} == PUBLISHED


@pytest.mark.parametrize("cut", CUTS)
def test_false_alarms_follow_from_the_other_three(cut):
    for row in answer(COMPAS, cut=cut):
        if row["implied"] is not None:
            assert row["implied"] == pytest.approx(row["value"], abs=1e-12)


@pytest.mark.parametrize("measure", MEASURES)
def test_holding_a_measure_brings_it_no_further_apart(measure):
    def apart(hold):
        rows = answer(COMPAS, hold=hold)
        return abs(
            next(r["value"] for r in rows if (r["measure"], r["group"]) == (measure, "difference"))
        )

    assert apart(measure) <= apart(HOLDS[0])


def test_the_measure_that_is_held_is_marked_and_none_is_with_one_line_for_all():
    held = {hold: {r["measure"] for r in answer(COMPAS, hold=hold) if r["held"]} for hold in HOLDS}
    assert held == {HOLDS[0]: set()} | {measure: {measure} for measure in MEASURES}


def test_a_higher_line_gives_fewer_false_alarms_and_more_misses():
    def rate(cut, measure):
        return next(r["value"] for r in answer(COMPAS, cut=cut) if r["measure"] == measure)

    alarms, missed = ([rate(cut, m) for cut in CUTS] for m in ("false_alarms", "missed"))
    assert alarms == sorted(alarms, reverse=True) and missed == sorted(missed)


@pytest.mark.parametrize(
    ("options", "told"),
    [({"cut": 11}, r"cut=11 must be in \[2, 10\]"), ({"hold": "x"}, "hold='x' must be one of")],
)
def test_what_is_not_offered_is_refused(options, told):
    with pytest.raises(InvalidInput, match=told):
        answer(COMPAS, **options)


def test_only_the_table_with_the_score_will_do():
    with pytest.raises(InvalidInput, match="must be 'compas'"):
        answer(Scenario())
