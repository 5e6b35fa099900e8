import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.report.conftest import HERE, UNTOUCHED, job, model, with_split
from tradeoffs.data.report_people import report_rows
from tradeoffs.report.evaluation_people import evaluation_people
from tradeoffs.report.group_outcomes import outcomes_table
from tradeoffs.report.icon_array import KINDS, WAITING, answer_rates, heads, icon_array
from tradeoffs.results import Result
from tradeoffs.scenario import Scenario
from tradeoffs.stats.proportions import SMALLEST_CELL

TABLE = report_rows("adult", "income_gt_50k", ((), ""))
RNG = np.random.default_rng(0)
NOW = RNG.random((4, TABLE.rows)) < np.where(TABLE.label, 0.7, 0.1)
BEFORE = RNG.random((4, TABLE.rows)) < np.where(TABLE.label, 0.6, 0.2)


def decided(scenario: Scenario, decisions: np.ndarray) -> list[Result]:
    """Return results of a setting with these decisions, (seeds, rows) bool."""
    found = []
    for one, bits in zip(model(scenario, seeds=len(decisions)), decisions, strict=True):
        measured = with_split(one.measurement, decisions=np.packbits(bits).tobytes())
        found.append(Result(scenario=one.scenario, measurement=measured))
    return found


def drawn(here: Scenario = HERE, now=NOW, before=BEFORE) -> dict:
    """Return the parts of an icon array."""
    twin = here.but(epsilon=None, max_gap=None)
    about = [one.scenario for one in [*model(here), *model(twin)]]
    return icon_array(job(about, decided(here, now), decided(twin, before)), here)


def shares(kept: float, gain: float, lose: float) -> dict[str, float]:
    return {"kept": kept, "gain": gain, "lose": lose}


GROUPS = (0.101, 0.034, 0.025), (0.5, 0.0, 0.0), (1 / 3, 1 / 3, 1 / 3), (0.0, 0.0, 1.0)


@pytest.mark.parametrize("group", GROUPS)
def test_heads_add_up_to_100_and_are_the_shares_to_one(group):
    told = heads(shares(*group))
    assert sum(told.values()) == 100 and min(told.values()) >= 0
    exact = dict(zip(("kept", "gained", "lost"), group, strict=True))
    assert all(abs(told[kind] - 100 * share) <= 1.5 for kind, share in exact.items())


PARTS = st.lists(st.floats(0, 1), min_size=4, max_size=4).filter(lambda parts: sum(parts) > 0)


@given(PARTS)
def test_heads_are_the_rates_that_stand_beside_them(parts):
    kept, gain, lose, _ = (part / sum(parts) for part in parts)
    told = heads(shares(kept, gain, lose))
    assert told["kept"] + told["gained"] == round(100 * (kept + gain))
    assert told["kept"] + told["lost"] == round(100 * (kept + lose))
    assert sum(told.values()) == 100 and min(told.values()) >= 0
    assert abs(told["gained"] - 100 * gain) <= 1.5


def test_who_got_the_answer_before_are_as_many_heads_at_every_setting():
    before = 0.244
    for kept in np.linspace(0, before, 50):
        for gain in np.linspace(0, 1 - before, 7):
            told = heads(shares(kept, gain, before - kept))
            assert told["kept"] + told["lost"] == 24 and sum(told.values()) == 100


@pytest.mark.parametrize("protected", ["sex", "race"])
def test_rows_are_those_of_who_pays(protected):
    here = HERE.but(protected=protected)
    twin = here.but(epsilon=None, max_gap=None)
    about = [one.scenario for one in [*model(here), *model(twin)]]
    found = answer_rates(job(about, decided(here, NOW), decided(twin, BEFORE)), here)
    expected = outcomes_table(TABLE, protected, True, NOW, BEFORE)[1:]
    names = {"wanted": "selection_rate", "net": "net"}
    names |= {f"{k}_{end}": f"{v}_{end}" for k, v in names.items() for end in ("low", "high")}
    for name, other in {**names, "kept": "kept", "gain": "gain", "lose": "lose"}.items():
        own = [row[name] for row in found or ()]
        assert own == pytest.approx([row[other] for row in expected], nan_ok=True), name


def test_the_answer_that_people_want_is_counted_where_it_is_the_negative_one():
    here = Scenario.of(dataset="compas", label="rearrest", protected="sex", epsilon=1.0)
    people = evaluation_people(here)
    now = RNG.random((3, people.rows)) < 0.4
    rows = drawn(here, now, now)["icon array"]
    group, names = people.group_of("sex")
    for row in rows:
        own = ~now[:, group == names.index(row["group"])]
        assert row["kept"] + row["gained"] == round(100 * own.mean())
        assert row["words"][1] == "nobody gains or loses it"


def test_a_group_too_small_to_be_measured_has_no_heads_and_is_said_to_be_so():
    parts = drawn(HERE.but(protected="sex*race"))
    small = [row for row in parts["icon array"] if row["people"] < SMALLEST_CELL]
    assert small
    for row in parts["icon array"]:
        absent = [row[kind] is None for kind in KINDS]
        assert all(absent) if row in small else not any(absent)
        assert ("not measurable" in " ".join(row["words"])) == (row in small)


def test_the_words_of_a_group_have_its_numbers():
    for row in drawn()["icon array"]:
        assert all(f"{row[kind]} {words}" in row["text"] for kind, words in KINDS.items())
        assert all("(95\u00a0%: " in told for told in row["words"])


def test_beside_the_untouched_model_itself_nothing_is_gained_or_lost():
    parts = drawn(UNTOUCHED, BEFORE, BEFORE)
    assert set(parts["icon array words"]["kinds"]) == {"kept", "never"}
    assert all(row["gained"] == row["lost"] == 0 for row in parts["icon array"])
    assert all(len(row["words"]) == 1 for row in parts["icon array"])


def test_of_one_training_there_is_no_interval_yet():
    for row in drawn(now=NOW[:1], before=BEFORE[:1])["icon array"]:
        assert all("one seed so far" in told for told in row["words"])


def test_before_both_models_are_there_nothing_is_drawn():
    about = [one.scenario for one in [*model(HERE), *model(UNTOUCHED)]]
    found = icon_array(job(about, decided(HERE, NOW)), HERE)
    assert found == {"icon array words": {"missing": WAITING}}
    assert answer_rates(job(about, decided(UNTOUCHED, BEFORE)), HERE) is None


def test_a_training_that_diverged_is_the_reason_for_no_heads():
    about = [one.scenario for one in [*model(HERE), *model(UNTOUCHED)]]
    nothing = [
        Result(scenario=one.scenario, measurement=with_split(one.measurement, report={}))
        for one in model(HERE, seeds=1)
    ]
    parts = icon_array(job(about, nothing), HERE)
    assert "diverged" in parts["icon array words"]["missing"] and "icon array" not in parts


def test_a_change_within_chance_is_said_to_be_so():
    now = BEFORE.copy()
    for decisions in now:  # in each group as many gain the answer as lose it
        for code in (0, 1):
            for answer in (True, False):
                first = np.flatnonzero((TABLE.group_of("sex")[0] == code) & (decisions == answer))
                decisions[first[:20]] = not answer
    for row in drawn(now=now)["icon array"]:
        told = row["words"][1]
        assert re.fullmatch(r"as many, within chance \([\d.]+ fewer to [\d.]+ more\)", told)
