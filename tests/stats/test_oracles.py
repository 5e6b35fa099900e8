"""Every public function of stats is what scipy, statsmodels or scikit-learn says it is.

A test names the functions that it holds to somebody else's; the last one tells which have none.
"""

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import numpy as np
import pandas as pd
import pytest
import torch
from scipy import stats as scipy_stats
from sklearn.metrics import roc_auc_score
from statsmodels.formula.api import ols
from statsmodels.regression.linear_model import WLS
from statsmodels.stats.anova import anova_lm
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.nonparametric import rank_compare_2indep
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint
from statsmodels.stats.weightstats import CompareMeans, DescrStatsW

import tradeoffs.stats
from tradeoffs.stats import (
    auc,
    bootstrap,
    chi_square,
    holm,
    interval,
    jackknife,
    means,
    paired_means,
    population_auc,
    proportions,
    roc,
    sigmoid,
    stratified,
    two_shares,
    two_way,
)

RNG = np.random.default_rng(0)
VALUES, OTHERS = RNG.normal(0.3, 0.1, 40), RNG.normal(0.1, 0.3, 25)
WEIGHTS = RNG.lognormal(0, 1, 40)
HIGH, LOW = RNG.integers(0, 9, 50), RNG.integers(0, 6, 80)  # with ties
SCORES, YES = np.concatenate([HIGH, LOW]), np.repeat([True, False], [50, 80])
_HELD: set[Callable] = set()


def against(*functions: Callable) -> Callable[[Callable], Callable]:
    """Say which functions a test holds to an implementation that is not ours."""
    _HELD.update(functions)
    return lambda test: test


def compared(one: np.ndarray, other: np.ndarray) -> CompareMeans:
    return CompareMeans(DescrStatsW(one), DescrStatsW(other))


def robust(values: np.ndarray, weights: np.ndarray, kind: Literal["HC0", "HC1"] = "HC1") -> float:
    model = WLS(values, np.ones(len(values)), weights=weights)  # pyright: ignore[reportArgumentType]
    return model.fit(cov_type=kind).bse[0]


@against(auc.placements, auc.area)
def test_an_area_and_its_error_are_those_of_statsmodels():
    found = rank_compare_2indep(HIGH, LOW)
    value, error = auc.area(HIGH, LOW)
    assert value == pytest.approx(found.prob1) == pytest.approx(roc_auc_score(YES, SCORES))
    assert error == pytest.approx(np.sqrt(found.var / found.nobs))
    wins, losses = auc.placements(HIGH, LOW)
    assert (wins.mean(), losses.mean()) == pytest.approx((value, value))


@against(auc.counted_area, roc.Roc)
def test_areas_of_counts_and_of_curves_are_those_of_scikit_learn():
    hits, alarms = (np.bincount(part, minlength=9) for part in (HIGH, LOW))
    expected = roc_auc_score(YES, SCORES)
    assert auc.counted_area(hits, alarms) == pytest.approx(expected)
    assert roc.Roc.of(SCORES.astype(float), YES).area == pytest.approx(expected)


@against(population_auc.auc)
@pytest.mark.parametrize("weighted", [False, True])
def test_areas_of_many_models_are_those_of_scikit_learn(weighted):
    scores = np.stack([SCORES, -SCORES, RNG.integers(0, 4, 130)]).astype(np.float32)
    weights = RNG.lognormal(0, 1, 130) if weighted else None
    yes, no = (torch.from_numpy(np.flatnonzero(side == YES)) for side in (True, False))
    own = None if weights is None else torch.from_numpy(weights)
    found = population_auc.auc(torch.from_numpy(scores), yes, no, own)
    expected = [roc_auc_score(YES, row, sample_weight=weights) for row in scores]
    assert found.tolist() == pytest.approx(expected)


@against(bootstrap.distance_interval)
def test_a_bootstrap_interval_is_scipys_basic_one_without_the_bias_above():
    drawn = {
        method: scipy_stats.bootstrap((VALUES,), np.std, method=method, rng=1, n_resamples=999)
        for method in ("basic", "percentile")
    }
    value, ends = float(np.std(VALUES)), [one.confidence_interval for one in drawn.values()]
    replicates = drawn["basic"].bootstrap_distribution
    low, high = bootstrap.distance_interval(value, replicates)
    assert low == pytest.approx(ends[0].low)
    assert high == pytest.approx(ends[1].high + value - replicates.mean())


@against(chi_square.chi_square)
@pytest.mark.parametrize("counts", [[[9, 20], [14, 11]], [[5, 6, 30], [9, 1, 22], [7, 7, 7]]])
def test_a_chi_square_test_is_scipys(counts):
    expected = scipy_stats.chi2_contingency(counts, correction=False)[1]
    assert chi_square.chi_square(np.array(counts, dtype=float)) == pytest.approx(expected)


