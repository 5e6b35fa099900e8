import pytest
from fairlearn.metrics import MetricFrame, demographic_parity_difference, equalized_odds_difference
from sklearn.metrics import precision_score, zero_one_loss

from tradeoffs.data.load import load_split
from tradeoffs.errors import InvalidInput
from tradeoffs.experiments.score import score_all, train_seeds
from tradeoffs.scenario import Scenario
from tradeoffs.studies.selective_reporting import (
    CHOICES,
    EVERYTHING,
    _every,
    answer,
    gaps,
    grouped,
)

HERE = Scenario(epsilon=None, rows=1000)


@pytest.fixture(scope="module")
def records():
    return {may_choose: answer(HERE, may_choose=may_choose) for may_choose in CHOICES}


def side(records, name, column):
    """Return a column of the only record of that side, for each freedom to choose."""
    return [one[column] for rows in records.values() for one in rows if one["side"] == name]


def test_more_to_choose_from_looks_no_less_good_and_no_less_bad(records):
    # Where models select too few of a group, no gap in precision between the others is reported.
    nothing, measure, groups, line = side(records, "best", "reports")
    assert (nothing, measure) == (1, 5) and 16 <= groups <= 20 and 80 <= line <= 100
    best, worst = (side(records, name, "on_select") for name in ("best", "worst"))
    assert best == sorted(best, reverse=True) and worst == sorted(worst)


def test_without_a_choice_the_two_sides_show_the_same(records):
    assert side(records, "apart", "value")[0] == 0
    assert side(records, "best", "value")[0] == side(records, "worst", "value")[0]


def test_every_report_is_there_and_the_picks_are_among_them(records):
    for rows in records.values():
        reports = [one for one in rows if one["side"] == "report"]
        assert len(reports) == rows[0]["reports"]
        gaps = [one["on_select"] for one in reports]
        picked = {one["side"]: one["on_select"] for one in rows if "on_select" in one}
        assert (picked["best"], picked["worst"]) == (min(gaps), max(gaps))


@pytest.mark.parametrize("groups", ["sex", "race, merged"])
def test_gaps_are_fairlearns(groups):
    table = load_split("adult").report
    logits = score_all(train_seeds(HERE, 1), table)
    found, decided, codes = gaps(logits, table, (table,)), logits[0] > 0, grouped(table, groups)[0]

    def apart(metric):
        frame = MetricFrame(
            metrics=metric, y_true=table.label, y_pred=decided, sensitive_features=codes
        )
        return frame.difference()

    expected = {
        "demographic_parity": demographic_parity_difference(
            table.label, decided, sensitive_features=codes
        ),
        "equalized_odds": equalized_odds_difference(table.label, decided, sensitive_features=codes),
        "error_rate_parity": apart(zero_one_loss),
        "predictive_parity": apart(precision_score),
    }
    for measure, value in expected.items():
        assert found[measure, groups, 0.5][0] == pytest.approx(value, abs=1e-6)


def test_the_interval_holds_what_was_measured_and_begins_at_no_gap(records):
    for record in records[EVERYTHING]:
        assert record["low"] <= record["value"] <= record["high"]
        if "compared" in record:
            assert record["low"] >= 0 and 2 <= record["compared"] <= record["of"]


def test_a_more_lenient_promise_is_kept_by_more_reports():
    found = [answer(HERE, promise)[-1] for promise in (0.0, 0.05, 0.1, 1.0)]
    shares = [one["value"] for one in found if one["side"] == "small"]
    assert shares == sorted(shares) and (shares[0], shares[-1]) == (0, 1)


def test_the_same_scenario_gives_the_same_records(records):
    _every.cache_clear()
    assert answer(HERE) == records[EVERYTHING]


def test_what_cannot_be_asked_is_refused():
    with pytest.raises(InvalidInput, match=r"promise=2 must be in \[0, 1\]"):
        answer(HERE, promise=2)
    with pytest.raises(InvalidInput, match="may_choose"):
        answer(HERE, may_choose="the weather")
    with pytest.raises(InvalidInput, match="must hold sex, race"):
        answer(Scenario.of(dataset="hmda", label="approved", protected="race", rows=400))
