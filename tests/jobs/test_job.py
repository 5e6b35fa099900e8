"""A job lays out what arrives, and reads decisions where somebody wants them."""

import numpy as np
import pytest

from tests.jobs.conftest import measured
from tradeoffs.experiments.plan import resolve
from tradeoffs.fronts.sweep import sweep
from tradeoffs.jobs.job import Job

COLUMNS = ("accuracy", "gap")


@pytest.fixture
def plans(plain):
    return [resolve(scenario) for scenario in [*plain(seeds=3), *plain(rows=310, seeds=2)]]


def test_a_job_lays_out_what_has_arrived(plans):
    job = Job(plans)
    assert job.replicates(COLUMNS).keys == ()
    for some in ([3], [0, 4], [1, 2]):
        job.deliver({plans[n].result_key: measured(plans[n].scenario) for n in some})
        found, expected = job.replicates(COLUMNS), sweep(job.results(), job.comparison, COLUMNS)
        assert found.keys == expected.keys
        np.testing.assert_array_equal(found.values, expected.values)
    assert job.replicates(["accuracy"]).columns == ("accuracy",)


def test_decisions_are_read_when_they_are_wanted_and_once(store, plans, pairs):
    stored, new = pairs([plan.scenario for plan in plans[:2]]), pairs([plans[2].scenario])
    store.put(stored)
    asked = []
    job = Job(plans, stored=lambda keys: asked.append(list(keys)) or store.decisions(asked[-1]))
    job.deliver(store.results((plan.result_key for plan, _ in stored), decisions=False))
    job.deliver({plan.result_key: one.measurement for plan, one in new})
    expected = {plan.scenario.seed: one.measurement.decisions for plan, one in [*stored, *new]}
    for _ in range(2):
        assert job.decisions(job.results()) == expected
    assert [sorted(keys) for keys in asked] == [sorted(plan.result_key for plan, _ in stored)]


def test_decisions_that_are_lost_are_not_there(store, plans, pairs):
    store.put(pairs([plan.scenario for plan in plans]))
    job = Job(plans, stored=lambda keys: {})
    job.deliver(store.results((plan.result_key for plan in plans), decisions=False))
    assert len(job.results()) == 5 and job.decisions(job.results()) == {}


def test_a_setting_has_a_number_and_its_results_whatever_has_arrived(plans):
    first, second = (plans[n].scenario for n in (0, 3))
    job = Job(plans)
    numbers = dict(job.numbers)
    assert [*job.settings.values()] == [first.configuration(), second.configuration()]
    assert [*numbers] == [*job.settings] and [*numbers.values()] == [0, 1]
    job.deliver({plans[n].result_key: measured(plans[n].scenario) for n in (4, 0)})
    assert [one.scenario for one in job.results_of(first)] == [first]
    assert [one.scenario for one in job.results_of(second)] == [plans[4].scenario]
    assert job.numbers == numbers and job.results_of(first.but(width=8)) == []
