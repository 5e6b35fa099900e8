import numpy as np
import pytest

from tradeoffs.errors import InvalidInput
from tradeoffs.scenario import Scenario
from tradeoffs.studies.detection_power import SIZES, answer, ended

HERE = Scenario(epsilon=None, rows=1000)
SAME = np.array([[0.12, 0.48, 0.08, 0.32, 0.0]] * 4)  # one fifth of both groups


@pytest.fixture(scope="module")
def records():
    return answer(HERE, "found", tries=5, floor=0.82)


def share(records, event, asked="the model"):
    return [r["value"] for r in records if (r["event"], r["asked"]) == (event, asked)]


@pytest.mark.parametrize("people", SIZES)
def test_a_model_without_a_gap_is_rarely_accused(people):
    found = {r["event"]: r["value"] for r in ended(SAME, people, 1, 0.0, 0)}
    assert found["found"] <= 0.07


def test_one_test_to_pick_from_is_no_choice_and_several_are_independent():
    one = {r["event"]: r["value"] for r in ended(SAME, 300, 1, 0.03, 0)}
    assert one["best cleared"] == one["cleared"]
    assert one["cleared"] == ended(SAME, 300, 9, 0.03, 0)[0]["value"]
    six = {r["event"]: r["value"] for r in ended(SAME, 300, 6, 0.03, 0)}
    assert six["best cleared"] == pytest.approx(1 - (1 - one["cleared"]) ** 6, abs=0.05)


def test_larger_audits_find_more_and_no_audit_finds_what_is_allowed(records):
    found = share(records, "found")
    assert found[-1] > found[0] and (np.diff(found) > -0.05).all()
    assert share(answer(HERE, promise=1.0), "found") == [0] * len(SIZES)
    assert share(answer(HERE, promise=1.0), "cleared") == [1] * len(SIZES)


def test_the_interval_holds_the_share_and_is_never_sure(records):
    for record in records:
        assert 0 <= record["low"] <= record["value"] <= record["high"] <= 1
        assert record["high"] > record["low"]


def test_without_an_explanation_only_the_model_is_asked():
    assert {r["asked"] for r in answer(HERE, floor=1.0)} == {"the model"}


def test_the_same_scenario_gives_the_same_records(records):
    assert answer(HERE, "found", tries=5, floor=0.82) == records


@pytest.mark.parametrize(
    ("options", "refusal"),
    [
        ({"measure": "x"}, "measure='x' must be one of: selection, found"),
        ({"tries": 0}, "tries=0 must be a number, at least 1"),
        ({"promise": -1}, r"promise=-1 must be in \[0, 1\]"),
    ],
)
def test_what_cannot_be_asked_is_refused(options, refusal):
    with pytest.raises(InvalidInput, match=refusal):
        answer(HERE, **options)