@against(interval.estimate, interval.standard_error)
def test_a_mean_over_seeds_is_scipys():
    expected = scipy_stats.ttest_1samp(VALUES, 0).confidence_interval(0.9)
    assert interval.estimate(VALUES, level=0.9).interval == pytest.approx(tuple(expected))
    assert interval.standard_error(VALUES) == pytest.approx(scipy_stats.sem(VALUES))


@against(interval.half_width)
def test_degrees_of_freedom_with_a_known_error_are_statsmodels_of_very_many():
    seeds, many = VALUES[:5], np.tile([-1.0, 1.0], 200_000)
    known = scipy_stats.sem(seeds)
    low, high = compared(seeds, many * known * np.sqrt(len(many))).tconfint_diff(usevar="unequal")
    found = interval.half_width(known, np.hypot(known, known), 4)
    assert found == pytest.approx((high - low) / 2, rel=1e-4)


@against(interval.t_quantile, interval.normal_quantile, interval.normal_interval)
def test_quantiles_are_scipys():
    freedom = np.array([1.0, 4.5, 300.0])
    assert interval.t_quantile(freedom, 0.9) == pytest.approx(scipy_stats.t.ppf(0.95, freedom))
    for tests in (1, 7):
        expected = scipy_stats.norm.isf(0.025 / tests)
        assert interval.normal_quantile(tests) == pytest.approx(expected)
    expected = scipy_stats.norm.interval(0.95, 0.4, 0.02)
    assert interval.normal_interval(0.4, 0.02) == pytest.approx(expected, abs=1e-7)


@against(interval.mean_difference_error, stratified.stratified)
def test_differences_of_two_groups_have_the_errors_of_statsmodels():
    pairs = [(VALUES[:15], OTHERS[:9]), (VALUES[15:], OTHERS[9:]), (VALUES[:1], OTHERS)]
    each = [compared(*pair) for pair in pairs[:2]]
    errors = np.array([one.std_meandiff_separatevar for one in each])
    assert [interval.mean_difference_error(*pair) for pair in pairs[:2]] == pytest.approx(errors)
    found, shares = stratified.stratified(pairs), np.array([15, 25]) / 40
    assert found is not None and found.people == 40
    apart = [one.d1.mean - one.d2.mean for one in each]
    assert found[:2] == pytest.approx((shares @ apart, np.hypot(*(shares * errors))))


@against(jackknife.variance)
def test_the_jackknife_of_a_mean_has_scipys_error():
    left = np.array([np.delete(VALUES, place).mean() for place in range(len(VALUES))])
    assert jackknife.variance(left) ** 0.5 == pytest.approx(scipy_stats.sem(VALUES))


@against(jackknife.two_way, jackknife.jackknife_difference)
def test_the_jackknife_of_rows_and_columns_has_both_of_scipys_errors():
    rows, columns = VALUES[:16, None] / 10, VALUES[None, 16:32] / 10
    cells = rows + columns

    def mean(kept: np.ndarray) -> float:
        return float(cells[kept].mean())

    error = np.hypot(scipy_stats.sem(rows.ravel()), scipy_stats.sem(columns.ravel()))
    found = jackknife.two_way(lambda kept: np.array([mean(kept)]), 16, 16)
    assert found == pytest.approx([error])
    expected = scipy_stats.t.interval(0.95, 15, cells.mean(), error)
    assert jackknife.jackknife_difference(mean, 16, 16) == pytest.approx((cells.mean(), *expected))


@against(means.means)
def test_means_and_deviations_over_seeds_are_scipys():
    found = means.means(VALUES.reshape(2, 10, 2), np.ones((2, 10), bool))
    expected = scipy_stats.describe(VALUES.reshape(2, 10, 2), axis=1)
    assert found.mean == pytest.approx(expected.mean)
    assert found.sd == pytest.approx(np.sqrt(expected.variance))


@against(paired_means.mean)
def test_a_mean_over_people_and_a_contrast_have_the_intervals_of_statsmodels():
    each = np.concatenate([VALUES, OTHERS])[None]
    inside = np.arange(65) < 40
    found = paired_means.mean(each, inside)
    ends = DescrStatsW(VALUES).zconfint_mean()
    assert list(found.values()) == pytest.approx([VALUES.mean(), *ends], abs=1e-6)
    found = paired_means.mean(each, inside, ~inside)
    ends = compared(VALUES, OTHERS).zconfint_diff(usevar="unequal")
    assert [found["low"], found["high"]] == pytest.approx(ends, abs=1e-6)


@against(paired_means.overall)
def test_a_mean_over_everybody_has_the_interval_of_statsmodels():
    found = paired_means.overall(VALUES[None])
    ends = DescrStatsW(VALUES).zconfint_mean()
    assert list(found.values()) == pytest.approx([VALUES.mean(), *ends], abs=1e-6)


