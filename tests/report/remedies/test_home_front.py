"""Home front: ways are chosen on one half of the test people and shown on the other."""

import numpy as np
import pytest

from tradeoffs.experiments.designs import replicate
from tradeoffs.experiments.plan import resolve
from tradeoffs.jobs.job import Job
from tradeoffs.measurement import Measurement
from tradeoffs.remedies.catalogue import REMEDIES
from tradeoffs.report.evaluation_people import evaluation_people
from tradeoffs.report.remedies.at_home import ways
from tradeoffs.report.remedies.catalogue import values_of
from tradeoffs.report.remedies.home_front import HOME_FRONT, headline, numbers, panel
from tradeoffs.report.remedies.label_places import label_places
from tradeoffs.report.remedies.part import Look
from tradeoffs.report.remedies.selections import scenario_of
from tradeoffs.report.remedies.way_point import way_points
from tradeoffs.scenario import Scenario
from tradeoffs.stats.proportions import share_error
from tradeoffs.values.fairness.catalogue import NOTIONS

SEEDS = 4
BOTH = {  # way -> accuracy and gap on select, then on report
    "alone": ((0.70, 0.10), (0.70, 0.10)),
    "pooled": ((0.75, 0.10), (0.75, 0.10)),  # beats alone on both halves
    "fedavg": ((0.80, 0.20), (0.74, 0.20)),  # beaten on report alone
    "as_is": ((0.65, 0.08), (0.74, 0.08)),  # beats alone on report alone
}


def look() -> Look:
    values = values_of({"level": "explore", "part": HOME_FRONT.name})
    return Look(here=resolve(scenario_of(values)).scenario, values=values)


def measurement(setting: Scenario, select: tuple[float, float], report: tuple[float, float]):
    """Return what was measured of a model, with decisions as accurate as it says."""
    people = evaluation_people(setting)
    wrong = np.random.default_rng(setting.seed).permutation(people.rows) >= (
        report[0] * people.rows
    )
    gap = f"{NOTIONS[setting.notion].metric}[{setting.protected}]"
    return Measurement.of(
        training={},
        select={"accuracy": select[0], gap: select[1]},
        report={"accuracy": report[0], gap: report[1]},
        decisions=np.packbits(people.label ^ wrong).tobytes(),
    )


def job(at: Look, ways_seen=BOTH) -> Job:
    every = {one for one in ways(at).values() if isinstance(one, Scenario)}
    plans = [resolve(one) for one in replicate(HOME_FRONT.settings(at), SEEDS)]
    found = Job(plans)
    for plan in plans:
        way = plan.scenario.remedy
        if way in ways_seen and plan.scenario.configuration() in every:
            measured = measurement(plan.scenario, *ways_seen[way])
            found.deliver({plan.result_key: measured})
    return found


@pytest.fixture(scope="module")
def found():
    at = look()
    return {one.way: one for one in way_points(at, job(at))}


def test_a_way_is_on_the_front_if_both_halves_choose_it(found):
    assert {way for way, one in found.items() if one.on_front} == {"pooled", "as_is"}
    assert {way for way, one in found.items() if one.on_one_half} == {"fedavg"}
    told = headline(list(found.values()), "gap")
    assert told.endswith(
        ": " + ", ".join(REMEDIES[way].title for way in found if found[way].on_front) + "."
    )
    assert REMEDIES["fedavg"].title not in told


def test_what_is_shown_is_of_the_half_that_did_not_choose(found):
    for way, one in found.items():
        assert one.means == pytest.approx(BOTH[way][1])


def test_one_way_beats_another_only_if_it_does_on_both_halves(found):
    assert found["pooled"].beats(found["alone"]) and not found["alone"].beats(found["pooled"])
    assert not found["pooled"].beats(found["fedavg"])
    assert not found["as_is"].beats(found["alone"])
    assert not found["alone"].beats(found["alone"])


def test_the_sentence_about_the_provider_is_of_both_halves():
    at = look()
    told = panel(at, job(at)).sentences
    assert any("beats none of the 3 other ways on both halves" in one for one in told)
    seen = BOTH | {"as_is": ((0.72, 0.08), (0.72, 0.08))}
    told = panel(at, job(at, seen)).sentences
    assert any("beats 1 of the 3 other ways on both halves" in one for one in told)


def test_intervals_cover_that_test_people_are_a_sample(found):
    people = evaluation_people(look().here)
    assert people.sample_weight is None
    for one in found.values():
        (low, high), (nearest, farthest) = one.ends
        assert low < one.means[0] < high <= 1 and 0 <= nearest < one.means[1] < farthest
        # Seeds agree exactly: what is left is people, of whom seeds err about different ones.
        assert 0 < high - low <= 2 * 2 * share_error(one.means[0], people.rows)


def test_every_way_has_bars_and_few_have_names_on_a_phone():
    at = look()
    drawn = panel(at, job(at)).figure
    assert drawn is not None
    traces = [one for one in drawn["data"] if "ids" in one]
    assert sorted(way for one in traces for way in one["ids"]) == sorted(BOTH)
    for one in traces:
        assert all(width > 0 for axis in ("error_x", "error_y") for width in one[axis]["array"])
        for way, wide, phone in zip(
            one["ids"], one["text"], one["meta"]["phone"]["text"], strict=True
        ):
            assert bool(wide) == (way != "fedavg" or at.here.remedy == "fedavg")
            assert bool(phone) == (way in {"alone", "as_is", at.here.remedy})


def test_scales_hold_every_bar_and_end_at_1():
    at, sure = look(), ((1.0, 0.02), (1.0, 0.02))
    drawn = panel(at, job(at, BOTH | {"pooled": sure})).figure
    assert drawn is not None
    ends = {axis: drawn["layout"][axis]["range"] for axis in ("xaxis", "yaxis")}
    assert ends["xaxis"][0] == 0 and ends["yaxis"][1] == 1
    for one in (one for one in drawn["data"] if "ids" in one):
        bars = one["error_y"]
        for value, up, down in zip(one["y"], bars["array"], bars["arrayminus"], strict=True):
            assert ends["yaxis"][0] <= value - down <= value + up <= ends["yaxis"][1] + 1e-12


def test_numbers_say_where_each_way_stands(found):
    told = numbers(list(found.values())).set_index("way")
    assert told.loc["fedavg", "standing"] == "one half"
    assert told.loc["pooled", "accuracy_low"] < 0.75 < told.loc["pooled", "accuracy_high"]


def test_wider_letters_need_another_side():
    places = [(0.5, 0.5), (0.7, 0.5)]
    assert label_places(places, ["a long name", ""])[0] == "middle right"
    assert label_places(places, ["a long name", ""], letter=0.03)[0] != "middle right"


def test_nothing_is_told_before_anything_arrives():
    at = look()
    assert way_points(at, job(at, {})) == []
    assert panel(at, job(at, {})).figure is None
