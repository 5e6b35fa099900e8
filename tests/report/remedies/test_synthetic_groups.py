"""Groups among synthetic people: what is told follows from the figures of the models."""

import math
from types import SimpleNamespace

import numpy as np
import pytest

from tradeoffs.data.communities.catalogue import community_split
from tradeoffs.report.remedies.part import Look
from tradeoffs.report.remedies.synthetic_groups import SYNTHETIC_GROUPS, headline, panel, sentences
from tradeoffs.report.remedies.synthetic_shares import groups
from tradeoffs.scenario import Scenario
from tradeoffs.values.privacy.accountants import gaussian_epsilon, gaussian_mu

HERE = Scenario(
    dataset="gss",
    label="income_25k",
    protected="race",
    communities="place",
    home="Pacific",
    members=("New England", "Pacific"),
    remedy="counts",
    rows=300,
    epsilon=1.0,
)
LOOK = Look(here=HERE, values={"level": "explore", "measure": "accuracy"})
PEOPLE = [community_split("gss", "income_25k", "place", n).report for n in HERE.members]
BLACK, OTHERS, NOBODY = "race=Black", "race=not Black", "race=missing"


def figures(black: float, rate: float, other: float, nobody: float = 0.0) -> dict[str, float]:
    shares = {BLACK: black, OTHERS: 1 - black - nobody, NOBODY: nobody}
    told = {f"synthetic_share[{at}]": share for at, share in shares.items()}
    told |= {f"synthetic_share_clipped[{at}]": 1 / 3 for at in shares}
    return told | {f"synthetic_base_rate[{BLACK}]": rate, f"synthetic_base_rate[{OTHERS}]": other}


def job(**told: list[dict[str, float]]) -> SimpleNamespace:
    def results_of(setting: Scenario) -> list[SimpleNamespace]:
        return [
            SimpleNamespace(measurement=SimpleNamespace(training=one))
            for one in told.get(setting.remedy, [])
        ]

    return SimpleNamespace(results_of=results_of, active=False)


def found(**told: list[dict[str, float]]):
    ways = {name: HERE.but(remedy=name) for name in ("counts", "synthetic_tree")}
    return groups(job(**told), ways, PEOPLE, [300, 300])  # type: ignore[arg-type]


def real() -> tuple[float, float, float]:
    """Return the share of one group and both base rates, of regions that weigh alike."""
    place = [one.name for one in PEOPLE[0].features].index("race")
    shares = np.mean([np.bincount(t.codes[:, place], minlength=3) / t.rows for t in PEOPLE], 0)
    yes = [np.bincount(t.codes[:, place], weights=t.label, minlength=3) / t.rows for t in PEOPLE]
    black, others, _ = np.mean(yes, 0) / np.maximum(shares, 1e-9)
    return float(shares[0]), float(black), float(others)


def test_real_people_are_counted_and_drawn_ones_are_means_over_draws():
    share, black, _ = real()
    one = next(
        g
        for g in found(counts=[figures(0.1, 0.5, 0.6), figures(0.2, 0.7, 0.6)])
        if g.name == "Black"
    )
    assert one.share.value == pytest.approx(share)
    assert one.base_rate and one.base_rate.value == pytest.approx(black)
    drawn = one.drawn["counts"]
    assert drawn.share.value == pytest.approx(0.15) and drawn.base_rate
    assert drawn.base_rate.value == pytest.approx(0.6)
    assert drawn.share.ends and drawn.share.ends[0] < 0.15 < drawn.share.ends[1]


def test_a_community_weighs_among_real_people_as_among_those_who_gave_counts():
    ways, told = {"counts": HERE}, job(counts=[figures(0.1, 0.5, 0.6)] * 2)
    place = [one.name for one in PEOPLE[0].features].index("race")
    apart = [float((table.codes[:, place] == 0).mean()) for table in PEOPLE]
    for rows in ([300, 300], [900, 100]):
        found = groups(told, ways, PEOPLE, rows)  # type: ignore[arg-type]
        share = next(one.share.value for one in found if one.name == "Black")
        assert share == pytest.approx(np.average(apart, weights=rows))


