import math

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from tradeoffs.errors import InvalidInput
from tradeoffs.fronts.remarks import (
    COLUMNS,
    CONSTANT,
    DOMINATED,
    NEARLY_CONSTANT,
    NOT_BINDING,
    NOT_HELD,
    NOT_MEASURABLE,
    NOT_REACHED,
    REMARKS,
    WITHIN_NOISE,
    remark_column,
    remarks,
)
from tradeoffs.fronts.replicates import replicates

SETTING = ["epsilon", "max_gap", "mechanism"]
HERE = (1.0, 0.1, "dp")
TWIN = (math.inf, math.nan, "none")
CLEAR = {"accuracy": 0.8, "gap": 0.1, "selection_rate": 0.2}
ELSEWHERE = {"accuracy": 0.5, "gap": 0.5, "selection_rate": 0.5}
SPREAD = np.array([-1.0, 0.4, 0.6, -0.3, 0.3, 0.0, 0.5, -0.5])


def table(*models: tuple, seeds: int = 8) -> pd.DataFrame:
    """Return results of (setting, columns with a value or one a seed) on both splits."""
    rows = []
    for setting, columns in models:
        for seed in range(seeds):
            own = {n: v[seed] if np.ndim(v) else v for n, v in (CLEAR | columns).items()}
            fields = dict(zip(SETTING, setting, strict=True)) | {"seed": seed} | own
            # Select tells otherwise throughout: what counts is measured on report.
            rows += [fields | {"split": "report"}, fields | {"split": "select"} | ELSEWHERE]
    return pd.DataFrame(rows).sample(frac=1.0, random_state=1)


def remarked(results: pd.DataFrame, configuration: list[str]) -> dict:
    there = [name for name in COLUMNS if name in results]
    return remarks(replicates(results, configuration, there))


def names(*models: tuple, seeds: int = 8) -> list[str]:
    """Return the names of the remarks on HERE."""
    found = remarked(table(*models, seeds=seeds), SETTING)
    return [remark.name for remark in found[HERE]]


def of(share: int, value: object, other: object) -> list:
    """Return `value` in so many of eight seeds, `other` in the rest."""
    return [value] * share + [other] * (8 - share)


def test_an_ordinary_model_alone_gets_no_remark():
    assert names((HERE, {})) == []


@pytest.mark.parametrize("share", [4, 5])
def test_a_gap_that_most_seeds_cannot_measure_is_told(share):
    found = names((HERE, {"gap": of(share, np.nan, 0.1)}))
    assert found == [NOT_MEASURABLE.name] * (share > 4)
    # Of a model that diverged nothing is known, so the groups are not to blame.
    assert names((HERE, {"gap": np.nan, "accuracy": np.nan})) == []


@pytest.mark.parametrize("rate", [0.0, 1.0, of(3, 0.0, 1.0)])
def test_a_constant_model_answers_everybody_alike_in_every_seed(rate):
    assert names((HERE, {"selection_rate": rate})) == [CONSTANT.name]


@pytest.mark.parametrize(
    ("rate", "near"),
    [
        (0.0099, True),
        (0.01, False),
        (0.99, False),
        (0.9901, True),
        (of(7, 0.0, 0.5), True),  # constant in most seeds, not in all
        (of(5, 0.001, 0.5), True),
        (of(4, 0.001, 0.5), False),
        ([0.0, 1.0, 0.001, 0.999, 0.0, 0.5, 0.5, 0.5], True),
        (of(5, math.nan, 0.0), False),  # a model that is not measurable counts as a seed
    ],
)
def test_more_than_half_of_the_seeds_make_a_model_nearly_constant(rate, near):
    assert names((HERE, {"selection_rate": rate})) == [NEARLY_CONSTANT.name] * near


@pytest.mark.parametrize(
    ("column", "bad", "good", "remark"),
    [
        ("bound_binding", 0.0, 1.0, NOT_BINDING),
        ("bound_reached", 0.0, 1.0, NOT_REACHED),
        ("bound_unheld", "Women", math.nan, NOT_HELD),
    ],
)
def test_a_bound_is_remarked_on_by_more_than_half_of_all_seeds(column, bad, good, remark):
    assert names((HERE, {column: of(5, bad, good)})) == [remark.name]
    assert names((HERE, {column: of(4, bad, good)})) == []
    assert names((HERE, {column: of(4, bad, math.nan)})) == []
    assert names((HERE, {column: math.nan})) == []


def pair(accuracy: float, gap: float, sd: float = 0.001) -> tuple:
    """Return HERE and its untouched twin, apart by so much, give or take a spread over seeds."""
    here = {"accuracy": 0.8 + accuracy + sd * SPREAD, "gap": 0.1 + gap + sd * SPREAD[::-1]}
    return (HERE, here), (TWIN, {})


@pytest.mark.parametrize(
    ("accuracy", "gap", "told"),
    [
        (-0.05, 0.05, [DOMINATED]),
        (-0.05, -0.05, []),
        (0.05, 0.05, []),
        (0.05, -0.05, []),
        (-0.05, 0.0, []),
        (0.0, 0.05, []),
        (0.0, 0.0, [WITHIN_NOISE]),
        (1e-4, -1e-4, [WITHIN_NOISE]),
    ],
)
def test_the_untouched_model_dominates_or_resembles_or_neither(accuracy, gap, told):
    assert names(*pair(accuracy, gap)) == [remark.name for remark in told]


