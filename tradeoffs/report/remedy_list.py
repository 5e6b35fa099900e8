"""Remedy list: what each remedy needs, changes and promises, side by side."""

from typing import Any, get_args

from tradeoffs.fields import FIELDS, Mechanism
from tradeoffs.language.notation import labelled
from tradeoffs.language.translation import say, translate
from tradeoffs.remedies.catalogue import REMEDIES, STAGES
from tradeoffs.remedies.remedy import SECTIONS, Remedy
from tradeoffs.remedies.stage import Stage

SAME_UNDER: tuple[Mechanism, ...] = ("none",)  # where a dial at its identity is another remedy
CONTROL = ("leaves", "sees", "changes", "withdraws", "decides")


def remedy_list() -> list[dict[str, Any]]:
    """Return what every remedy's entry says, in the order of the paper's sections."""
    among = [one for section in SECTIONS for one in REMEDIES.values() if one.section == section]
    return [*map(_remedy, among), *map(_stage, STAGES.values())]


def remedy_text() -> str:
    """Return a line a remedy below the title of its section, for a terminal."""
    every, lines = remedy_list(), []
    wide = max(len(one["title"]) for one in every)
    for section in SECTIONS:
        title = translate(SECTIONS[section])
        lines += ["", title] if lines else [title]
        own = [one for one in every if one["section"] == section]
        lines += [
            f"  {one['name']:<22}{one['title']:<{wide}}  "
            + labelled(say("leaves home"), one["leaves"])
            for one in own
        ]
    return "\n".join(lines)


def _remedy(one: Remedy) -> dict[str, Any]:
    dial = one.dial
    return _common(one) | {
        "section": one.section,
        "limits": one.limits,
        "dial": dial
        and {
            "title": dial.title,
            "ends": dial.ends,
            "values": dial.values,
            "default": dial.default,
            "identity": dial.identity,
            "same_as": dial.same_as,
            "same_under": SAME_UNDER if dial.same_as else (),
        },
        "needs": one.needs,
        "unit": one.unit,
        "trusts": one.trusts,
        "shared": one.shared,
        "online": one.online,
    }


def _stage(one: Stage) -> dict[str, Any]:
    field = FIELDS["strength" if one.has_strength else "max_gap"]
    values = tuple(value for value in field.values if value is not None)
    return _common(one) | {
        "section": "decisions",
        "limits": one.explanation,
        "dial": {"title": field.title, "ends": field.ends, "values": values},
        "needs": ("labels", "rows"),
        "unit": say("one person's record"),
        "trusts": say("nobody outside the community"),
        "shared": False,
        "online": False,
    }


def _common(one: Remedy | Stage) -> dict[str, Any]:
    return {
        "name": one.name,
        "title": one.title,
        "help": one.help,
        "formula": one.formula,
        "source": one.source,
        **{name: getattr(one.control, name) for name in CONTROL},
        "mechanisms": {name: one.outcome(name) for name in get_args(Mechanism)},
    }
