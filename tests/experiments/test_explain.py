import json
from dataclasses import replace

import numpy as np
import pytest
import torch

from tradeoffs.data.cases import load_cases, person
from tradeoffs.engine.population import logits
from tradeoffs.errors import NotMeasurable
from tradeoffs.experiments import explain as module
from tradeoffs.experiments.chunks import chunks
from tradeoffs.experiments.designs import baseline, replicate
from tradeoffs.experiments.evaluate import evaluation_set
from tradeoffs.experiments.explain import explain
from tradeoffs.experiments.fit import Model
from tradeoffs.experiments.plan import resolve
from tradeoffs.experiments.run import run
from tradeoffs.scenario import Scenario

SEEDS = 3
CASES = [person("adult", case.values) for case in load_cases("adult").cases]
SETTINGS = [
    Scenario.of(rows=400, epsilon=2.0),
    Scenario.of(rows=400, epsilon=2.0, width=4, hide=("sex",)),
]


@pytest.fixture(scope="module")
def known() -> dict[str, bytes]:
    """The weights of all settings and their twins, as a store keeps them."""
    needed = [one for s in SETTINGS for one in (s, baseline(s))]
    models = [t for c in chunks(map(resolve, replicate(needed, SEEDS))) for t in run(c)]
    return {resolve(t.scenario).model_key: t.weights for t in models}


def asked(scenario: Scenario, known: dict[str, bytes], bins: dict[str, int]) -> np.ndarray:
    """Return the logit of one person by each seed's model."""
    table = evaluation_set("adult", scenario.label, scenario.hide, "report", (), "").table
    held = [
        bins[f.name] + int(start) for f, start in zip(table.features, table.offsets, strict=True)
    ]
    plans = [resolve(one) for one in replicate([scenario], SEEDS)]
    vectors = [Model.from_bytes(known[plan.model_key]).vector for plan in plans]
    codes = torch.tensor([[*held, table.columns]], dtype=torch.int32)
    return logits(vectors, [scenario.width] * SEEDS, codes)[:, 0].double().numpy()


@pytest.mark.parametrize("scenario", SETTINGS, ids=["logistic", "network"])
@pytest.mark.parametrize("bins", CASES[:4])
def test_an_explanation_is_of_the_models_and_adds_up(scenario, bins, known):
    found = explain(scenario, bins, known, SEEDS)
    twin = found.twin
    assert twin is not None
    for one, where in ((found.here, scenario), (twin, baseline(scenario))):
        logit = asked(where, known, bins)
        assert one.seeds == (0, 1, 2)
        assert one.logit == pytest.approx(logit, abs=1e-5)
        assert one.base + one.attribution.sum(1) == pytest.approx(one.logit, abs=1e-9)
        assert one.probability == pytest.approx(1 / (1 + np.exp(-logit)), abs=1e-5)
        assert one.agreeing == ((logit > 0) == one.answer).sum()
    assert ("sex" in found.here.features) == (not scenario.hide)


@pytest.mark.parametrize("scenario", SETTINGS, ids=["logistic", "network"])
def test_the_baseline_is_one_for_everybody(scenario, known):
    """The logit minus the attributions is the same number, whoever is explained."""
    bases = [explain(scenario, bins, known, SEEDS).here.base for bins in CASES[:3]]
    assert bases[1] == pytest.approx(bases[0], abs=1e-4)
    assert bases[2] == pytest.approx(bases[0], abs=1e-4)


@pytest.mark.parametrize("scenario", SETTINGS, ids=["logistic", "network"])
def test_the_change_turns_the_answer_and_changes_what_can_be(scenario, known):
    actions = {action.feature: action for action in load_cases("adult").actions}
    labels = {
        f.name: f.labels
        for f in evaluation_set("adult", "income_gt_50k", (), "report", (), "").table.features
    }
    turned = 0
    for bins in CASES:
        one = explain(scenario, bins, known, SEEDS).here
        if one.change is None:
            continue
        moved = {name: labels[name].index(words) for name, words in one.change.to.items()}
        assert 1 <= len(moved) <= 2 and moved.keys() <= actions.keys()
        cost = [actions[n].steps(labels[n])[bins[n], to] for n, to in moved.items()]
        assert sum(cost) == one.change.steps
        logit = asked(scenario, known, bins | moved)
        assert (logit.mean() > 0) != one.answer
        assert one.change.flips == ((logit > 0) != one.answer).sum()
        turned += 1
    assert turned


def test_weights_that_are_not_known_are_trained(known, monkeypatch):
    scenario = SETTINGS[0]
    trained = explain(scenario, CASES[0], {}, SEEDS)
    stored = explain(scenario, CASES[0], known, SEEDS)
    assert trained.here.logit == pytest.approx(stored.here.logit, abs=1e-3)
    monkeypatch.setattr(module, "fit", None)
    explain(scenario, CASES[0], known, SEEDS)
    with pytest.raises(TypeError):
        explain(scenario, CASES[0], {}, SEEDS)


def test_the_untouched_setting_has_no_twin_and_one_seed_no_other(known):
    found = explain(baseline(SETTINGS[0]), CASES[0], known, 1)
    assert found.twin is None
    assert (found.stable.twin, found.stable.seeds) == (None, None)


def test_explanations_are_stable_where_nothing_was_added(known):
    """A budget without bound leaves the twin; a small one moves explanations."""
    scenario = SETTINGS[0]
    loose = Scenario.of(rows=400, epsilon=50.0)
    near = explain(loose, CASES[0], known, SEEDS).stable.twin
    far = explain(scenario.but(epsilon=0.05), CASES[0], known, SEEDS).stable.twin
    assert near is not None and far is not None and far < near <= 1


def test_a_training_that_diverged_explains_nothing(known):
    plan = resolve(SETTINGS[0])
    model = Model.from_bytes(known[plan.model_key])
    lost = replace(model, vector=torch.full_like(model.vector, torch.nan))
    with pytest.raises(NotMeasurable, match="seed 0 diverged"):
        explain(SETTINGS[0], CASES[0], known | {plan.model_key: lost.to_bytes()}, SEEDS)


def test_an_explanation_can_be_written_as_json(known):
    found = explain(SETTINGS[0], CASES[0], known, SEEDS)
    read = json.loads(json.dumps(found.to_dict()))
    assert read["here"]["person"]["sex"] == "Female"
    assert len(read["here"]["attribution"]["age"]) == SEEDS
    assert read["stability"]["seeds"] == found.stable.seeds
