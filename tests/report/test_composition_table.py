import math
from dataclasses import replace

import pytest

from tradeoffs.experiments.total_privacy import ComposedLoss, Composition
from tradeoffs.report.composition_table import (
    SELECTION,
    composition_at_home,
    composition_line,
    composition_sentences,
    composition_table,
    display_table,
    selection_sentences,
    values,
)
from tradeoffs.report.sentences.sentence import every
from tradeoffs.values.privacy.history import Spend

SEEN = Composition(
    promised=328,
    unpromised=48,
    seeds=8,
    delta=1e-5,
    own=0.994,
    accountant="prv",
    histories=((Spend(sigma=1.0, sample_rate=1.0, steps=1),),),
    settings=29,
    candidates=(),
)
PRICE = ComposedLoss(together=1487.2, accountant="rdp", best=2.574)
NOTHING = replace(SEEN, promised=0, delta=None, own=None, settings=0, accountant="none")
NO_PRICE = ComposedLoss(together=None, accountant="none", best=None)


def test_the_table_has_a_row_a_way_of_looking():
    table = composition_table(SEEN, PRICE)
    assert table["epsilon"].tolist() == [0.994, 2.574, 1487.2, math.inf]
    assert table["models"].tolist() == [1, 1, 328, 376]
    assert table["delta"].isna().tolist() == [False, False, False, True]
    shown = display_table(table)
    assert shown["epsilon"].tolist() == ["0.994", "2.57", "1,487", "no promise"]
    assert shown.iloc[:, 3].tolist()[1:] == [
        "at most about 93 times in 100",
        "nearly every time in the worst case",
        "without bound",
    ]


def test_the_sentences_state_the_numbers_of_the_table():
    together, without, best = (s.replace("\u00a0", " ") for s in composition_sentences(SEEN, PRICE))
    assert "328 models" in together and "ε = 1,487 (delta 0.00001)" in together
    assert "all 8 seeds" in together
    assert without.startswith("48 models on screen have no noise")
    assert "29 settings" in best and "probability 1 in 29" in best
    assert "ε = 2.57, against 0.994" in best


def test_where_all_have_noise_the_screen_keeps_a_promise():
    table = composition_table(replace(SEEN, unpromised=0, seeds=1), PRICE)
    assert math.inf not in table["epsilon"].tolist()
    told = composition_sentences(replace(SEEN, unpromised=0, seeds=1), PRICE)
    assert len(told) == 2 and "seeds" not in told[0]


def test_where_none_has_noise_no_epsilon_is_told():
    table = composition_table(NOTHING, NO_PRICE)
    assert table["epsilon"].tolist() == [math.inf, math.inf]
    assert set(display_table(table)["epsilon"]) == {"no promise"}
    told = composition_sentences(NOTHING, NO_PRICE)
    assert len(told) == 1 and "ε" not in told[0]


def test_one_setting_leaves_nothing_to_choose():
    alone = replace(SEEN, settings=1)
    assert not any("best" in seen for seen in composition_table(alone, PRICE)["seen"])
    assert not any("tried" in told for told in composition_sentences(alone, PRICE))


@pytest.mark.parametrize(
    ("seen", "price", "bounded", "priced"),
    [
        (SEEN, PRICE, True, True),
        (replace(SEEN, settings=1), PRICE, True, False),
        (NOTHING, NO_PRICE, False, False),
        (replace(NOTHING, unpromised=1), NO_PRICE, None, False),
    ],
)
def test_choosing_is_free_nowhere_and_bounded_where_something_is_promised(
    seen, price, bounded, priced
):
    names = {said.name for said in every(SELECTION, values(seen, price))}
    assert ("choosing under a promise" in names) == (bounded is True)
    assert ("choosing without a promise" in names) == (bounded is False)
    assert ("conditions of the best" in names) == priced
    assert len(selection_sentences(seen, price)) == len(names) > 0


@pytest.mark.parametrize(
    ("seen", "price", "line"),
    [
        (
            SEEN,
            PRICE,
            "seen together: joint epsilon 1487 (delta 1e-05, rdp) for 328 models with noise, "
            "over 8 seeds; no promise from 48 models without noise",
        ),
        (NOTHING, NO_PRICE, "seen together: no promise from 48 models without noise"),
        (
            replace(SEEN, promised=1, unpromised=0, seeds=1),
            PRICE,
            "seen together: joint epsilon 1487 (delta 1e-05, rdp) for 1 model with noise, "
            "over 1 seed",
        ),
    ],
)
def test_a_sweep_in_a_line(seen, price, line):
    assert composition_line(seen, price) == line


def test_what_all_ways_at_home_promise_its_people():
    told = composition_at_home(replace(SEEN, unpromised=0, unprovided=7), 79.3, "New England")
    assert "328 models over 8 seeds, they promise only an epsilon of 79.3 (delta 1e-05)" in told
    assert "to people of New England" in told and "a provider's people in 7 of them." in told
    told = composition_at_home(SEEN, 79.3, "x")
    assert told.endswith("48 models without noise promise nothing.") and "provider" not in told
    assert "epsilon" not in composition_at_home(NOTHING, None, "x")
