import pytest

from tradeoffs.errors import InvalidInput
from tradeoffs.scenario import Scenario
from tradeoffs.studies.regional_models import ALL, DIFFERENCE, EVERYWHERE, LOCAL, answer

MEPS = Scenario(dataset="meps", label="visits_10", protected="race_ethnicity", rows=300)


@pytest.fixture(scope="module")
def regions():
    return answer(MEPS)


def test_every_region_has_both_models_and_their_difference(regions):
    for place in {record["place"] for record in regions}:
        value = {r["model"]: r["value"] for r in regions if r["place"] == place}
        assert value[DIFFERENCE] == pytest.approx(value[LOCAL] - value[EVERYWHERE])
        assert 0.6 < value[LOCAL] < 1


def test_all_is_the_mean_over_places_and_one_of_them_is_the_best(regions):
    apart = [r for r in regions if r["model"] == DIFFERENCE]
    *places, whole = (r["value"] for r in apart)
    assert apart[-1]["place"] == ALL and whole == pytest.approx(sum(places) / len(places))
    assert [r["value"] for r in apart if r["best"]] == [max(places)]


def test_a_place_hardly_anybody_is_recorded_in_is_absent(regions):
    assert {r["place"] for r in regions} == {"Northeast", "Midwest", "South", "West", ALL}


def test_the_same_seed_gives_the_same_records(regions):
    assert answer(MEPS) == regions


def test_a_table_without_places_is_refused():
    with pytest.raises(InvalidInput, match="'adult' records no places"):
        answer(Scenario())
