import itertools
import json
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tradeoffs.errors import InvalidInput
from tradeoffs.scenario import LARGEST_SWEEP, SHIFT_NAME, Scenario, Sweep, digest

NAMES = st.text("abcdefghijklmnopqrstuvwxyz_", min_size=1, max_size=20)
BUDGETS = st.one_of(
    st.fixed_dictionaries(
        {"mechanism": st.sampled_from(["dp", "clip_only"]), "epsilon": st.floats(0.05, 50)}
    ),
    st.just({"mechanism": "none", "epsilon": None}),
)


SHIFTS = st.lists(
    st.tuples(st.from_regex(rf"\A{SHIFT_NAME}\Z"), st.floats(-0.0, 1)),
    max_size=4,
    unique_by=lambda one: one[0],
)


@st.composite
def scenarios(draw):
    fields = {
        "dataset": draw(NAMES),
        "label": draw(NAMES),
        "protected": "*".join(draw(st.lists(NAMES, min_size=1, max_size=3))),
        "hide": tuple(draw(st.lists(NAMES, max_size=4))),
        "rows": draw(st.integers(200, 200_000)),
        "width": draw(st.integers(0, 256)),
        "notion": draw(NAMES),
        "max_gap": draw(st.none() | st.floats(-0.0, 1)),
        "seed": draw(st.integers(0, 2**31 - 1)),
        "shift": draw(NAMES),
        "shift_intensity": draw(st.floats(-0.0, 1)),
        "other_shifts": tuple(draw(SHIFTS)),
        "training_shifts": tuple(draw(SHIFTS)),
    }
    return Scenario.of(**fields, **draw(BUDGETS))


@settings(deadline=None)
@given(scenarios())
def test_url_and_json_read_back_to_an_equal_scenario(scenario):
    for again in (
        Scenario.from_query(scenario.to_query()),
        Scenario.from_json(scenario.to_json()),
    ):
        assert again == scenario and hash(again) == hash(scenario)
        assert again.to_json() == scenario.to_json()  # to the last bit: keys depend on it


def test_a_url_names_only_what_differs_from_the_defaults():
    assert Scenario().to_query() == {}
    changed = Scenario.of(epsilon=None, hide=("sex", "race"), max_gap=0.05)
    assert changed.to_query() == {
        "epsilon": "none",
        "mechanism": "none",
        "hide": "race+sex",
        "max_gap": "0.05",
    }


@pytest.mark.parametrize(
    "fields",
    [
        {"epsilon": math.inf},
        {"epsilon": None},
        {"epsilon": "inf"},
        {"epsilon": "None"},
        {"epsilon": "infinity", "mechanism": "dp"},
        {"mechanism": "none"},
        {"mechanism": "none", "epsilon": 3.0},
    ],
)
def test_no_privacy_is_one_scenario_however_it_is_said(fields):
    scenario = Scenario.of(**fields)
    assert scenario == Scenario.of(mechanism="none", epsilon=None)
    assert (scenario.mechanism, scenario.epsilon) == ("none", None)


