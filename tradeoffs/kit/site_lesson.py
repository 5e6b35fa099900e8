"""A lesson of the static site: it asks, then shows the answer at every position of its sliders."""

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from tradeoffs.kit.openings import StepAnswer
from tradeoffs.kit.page import bullets, numbers, plain
from tradeoffs.kit.positions import Answering, positions, start
from tradeoffs.kit.site_page import data, site_page
from tradeoffs.kit.words import Words
from tradeoffs.language.notation import labelled, localise
from tradeoffs.lessons.answers import shipped_answer
from tradeoffs.lessons.effect import unit_of, with_unit
from tradeoffs.lessons.lesson import Lesson, Slider
from tradeoffs.lessons.prediction import (
    PARTLY,
    Line,
    Number,
    OneOf,
    Prediction,
    Vote,
)
from tradeoffs.report.charts.figure_json import figure_json
from tradeoffs.report.charts.figure_svg import Figure, figure_svg

GUESS = "{guess}"  # in a sentence, where the browser writes what was guessed


def lesson_page(
    entry: Lesson,
    say: Words,
    answer: Answering = shipped_answer,
    others: Sequence[str] = (),
) -> str:
    """Return a lesson as a page.

    Args:
        entry: the lesson, whose answers as it opens are shipped.
        say: the words.
        answer: as of `positions`.
        others: languages that the site has, too.
    """
    about = say("site", "minutes", minutes=entry.minutes)
    parts = [
        f"<h1>{escape(entry.title)}</h1>",
        f"<p><em>{escape(entry.role)}</em> {escape(entry.question)}</p>",
        f'<p class="note">{escape(about)} · {escape(entry.sections)}</p>',
    ]
    if entry.synthetic:
        made_up = say("handout", "made up")
        parts.append(f"<p><strong>{escape(made_up)}</strong> {escape(entry.synthetic)}</p>")
    for place in range(len(entry.steps)):
        parts.append(_step(entry, place, dict(positions(entry, place, answer)), say))
    parts += [_end(entry, say), data("words", _for_script(say))]
    path = f"lessons/{entry.name}.html"
    return site_page(entry.title, parts, say, path=path, others=others, charts=True)


def _for_script(say: Words) -> dict[str, str]:
    return {name: say("site", name) for name in ("alone", "line")}


def _step(entry: Lesson, place: int, found: dict[Any, StepAnswer], say: Words) -> str:
    opens = start(entry, place)
    one, sliders = found[opens], entry.steps[place].sliders
    shown = {",".join(map(str, at)): _shown(answer) for at, answer in found.items()}
    content: dict[str, Any] = {"start": list(opens), "positions": shown}
    asked = one.step.prediction
    if asked is not None:
        content["guess"] = _compared(one, asked)
    controls = "".join(map(_control, sliders, opens, range(len(sliders))))
    told = say("slides", "chart", sentences=" ".join(one.sentences))
    figure = shown[",".join(map(str, opens))]["figure"]
    answer = (
        f'<p class="verdict" role="status"></p><div class="controls">{controls}</div>'
        f'<p class="alone" role="status"></p>'
        f'<figure><div class="chart" role="group" aria-label="{escape(told)}">'
        f"{figure_svg(figure, told)}</div><figcaption>{plain(_caption(one, figure))}</figcaption>"
        f'</figure><div class="said" aria-live="polite">{bullets(one.sentences)}</div>'
        f"<details><summary>{escape(say('site', 'numbers'))}</summary>"
        f'<div class="numbers">{numbers(one.shown)}</div></details>'
    )
    return (
        f'<section class="step" id="step-{place + 1}">'
        f"<h2>{place + 1}. {escape(one.step.title)}</h2><p>{plain(one.step.text)}</p>"
        f"{_question(asked, place, say) if asked else ''}"
        f'<div class="answer">{answer}</div>{data(f"data-{place + 1}", content)}</section>'
    )


def _shown(one: StepAnswer) -> dict[str, Any]:
    """Return what the browser draws of an answer."""
    return {
        "figure": figure_json(one.figure()),
        "said": bullets(one.sentences),
        "numbers": numbers(one.shown),
    }


def _caption(one: StepAnswer, figure: Figure) -> str:
    """Return what to look at, and how the chart is read."""
    read = (figure["layout"].get("meta") or {}).get("caption")
    return " ".join(filter(None, (one.step.look, read)))


