import numpy as np
import pytest
from scipy.stats import norm

from tradeoffs.errors import InvalidInput
from tradeoffs.scenario import Scenario
from tradeoffs.studies.audit_designs import SIZES, answer, honest, verdicts

HERE = Scenario(epsilon=None, rows=1000)
APART = np.array([[0.1, 0.25, 0.66]] * 4)


def how_often(people, promise=0.1, auditors=1, **more):
    return float(verdicts(APART, people, auditors, promise, 0, **more).any(-1).mean())


@pytest.mark.parametrize("people", SIZES)
def test_a_promise_that_is_just_kept_is_rarely_called_broken(people):
    kept = honest(APART, 0.1)
    assert np.allclose(np.abs(kept[:, 1] - kept[:, 0]), 0.1)
    assert verdicts(kept, people, 1, 0.1, 0).mean() <= 0.05


def test_an_audit_finds_as_often_as_the_normal_approximation_says():
    first, second, part = APART[0]
    n = 3000
    error = np.sqrt(first * (1 - first) / (n * (1 - part)) + second * (1 - second) / (n * part))
    expected = norm.sf(1.96 - (second - first - 0.1) / error)
    assert how_often(n) == pytest.approx(expected, abs=0.06)


def test_one_auditor_is_the_same_alone_corrected_and_pooled():
    found = {
        r["design"]: r["value"] for r in answer(HERE, auditors=1, each=300) if r["asked"] == "model"
    }
    assert found["anybody"] == found["corrected"] == found["pooled"]


def test_more_questions_find_more_and_several_auditors_accuse_more_often_than_one():
    found = [how_often(people) for people in SIZES]
    assert found == sorted(found)
    assert how_often(100, auditors=10) > how_often(100)
    assert how_often(100, auditors=10, tests=10) < how_often(100, auditors=10)


def test_groups_may_change_places():
    swapped = APART[:, [1, 0, 2]]
    assert verdicts(swapped, 1000, 1, 0.1, 0).mean() == pytest.approx(how_often(1000), abs=0.15)
    assert np.allclose(honest(swapped, 0.1)[:, :2], honest(APART, 0.1)[:, [1, 0]])


@pytest.mark.parametrize(
    ("options", "refusal"),
    [
        ({"promise": 0}, "promise=0 must"),
        ({"auditors": 0}, "auditors=0 must be a number, at least 1"),
        ({"each": 5}, "each=5 must be a number, at least 10"),
    ],
)
def test_what_cannot_be_audited_is_refused(options, refusal):
    with pytest.raises(InvalidInput, match=refusal):
        answer(HERE, **options)
