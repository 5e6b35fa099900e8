import math
from types import SimpleNamespace

import numpy as np
import pytest

from tests.report.conftest import HERE, UNTOUCHED, model, shown
from tradeoffs.data.report_people import report_rows
from tradeoffs.fronts import Difference
from tradeoffs.report import cards as cards_module
from tradeoffs.report.cards import Card, cards, cards_table, compare_with_baseline, difference_text
from tradeoffs.scenario import Scenario

ROWS = report_rows("adult", "income_gt_50k", ((), "")).rows


def nobody(scenario: Scenario) -> dict[int, bytes]:
    del scenario
    return {}


def packed(decisions: np.ndarray) -> dict[int, bytes]:
    """Return (seeds, rows) decisions as they are stored."""
    return {seed: np.packbits(row).tobytes() for seed, row in enumerate(decisions)}


def by_name(*models, here=HERE, decisions=nobody) -> dict[str, Card]:
    return {card.name: card for card in cards(shown(*models, here=here), decisions)}


def test_four_cards_with_the_means_on_report():
    found = by_name(model(HERE, accuracy=0.8412, gap=0.053, fidelity=0.61), model(UNTOUCHED))
    assert list(found) == ["accuracy", "gap", "epsilon", "fidelity"]
    assert [card.value for card in found.values()] == ["84.1 %", "5.3 %", "ε = 1", "61.0 %"]
    assert found["fidelity"].detail.startswith(
        "a tree of eight rules reproduces 90.0 % of decisions, "
    )


def test_without_the_settings_results_there_are_no_cards():
    assert cards(shown(model(UNTOUCHED)), nobody) == []


@pytest.mark.parametrize("sign", [1, -1])
def test_a_change_has_the_sign_of_the_data(sign):
    found = by_name(
        model(HERE, accuracy=0.84 + 0.02 * sign, gap=0.1 - 0.03 * sign, sd=0.001),
        model(UNTOUCHED, sd=0.001),
    )
    up, down = ("+", "−") if sign > 0 else ("−", "+")
    assert (found["accuracy"].change or "").startswith(
        f"{up}2.0 points (95 % over seeds, not test rows: {up}"
    )
    assert (found["gap"].change or "").startswith(f"{down}3.0 points")
    assert found["accuracy"].difference is not None
    assert found["accuracy"].difference.mean == pytest.approx(0.02 * sign)
    assert not (found["accuracy"].change or "").endswith("within chance")


def test_a_difference_that_cannot_be_told_from_none_is_called_chance():
    found = by_name(model(HERE, accuracy=0.841, sd=0.02), model(UNTOUCHED, sd=0.02))
    assert (found["accuracy"].change or "").endswith(", within chance")


def test_one_seed_has_no_interval():
    found = by_name(model(HERE, accuracy=0.82, seeds=1), model(UNTOUCHED, seeds=1))
    assert found["accuracy"].change == "−2.0 points (one seed: no interval yet)"


def test_the_untouched_model_is_not_compared_with_itself():
    found = by_name(model(UNTOUCHED), here=UNTOUCHED)
    assert [card.change for card in found.values()] == [None] * 4


def test_without_its_twin_or_a_common_seed_there_is_no_change():
    assert by_name(model(HERE))["accuracy"].change is None
    view = shown(model(HERE, seeds=2), model(UNTOUCHED))
    late = [one for one in model(UNTOUCHED) if one.scenario.seed >= 2]
    apart = shown(model(HERE, seeds=2), late)
    assert compare_with_baseline(view, "accuracy", 0.0) is not None
    assert compare_with_baseline(apart, "accuracy", 0.0) is None


def test_what_is_not_measurable_is_said_and_never_0():
    found = by_name(model(HERE, fidelity=math.nan), model(UNTOUCHED))
    assert (found["fidelity"].value, found["fidelity"].change) == ("not measurable", None)
    found = by_name(model(HERE), model(UNTOUCHED, fidelity=math.nan))
    assert (found["fidelity"].value, found["fidelity"].change) == ("60.0 %", None)


