import numpy as np
import pytest

from tradeoffs.data.load import load_split
from tradeoffs.data.newcomers import newcomers
from tradeoffs.errors import InvalidInput


def test_as_many_were_raised_abroad_as_the_datasheet_says():
    split = load_split("gss", "income_25k")
    counts = [newcomers(t)[0].sum() for t in (split.train, split.select, split.report)]
    assert sum(counts) == 1_018
    for table in (split.train, split.report):
        assert (newcomers(table)[0] == (table.protected["raised"] == 0)).all()


def test_who_gave_no_country_of_birth_is_neither():
    split = load_split("adult", "income_gt_50k")
    tables = (split.train, split.select, split.report)
    elsewhere, here = (np.concatenate([newcomers(t)[i] for t in tables]) for i in (0, 1))
    assert not (elsewhere & here).any()
    assert (~elsewhere & ~here).sum() == 857  # missing, of both files
    assert here.sum() == 43_832  # born in the United States, UCI's files


def test_a_table_without_origin_is_refused():
    with pytest.raises(InvalidInput, match="'compas' records no origin; known: adult, gss"):
        newcomers(load_split("compas", "rearrest").report)