@against(proportions.chance_gap)
def test_the_gap_by_chance_is_the_sum_over_all_counts():
    counts = [scipy_stats.binom.pmf(np.arange(n + 1), n, 0.3) for n in (12, 20)]
    apart = np.abs(np.arange(13)[:, None] / 12 - np.arange(21) / 20)
    found = proportions.chance_gap(np.array([12, 20]), 0.3)
    assert found == pytest.approx(float((np.outer(*counts) * apart).sum()), abs=1e-9)


@against(proportions.share_intervals)
def test_the_intervals_of_many_shares_are_those_of_wilson():
    yes, n = np.array([0, 3, 40, 40]), np.array([30, 50, 100, 40])
    ends = proportions.share_intervals(
        yes / n, proportions.share_error(yes / n, n), n, np.full(4, interval.NORMAL)
    )
    expected = proportion_confint(yes, n, method="wilson")
    assert np.array(ends) == pytest.approx(np.array(expected), abs=1e-6)


@against(proportions.wilson, proportions.wilson_from_error, proportions.share_error)
@pytest.mark.parametrize(("yes", "n"), [(0, 30), (30, 30), (7, 40), (500, 1_000)])
def test_the_interval_of_a_share_is_that_of_statsmodels(yes, n):
    expected = proportion_confint(yes, n, method="wilson")
    assert proportions.wilson(yes, n) == pytest.approx(expected, abs=1e-6)
    error = proportions.share_error(yes / n, n)
    assert error == pytest.approx(scipy_stats.binom.std(n, yes / n) / n)
    found = proportions.wilson_from_error(yes / n, error, n, 10**6, interval.NORMAL)
    assert found == pytest.approx(expected, abs=1e-6)


@against(proportions.clopper_pearson_upper)
@pytest.mark.parametrize(("count", "trials"), [(0, 20), (7, 30), (499, 1_000), (9, 9)])
def test_the_exact_bound_of_a_probability_is_that_of_statsmodels(count, trials):
    expected = proportion_confint(count, trials, alpha=0.1, method="beta")[1]
    assert proportions.clopper_pearson_upper(count, trials, 0.05) == pytest.approx(
        expected, rel=1e-9
    )


@against(proportions.share)
@pytest.mark.parametrize("yes", [1, 17, 37])
def test_where_trainings_agree_a_share_is_that_of_one_person_fewer(yes):
    found = proportions.share(np.tile(np.arange(38) < yes, (5, 1)))
    expected = proportion_confint(yes / 38 * 37, 37, method="wilson")
    assert found[1:3] == pytest.approx(expected, abs=1e-6)


@against(proportions.weighted_share, two_way.effective_size)
def test_a_share_by_weights_has_the_robust_error_of_statsmodels():
    yes = VALUES > 0.3
    value, ends = proportions.weighted_share(yes, WEIGHTS)
    assert value == pytest.approx(np.average(yes, weights=WEIGHTS))
    people = min(value * (1 - value) / robust(yes.astype(float), WEIGHTS) ** 2, 40)
    assert ends == pytest.approx(
        proportion_confint(value * people, people, method="wilson"), abs=1e-6
    )
    signs = np.repeat([1.0, -1.0], 20)  # of mean 0 and squares 1, by weights that mirror
    mirrored = np.tile(WEIGHTS[:20], 2)
    expected = robust(signs, mirrored, "HC0") ** -2
    assert two_way.effective_size(mirrored) == pytest.approx(expected)


@against(proportions.net)
def test_what_is_gained_minus_lost_has_the_error_of_paired_differences():
    draw = RNG.random(400)
    gain, loss = np.tile(draw < 0.2, (4, 1)), np.tile(draw > 0.85, (4, 1))
    found, each = proportions.net(gain, loss), (gain.astype(float) - loss)[0]
    assert found.value == pytest.approx(each.mean())
    assert found.error == pytest.approx(scipy_stats.sem(each))


@against(proportions.newcombe)
def test_newcombes_interval_is_that_of_statsmodels():
    expected = confint_proportions_2indep(12, 50, 3, 80, method="newcomb", compare="diff")
    found = proportions.newcombe(*(np.array([one]) for one in (12, 50, 3, 80)))
    assert [float(end[0]) for end in found] == pytest.approx(list(expected), abs=1e-6)


def wilson_share(count: int, people: int) -> two_shares.Interval:
    ends = np.array(proportion_confint(count, people, method="wilson"))
    return two_shares.Interval(count / people, *ends.tolist())


