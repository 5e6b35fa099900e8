"""Home front: the ways at home, by accuracy and by the gap between groups."""

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from tradeoffs.data.codebook_words import word
from tradeoffs.fronts import FAIRNESS
from tradeoffs.jobs.job import Job
from tradeoffs.language.translation import say, translate
from tradeoffs.remedies.catalogue import REMEDIES
from tradeoffs.remedies.remedy import SECTIONS, Section, section_title
from tradeoffs.report.groups import excluded_groups
from tradeoffs.report.remedies.at_home import settings, ways
from tradeoffs.report.remedies.community_gain import report_people_of
from tradeoffs.report.remedies.constant import CONSTANT, constant_level
from tradeoffs.report.remedies.label_places import LETTER, label_places
from tradeoffs.report.remedies.panel import Grid, Panel
from tradeoffs.report.remedies.part import Look, Part
from tradeoffs.report.remedies.purse_selection import beyond_budget, budget_notes
from tradeoffs.report.remedies.selections import words_of_way
from tradeoffs.report.remedies.way_point import COLUMNS, WayPoint, way_points
from tradeoffs.report.setting_values import covers_test_rows
from tradeoffs.report.text import capital, percent, with_interval
from tradeoffs.report.titles import attribute
from tradeoffs.scenario import Scenario
from tradeoffs.values.fairness.catalogue import NOTIONS

if TYPE_CHECKING:
    import pandas as pd

SYMBOLS = {"sharing": "square", "adaptation": "diamond", "collaboration": "circle"}
OTHER = "triangle-up"
PROVIDER = "as_is"
BEATS = (
    "One way beats another if it is better in one of the two and no worse in the other, by means "
    "over seeds. This is judged on one half of the test people and confirmed on the other half, "
    "which is shown."
)
NAMED = (
    "Where there is room, the chart names the chosen way, training alone, the provider's model as "
    "it is (star), and the ways that no other way beats on both halves."
)
MARGIN = 0.06  # of the plot, around what is drawn
PHONE_LETTER = 0.02  # width of a letter on a phone, as a share of the plot


def panel(look: Look, job: Job) -> Panel:
    """Return the ways as points of a plane, of what has arrived."""
    found = way_points(look, job)
    constant = constant_level(report_people_of(look.here, look.here.home), "accuracy")
    called = NOTIONS[look.here.notion].gap_title
    return Panel(
        heading=headline(found, called) or _missing(look, job),
        figure=figure(found, constant, look) if found else None,
        figure_text=say(
            "{ways} ways by accuracy and {called}. The table below has the numbers.",
            ways=len(found),
            called=called,
        ),
        figure_height=520,
        sentences=[text for text in (one_half(found), _beaten_by_provider(found)) if text],
        table=grid(found, called),
        notes=[
            say(
                "Accuracy is higher further up; the gap between groups by {attribute} is smaller "
                "further left ({called}).",
                attribute=attribute(look.here),
                called=called,
            ),
            translate(BEATS),
            _bars(look),
            translate(NAMED),
            *budget_notes(look.values, beyond_budget(look.values, _possible(look))),
        ],
        numbers=lambda: numbers(found),
    )


def headline(found: Sequence[WayPoint], called: str) -> str:
    """Return which ways no other one beats on either half, in a sentence."""
    if len(found) < 2:
        return ""
    names = _titles([one for one in found if one.on_front])
    if not names:
        return say(
            "By accuracy and {called}, every way is beaten on at least one half of the test "
            "people.",
            called=called,
        )
    return say(
        "By accuracy and {called}, no other way beats these on either half of the test people: "
        "{names}.",
        called=called,
        names=names,
    )


def one_half(found: Sequence[WayPoint]) -> str:
    """Return which ways are unbeaten on one half alone, in a sentence; "" if none is."""
    names = _titles([one for one in found if one.on_one_half])
    return say("On one half only, no other way beats these: {names}.", names=names) if names else ""