def test_equal_meanings_of_the_other_fields():
    assert Scenario.of(max_gap="none") == Scenario.of(max_gap=None) == Scenario.of(max_gap=math.inf)
    assert Scenario.of(hide="sex+race") == Scenario.of(hide=["race", "sex", "race"])
    assert Scenario.of(hide="") == Scenario.of(hide=None) == Scenario()
    assert Scenario.of(hide="none", other_shifts="None", training_shifts="none") == Scenario()
    zero, minus = Scenario.of(max_gap=0.0), Scenario.of(max_gap=-0.0, shift_intensity=-0.0)
    assert zero == minus and digest(zero.model_part()) == digest(minus.model_part())


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"epsilonn": 1}, r"unknown field 'epsilonn'; known: dataset, .*epsilon.*shift_intensity"),
        ({"epsilon": 0}, r"epsilon=0 must be a number in \[0\.05, 50\], or none"),
        ({"epsilon": "-1.5"}, r"epsilon=-1\.5 must be a number in \[0\.05, 50\], or none"),
        ({"epsilon": ".0001"}, r"epsilon=0\.0001 must be a number in \[0\.05, 50\], or none"),
        ({"epsilon": 51}, r"epsilon=51 must be a number in \[0\.05, 50\], or none"),
        ({"epsilon": -math.inf}, r"epsilon=-inf must be a number in \[0\.05, 50\], or none"),
        ({"epsilon": math.nan}, r"epsilon=nan must be a number in \[0\.05, 50\], or none"),
        ({"epsilon": "x"}, r"epsilon='x' must be a number in \[0\.05, 50\], or none"),
        ({"epsilon": [1]}, r"epsilon=\[1\] must be a number in \[0\.05, 50\], or none"),
        ({"max_gap": math.nan}, r"max_gap=nan must be a number in \[0, 1\], or none"),
        ({"shift_intensity": "nan"}, r"shift_intensity='nan' must be a number in \[0, 1\]$"),
        ({"max_gap": 1.01}, r"max_gap=1\.01 must be a number in \[0, 1\], or none"),
        ({"max_gap": -0.01}, r"max_gap=-0\.01 must be a number in \[0, 1\], or none"),
        ({"width": 10_000_000}, r"width=10000000 must be a whole number in \[0, 256\]"),
        ({"rows": 0}, r"rows=0 must be a whole number in \[50, 200000\]"),
        ({"rows": 300.5}, r"rows=300\.5 must be a whole number in \[50, 200000\]"),
        ({"rows": None}, r"rows=none must be a whole number in \[50, 200000\]"),
        ({"rows": "many"}, r"rows='many' must be a whole number in \[50, 200000\]"),
        ({"rows": "9" * 5000}, r"rows='9{39}… must be a whole number in \[50, 200000\]"),
        ({"seed": -1}, r"seed=-1 must be a whole number in \[0, 2147483647\]"),
        ({"mechanism": "magic"}, "mechanism='magic' must be one of: dp, clip_only, none"),
        ({"notion": 4}, "notion=4 must be text of at most 40 characters"),
        ({"notion": "a" * 50}, "notion='a{39}… must be text of at most 40 characters"),
        ({"hide": 5}, "hide=5 must be at most 40 names"),
        ({"hide": list(map(str, range(60)))}, "must be at most 40 names"),
        ({"shift": "flips:0.5"}, r"into a field of its own: shift=flips, shift_intensity=0\.5"),
        ({"other_shifts": "flips:x"}, r"the intensity 'x' of flips must be a number in \[0, 1\]"),
        ({"other_shifts": "flips:2"}, r"the intensity 2 of flips must be in \[0, 1\]"),
        ({"other_shifts": "flips"}, "'flips' is not of the form name:intensity"),
        ({"other_shifts": [["flips"]]}, r"must be at most 20 pairs of a name and a number in"),
        ({"other_shifts": [["flips", "x"]]}, r"other_shifts='x' must be at most 20 pairs"),
        (
            {"mechanism": "clip_only", "epsilon": None},
            "mechanism='clip_only' needs a finite epsilon",
        ),
    ],
)
def test_a_wrong_field_is_told_with_its_value_and_bound(fields, told):
    with pytest.raises(InvalidInput, match=told) as caught:
        Scenario(**fields)
    assert "\n" not in str(caught.value) and "Input" not in str(caught.value)


def test_all_wrong_fields_are_told_at_once():
    with pytest.raises(InvalidInput, match=r"rows=1 must be .*; width=-1 must be "):
        Scenario.of(rows=1, width=-1)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", "not valid JSON"),
        ("", "not valid JSON"),
        ('{"a":' * 100_000, "not valid JSON"),
        ("[1]", "a scenario is a JSON object, not list"),
        ("null", "a scenario is a JSON object, not NoneType"),
        ('{"rows": 1e400}', "rows=inf must be a whole number"),
        ('{"epsilon": NaN}', "epsilon=nan"),
        ('{"colour": 1}', "unknown field 'colour'"),
    ],
)
def test_bad_json_is_told(text, told):
    with pytest.raises(InvalidInput, match=told):
        Scenario.from_json(text)


