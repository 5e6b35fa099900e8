"""An own table can be cut into communities, and nothing of it is left when it is closed."""

import pytest

from tests.data.upload.conftest import CHOICES, as_csv, people
from tests.experiments.test_communities import trained
from tradeoffs.data.communities.catalogue import available_cuts, communities, community_split
from tradeoffs.data.table_handle import TableHandle
from tradeoffs.data.upload.own_table import own_table
from tradeoffs.errors import InvalidInput
from tradeoffs.experiments.adapt import adapt
from tradeoffs.scenario import Scenario


@pytest.fixture
def own():
    return TableHandle(own_table(as_csv(people(2_000)), CHOICES).whole)


def test_people_of_an_own_table_are_cut_and_adapt_each_others_models(own):
    here = adapt(Scenario.of(dataset=own, mechanism="none"))[0]
    cuts = available_cuts(own, here.label)
    assert {"sex", "towns.5", "turned.50", "sizes.1", "skew.1"} == set(cuts)
    for cut in cuts:
        for one in communities(own, here.label, cut):
            split = community_split(own, here.label, cut, one.name)
            assert (split.train.rows, split.report.rows) == (one.train, one.report)
    cut = here.but(communities="towns.5", rows=100)
    wanted = [cut.but(remedy=name) for name in ("alone", "pooled", "recalibration")]
    assert all(0 < one.measurement.report["accuracy"] <= 1 for one in trained(*wanted).values())


def test_a_closed_table_has_no_communities(own):
    label = own.whole.book.labels[0].name
    communities(own, label, "towns.5")
    own.close()
    with pytest.raises(InvalidInput, match="is not here"):
        communities(own, label, "towns.5")
