"""The part Cost of the Explorer: a purse is chosen, changed and kept in the address."""

from tests.pages.test_explorer import closed, manager, texts  # noqa: F401


def test_a_purse_is_chosen_and_its_numbers_changed(manager):  # noqa: F811
    app = closed(tab="cost")
    app.run()
    assert not app.exception
    (actor,) = [box for box in app.selectbox if box.label == "Purse"]
    assert actor.value == "none"
    actor.set_value("village_clinic").run()
    assert not app.exception
    assert app.session_state["setting"]["purse"] == "village_clinic"
    assert "The budget of a village clinic (1,200) covers 17 of 47 settings" in texts(app.markdown)
    (budget,) = [one for one in app.number_input if one.label == "Budget, money"]
    budget.set_value(100_000.0).run()
    assert not app.exception
    assert app.session_state["setting"]["purse"] == "village_clinic+budget:100000"
    assert "covers 47 of 47 settings" in texts(app.markdown)


def test_what_of_a_purse_in_a_link_cannot_be_used_is_told(manager):  # noqa: F811
    app = closed(tab="cost", purse="village_clinic+wage:-3").run()
    assert not app.exception
    assert "wage=-3 must be a number in [0, 1000000]" in texts(app.warning)
    assert app.session_state["setting"]["purse"] == "village_clinic"
