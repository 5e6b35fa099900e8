"""Script: Python that computes a setting again through the library, and says whether it agrees."""

import json

from tradeoffs.experiments.designs import SEEDS
from tradeoffs.language.current import is_english, language
from tradeoffs.language.translation import say, translate
from tradeoffs.report.documents.setting_summary import SettingSummary
from tradeoffs.report.text import describe
from tradeoffs.scenario import Scenario

IMPORT = "import tradeoffs as to"
IN_LANGUAGE = """{imported}
from tradeoffs.language.current import speak

speak({language!r})"""
NEEDS = (
    "It needs the package tradeoffs, version {version}. Models that this machine has trained "
    "before are\nlooked up; others are trained, some four hundred small ones."
)
_SCRIPT = '''"""{title}

{needs}
"""

{imported}

{setting}

{report}
print(shown.text())

{on_screen}

{compared}
print("{same}" if now == on_screen else f"{other}")

shown.table().to_csv("front.csv", index=False)
shown.figure().write_html("front.html")
'''
COMPARED = 'now = dict(zip(shown.cards()["objective"], shown.cards()["value"]))'


def script(of: SettingSummary) -> str:
    """Return a Python script; what it prints first are the numbers on screen."""
    return _SCRIPT.format(
        title=say("Recompute: {setting}.", setting=describe(of.here)),
        needs=say(NEEDS, version=of.versions["tradeoffs"]),
        imported=import_text(),
        setting=setting(of.here),
        report=report(of),
        on_screen=on_screen(of),
        compared=COMPARED,
        same=translate("As on screen."),
        other=say("Not as on screen: {now}", now="{now}"),
    )


def import_text() -> str:
    """Return the import of the library, which tells its numbers in the language of the screen."""
    return IMPORT if is_english() else IN_LANGUAGE.format(imported=IMPORT, language=language())


def setting(here: Scenario) -> str:
    """Return the assignment of the setting: what differs from the default one.

    >>> print(setting(Scenario(epsilon=0.3, width=8)))
    setting = to.Scenario(width=8, epsilon=0.3)
    """
    return f"setting = {_scenario(here)}"


def report(of: SettingSummary) -> str:
    """Return the call that computes what the screen shows."""
    shown = of.picture.view
    beside = ", ".join(map(_scenario, of.pins))
    pins = f", pins=[{beside}]" if beside else ""
    axes = f"x={shown.x.name!r}, y={shown.y.name!r}"
    seeds = f", seeds={of.trainings}" if of.trainings != SEEDS else ""
    return f"shown = to.report(setting, {axes}{pins}{seeds}, store=True)"


def on_screen(of: SettingSummary) -> str:
    """Return the assignment of the four values that the screen showed."""
    values = {one.title: one.value for one in of.picture.cards}
    return f"on_screen = {json.dumps(values, ensure_ascii=False, indent=4)}"


def _scenario(here: Scenario) -> str:
    usual = Scenario()
    stated = [
        f"{name}={value!r}"
        for name, value in here.model_dump().items()
        if value != getattr(usual, name)
    ]
    return f"to.Scenario({', '.join(stated)})"