def test_the_model_part_drops_what_cannot_matter():
    base = Scenario.of(max_gap=0.1)
    free = Scenario.of(max_gap=None)
    deployed = {"shift": "other", "shift_intensity": 0.5}
    assert base.but(**deployed).model_part() == base.model_part()
    for change in ({"notion": "other"}, {"protected": "race"}):
        assert free.but(**change).model_part() == free.model_part()
        assert base.but(**change).model_part() != base.model_part()


@pytest.mark.parametrize(
    "change",
    [
        {"dataset": "other"},
        {"label": "other"},
        {"hide": ("sex",)},
        {"rows": 1000},
        {"width": 4},
        {"max_gap": 0.1},
        {"mechanism": "clip_only"},
        {"epsilon": 2.0},
        {"epsilon": None},
        {"seed": 1},
    ],
)
def test_the_model_part_keeps_what_matters(change):
    assert Scenario.of(**change).model_part() != Scenario().model_part()


def test_changing_the_budget_changes_the_mechanism_where_it_must():
    none, clip = Scenario.of(epsilon=None), Scenario.of(mechanism="clip_only", epsilon=2.0)
    assert none.but(epsilon=1.0) == Scenario.of(epsilon=1.0)
    assert clip.but(epsilon=1.0) == Scenario.of(mechanism="clip_only", epsilon=1.0)
    assert clip.but(epsilon=None) == none
    assert clip.but(rows=500).mechanism == "clip_only"
    with pytest.raises(InvalidInput, match="rows=1 must be"):
        none.but(rows=1)


def test_a_configuration_is_what_seeds_share():
    one, other = (Scenario.of(seed=seed, epsilon=2.0) for seed in (3, 4))
    assert one.configuration() == other.configuration() == Scenario.of(epsilon=2.0)


def test_a_digest_does_not_depend_on_the_order_of_fields():
    part = Scenario().model_part()
    assert digest(dict(reversed(part.items()))) == digest(part)
    assert digest(json.loads(json.dumps(part))) == digest(part)


def test_a_sweep_is_the_grid_of_its_axes_with_seeds_counted_up():
    base = Scenario.of(seed=5)
    axes = {"epsilon": [0.5, 1.0, None], "width": [0, 4]}
    found = list(Sweep(base=base, axes=axes, seeds=3))
    wanted = [
        base.but(epsilon=epsilon, width=width, seed=seed)
        for epsilon, width in itertools.product(*axes.values())
        for seed in (5, 6, 7)
    ]
    assert found == wanted and len(set(found)) == 18


def test_settings_that_mean_the_same_model_appear_once():
    axes = {"mechanism": ["dp", "none"], "epsilon": [0.5, 1.0, math.inf]}
    found = list(Sweep(base=Scenario(), axes=axes, seeds=2))
    told = [(s.mechanism, s.epsilon, s.seed) for s in found]
    assert told == [
        ("dp", 0.5, 0),
        ("dp", 0.5, 1),
        ("dp", 1.0, 0),
        ("dp", 1.0, 1),
        ("none", None, 0),
        ("none", None, 1),
    ]


def test_an_axis_of_seeds_names_them_itself():
    found = list(Sweep(base=Scenario(), axes={"seed": [7, 3]}))
    assert [s.seed for s in found] == [7, 3]
    with pytest.raises(InvalidInput, match="seeds=4 must be 1"):
        Sweep(base=Scenario(), axes={"seed": [7, 3]}, seeds=4)


@pytest.mark.parametrize(
    ("axes", "seeds", "told"),
    [
        ({"colour": [1]}, 1, "unknown field 'colour'; known: dataset"),
        ({"epsilon": []}, 1, "axis 'epsilon' has no values"),
        ({"epsilon": 1}, 1, r"axis epsilon=1 must be a list of values"),
        ({"label": "income"}, 1, "axis label='income' must be a list of values"),
        ({}, 0, r"seeds=0 must be in \[1, 1000\]"),
        ({}, 1001, r"seeds=1001 must be in \[1, 1000\]"),
        ({"rows": range(200, 1201)}, 1000, f"has 1001000 models; at most {LARGEST_SWEEP}"),
    ],
)
def test_a_bad_sweep_is_told(axes, seeds, told):
    with pytest.raises(InvalidInput, match=told):
        Sweep(base=Scenario(), axes=axes, seeds=seeds)


