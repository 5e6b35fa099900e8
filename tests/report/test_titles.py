import pytest

from tradeoffs.data.catalogue import available_datasets
from tradeoffs.experiments.adapt import adapt
from tradeoffs.experiments.plan import reported_attributes
from tradeoffs.report.deployment import describe_change
from tradeoffs.report.evaluation_people import evaluation_people
from tradeoffs.report.titles import attribute, favourable, favourable_answer, groups, whom
from tradeoffs.scenario import Scenario

HERE = Scenario()


@pytest.mark.parametrize("data", available_datasets(), ids=lambda data: data.name)
def test_groups_are_named_as_tables_name_them(data):
    for protected in reported_attributes(data):
        here, _ = adapt(HERE.but(dataset=data.name, protected=protected))
        assert groups(here) == evaluation_people(here).group_of(protected)[1]
        assert attribute(here) and whom(here).startswith("among")


def test_the_favourable_answer_may_be_no():
    here, _ = adapt(HERE.but(dataset="compas"))
    assert favourable(HERE) and not favourable(here)
    assert (favourable_answer(HERE), favourable_answer(here)) == (
        "over 50,000 dollars a year",
        "not arrested again",
    )


def test_a_shift_is_told_by_the_group_whose_share_moved_most():
    shifted = HERE.but(shift_intensity=1.0)
    told = describe_change(evaluation_people(HERE), evaluation_people(shifted), "sex")
    before, after = (
        table.group_of("sex")[0] for table in (evaluation_people(HERE), evaluation_people(shifted))
    )
    shares = [100 * (codes == 1).mean() for codes in (after, before)]
    assert told.startswith(f"The deployment population is {len(after):,} of {len(before):,} people")
    moved = sorted(shares) == shares
    assert moved and f"{shares[0]:.0f} are in the group Male instead of {shares[1]:.0f}" in told


def test_where_no_share_moves_that_is_said():
    assert describe_change(evaluation_people(HERE), evaluation_people(HERE), "sex").endswith(
        "the groups keep their shares."
    )
