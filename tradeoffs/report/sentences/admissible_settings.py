"""Admissible: how many settings the rules of a place leave, and one that places judge unlike."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations

from tradeoffs.report.admissibility import (
    Admissibility,
    Feasible,
    decidable_at,
    feasible,
    verdict_of,
)
from tradeoffs.report.sentences.sentence import Sentence, every
from tradeoffs.report.text import describe
from tradeoffs.values.regulations.catalogue import REGULATIONS
from tradeoffs.values.regulations.jurisdiction import JURISDICTIONS

COUNT = Sentence(
    name="settings_admissible",
    text=(
        "{admissible:count} of {settings:count} settings are admissible {where}, as far as "
        "numbers can screen them: {refused:count} are not, and for {open:count} it cannot "
        "be told."
    ),
)
DUTIES = Sentence(
    name="duties_alone",
    text=(
        "No number can screen a setting {where}: the rules there are duties, which no "
        "setting fulfils or violates by itself."
    ),
)
UNLIKE = Sentence(
    name="admissible_here_not_there",
    text="The setting “{setting}” is admissible {one} and not {other}. {rule}: {reason}",
)
YOURS_UNLIKE = Sentence(
    name="yours_admissible_here_not_there",
    text="Your setting is admissible {one} and not {other}. {rule}: {reason}",
)
ALIKE = Sentence(
    name="admissible_alike",
    text="No setting shown here is admissible in one place and not in another.",
)


def admissible(found: Admissibility, place: str) -> list[str]:
    """Return what is told of the settings of a job.

    Args:
        found: what regulations say of them.
        place: a jurisdiction, or none.
    """
    told = []
    if place in JURISDICTIONS:
        left = feasible(found.every).get(place)
        told = [settings_left(place, left, len(found.every))]
    unlike = min(_unlike(found), key=lambda one: _rank(one, found, place), default=None)
    return [*told, ALIKE.text if unlike is None else _said(unlike, found)]


def settings_left(place: str, left: Feasible | None, settings: int) -> str:
    """Return how many settings the rules of a place leave.

    Args:
        place: a jurisdiction.
        left: which; None where no number decides.
        settings: how many there are.
    """
    values: dict[str, object] = {"where": JURISDICTIONS[place].where}
    if left is None:
        return every((DUTIES,), values)[0].text
    kept, unsure = len(left.admissible), len(left.open)
    values |= {"settings": settings, "admissible": kept, "open": unsure}
    return every((COUNT,), values | {"refused": settings - kept - unsure})[0].text


@dataclass(frozen=True, kw_only=True, slots=True)
class _Unlike:
    number: int  # of the setting
    one: str  # where it is admissible
    other: str  # where it is not
    rule: str  # by which regulation


def _unlike(found: Admissibility) -> Iterator[_Unlike]:
    """Yield every setting that is admissible in one place and not in another."""
    where = {name: rules for name in JURISDICTIONS if (rules := decidable_at(name))}
    for number, own in found.every.items():
        said = {name: verdict_of(own, rules) for name, rules in where.items()}
        for one, other in permutations(where, 2):
            if (said[one], said[other]) == ("admissible", "not admissible"):
                refuses = [r.name for r in where[other] if own[r.name].verdict == said[other]]
                yield _Unlike(number=number, one=one, other=other, rule=refuses[0])


def _rank(one: _Unlike, found: Admissibility, place: str) -> tuple[bool, bool, bool]:
    """Return what is told rather: of the chosen place, your setting, and by a measured number."""
    measured = found.every[one.number][one.rule].number is not None
    return place not in (one.one, one.other), one.number != found.you, not measured


def _said(one: _Unlike, found: Admissibility) -> str:
    values = {
        "setting": describe(found.settings[one.number]),
        "one": JURISDICTIONS[one.one].where,
        "other": JURISDICTIONS[one.other].where,
        "rule": REGULATIONS[one.rule].title,
        "reason": found.every[one.number][one.rule].reason,
    }
    unlike = YOURS_UNLIKE if one.number == found.you else UNLIKE
    return every((unlike,), values)[0].text