def figure(found: Sequence[WayPoint], constant: float, look: Look) -> Mapping[str, Any]:
    """Draw the ways: a symbol for each heading of section 4, the chosen way large."""
    few = {look.here.remedy, "alone", PROVIDER}
    names = {one.way for one in found if one.on_front} | few
    first = sorted(found, key=lambda one: one.way not in few)  # their names are placed first
    reach = _reach(found, constant)
    sides = _sides(first, reach, names)
    phone = _sides(first, reach, few, PHONE_LETTER)
    traces = [
        _trace(
            [one for one in found if REMEDIES[one.way].section == section],
            section,
            look,
            sides,
            phone,
        )
        for section in SECTIONS
    ]
    answer = {
        "type": "scatter",
        "mode": "markers",
        "name": translate(CONSTANT),
        "x": [0.0],
        "y": [constant],
        "cliponaxis": False,
        "marker": {"symbol": "x-thin", "size": 11, "line": {"width": 2, "color": TEXT}},
        "hovertemplate": f"{translate(CONSTANT)}<br>%{{y:.1%}}<extra></extra>",
    }
    called = NOTIONS[look.here.notion].gap_title
    layout = {
        "xaxis": {"title": {"text": capital(called)}, "tickformat": ".0%", "range": reach[0]},
        "yaxis": {"title": {"text": say("Accuracy")}, "tickformat": ".0%", "range": reach[1]},
        "legend": {"orientation": "h", "y": -0.16},
        "margin": {"t": 16, "b": 40},
        "uirevision": f"{look.here.dataset} {look.here.home}",
    }
    return {"data": [*(one for one in traces if one["x"]), answer], "layout": layout}


TEXT = "var(--st-text-color)"
FAINT = 0.25  # of what the chosen purse does not cover


def _bars(look: Look) -> str:
    """Return what the bars cover, in a sentence."""
    if covers_test_rows(FAIRNESS, look.here):
        return say("Bars are 95 % intervals over seeds and test people.")
    return say(
        "Bars of accuracy are 95 % intervals over seeds and test people; those of the gap "
        "are over seeds only."
    )


def _possible(look: Look) -> dict[str, Scenario]:
    return {name: one for name, one in ways(look).items() if isinstance(one, Scenario)}


def _trace(
    some: Sequence[WayPoint],
    section: Section,
    look: Look,
    sides: Mapping[str, str],
    phone: Mapping[str, str],
) -> dict[str, Any]:
    """Return the points of a heading, with bars; names stand beside some, of fewer on a phone."""
    color = f"var(--st-chart-categorical-colors[{list(SECTIONS).index(section)}])"
    chosen = [one.way == look.here.remedy for one in some]
    symbol = SYMBOLS.get(section, OTHER)
    dear = beyond_budget(look.values, _possible(look))
    hover = say("gap {gap}, accuracy {accuracy}", gap="%{x:.1%}", accuracy="%{y:.1%}")

    def bar(axis: int) -> dict[str, Any]:
        ends = [one.ends[axis] or (one.means[axis],) * 2 for one in some]
        return {
            "type": "data",
            "symmetric": False,
            "array": [high - one.means[axis] for one, (_, high) in zip(some, ends, strict=True)],
            "arrayminus": [one.means[axis] - low for one, (low, _) in zip(some, ends, strict=True)],
            "thickness": 1,
            "width": 0,
            "color": f"{color[:-1]}/0.35)",
        }

    return {
        "type": "scatter",
        "mode": "markers+text",
        "name": section_title(section),
        "ids": [one.way for one in some],
        "x": [one.means[1] for one in some],
        "y": [one.means[0] for one in some],
        **_names(some, sides),
        "meta": {"phone": _names(some, phone)},
        "customdata": [words_of_way(one.way) for one in some],
        "textfont": {"size": 11},
        "error_x": bar(1),
        "error_y": bar(0),
        "marker": {
            "symbol": ["star" if one.way == PROVIDER else symbol for one in some],
            "color": color,
            "size": [16 if one else 10 for one in chosen],
            "opacity": [FAINT if one.way in dear else 1 for one in some],
            "line": {"width": [2 if one else 0 for one in chosen], "color": TEXT},
        },
        "hovertemplate": f"%{{customdata}}<br>{hover}<extra></extra>",
    }


