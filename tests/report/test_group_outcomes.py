import math
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from fairlearn.metrics import MetricFrame, false_positive_rate, selection_rate, true_positive_rate
from scipy.stats import binomtest
from sklearn.metrics import accuracy_score

from tests.report.conftest import HERE, UNTOUCHED, model, with_split
from tradeoffs.data.report_people import report_rows
from tradeoffs.report.group_outcomes import (
    EVERYBODY,
    QUANTITIES,
    TITLES,
    display_table,
    outcomes_table,
    sentences,
    why_unmeasured,
)
from tradeoffs.report.view import Row, records
from tradeoffs.stats.proportions import SMALLEST_CELL

TABLE = report_rows("adult", "income_gt_50k", ((), ""))
RNG = np.random.default_rng(0)
NOW = RNG.random((4, TABLE.rows)) < np.where(TABLE.label, 0.7, 0.1)
BEFORE = RNG.random((4, TABLE.rows)) < np.where(TABLE.label, 0.6, 0.2)


def table(protected="sex", favourable=True, now=NOW, before=BEFORE) -> pd.DataFrame:
    return pd.DataFrame(outcomes_table(TABLE, protected, favourable, now, before)).set_index(
        "group"
    )


def rows(found: pd.DataFrame) -> list[Row]:
    return records(found.reset_index(names="group"))


def column(table: list[Row], name: str) -> list[str]:
    return [row[TITLES[name]] for row in table]


@pytest.mark.parametrize("protected", ["sex", "sex*race"])
def test_rates_are_those_of_fairlearn(protected):
    found = table(protected)
    group, names = TABLE.group_of(protected)
    oracles = {
        "selection_rate": selection_rate,
        "true_positive_rate": true_positive_rate,
        "false_positive_rate": false_positive_rate,
        "accuracy": accuracy_score,
    }
    for name, oracle in oracles.items():
        frames = [
            MetricFrame(metrics=oracle, y_true=TABLE.label, y_pred=d, sensitive_features=group)
            for d in NOW
        ]
        expected = np.mean([frame.by_group.to_numpy() for frame in frames], axis=0)
        own = found.loc[list(names), name].to_numpy()
        measurable = ~np.isnan(own)
        assert measurable.any()
        assert own[measurable] == pytest.approx(expected[measurable])
        assert found.loc[EVERYBODY, name] == pytest.approx(
            np.mean([frame.overall for frame in frames])
        )


def test_gains_and_losses_add_up():
    found = table()
    now = found["kept"] + found["gain"]
    assert now.to_numpy() == pytest.approx(found["selection_rate"].to_numpy())
    assert found["net"].to_numpy() == pytest.approx((found["gain"] - found["lose"]).to_numpy())
    whole = np.average(found["net"].iloc[1:], weights=found["people"].iloc[1:])
    assert found.loc[EVERYBODY, "net"] == pytest.approx(whole)


def test_what_is_favourable_decides_who_gains():
    wanted, feared = table(), table(favourable=False)
    assert feared["gain"].tolist() == wanted["lose"].tolist()
    assert feared["selection_rate"].tolist() == wanted["selection_rate"].tolist()


def test_against_itself_nobody_gains_or_loses():
    found = table(before=NOW)
    assert not found[["gain", "lose", "net"]].to_numpy().any()
    assert column(display_table(rows(found)), "net")[0] == "0.0"  # and no interval


def test_a_mean_lies_in_its_interval_and_a_share_between_0_and_1():
    found = table("sex*race")
    for name in QUANTITIES:
        part = found[[f"{name}_low", name, f"{name}_high"]].dropna().to_numpy()
        assert (np.diff(part, axis=1) >= 0).all()
        assert part.min() >= (-1 if name == "net" else 0) and part.max() <= 1


def test_a_small_cell_is_left_open_in_numbers_and_words():
    found = table("sex*race")
    small = [name for name in found.index if found.loc[name, "people"] < SMALLEST_CELL]
    assert small and found.loc[small, list(QUANTITIES)].isna().all(axis=None)
    told = {row["group"]: row[TITLES["selection_rate"]] for row in display_table(rows(found))}
    assert {told[name] for name in small} == {"not measurable"}
    (last,) = sentences(rows(found), "rich", True, False)[-1:]
    assert all(f"{name} ({found.loc[name, 'people']})" in last for name in small)


