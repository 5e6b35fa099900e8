"""Hand-out: a lesson on paper, with empty axes and room for guesses; with answers or without."""

from html import escape
from typing import TYPE_CHECKING

from tradeoffs.kit.openings import StepAnswer, step_answer
from tradeoffs.kit.page import bullets, numbers, page, plain
from tradeoffs.kit.words import Words, words
from tradeoffs.language.notation import labelled
from tradeoffs.lessons.effect import unit_name
from tradeoffs.lessons.lesson import Lesson
from tradeoffs.lessons.prediction import Choice, Direction, Line, Number, Prediction, Vote
from tradeoffs.report.charts.figure_svg import figure_svg

if TYPE_CHECKING:
    from tradeoffs.report.charts.figure_svg import Figure

STYLE = (
    ".guess{border:1px solid;padding:.6rem;margin:.6rem 0;break-inside:avoid}"
    ".choices{list-style:none;padding-left:0}"
    ".line{border-bottom:1px solid;height:1.6rem}"
    ".answers{break-before:page}"
)


def handout(entry: Lesson, *, answers: bool, language: str = "en") -> str:
    """Return a lesson as one HTML page to print.

    Args:
        entry: the lesson.
        answers: whether what the models said, as shipped, stands on a page of its own at the end.
        language: of what all hand-outs have in common.

    Raises:
        InvalidInput: the answer of a step is not computed, or there is no such language.
    """
    say = words(language)
    steps = [step_answer(entry, place) for place in range(len(entry.steps))]
    parts = [
        f"<h1>{escape(entry.title)}</h1>",
        f"<p><em>{escape(entry.role)}</em> {escape(entry.question)}</p>",
    ]
    if entry.synthetic:
        parts.append(
            f"<p><strong>{say('handout', 'made up')}</strong> {escape(entry.synthetic)}</p>"
        )
    for one in steps:
        parts += [
            f"<h2>{one.place + 1}. {escape(one.step.title)}</h2>",
            f"<p>{plain(one.step.text)}</p>",
        ]
        if one.step.prediction is not None:
            parts.append(_room(one, one.step.prediction, say))
    parts += _end(entry, say)
    if answers:
        parts.append(f"<h2 class=answers>{say('handout', 'answers')}</h2>")
        parts += [_answers(one) for one in steps]
    return page(entry.title, parts, language, STYLE)


def _end(entry: Lesson, say: Words) -> list[str]:
    """Return what stands behind the steps."""

    def titled(name: str) -> str:
        return f"<h2>{say('handout', name)}</h2>"

    said = say("handout", "paper says", sections=entry.sections, claim=entry.claim)
    choices = bullets((f"☐ {one}" for one in entry.answers), "choices")
    cited = (f"{one.title}. {one.where}" for one in entry.sources)
    return [
        *(titled("paper"), f"<p>{escape(said)}</p>"),
        *(titled("do"), choices, "<div class=line></div>"),
        *(titled("try"), bullets(entry.try_this)),
        *(titled("discuss"), bullets(entry.discuss)),
        *(titled("limits"), f"<p>{plain(entry.limits)}</p>"),
        *(titled("sources"), bullets(cited)),
    ]


def _room(one: StepAnswer, asked: Prediction, say: Words) -> str:
    """Return the question with room to answer, and the axes to draw into."""
    kind = say("handout", "vote" if isinstance(asked, Vote) else "guess")
    told = f"<p><strong>{kind}.</strong> {escape(asked.question)}</p>"
    if isinstance(asked, Choice | Direction | Vote):
        told += "".join(f"<p>☐ {escape(choice)}</p>" for choice in asked.choices)
    elif isinstance(asked, Line):
        cells = "".join(f"<td>{escape(labelled(x, '______'))}</td>" for x in asked.xs)
        told += f"<table><tr>{cells}</tr></table>"
    elif isinstance(asked, Number):
        told += f"<p>______ {escape(unit_name(asked.unit))}</p>"
    told += f"<p>{say('handout', 'why')}</p><div class=line></div>"
    return f"<div class=guess>{told}</div>{_axes(one, asked, say)}"


def _axes(one: StepAnswer, asked: Prediction, say: Words) -> str:
    """Return the axes of the chart without anything measured; of a line, those it is drawn in."""
    figure = _axes_of(asked) if isinstance(asked, Line) else one.figure()
    titles = {name: _title(figure, name) for name in ("x", "y")}
    drawn = figure_svg(figure, say("handout", "empty", **titles), empty=True)
    return f"<figure>{drawn}<figcaption>{say('handout', 'draw')}</figcaption></figure>"


def _axes_of(asked: Line) -> "Figure":
    """Return a figure with the places of a line and what could be drawn there."""
    ends = [asked.low, asked.high]
    axes = {
        "xaxis": {"type": "category", "title": {"text": asked.x_title}},
        "yaxis": {"range": ends, "title": {"text": asked.y_title}, "fixed": True},
    }
    places = {"x": asked.xs, "y": [ends[0]] * len(asked.xs), "mode": "lines"}
    return {"data": [places], "layout": axes}


def _title(figure: "Figure", name: str) -> str:
    return (figure["layout"].get(f"{name}axis", {}).get("title") or {}).get("text") or ""


def _answers(one: StepAnswer) -> str:
    title = f"<h3>{one.place + 1}. {escape(one.step.title)}</h3>"
    drawn = f"<figure>{one.drawing(' '.join(one.sentences))}</figure>"
    return f"{title}{drawn}{bullets(one.sentences)}{numbers(one.shown)}"
