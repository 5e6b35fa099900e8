import pytest

from tradeoffs.experiments.designs import first_training, grid, slices
from tradeoffs.experiments.plan import possible, resolve
from tradeoffs.experiments.provider_account import provider_account
from tradeoffs.experiments.total_privacy import compose, composition
from tradeoffs.remedies.catalogue import REMEDIES
from tradeoffs.report.composition_table import composition_line
from tradeoffs.scenario import Scenario
from tradeoffs.values.privacy.composition import joint, tightest
from tradeoffs.values.privacy.history import Spend

HERE = Scenario.of(epsilon=1.0, rows=3_000)


def test_one_model_alone_is_its_own_budget():
    seen = composition([HERE], HERE)
    budget = resolve(HERE).budget
    assert budget and seen.histories == (budget.history,)
    assert (seen.promised, seen.unpromised, seen.seeds, seen.settings) == (1, 0, 1, 1)
    found = compose(seen)
    assert found.together == pytest.approx(budget.epsilon_spent, rel=0.01)
    assert found.best is not None and found.best >= budget.epsilon_spent


@pytest.mark.parametrize("number", [0, 3])
def test_choosing_is_priced_among_the_settings_of_one_training_whatever_the_number(number):
    here = HERE.but(seed=number)
    screen = [*slices(here), *grid(here)]
    seen = composition(screen, first_training(here))
    no_weaker = {s.configuration() for s in screen if s.epsilon is not None and s.epsilon <= 1}
    assert seen.seeds == 8
    assert seen.settings == len({resolve(one).model_key for one in no_weaker}) > 10


def test_a_model_at_two_deployments_counts_once():
    shifted = [HERE.but(shift_intensity=value) for value in (0.0, 0.5, 1.0)]
    assert composition(shifted, HERE) == composition([HERE], HERE)


@pytest.mark.parametrize("other", [{"width": 8}, {"hide": "sex"}, {"protected": "race"}])
def test_models_of_one_seed_share_their_batches(other):
    second = HERE.but(**other)
    budget = resolve(HERE).budget
    assert budget
    ((found,),) = composition([HERE, second]).histories
    models = 1 if "protected" in other else 2  # without a constraint it is the same model
    assert found.sigma == pytest.approx(budget.sigma / models**0.5)
    assert found.steps == budget.steps


def test_other_seeds_are_composed_and_group_counts_too():
    held = HERE.but(max_gap=0.1)
    budget = resolve(held).budget
    assert budget and budget.sigma_counts
    ((training, counts),) = composition([held, held.but(seed=1)]).histories
    assert training == Spend(sigma=training.sigma, sample_rate=budget.sample_rate, steps=400)
    assert training.sigma == pytest.approx(budget.sigma)
    assert (counts.sample_rate, counts.steps) == (1.0, 1)
    assert counts.sigma == pytest.approx(budget.sigma_counts / 2**0.5)


def test_tables_of_two_sizes_share_coins_where_their_rates_agree():
    same = composition([HERE, HERE.but(rows=3_100)])
    assert len(same.histories[0]) == 1  # as if everybody were in both
    mixed = composition([HERE, HERE.but(rows=10_000)])
    assert sorted(spend.sample_rate for spend in mixed.histories[0])[-1] == 1.0
    apart = composition([HERE, HERE.but(rows=10_000, seed=1)])
    assert {spend.sample_rate for spend in apart.histories[0]} == {0.1, 0.3}


@pytest.mark.parametrize("without", [{"epsilon": None}, {"mechanism": "clip_only"}])
def test_models_without_noise_are_counted_and_promise_nothing(without):
    there = HERE.but(**without)
    seen = composition([HERE, there, there.but(seed=1)], there)
    assert (seen.promised, seen.unpromised, seen.own) == (1, 2, None)
    assert compose(seen).best is None
    nothing = composition([there], there)
    assert nothing.delta is None
    assert compose(nothing).together is None


def test_what_can_be_chosen_promises_no_less_than_the_setting():
    others = [HERE.but(epsilon=e, seed=s) for e in (0.3, 1.0, 3.0, None) for s in (0, 1)]
    assert composition(others, HERE).settings == 2
    assert composition(others, HERE.but(epsilon=3.0)).settings == 3
    assert composition(others).settings == 0


