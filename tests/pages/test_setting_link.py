"""Setting links: whatever a lesson sets, the page that it leads to takes it as it is."""

from pages.shared.lesson.setting_link import setting_link
from tradeoffs.lessons.catalogue import LESSONS
from tradeoffs.report.remedies.catalogue import EVERY, values_of
from tradeoffs.report.remedies.selection import refusals
from tradeoffs.report.remedies.selections import scenario_of
from tradeoffs.scenario import Scenario


def test_the_explorer_is_told_nothing_of_communities_and_no_mechanism_that_it_does_not_offer():
    page, _, query = setting_link(Scenario(rows=300, epsilon=None))
    assert page == "app.py"
    assert query == {"level": "explore", "rows": "300", "epsilon": "none"}


def test_a_setting_among_communities_is_the_same_on_the_page_remedies():
    for name in ("what_the_server_sees", "small_enough_for_us"):
        scenario = LESSONS[name].setting(3).scenario
        page, _, query = setting_link(scenario)
        assert page == "pages/remedies.py"
        assert scenario_of(values_of(query)) == scenario


def test_of_every_lesson_the_page_remedies_refuses_no_more_than_a_number_of_people():
    settings = [
        setting.scenario
        for lesson in LESSONS.values()
        for step in range(len(lesson.steps))
        if (setting := lesson.setting(step)).scenario.communities
    ]
    assert settings
    for scenario in settings:
        told = refusals(EVERY, setting_link(scenario).query)
        assert all(one.startswith("rows=") for one in told), told