def _control(slider: Slider, at: int, place: int) -> str:
    options = "".join(
        f'<option value="{n}"{" selected" if n == at else ""}>'
        f"{escape(slider.describe(choice))}</option>"
        for n, choice in enumerate(slider.choices)
    )
    ends = f"<small>← {escape(' · '.join(slider.ends))} →</small>" if slider.ends else ""
    return (
        f'<label>{escape(slider.title)} <select data-slider="{place}">{options}</select>'
        f"{ends}</label>"
    )


def _question(asked: Prediction, place: int, say: Words) -> str:
    kind = say("site", "vote" if isinstance(asked, Vote) else "begin")
    return (
        f'<form class="guess"><fieldset><legend>{escape(kind)}. {escape(asked.question)}</legend>'
        f"{''.join(_fields(asked, place, say))}</fieldset>"
        f'<button type="submit">{escape(say("site", "show"))}</button> '
        f'<button type="button" class="skip">{escape(say("site", "skip"))}</button>'
        f'<p class="note">{escape(say("site", "choose"))}</p></form>'
    )


def _fields(asked: Prediction, place: int, say: Words) -> Iterable[str]:
    """Yield the fields that a guess is made in."""
    if isinstance(asked, OneOf):
        for number, choice in enumerate(asked.choices):
            yield (
                f'<label><input type="radio" name="guess-{place}" value="{number}" required> '
                f"{escape(choice)}</label>"
            )
    elif isinstance(asked, Number | Line):
        step = f"{asked.step:g}" if isinstance(asked, Number) else "any"
        bounds = f'min="{asked.low:g}" max="{asked.high:g}" step="{step}"'
        span = say(
            "site", "number", low=localise(f"{asked.low:g}"), high=localise(f"{asked.high:g}")
        )
        names = asked.xs if isinstance(asked, Line) else (_unit(asked),)
        for name in names:
            label = labelled(name, span) if name else span
            yield f'<label>{escape(label)} <input type="number" {bounds} required></label>'


def _unit(asked: Number) -> str:
    return asked.label if asked.unit else ""


def _compared(one: StepAnswer, asked: Prediction) -> dict[str, Any]:
    """Return what a guess is compared with, as the browser needs it."""
    if isinstance(asked, OneOf):
        told = [asked.verdict(choice, one.table, one.setting) for choice in asked.choices]
        return {"told": [{"text": t.text, "near": t.near} for t in told]}
    if isinstance(asked, Line):
        return {"xs": list(asked.xs), "factor": asked.factor}
    assert isinstance(asked, Number)
    found = asked.of(one.table, one.setting)
    text = asked.sentence(GUESS, found)
    if found is None:
        return {"text": text, "digits": asked.digits, "unit": {}, "near": [], "value": 0, "part": 0}
    factor, _, _ = unit_of(asked.unit)
    span = asked.high - asked.low
    near = list(asked.accepted(found))
    partly = PARTLY * span
    return {
        "text": text,
        "digits": asked.digits,
        "unit": {kind: with_unit("", n, asked.unit) for kind, n in (("one", 1), ("other", 2))},
        "near": near,
        "value": factor * found.value,
        "part": partly,
    }


def _end(entry: Lesson, say: Words) -> str:
    said = say("handout", "paper says", sections=entry.sections, claim=entry.claim)
    choices = "".join(
        f'<label><input type="radio" name="decision"> {escape(one)}</label>'
        for one in entry.answers
    )
    cited = "".join(
        f'<li><a href="{escape(one.url)}">{escape(one.title)}</a></li>' for one in entry.sources
    )
    parts = [
        f"<h2>{escape(say('site', 'end'))}</h2><p>{escape(said)}</p>",
        f"<fieldset><legend>{escape(say('handout', 'do'))}</legend>{choices}</fieldset>",
        f"<h3>{escape(say('handout', 'try'))}</h3>{bullets(entry.try_this)}",
        f"<h3>{escape(say('handout', 'discuss'))}</h3>{bullets(entry.discuss)}",
        f"<h3>{escape(say('handout', 'limits'))}</h3><p>{plain(entry.limits)}</p>",
        f"<h3>{escape(say('handout', 'sources'))}</h3><ul>{cited}</ul>",
        f'<p><a href="../kits/{entry.name}/guide.html">{escape(say("site", "kit"))}</a></p>',
    ]
    return f'<section class="step" id="end">{"".join(parts)}</section>'
