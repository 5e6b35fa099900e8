"""Homogenisation: refusals by all follow from what is shared, and from nothing else."""

import numpy as np
import pytest

from tradeoffs.errors import InvalidInput
from tradeoffs.scenario import Scenario
from tradeoffs.studies import homogenisation
from tradeoffs.studies.homogenisation import INDEPENDENT, _independent, answer, invitations

HERE = Scenario(rows=200, width=0, protected="sex", epsilon=None)


@pytest.fixture(scope="module")
def rows():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(homogenisation, "EMPLOYERS", (1, 3))
        return {
            (r["shared"], r["employers"], r["group"], r["who"], r["what"]): r
            for r in answer(HERE, 0.25, "employers")
        }


def refused(rows, shared, employers, group="everyone", who="all"):
    return rows[shared, employers, group, who, "refused"]


def test_one_model_refuses_whom_it_refuses_however_many_use_it(rows):
    one, three = refused(rows, "model", 1), refused(rows, "model", 3)
    assert one["value"] == three["value"] == three["low"] == three["high"]
    assert one["value"] == pytest.approx(0.75, abs=1e-3)


def test_one_employer_alone_is_its_own_independence(rows):
    alone = refused(rows, "questions", 1)["value"]
    assert refused(rows, INDEPENDENT, 1)["value"] == pytest.approx(alone)


def test_without_a_network_models_of_the_same_people_are_one_model(rows):
    for group in ("everyone", "Female"):
        same = refused(rows, "data", 3, group)["value"]
        assert same == pytest.approx(refused(rows, "model", 3, group)["value"], abs=2e-3)


def test_groups_add_up_to_everyone(rows):
    from tradeoffs.data.load import load_split

    asked = load_split("adult").report
    codes, names = asked.group_of("sex")
    parts = [refused(rows, "questions", 3, name)["value"] for name in names]
    share = [float((codes == place).mean()) for place in range(len(names))]
    whole = refused(rows, "questions", 3)["value"]
    assert np.dot(parts, share) == pytest.approx(whole)


@pytest.mark.parametrize("who", ["all", "suited"])
def test_two_groups_differ_by_their_rates_and_the_other_way_round_alike(rows, who):
    for shared in ("model", "questions"):
        women, men = (rows[shared, 3, name, who, "apart"] for name in ("Female", "Male"))
        rates = [refused(rows, shared, 3, name, who)["value"] for name in ("Female", "Male")]
        assert women["value"] == pytest.approx(rates[0] - rates[1])
        ends = [men["value"], men["low"], men["high"]]
        assert [women["value"], women["high"], women["low"]] == pytest.approx([-x for x in ends])


def test_employers_that_draw_lots_refuse_independently():
    """Made-up employers without models: the product is what they refuse together."""
    random = np.random.default_rng(0)
    each = ~invitations(random.random((3, 8, 4000)), np.arange(4000), 0.25)
    people = {("everyone", "all"): np.full(4000, True)}
    (product,) = _independent(each, people, 0)
    assert product["value"] == pytest.approx(0.75**3) == product["low"] == product["high"]
    assert each.all(0).mean() == pytest.approx(0.75**3, abs=0.01)


def test_invitations_are_as_many_as_asked_for_and_the_best():
    scores = np.array([[3.0, 1.0, 2.0, 2.0, 0.0, 1.0, 1.0, 5.0]])
    found = invitations(scores, np.arange(8), 0.25)
    assert found.sum() == 2 and found[0, [0, 7]].all()


@pytest.mark.parametrize("invited", [0.0, 1.0])
def test_inviting_nobody_or_everybody_is_refused(invited):
    with pytest.raises(InvalidInput, match="invited"):
        answer(HERE, invited, "employers")
