"""Settings with ids, columns that options name, and columns that follow from two others."""

import numpy as np
import pandas as pd
import pytest
from pydantic import ValidationError

from tradeoffs.lessons.builder import settings
from tradeoffs.lessons.derived_columns import kept, values
from tradeoffs.lessons.measure import Reading
from tradeoffs.lessons.names import Names
from tradeoffs.lessons.picture import Picture
from tradeoffs.lessons.schema import Answer, Chart, Measure
from tradeoffs.lessons.step_state import StepState
from tradeoffs.results import configuration
from tradeoffs.scenario import Scenario
from tradeoffs.stats.proportions import chance_gap

ANSWER = Answer(
    settings=(
        {"id": "free", "max_gap": "none"},
        {"id": "bound", "max_gap": 0.02},
        {"id": "few", "max_gap": "none", "rows": 300},
    ),
    vary={"epsilon": ["none", 1.0]},
    measure=("accuracy", "gap"),
)
STATE = StepState(scenario=Scenario(rows=1000, epsilon=None), options=(("of", "gap"),))
MEASURES = {
    "bound": Measure(kind="level", of="accuracy", at={"setting": "bound"}),
    "cost": Measure(
        kind="change", of="{of}", at={"setting": "few"}, against={"setting": "free"}
    ),
}  # fmt: skip


@pytest.fixture
def reading():
    """An answer whose accuracy counts its rows, and whose gap is ten times that."""
    rows = [
        {name: configuration(one)[name] for name in ANSWER.varies} | {"seed": seed}
        for one in settings(ANSWER, STATE)
        for seed in (0, 1)
    ]
    table = pd.DataFrame(rows).assign(split="report", accuracy=np.arange(12.0))
    table["gap"] = table["accuracy"] * 10
    return Reading(measures=MEASURES, answer=ANSWER, table=table, state=STATE)


def test_a_setting_is_found_by_its_id_and_the_step_fills_the_rest(reading):
    assert reading.effect("bound").value == 4.5  # rows 4 and 5: bound, without privacy
    assert reading.at("epsilon", 1.0).effect("bound").value == 6.5


def test_a_column_is_named_by_an_option(reading):
    assert reading.effect("cost").value == 80.0  # of the gap: rows 8 and 9 minus 0 and 1


def test_every_row_has_the_id_of_its_setting(reading):
    found = reading.trained({}, ("setting", "epsilon"))
    assert list(found["setting"]) == ["free"] * 4 + ["bound"] * 4 + ["few"] * 4
    private = reading.trained({"epsilon": 1.0}, ("setting",))
    assert list(private["setting"]) == ["free", "free", "bound", "bound", "few", "few"]


@pytest.mark.parametrize("ids", [("one", "one"), ("one", None)])
def test_an_id_is_one_settings_own_and_all_have_one(ids):
    some = [{"rows": 300} | ({"id": name} if name else {}) for name in ids]
    with pytest.raises(ValidationError, match="an id of its own"):
        Answer(settings=tuple(some), measure=("gap",))


def test_columns_follow_from_two_others_from_left_to_right():
    table = pd.DataFrame({"a": [1.0, 5.0], "b": [3.0, 2.0], "c": [10.0, 20.0]})
    assert list(values(table, "c - a + b")) == [12.0, 17.0]
    assert list(values(table, "c - max(a, b)")) == [7.0, 15.0]
    assert kept("c - max(a, b)", {}) == ("c", "a", "b")


def test_the_gap_of_chance_follows_from_counts_and_the_rate():
    names = kept("chance_gap[sex]", {"sex": ("Female", "Male")})
    assert names == ("selection_rate", "people[sex=Female]", "people[sex=Male]")
    table = pd.DataFrame([[0.3, 40, 90], [np.nan, 40, 90]], columns=list(names))
    first, second = values(table, "chance_gap[sex]").tolist()
    assert first == chance_gap(np.array([40, 90]), 0.3) and np.isnan(second)


def test_settings_are_drawn_in_their_own_order(reading):
    picture = Picture(
        chart=Chart(kind="dots", y="setting", value="accuracy"), names=Names(words={})
    )
    assert list(picture.data(reading)["setting"]) == ["free", "bound", "few"]