@pytest.mark.parametrize("seed", range(6))
def test_comparisons_are_paired_t_tests(seed):
    """The same verdicts as scipy's, on differences around the edge of its interval."""
    rng = np.random.default_rng(seed)
    common = rng.normal(0, 0.02, (2, 8))
    here = rng.normal((0.8, 0.1), 0.01, (8, 2)).T + (common * [[-1], [1]])
    twin = np.array([[0.807], [0.093]]) + common * [[-1], [1]] + rng.normal(0, 0.003, (2, 8))
    both = [dict(zip(("accuracy", "gap"), values, strict=True)) for values in (here, twin)]
    apart = [stats.ttest_rel(a, b).pvalue < 0.05 for a, b in zip(here, twin, strict=True)]
    worse = here[0].mean() < twin[0].mean() and here[1].mean() > twin[1].mean()
    expected = [DOMINATED.name] * bool(all(apart) and worse)
    expected += [WITHIN_NOISE.name] * (not any(apart))
    assert names((HERE, both[0]), (TWIN, both[1])) == expected


def test_without_an_interval_or_a_twin_nothing_is_compared():
    assert names(*pair(-0.05, 0.05), seeds=1) == []
    assert names(pair(-0.05, 0.05)[0]) == []
    assert names(*pair(-0.05, 0.05), seeds=2) == [DOMINATED.name]
    other = (math.inf, math.nan, "clip_only")
    assert names(pair(-0.05, 0.05)[0], (other, {})) == []
    lost = (TWIN, {"gap": of(1, math.nan, 0.1)})
    assert names(pair(-0.05, 0.05)[0], lost) == []  # undefined in a seed, so on average


def test_only_common_seeds_are_compared():
    both = table(*pair(-0.05, 0.05))
    twin = both["mechanism"] == "none"
    apart = both.loc[np.where(twin, both["seed"] < 4, both["seed"] >= 4)]
    assert remarked(apart, SETTING)[HERE] == ()
    assert remarked(both.loc[~twin | (both["seed"] < 3)], SETTING)[HERE] == (DOMINATED,)


def test_the_untouched_model_is_not_compared_with_itself():
    found = remarked(table(*pair(0.0, 0.0)), SETTING)
    assert found[(math.inf, None, "none")] == ()


def test_each_twin_is_that_of_the_same_setting():
    one = table(*pair(-0.05, 0.05)).assign(width=0)
    two = table(*pair(0.05, -0.05)).assign(width=8)
    found = remarked(pd.concat([one, two]), [*SETTING, "width"])
    assert found[(*HERE, 0)] == (DOMINATED,) and found[(*HERE, 8)] == ()


def test_the_twin_of_a_stage_or_a_way_of_clipping_is_without_it():
    here, twin = pair(-0.05, 0.05)
    usual = {"stage": "in", "strength": 1.0, "clipping": "flat"}
    other = {"stage": "reweighing", "strength": 0.5, "clipping": "dpsgd_f"}
    both = [table(here).assign(**other), table(twin).assign(**usual)]
    found = remarked(pd.concat(both), [*SETTING, *usual])
    assert found[(*HERE, *other.values())] == (DOMINATED,)
    found = remarked(pd.concat([both[0], table(twin).assign(**other)]), [*SETTING, *usual])
    assert found[(*HERE, *other.values())] == ()  # a reweighed model is not untouched


def test_settings_without_these_columns_have_no_twin_and_missing_columns_no_remark():
    results = table(*pair(-0.05, 0.05)).assign(label=lambda t: t["mechanism"])
    assert set(remarked(results, ["label"]).values()) == {()}
    bare = results.loc[:, ["label", "seed", "split"]]
    assert set(remarked(bare, ["label"]).values()) == {()}
    with pytest.raises(InvalidInput, match="unknown column 'colour'"):
        remarked(results, ["colour"])
    with pytest.raises(InvalidInput, match="two rows share"):
        remarked(results.assign(same=1), ["same"])


def test_remarks_come_in_the_order_of_the_catalogue():
    models = pair(-0.05, 0.05)
    models[0][1].update(selection_rate=0.001, bound_reached=0.0, bound_unheld="Men")
    told = [NEARLY_CONSTANT, DOMINATED, NOT_REACHED, NOT_HELD]
    assert names(*models) == [remark.name for remark in told]
    assert len({remark.name for remark in REMARKS}) == len(REMARKS) == 9
    assert not any(";" in remark.name for remark in REMARKS)


def test_the_column_tells_of_each_model_its_own_and_of_its_setting_the_comparison():
    models = pair(-0.05, 0.05)
    models[0][1].update(selection_rate=of(1, 0.0, 0.2), bound_reached=of(2, 0.0, 1.0))
    results = table(*models)
    column = remark_column(results, SETTING)
    assert column.index.equals(results.index)
    for row in results.assign(remarks=column).to_dict("records"):
        told = [CONSTANT.name] * (row["seed"] == 0) + [DOMINATED.name]
        told += [NOT_REACHED.name] * (row["seed"] < 2)
        assert row["remarks"] == ("" if row["mechanism"] == "none" else "; ".join(told))


def test_of_one_seed_the_column_and_the_configuration_agree():
    models = [(HERE, {"selection_rate": 0.0, "bound_binding": 0.0}), (TWIN, {})]
    results = table(*models, seeds=1)
    by_setting = remarked(results, SETTING)[HERE]
    column = remark_column(results, SETTING)[(results["mechanism"] == "dp").to_numpy()]
    assert set(column) == {"; ".join(remark.name for remark in by_setting)}


def test_of_nothing_there_is_nothing_to_remark():
    empty = table((HERE, {})).iloc[:0]
    assert remarked(empty, SETTING) == {} and len(remark_column(empty, SETTING)) == 0