@pytest.mark.parametrize(
    ("here", "value", "detail"),
    [
        (HERE, "ε = 1", "right at most about 73 times in 100"),
        (HERE.but(mechanism="clip_only"), "not declared", "promises nothing"),
        (HERE.but(epsilon=None), "none", "nothing bounds"),
    ],
)
def test_the_privacy_card_tells_what_is_promised(here, value, detail):
    card = by_name(model(here), model(UNTOUCHED), here=here)["epsilon"]
    assert card.value == value and detail in card.detail and card.change is None


def test_the_interval_counts_the_finite_number_of_test_rows():
    models = model(HERE, accuracy=0.82, gap=0.08, sd=0.001), model(UNTOUCHED, sd=0.001)
    rng = np.random.default_rng(0)
    base = rng.random((8, ROWS)) < 0.2

    def decisions(scenario: Scenario) -> dict[int, bytes]:
        flipped = base ^ (rng.random(base.shape) < (0.1 if scenario == HERE else 0.0))
        return packed(flipped)

    def width(card: Card) -> float:
        assert card.difference is not None and card.difference.interval is not None
        low, high = card.difference.interval
        return high - low

    seeds, both = by_name(*models), by_name(*models, decisions=decisions)
    alike = by_name(*models, decisions=lambda s: packed(base))
    for name in ("accuracy", "gap"):
        assert width(both[name]) > 1.2 * width(seeds[name])
        # Models that decide alike about everybody would differ alike on other people.
        assert width(alike[name]) == pytest.approx(width(seeds[name]), rel=0.01)
        assert "over seeds, not test rows" in (seeds[name].change or "")
        assert "not test rows" not in (both[name].change or "")
    assert width(both["fidelity"]) == pytest.approx(width(seeds["fidelity"]))
    assert "over seeds, not test rows" in (both["fidelity"].change or "")


def test_models_that_agree_on_every_row_still_have_an_interval():
    models = model(HERE, accuracy=0.84, gap=0.1), model(UNTOUCHED, accuracy=0.84, gap=0.1)
    found = by_name(*models, decisions=lambda s: packed(np.zeros((8, ROWS), dtype=bool)))
    for name in ("accuracy", "gap"):
        difference = found[name].difference
        assert difference is not None and difference.interval is not None
        assert difference.interval[0] < 0 < difference.interval[1]


def test_a_difference_in_words():
    one = Difference(
        column="gap",
        mean=-0.021,
        standard_error=0.005,
        interval=(-0.031, -0.011),
        seeds=8,
        distinguishable=True,
    )
    assert difference_text(one) == "−2.1 points (95 %: −3.1 to −1.1 points)"


def test_cards_as_a_table():
    models = model(HERE), model(UNTOUCHED)
    found = cards_table(cards(shown(*models), nobody))
    assert found["objective"].tolist()[0] == "Accuracy" and len(found) == 4
    assert found["change"].tolist()[2] == ""


@pytest.mark.parametrize(
    ("high", "told"),
    [
        (-0.0002, "−2.1 to −0.02 points)"),
        (-0.00001, "to just below 0 points)"),
        (0.0, "to 0.0 points"),
    ],
)
def test_an_end_that_rounds_to_nothing_tells_its_side_of_nothing(high, told):
    found = Difference(
        column="gap",
        mean=-0.01,
        standard_error=0.005,
        interval=(-0.021, high),
        seeds=8,
        distinguishable=high < 0,
    )
    text = difference_text(found)
    assert told in text and text.endswith("within chance") == (high == 0)


def test_cards_say_which_figure_is_by_the_survey_weight(monkeypatch):
    weighed = SimpleNamespace(codebook=SimpleNamespace(weight="finalwt"))
    monkeypatch.setattr(cards_module, "dataset", lambda name: weighed)
    told = [card.detail for card in by_name(model(HERE)).values()]
    assert [one.endswith(", weighted") for one in told] == [True, True, False, False]
    assert told[3].endswith(", unweighted")
