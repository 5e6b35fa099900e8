"""What the page Remedies offers to choose, and the setting that comes of it."""

import pytest

from tradeoffs.report.remedies.catalogue import EVERY, PARTS, values_of
from tradeoffs.report.remedies.selection import refusals
from tradeoffs.report.remedies.selections import LISTED, cuts, measurable, members_of, scenario_of


def test_the_page_opens_with_few_people_of_a_real_place():
    values = values_of({})
    here = scenario_of(values)
    assert (here.dataset, here.communities, here.rows, here.epsilon) == ("gss", "place", 100, None)
    assert here.home in measurable("gss", "income_25k", "place")


def test_every_option_of_every_selection_fits_and_has_words():
    values = values_of({"communities": "turned.50"})
    for one in EVERY:
        options = one.options(values)
        for option in ["+".join(options)] if one.several else options:
            assert not one.refusal(option, values)
        assert all(one.words(option, values) for option in options)


def test_another_label_is_no_provider_where_a_cut_looks_at_answers():
    providers = next(one for one in EVERY if one.name == "provider")
    for cut, offered in (("place", True), ("skew.1", False)):
        options = providers.options(values_of({"communities": cut, "remedy": "as_is"}))
        assert any(one.startswith("label.") for one in options) == offered


def test_a_cut_with_an_amount_is_offered_with_each_amount_in_order():
    turned = [one for one in cuts("gss", "income_25k") if one.startswith("turned.")]
    assert turned == ["turned.0", "turned.20", "turned.50", "turned.70", "turned.100"]


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ({"home": "Atlantis"}, "home='Atlantis' is not offered; use one of: New England, "),
        ({"rows": "7"}, "rows='7' is not offered; use one of: 50, 100, 200, 300, "),
        ({"remedy": "magic"}, "remedy='magic' is not offered; use one of: alone"),
        ({"communities": "towns.x"}, "communities='towns.x' is not offered; use one of: place, "),
        ({"members": "Pacific"}, "members='Pacific' is not possible: South Atlantic, your comm"),
        ({"own_epsilon": "Pacific:99"}, "own_epsilon='Pacific:99' is not possible: "),
        ({"own_epsilon": "Rome:1"}, "own_epsilon='Rome:1' is not possible: there is no community"),
        ({"seed": "-1"}, "seed='-1' is not possible: it must be a whole number from 0 to 9999"),
        ({"home": "Pacific", "provider": "Pacific"}, "provider='Pacific' is not offered; use one "),
    ],
)
def test_a_link_that_cannot_be_used_is_told_with_what_can(query, told):
    (found,) = refusals(EVERY, query)
    assert found.startswith(told)


def test_all_people_of_each_community_are_the_most_that_any_has():
    values = values_of({"rows": "all", "home": "New England"})
    most = max(one.train for one in members_of("gss", "income_25k", "place"))
    assert values["rows"] == "all" and scenario_of(values).rows == most


def test_another_table_keeps_what_it_has_too_and_defaults_the_rest():
    values = values_of({"dataset": "adult", "home": "New England", "rows": "300"})
    assert values["rows"] == "300" and values["home"] in ("Female", "Male")


def test_parts_have_names_titles_and_questions_of_their_own():
    for part in ("title", "question", "name"):
        assert len({getattr(one, part) for one in PARTS.values()}) == len(PARTS)


@pytest.mark.parametrize(
    ("remedy", "dial", "told"),
    [
        ("clusters", "1", "1 cluster"),
        ("clusters", "2", "2 clusters"),
        ("fedavg", "1", "an exchange after every step"),
        ("partial_participation", "1", "all take part"),
        ("hidden_sum", "0.25", "a share of 0.25 colluding"),
        ("hidden_sum", "0", "nobody colludes"),
    ],
)
def test_a_value_of_a_dial_is_said_as_one_would_say_it(remedy, dial, told):
    assert LISTED["dial"].words(dial, values_of({"remedy": remedy})) == told


def test_a_dial_of_noise_is_said_to_have_no_effect_without_noise():
    said = [
        LISTED["dial"].label(values_of({"remedy": "hidden_sum", "epsilon": epsilon}))
        for epsilon in ("none", "3")
    ]
    assert "no effect without a privacy budget" in said[0] and "effect" not in said[1]