def test_one_seed_has_rates_without_intervals():
    found = table(now=NOW[:1], before=BEFORE[:1])
    assert math.isnan(found.loc["Male", "net_low"])
    assert not any("to" in text for text in column(display_table(rows(found)), "selection_rate"))


def test_nobody_is_counted_in_a_training_that_was_not_measured():
    """Its stored decisions are zeros, which would read as nobody getting the answer."""
    there, (one, other) = model(HERE, seeds=2), model(UNTOUCHED, seeds=2)
    absent = [replace(one, measurement=with_split(one.measurement, report={})), other]
    assert not why_unmeasured(there)
    told = why_unmeasured([*there, *absent])
    assert told.startswith("Who gains and who loses is not measurable: in 1 of 4 training runs")


def heads(male: int, female: int) -> list[Row]:
    """Models that take the answer from, or give it to, so many of 1,000 of each group."""
    group, names = TABLE.group_of("sex")
    before = np.tile(np.arange(TABLE.rows) % 2 == 0, (4, 1))
    now = before.copy()
    for name, change in (("Male", male), ("Female", female)):
        rows = np.flatnonzero((group == names.index(name)) & (before[0] == (change < 0)))
        now[:, rows[: abs(change) * int((group == names.index(name)).sum()) // 1000]] ^= True
    return outcomes_table(TABLE, "sex", True, now, before)


@pytest.mark.parametrize(("male", "female"), [(-50, 30), (40, -20)])
def test_the_sentences_name_who_loses_and_who_gains_either_way(male, female):
    text = " ".join(sentences(heads(male, female), "rich", True, False))
    loser, winner = ("Male", "Female") if male < 0 else ("Female", "Male")
    lost, won = sorted((male, female))
    assert f"The group {loser} loses most: of 100 people {abs(lost) / 10:.1f} fewer" in text
    assert f"The group {winner} gains most: of 100 people {won / 10:.1f} more" in text
    assert ("fewer than without" if male < 0 else "more than without") in text


def test_a_change_within_chance_names_no_loser():
    text = " ".join(sentences(heads(1, -1), "rich", True, False))
    assert "In no group does the number" in text and "most" not in text


def test_where_nothing_changes_nobody_is_said_to_be_more_or_fewer():
    text = " ".join(sentences(heads(0, 0), "rich", True, False))
    assert "as many as without constraint and privacy: of 100 people 0.0 gain" in text
    assert (
        "In no group does anybody gain or lose the prediction “rich”."
    ) in text and "chance" not in text


def test_of_one_seed_chance_is_not_spoken_of_as_if_known():
    text = " ".join(sentences(rows(table(now=NOW[:1], before=BEFORE[:1])), "rich", True, False))
    assert "Only one seed so far" in text and "by more than chance" not in text


def test_groups_that_lose_alike_have_none_that_loses_most():
    text = " ".join(sentences(heads(-50, -51), "rich", True, False))
    assert "The group Female loses: of 100 people" in text
    assert "cannot be told apart from the change in Male, so no group is said to lose most" in text
    assert "loses most" not in text


def test_nothing_is_written_as_minus_no_heads():
    small = {"net": -0.0001, "net_low": -0.0003, "net_high": 0.0001}
    found = [{**row, **small} for row in heads(0, 0)]
    assert column(display_table(found), "net") == ["0.0 (−0.03 to 0.01)"] * len(found)


def test_the_untouched_model_changes_nothing():
    (first, *_) = sentences(rows(table(before=NOW)), "rich", True, True)
    assert "so nothing changes" in first


def test_what_is_gained_and_lost_stands_where_a_narrow_screen_shows_it():
    shown = list(display_table(heads(-50, 30))[0])
    assert shown[2:6] == ["predicted yes", "gain, of 100", "lose, of 100", "net, of 100"]


@pytest.mark.parametrize("share", [0.2, 0.001])
def test_the_group_decided_correctly_least_is_told_apart_or_said_not_to_be(share):
    group, names = TABLE.group_of("sex")
    wrong = np.zeros((4, TABLE.rows), dtype=bool)
    for name, part in (("Male", 0.1 + share), ("Female", 0.1)):
        rows = np.flatnonzero(group == names.index(name))
        wrong[:, rows[: int(part * len(rows))]] = True
    now = TABLE.label ^ wrong
    text = " ".join(sentences(outcomes_table(TABLE, "sex", True, now, now), "rich", True, True))
    assert "Accuracy is lowest in the group Male" in text
    assert ("cannot be told apart from Female" in text) == (share < 0.01)


def test_of_few_people_who_are_all_alike_the_interval_is_wilsons():
    group, names = TABLE.group_of("sex*race")
    sizes = np.bincount(group, minlength=len(names))
    few = int(np.where(sizes >= SMALLEST_CELL, sizes, TABLE.rows).argmin())
    now = BEFORE.copy()
    now[:, group == few] = False
    every = outcomes_table(TABLE, "sex*race", True, now, BEFORE)
    row = next(one for one in every if one["group"] == names[few])
    low, high = row["selection_rate_low"], row["selection_rate_high"]
    expected = binomtest(0, int(sizes[few])).proportion_ci(0.95, "wilson")
    assert (low, high) == pytest.approx((0, expected.high), abs=1e-6)
    (told,) = column(display_table([row]), "selection_rate")
    assert told.startswith("0.0 % (0.0 to ") and not told.endswith("(0.0 to 0.0)")


def test_a_change_told_of_the_extreme_of_many_groups_is_held_to_a_stricter_test():
    """One group among nine, whose own interval leaves out 0 by a hair, is no finding."""
    base = {"people": 500, "accuracy": 0.8, "accuracy_low": 0.7, "accuracy_high": 0.9}
    base |= {"selection_rate": 0.4, "gain": 0.0, "lose": 0.0}
    still = base | {"net": 0.0, "net_low": -0.02, "net_high": 0.02}
    moved = base | {"lose": 0.021, "net": -0.021, "net_low": -0.041, "net_high": -0.001}

    def said(others: int) -> str:
        rows = [{"group": EVERYBODY} | still, {"group": "A"} | moved]
        rows += [{"group": f"G{i}"} | still for i in range(others)]
        return " ".join(sentences(rows, "rich", True, False))

    assert "The group A loses most: " in said(0)
    assert "change by more than chance, with 9 groups tested at once" in said(8)


def test_with_survey_weights_shares_are_fairlearns_and_people_are_counted():
    weights = np.random.default_rng(1).lognormal(0, 1, TABLE.rows)
    heavy = replace(TABLE, sample_weight=weights)
    found = pd.DataFrame(outcomes_table(heavy, "sex", True, NOW, BEFORE)).set_index("group")
    plain = table()
    group, names = TABLE.group_of("sex")
    for code, name in enumerate(names):
        own = {"sample_weight": weights[group == code]}
        rate = np.mean(
            [selection_rate(TABLE.label[group == code], d[group == code], **own) for d in NOW]
        )
        assert found.loc[name, "selection_rate"] == pytest.approx(rate, abs=1e-9)
        gain = np.average((NOW & ~BEFORE)[:, group == code].mean(0), weights=weights[group == code])
        assert found.loc[name, "gain"] == pytest.approx(gain, abs=1e-9)
        assert found.loc[name, "weighted_people"] == pytest.approx(weights[group == code].sum())
    assert found["people"].tolist() == plain["people"].tolist()
    width = (found["accuracy_high"] - found["accuracy_low"]) / (
        plain["accuracy_high"] - plain["accuracy_low"]
    )
    assert width.to_numpy().min() > 1.2
    told = sentences(rows(found), "rich", True, False)[0]
    assert f"of {weights.sum():,.0f} people (weighted) are predicted" in told


def test_equal_weights_leave_who_pays_as_it_is():
    heavy = replace(TABLE, sample_weight=np.full(TABLE.rows, 3.0))
    found = pd.DataFrame(outcomes_table(heavy, "sex", True, NOW, BEFORE))
    plain = pd.DataFrame(outcomes_table(TABLE, "sex", True, NOW, BEFORE))
    found = found.drop(columns="weighted_people")
    pd.testing.assert_frame_equal(found, plain, rtol=1e-9, atol=1e-12)