def test_what_is_drawn_as_it_is_cannot_be_told_apart_and_what_is_far_off_can():
    share, black, others = real()
    same = [figures(share + d, black + d, others + d) for d in (-0.01, 0.0, 0.01)]
    far = [figures(share, black + 0.3 + d, others) for d in (-0.01, 0.0, 0.01)]
    groups = {one.name: one for one in found(counts=same, synthetic_tree=far)}
    apart = {
        way: own.base_rate.apart for way, own in groups["Black"].drawn.items() if own.base_rate
    }
    assert apart == {"counts": False, "synthetic_tree": True}
    told = sentences(list(groups.values()), LOOK)
    assert any("table of counts gives none of 2 groups" in text for text in told)
    assert any("The tree gives 1 of 2 groups" in text for text in told)
    assert any("cannot be told apart" in text for text in told)


def test_the_heading_tells_how_far_groups_lie_apart():
    _, black, others = real()
    heading = headline(found(synthetic_tree=[figures(0.1, 0.62, 0.65)] * 2), LOOK)
    assert f"{100 * abs(black - others):.1f} points" in heading
    assert "3.0 points among people drawn from the tree" in heading
    assert headline(found(), LOOK) == ""


def test_where_answers_differ_by_community_the_heading_says_so():
    told = found(synthetic_tree=[figures(0.1, 0.62, 0.65)] * 2)
    panels = Look(
        here=HERE.but(
            dataset="wiki_toxicity",
            label="toxic",
            protected="author",
            communities="panels",
            home="strict panel",
            members=(),
        ),
        values=LOOK.values,
    )
    assert "as each community means it" in headline(told, panels)
    assert "as each community means it" not in headline(told, LOOK)


def test_without_noise_no_count_is_negative_and_none_is_set_to_0():
    told = job(counts=[figures(0.1, 0.5, 0.6)] * 2)
    columns = [
        panel(Look(here=one, values=LOOK.values), told).grids[0].columns  # type: ignore[arg-type]
        for one in (HERE, HERE.but(epsilon=None))
    ]
    assert [len(one) for one in columns] == [4, 3]


def test_a_group_that_no_real_person_is_in_is_told():
    told = sentences(found(counts=[figures(0.1, 0.5, 0.6, nobody=0.02)] * 2), LOOK)
    assert any(text.startswith("2.0 % of the people drawn") for text in told)


def test_one_draw_has_no_interval_and_tells_no_difference():
    one = found(counts=[figures(0.1, 0.5, 0.6)])[0].drawn["counts"]
    assert one.share.ends is None and one.share.apart is None


def test_an_attribute_that_models_do_not_see_is_told_with_those_they_see():
    unseen = Look(here=HERE.but(protected="raised"), values=LOOK.values)
    assert SYNTHETIC_GROUPS.settings(unseen) == []
    heading = panel(unseen, job()).heading  # type: ignore[arg-type]
    assert "do not see" in heading and "race" in heading


def test_a_share_is_drawn_between_none_and_all():
    told = job(counts=[figures(0.1, 0.0, 1.0), figures(0.1, 0.4, 0.9)])
    drawn = panel(LOOK, told).picture  # type: ignore[arg-type]
    assert drawn is not None
    ends = [end for line in drawn.lines for mark in line.marks for end in (mark.low, mark.high)]
    assert all(end is not None and 0 <= end <= 1 for end in ends)


def test_who_publishes_both_spends_more_than_for_one_and_less_than_the_sum():
    told = panel(LOOK, job(counts=[figures(0.1, 0.5, 0.6)] * 2)).sentences  # type: ignore[arg-type]
    (text,) = [one for one in told if "publishes both" in one]
    together = float(text.split("spends an epsilon of ")[1].split(" in total")[0])
    mu = math.sqrt(2) * gaussian_mu(1.0, 1e-5)
    assert together == pytest.approx(gaussian_epsilon(mu, 1e-5), abs=0.01)
    assert 1 < together < 2
