"""The shipped store holds what the first screen asks for, as this version computes it."""

import pytest

from tradeoffs.experiments.chunks import chunks
from tradeoffs.experiments.plan import resolve
from tradeoffs.experiments.run import run
from tradeoffs.jobs.ship import first_screen_scenarios
from tradeoffs.jobs.store import Store
from tradeoffs.paths import SHIPPED_STORE


@pytest.fixture(scope="module")
def stored(tmp_path_factory):
    store = Store(tmp_path_factory.mktemp("store") / "own.sqlite", SHIPPED_STORE)
    found = store.results(resolve(scenario).result_key for scenario in first_screen_scenarios())
    store.close()
    return found


def test_nothing_is_missing(stored):
    missing = [s for s in first_screen_scenarios() if resolve(s).result_key not in stored]
    assert not missing, f"run `python -m tradeoffs.jobs.ship`: {len(missing)} results are stale"


def test_a_sample_is_what_this_version_computes(stored):
    some = [s for s in first_screen_scenarios() if s.seed == 3][::9]
    fresh = [one for chunk in chunks(map(resolve, some)) for one in run(chunk)]
    assert len(fresh) == len(some) > 3
    for one in fresh:
        kept = stored[resolve(one.scenario).result_key]
        for split in ("select", "report"):
            new, old = getattr(one.measurement, split), getattr(kept, split)
            assert new.keys() == old.keys()
            assert new["accuracy"] == pytest.approx(old["accuracy"], abs=0.002)
            assert new["selection_rate"] == pytest.approx(old["selection_rate"], abs=0.002)
