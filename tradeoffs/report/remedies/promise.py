"""Promises: whose people a budget of privacy is for, by each way."""

from tradeoffs.language.translation import translate
from tradeoffs.remedies.adaptation.multi_task import MULTI_TASK
from tradeoffs.remedies.adaptation.pate import PATE
from tradeoffs.remedies.catalogue import REMEDIES
from tradeoffs.remedies.partnership import PRIVATE
from tradeoffs.report.text import number
from tradeoffs.scenario import Scenario

NONE = "none asked"
UNUSED = "0: no record is used"
NOBODY = "no provider"
UNPROMISED = "no privacy budget"


def home_promise(setting: Scenario) -> str:
    """Return the epsilon that home's people are promised at most, in words."""
    epsilon = dict(setting.own_epsilon).get(setting.home, setting.epsilon)
    if setting.mechanism != "dp" or epsilon is None:
        return translate(NONE)
    used = {"rows", "labels"} & {*REMEDIES[setting.remedy].needs}
    return number(epsilon) if used or setting.remedy == "alone" else translate(UNUSED)


def provider_promise(setting: Scenario) -> str:
    """Return the epsilon that a provider's people are promised at most, in words."""
    if not REMEDIES[setting.remedy].needs_provider or setting.remedy == MULTI_TASK.name:
        return translate(NOBODY)  # its other labels are of home's own people
    if setting.mechanism != "dp" or setting.epsilon is None:
        return translate(NONE)
    kept = setting.remedy == PATE.name or setting.provider.startswith(PRIVATE)
    return number(setting.epsilon) if kept else translate(UNPROMISED)