@against(two_shares.difference, two_shares.ratio)
@pytest.mark.parametrize(("one", "other"), [((12, 50), (30, 80)), ((300, 900), (500, 1000))])
def test_differences_and_ratios_of_two_shares_are_those_of_statsmodels(one, other):
    shares = wilson_share(*one), wilson_share(*other)
    expected = confint_proportions_2indep(*one, *other, method="newcomb", compare="diff")
    assert two_shares.difference(*shares)[1:] == pytest.approx(expected, abs=1e-6)
    expected = confint_proportions_2indep(*one, *other, method="score", compare="ratio")
    assert two_shares.ratio(*shares)[1:] == pytest.approx(expected, rel=0.03)


@against(two_way.people_error, two_way.influence, two_way.influence_error)
def test_the_part_of_people_is_that_of_an_analysis_of_variance_of_statsmodels():
    each = RNG.normal(size=(1, 40)) + RNG.normal(size=(5, 1)) + RNG.normal(0, 0.5, (5, 40))
    long = pd.DataFrame(
        [(t, p, each[t, p]) for t in range(5) for p in range(40)], columns=["t", "p", "y"]
    )
    squares = anova_lm(ols("y ~ C(t) + C(p)", long).fit())
    parts = squares["sum_sq"] / squares["df"]
    expected = (parts["C(p)"] - parts["Residual"]) / 5 / 40
    assert two_way.people_error(each) ** 2 == pytest.approx(expected)
    pulls = two_way.influence(VALUES[None])
    assert two_way.influence_error(pulls) == pytest.approx(scipy_stats.sem(VALUES))
    pulls = two_way.influence(VALUES[None], WEIGHTS)
    assert two_way.influence_error(pulls) == pytest.approx(robust(VALUES, WEIGHTS))


@against(two_way.people_covariance)
def test_two_means_of_the_same_people_vary_together_as_scipys_correlation_says():
    other = VALUES + RNG.normal(0, 0.1, 40)
    found = two_way.people_covariance(*(two_way.influence(v[None]) for v in (VALUES, other)))
    correlation = scipy_stats.pearsonr(VALUES, other)[0]
    errors = scipy_stats.sem(VALUES) * scipy_stats.sem(other)
    assert found == pytest.approx(correlation * errors)


@against(interval.p_value)
def test_a_p_value_is_that_of_scipys_t_test_and_with_many_people_that_of_the_normal_law():
    apart = VALUES - VALUES.mean() + 0.02
    assert interval.p_value(apart) == pytest.approx(scipy_stats.ttest_1samp(apart, 0)[1])
    wide = interval.p_value(apart, 10 * scipy_stats.sem(apart))
    error = np.hypot(1, 10) * scipy_stats.sem(apart)
    assert wide == pytest.approx(2 * scipy_stats.norm.sf(0.02 / error), rel=1e-3)
    assert interval.p_value(np.zeros(4)) == 1 and interval.p_value(np.ones(4)) == 0


@against(holm.rejections)
def test_what_holm_rejects_is_what_statsmodels_rejects():
    for tests in (1, 2, 9, 40):
        p_values = RNG.beta(0.15, 1, tests)
        assert list(holm.rejections(p_values)) == list(multipletests(p_values, method="holm")[0])
    assert list(holm.rejections(np.array([0.001, np.nan]))) == [True, False]


def public() -> set[Callable]:
    """Return the functions of stats, and the classes that compute something."""
    found = set()
    for module in pkgutil.iter_modules(tradeoffs.stats.__path__):
        every = vars(importlib.import_module(f"tradeoffs.stats.{module.name}"))
        for name, one in every.items():
            own = getattr(one, "__module__", "") == f"tradeoffs.stats.{module.name}"
            computes = inspect.isfunction(one) or (inspect.isclass(one) and hasattr(one, "of"))
            if own and computes and not name.startswith("_"):
                found.add(one)
    return found


@against(sigmoid.sigmoid)
def test_a_chance_is_that_of_torch():
    logits = np.linspace(-40, 40, 81)
    np.testing.assert_allclose(sigmoid.sigmoid(logits), torch.sigmoid(torch.from_numpy(logits)))


def test_every_public_function_is_held_to_an_implementation_that_is_not_ours():
    assert public() == _HELD
    assert len(_HELD) > 25


def test_quantiles_and_areas_are_taken_from_here_alone():
    """The engine's audit and the study of coverage test against laws of their own."""
    root, apart = Path(tradeoffs.stats.__path__[0]).parent, ("stats", "audit", "coverage")
    words = re.compile(r"\b1\.9[56]\d*\b|\bstdtrit\b|\bndtri\b|\.ppf\(|scipy\.stats|roc_auc_score")
    allowed = {"values/privacy/attack_bound.py"}  # the curve of two Gaussians is no estimate
    found = {
        file.relative_to(root).as_posix()
        for file in root.rglob("*.py")
        if file.relative_to(root).parts[0] not in apart
        and words.search(file.read_text(encoding="utf-8"))
    }
    assert found == allowed