def test_a_sweep_without_axes_is_one_setting():
    assert list(Sweep(base=Scenario())) == [Scenario()]


def test_a_bad_value_of_an_axis_is_told():
    with pytest.raises(InvalidInput, match="epsilon=-1 must be "):
        list(Sweep(base=Scenario(), axes={"epsilon": [1.0, -1]}))


def test_shifts_are_read_in_any_order_and_nothing_is_no_shift():
    one = Scenario.of(other_shifts="prior:0.25+place.new_england:1+flips:0")
    assert one.other_shifts == (("place.new_england", 1.0), ("prior", 0.25))
    assert one == Scenario.of(other_shifts=[["prior", 0.25], ["place.new_england", 1]])
    assert one.to_query() == {"other_shifts": "place.new_england:1.0+prior:0.25"}
    assert one.but(shift_intensity=0.5).deployment_shifts[0] == ("demographic", 0.5)
    assert Scenario().deployment_shifts == ()


def test_old_links_with_one_shift_are_read():
    old = Scenario.from_query({"shift": "demographic", "shift_intensity": "0.5"})
    assert old.deployment_shifts == (("demographic", 0.5),)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("prior:1.5", r"the intensity 1.5 of prior must be in \[0, 1\]"),
        ("prior:nan", "the intensity nan of prior"),
        ("prior:much", r"the intensity 'much' of prior must be a number in"),
        ("prior", "'prior' is not of the form name:intensity"),
        ("Prior:0.5", "'Prior' is no name of a shift"),
        ("prior:0.5+prior:0.25", "a shift is stated twice"),
    ],
)
def test_shifts_that_cannot_be_read_are_told(text, told):
    with pytest.raises(InvalidInput, match=told):
        Scenario.of(other_shifts=text)


def test_training_shifts_change_the_model_and_no_others_do():
    base = Scenario()
    assert "training_shifts" not in base.model_part()
    assert base.but(other_shifts="prior:0.5").model_part() == base.model_part()
    trained = base.but(training_shifts="opt_out.female:0.5")
    assert trained.model_part() != base.model_part()
    assert trained.but(protected="race").model_part() != trained.model_part()


AMONG = {
    "communities": "place",
    "home": "South Atlantic",
    "members": ("Mountain", "South Atlantic"),
    "remedy": "fedavg",
    "dial": 10.0,
    "temperature": 4.0,
    "provider": "largest",
    "own_epsilon": (("Mountain", 0.5),),
}


def test_without_communities_nothing_about_them_is_part_of_a_scenario():
    alone = Scenario(**{name: one for name, one in AMONG.items() if name != "communities"})
    assert alone == Scenario() and "remedy" not in json.loads(alone.to_json())
    assert set(AMONG) <= set(json.loads(Scenario(**AMONG).to_json()))


def test_a_scenario_among_communities_reads_back():
    one = Scenario(rows=100, **AMONG)
    assert Scenario.from_json(one.to_json()) == Scenario.from_query(one.to_query()) == one
    assert one.to_query()["own_epsilon"] == "Mountain:0.5"


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"rows": 100}, "rows=100 must be at least 200 where the table is not cut"),
        ({"rows": 49, "communities": "place"}, r"rows=49 must be a whole number in \[50, 200000\]"),
        ({"own_epsilon": "Mountain"}, "'Mountain' is not of the form community:epsilon"),
        ({"own_epsilon": "Mountain:few"}, r"epsilon 'few' of 'Mountain' must be a number in"),
        ({"own_epsilon": [("Mountain", -1)]}, r"epsilon -1.0 of 'Mountain' must be a number in"),
        ({"own_epsilon": "Mountain:1+Mountain:2"}, "'Mountain' has two privacy budgets"),
    ],
)
def test_what_is_wrong_about_communities_is_told(fields, told):
    with pytest.raises(InvalidInput, match=told):
        Scenario(**({} if fields == {"rows": 100} else {"communities": "place"}) | fields)