def _names(some: Sequence[WayPoint], sides: Mapping[str, str]) -> dict[str, list[str]]:
    return {
        "text": [words_of_way(one.way) if one.way in sides else "" for one in some],
        "textposition": [sides.get(one.way, "top center") for one in some],
    }


def _reach(found: Sequence[WayPoint], constant: float) -> tuple[list[float], list[float]]:
    """Return the ends of the scales of gap and accuracy, which hold all points and bars."""
    gaps, accuracies = (
        [end for one in found for end in (one.means[axis], *(one.ends[axis] or ()))]
        for axis in (1, 0)
    )
    low, high = min(constant, *accuracies), max(constant, *accuracies)
    margin = MARGIN * ((high - low) or 1)
    wide = min((1 + MARGIN) * (max(gaps) or 1), 1.0)
    return [0.0, wide], [max(low - margin, 0.0), min(high + margin, 1.0)]


def _sides(
    found: Sequence[WayPoint],
    reach: tuple[list[float], list[float]],
    names: Collection[str],
    letter: float = LETTER,
) -> Mapping[str, str]:
    """Return for each way with a name beside it on which side it stands, where there is room."""
    (left, right), (low, high) = reach
    places = [
        ((one.means[1] - left) / (right - left), (one.means[0] - low) / (high - low))
        for one in found
    ]
    said = [words_of_way(one.way) if one.way in names else "" for one in found]
    sides = label_places(places, said, letter)
    return {one.way: side for one, side in zip(found, sides, strict=True) if side}


def grid(found: Sequence[WayPoint], called: str) -> Grid:
    """Return the numbers as a table of texts."""
    rows_ = [(words_of_way(one.way), *(_told(one, axis) for axis in (0, 1))) for one in found]
    columns = (say("Way"), say("Accuracy"), capital(called))
    return Grid(caption=say("Your front"), columns=columns, rows=rows_)


def numbers(found: Sequence[WayPoint]) -> "pd.DataFrame":
    """Return one row a way: means of accuracy and gap, their intervals, and the standing."""
    import pandas as pd

    return pd.DataFrame(
        {"way": one.way}
        | dict(zip(COLUMNS, one.means, strict=True))
        | {
            f"{name}_{end}": ends[k] if ends else None
            for name, ends in zip(COLUMNS, one.ends, strict=True)
            for k, end in enumerate(("low", "high"))
        }
        | {"standing": one.standing}
        for one in found
    )


def _missing(look: Look, job: Job) -> str:
    """Return why no gap is measured, in a sentence; "" where one is, or may still come."""
    if job.active:
        return ""
    by = attribute(look.here)
    why = excluded_groups(look.here, job.comparison.of_setting(look.here))
    told = say(
        "In {home} the gap between groups by {attribute} cannot be measured.",
        home=word(look.here.home),
        attribute=by,
    )
    return f"{told} {why}".strip()


def _beaten_by_provider(found: Sequence[WayPoint]) -> str:
    """Return how many ways the provider's model as it is beats on both halves, in a sentence."""
    provider = next((one for one in found if one.way == PROVIDER), None)
    if provider is None or len(found) < 2:
        return ""
    beaten, title = sum(provider.beats(one) for one in found), REMEDIES[PROVIDER].title
    if not beaten:
        return say(
            "Somebody else's model (“{title}”) beats none of the {others} other ways on both "
            "halves.",
            title=title,
            others=len(found) - 1,
        )
    return say(
        "Somebody else's model (“{title}”) beats {beaten} of the {others} other ways on both "
        "halves.",
        title=title,
        beaten=beaten,
        others=len(found) - 1,
    )


def _titles(some: Sequence[WayPoint]) -> str:
    return ", ".join(REMEDIES[one.way].title for one in some)


def _told(one: WayPoint, axis: int) -> str:
    ends = one.ends[axis]
    return with_interval(one.means[axis], *ends, percent) if ends else percent(one.means[axis])


HOME_FRONT = Part(
    name="home_front",
    title="Your front",
    question="Which ways trade accuracy for the gap between groups, and which are better in both?",
    settings=settings,
    panel=panel,
)
