"""Setting link: the page that shows a lesson's setting, and the address of the setting there."""

from typing import NamedTuple

from tradeoffs.fields import COMMUNITY_FIELDS
from tradeoffs.language.translation import say
from tradeoffs.report.options import option
from tradeoffs.scenario import Scenario

AMONG_COMMUNITIES = (  # what the page Remedies has to be told, as its defaults are its own
    *("dataset", "label", "protected", "rows", "epsilon", "width"),
    *COMMUNITY_FIELDS,
)
LEFT_OPEN = (None, "", ())  # the page has a default of its own


class SettingLink(NamedTuple):
    """Where a setting can be looked at."""

    page: str
    label: str
    query: dict[str, str]


def setting_link(scenario: Scenario) -> SettingLink:
    """Return the page Remedies for a setting among communities, else the Explorer."""
    if scenario.communities:
        values = {name: getattr(scenario, name) for name in AMONG_COMMUNITIES}
        if len(scenario.members) == 1:  # the page takes no community alone for a partnership
            del values["members"]
        query = {name: option(value) for name, value in values.items() if value not in LEFT_OPEN}
        query["epsilon"] = option(scenario.epsilon)
        page, label = "pages/remedies.py", say("This setting on the page Remedies")
    else:
        query = scenario.to_query()
        if scenario.mechanism == "none":
            del query["mechanism"]  # that there is no epsilon says as much
        page, label = "app.py", say("This setting in the Explorer")
    return SettingLink(page, label, {"level": "explore", **query})
