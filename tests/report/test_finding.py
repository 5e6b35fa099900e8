"""The title of the chart: what the way along the front changes, whichever way it turns out."""

import pytest

from tests.report.conftest import HERE, UNTOUCHED, Models, halved, model, shown
from tradeoffs.report.caption import source, subtitle
from tradeoffs.report.sentences.front_finding import finding

WIDE = HERE.but(width=8)


def found(*models: Models, x: str = "fairness", y: str = "accuracy") -> str:
    return " ".join(one.text for one in finding(shown(*models, x=x, y=y), lambda scenario: {}))


def test_it_says_what_a_smaller_gap_costs_with_its_interval():
    text = found(model(HERE, sd=0.002), model(WIDE, accuracy=0.86, gap=0.2, sd=0.002))
    told = "Along the front with ε = 1, the gap in selection rates goes from 20.0 % to 10.0 % and "
    assert text.startswith(
        f"{told}accuracy falls by 2.0 points (95 % over seeds, not test rows: 1."
    )


def test_what_chance_explains_has_no_direction():
    text = found(model(HERE, accuracy=0.855, sd=0.02), model(WIDE, accuracy=0.86, gap=0.2, sd=0.02))
    assert "accuracy cannot be told apart: −0.5 points (95 % over seeds, not test rows: −" in text
    assert "falls" not in text and "rises" not in text


def test_report_may_turn_out_the_other_way_than_select():
    """The ends are chosen on one half; on the other the smaller gap is the more accurate."""
    one = model(HERE, accuracy=0.87, gap=0.25, sd=0.001)
    other = halved(model(WIDE, accuracy=0.86, gap=0.2, sd=0.001), accuracy=0.9)
    gap = "demographic_parity_difference[sex]"
    text = found(halved(one, accuracy=0.8, **{gap: 0.1}), other)
    assert "goes from 20.0 % to 25.0 % and accuracy rises by 1.0 points" in text


def test_a_constant_answer_is_no_end_where_there_is_another():
    constant = model(HERE.but(max_gap=0.0), accuracy=0.76, gap=0.0, selection_rate=0.0)
    models = model(WIDE, accuracy=0.86, gap=0.2), constant
    assert "to 0.0 %" in found(*models) and "goes on" not in found(*models)
    text = found(*models, model(HERE))
    assert "goes from 20.0 % to 10.0 %" in text
    told = "The front continues to 0.0 %, where (almost) everybody gets the same answer."
    assert text.endswith(told)


def test_one_setting_and_one_seed_and_none_are_said_to_be_so():
    assert found(model(HERE), model(WIDE, accuracy=0.8, gap=0.3)) == (
        "One of 2 settings with ε = 1 is best in both respects: gap in selection rates "
        "10.0 %, accuracy 84.0 %."
    )
    assert found(model(HERE)).startswith("There is one setting with ε = 1: gap in selection rates ")
    text = found(model(HERE, seeds=1), model(WIDE, accuracy=0.86, gap=0.2, seeds=1))
    assert text.endswith("accuracy changes by −2.0 points (one seed: no interval yet).")
    assert found(model(UNTOUCHED)) == "No setting with ε = 1 has a place on this chart."
    one = halved(model(HERE, accuracy=0.84, gap=0.1), accuracy=0.9)
    assert found(one, model(WIDE, accuracy=0.85, gap=0.1)) == (
        "Which of 2 settings with ε = 1 is best is open: 2 are unbeaten on one half of the "
        "test rows, and no setting on both."
    )


@pytest.mark.parametrize(
    ("x", "y", "told"),
    [
        (
            "privacy",
            "accuracy",
            "Along the front, the privacy budget (epsilon) goes from no privacy ",
        ),
        ("fairness", "privacy", "gap in selection rates rises by 5.0 points"),
        ("fairness", "explainability", "fidelity of a small tree falls by 10.0 points"),
    ],
)
def test_on_other_axes_it_tells_what_is_measured(x, y, told):
    models = (
        model(UNTOUCHED, accuracy=0.86, gap=0.05, fidelity=0.7),
        model(WIDE, fidelity=0.7, gap=0.2),
    )
    assert told in found(model(HERE), *models, x=x, y=y)


def test_the_setting_and_the_source_stand_around_the_figure():
    view = shown(model(HERE, sd=0.01), model(WIDE, gap=0.2, accuracy=0.86, sd=0.01))
    assert subtitle(view) == (
        "Income over 50,000 dollars a year, by sex. Your setting: ε = 1, gap at most 10 %, "
        "logistic regression, no shift, 3,000 people."
    )
    assert source(view) == (
        "Source: Adult: income in the United States, 1994; 3,000 people in training, 8,141 "
        "in the test set; means over 8 seeds; grey band: fronts of single seeds, 25 to 75 % "
        "of 8 seeds; intervals: 95 % over seeds and test rows."
    )
    assert "band" not in source(shown(model(HERE, seeds=1)))
    told = source(shown(model(HERE), x="privacy", y="explainability"))
    assert told.endswith("; intervals: 95 % over seeds.")
    told = source(shown(model(HERE), x="accuracy", y="explainability"))
    assert told.endswith("test rows, of fidelity of a small tree over seeds alone.")
