"""Who pays on the page Remedies: an actor, and numbers of its own that are typed."""

from collections.abc import Collection, Mapping

from tradeoffs.errors import InvalidInput
from tradeoffs.experiments.setting_cost import setting_cost
from tradeoffs.fields import FIELDS
from tradeoffs.language.translates import original
from tradeoffs.language.translation import say
from tradeoffs.remedies.catalogue import REMEDIES
from tradeoffs.report.remedies.selection import Selection, Values
from tradeoffs.resources.actors.catalogue import ACTORS
from tradeoffs.resources.money import affordable, total
from tradeoffs.resources.prices import NUMBERS
from tradeoffs.resources.purse import Purse, purse
from tradeoffs.scenario import Scenario

NONE = "none"


def purse_of(values: Values) -> Purse | None:
    """Return the purse that is chosen; None where nothing is left out for its price."""
    actor = values.get(PURSE.name, NONE)
    return None if actor == NONE else purse(_text(values))


def beyond_budget(values: Values, settings: Mapping[str, Scenario]) -> frozenset[str]:
    """Return the names of the settings that the chosen purse does not cover.

    Args:
        values: every selection of the page.
        settings: by name.
    """
    who = purse_of(values)
    if who is None:
        return frozenset()
    spent = {name: total(setting_cost(one), who.prices) for name, one in settings.items()}
    budget = who.prices.budget
    return frozenset(n for n, one in spent.items() if affordable(one, budget) == "not affordable")


def budget_notes(values: Values, dear: Collection[str]) -> list[str]:
    """Return which ways the chosen purse does not cover, in a sentence; nothing without a purse.

    Args:
        values: every selection of the page.
        dear: names of remedies, from `beyond_budget`.
    """
    who = purse_of(values)
    if who is None:
        return []
    if not dear:
        return [say("The budget of {actor} covers all ways.", actor=who.actor.within)]
    names = ", ".join(REMEDIES[name].title for name in REMEDIES if name in dear)
    return [
        say(
            "Drawn faint, because the budget of {actor} does not cover them: {names}.",
            actor=who.actor.within,
            names=names,
        )
    ]


def _text(values: Values) -> str:
    return "+".join(filter(None, (values[PURSE.name], values.get(PRICES.name, ""))))


def _fault(prices: str, at: Values) -> str:
    try:
        purse(_text({**at, PRICES.name: prices}))
    except InvalidInput as refusal:
        return str(refusal)
    return ""


PURSE = Selection(
    name="purse",
    title=original(FIELDS["purse"], "title"),
    help=" ".join(original(FIELDS["purse"], part) for part in ("help", "limits")),
    options=lambda at: (NONE, *ACTORS),
    words=lambda one, at: ACTORS[one].title if one in ACTORS else say("no purse"),
    default=lambda at: NONE,
)
PRICES = Selection(
    name="prices",
    title="Its own numbers",
    help="Its own numbers, joined by +, such as budget:500+wage:9. Possible names: "
    + "; ".join(
        f"{name}, {original(one, 'lower')} ({original(one, 'unit')})"
        for name, one in NUMBERS.items()
    )
    + ".",
    options=lambda at: (),
    words=lambda one, at: one,
    default=lambda at: "",
    fault=_fault,
    shown=lambda at: at[PURSE.name] != NONE,
)
