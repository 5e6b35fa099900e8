import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from tradeoffs.scenario import Scenario
from tradeoffs.studies.clinic import (
    BEST,
    CELLS,
    FACES,
    ILL,
    LABELLED,
    LOCAL,
    ONE_SIZE,
    POOLED,
    answer,
    detection_rate,
    draw,
    fitted,
    population,
)


@pytest.fixture(scope="module")
def clinic():
    return answer(Scenario())


def value(records, model, face, labelled, against=None):
    at = {"model": model, "face": face, "labelled": labelled, "against": against}
    return next(record["value"] for record in records if at.items() <= record.items())


@pytest.mark.parametrize("face", FACES)
def test_only_the_signs_of_the_ill_differ_by_place(face):
    here, there = population(0.0), population(face)
    assert there.sum() == pytest.approx(1) and there[1].sum() == pytest.approx(ILL)
    assert np.array_equal(here[0], there[0])
    assert (here[1] == pytest.approx(there[1])) == (face == 0)


def test_a_wholly_other_face_is_the_same_illness_with_the_signs_renamed():
    here, there = population(0.0), population(1.0)
    swapped = CELLS[:, [4, 5, 6, 7, 0, 1, 2, 3]] @ (1 << np.arange(8))
    assert there[:, swapped] == pytest.approx(here)


def test_no_model_beats_the_best_there_is(clinic):
    for record in clinic:
        if record["against"] is None:
            best = value(clinic, BEST, record["face"], record["labelled"])
            assert record["value"] <= best + 1e-9


def test_more_diagnoses_there_help_the_local_model(clinic):
    for face in FACES:
        local = [value(clinic, LOCAL, face, n) for n in LABELLED]
        assert local == sorted(local)


def test_differences_are_those_of_the_means(clinic):
    told = value(clinic, LOCAL, 0.5, 100, ONE_SIZE)
    apart = value(clinic, LOCAL, 0.5, 100) - value(clinic, ONE_SIZE, 0.5, 100)
    assert told == pytest.approx(apart)
    assert value(clinic, POOLED, 0.0, 10, LOCAL) > 0


def test_the_regression_is_scikit_learns():
    counts = draw(0.0, 500, np.random.default_rng(0))
    model = LogisticRegression(C=1.0, tol=1e-8, max_iter=1000)
    model.fit(np.concatenate([CELLS, CELLS]), np.repeat([0, 1], 256), counts.ravel())
    weights = np.ravel(fitted(counts[None]))
    assert weights[:-1] == pytest.approx(model.coef_[0], abs=1e-4)
    assert weights[-1:] == pytest.approx(model.intercept_, abs=1e-4)


def test_examining_at_random_finds_the_share_examined():
    assert detection_rate(np.zeros(256), population(0.0)) == pytest.approx(ILL)


def test_a_place_where_all_are_ill_can_be_trained_on():
    counts = np.zeros((1, 2, 256))
    counts[0, 1, :5] = 1
    assert np.isfinite(fitted(counts)).all()


def test_the_same_seed_gives_the_same_records(clinic):
    assert answer(Scenario()) == clinic