def test_the_whole_screen_costs_far_more_than_its_parts():
    seen = composition([*slices(HERE), *grid(HERE)], HERE)
    found = compose(seen)
    assert found.together is not None and found.best is not None and seen.own is not None
    assert seen.own < found.best < found.together
    assert found.together > 100


REGIONS = Scenario(
    dataset="gss", label="income_25k", communities="place", rows=100, epsilon=1, home="Pacific"
)


def spent(*scenarios: Scenario) -> float:
    found = compose(composition(scenarios)).together
    assert found is not None
    return found


def test_people_of_different_communities_do_not_add_up():
    alone = [REGIONS.but(home=name) for name in ("Pacific", "Mountain", "New England")]
    assert spent(*alone) == pytest.approx(spent(REGIONS))
    together = REGIONS.but(remedy="fedavg")
    assert spent(*alone, together) == pytest.approx(spent(REGIONS, together))
    assert spent(REGIONS, together) > spent(together)


def test_a_model_trained_for_all_is_seen_once_wherever_it_is_measured():
    both = [REGIONS.but(remedy="near_home", home=name) for name in ("Pacific", "Mountain")]
    assert resolve(both[0]).model_key != resolve(both[1]).model_key
    assert spent(*both) == pytest.approx(spent(both[0]))


def test_what_is_told_is_for_those_who_lose_most():
    loose = REGIONS.but(remedy="fedavg", own_epsilon="Mountain:8")
    budget = resolve(loose).budget
    assert budget is not None and budget.epsilon_spent <= 1
    assert spent(loose) == pytest.approx(8, rel=0.02)


@pytest.mark.parametrize("name", REMEDIES)
def test_each_way_among_communities_can_be_looked_at_under_a_promise(name):
    width = 4 if "split" in name else 0
    here = REGIONS.but(remedy=name, width=width)
    if "dp" not in REMEDIES[name].mechanisms or not possible(here):
        pytest.skip("no promise")
    seen = composition([here], here)
    found = compose(seen)
    assert seen.promised == 1 and found.together is not None
    assert found.together >= (seen.own or 0) * 0.99


@pytest.mark.parametrize("name", ["as_is", "pruning", "quantization"])
def test_a_model_that_releases_nothing_of_home_spends_nothing(name):
    assert spent(REGIONS.but(remedy=name)) == 0


def test_a_providers_people_are_counted_by_every_model_that_they_provide():
    homes = ("Pacific", "Mountain", "New England")
    asked = [
        REGIONS.but(remedy="as_is", home=name, provider="private.others", seed=seed)
        for name in homes
        for seed in (0, 1)
    ]
    account = provider_account(asked[0], "Pacific")
    assert account is not None
    assert spent(asked[0], asked[1]) == pytest.approx(account.epsilon_spent, rel=0.02)
    every = [provider_account(one, one.home) for one in asked[::2]]
    together = joint(("", spend) for one in every if one for spend in one.history)
    assert spent(*asked) == pytest.approx(tightest(together, account.delta)[0], rel=0.01)
    assert spent(*asked) > 1.4 * account.epsilon_spent


def test_one_model_that_is_provided_to_many_is_one_release():
    asked = [
        REGIONS.but(remedy="as_is", home=name, provider="private.South Atlantic")
        for name in ("Pacific", "Mountain")
    ]
    assert spent(*asked) == pytest.approx(spent(asked[0])) == pytest.approx(1, rel=0.03)


def test_votes_for_each_seed_add_up_for_those_who_vote():
    votes = [REGIONS.but(remedy="pate", seed=seed) for seed in range(8)]
    alone = [REGIONS.but(seed=seed) for seed in range(8)]
    assert spent(*votes[:1]) == pytest.approx(1, rel=0.03)
    assert spent(*votes) >= 0.99 * spent(*alone) > 2


def test_where_a_providers_people_are_promised_nothing_it_is_told():
    plain = REGIONS.but(remedy="fine_tuning")
    seen = composition([plain, plain.but(provider="private.others"), REGIONS], REGIONS)
    assert seen.unprovided == 1
    assert "nothing is promised to a provider's people in 1 of them" in composition_line(
        seen, compose(seen)
    )


def test_the_same_person_is_in_a_community_of_every_cut():
    place, time = REGIONS, REGIONS.but(communities="time", home="")
    assert spent(place, time) > 1.3
