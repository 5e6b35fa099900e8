"""Hand-out: a lesson on paper, with room for guesses, with the answers or without."""

from html import escape

from tradeoffs.lessons.answers import shipped_answer
from tradeoffs.lessons.lesson import Lesson
from tradeoffs.lessons.prediction import Choice, Direction, Line, Number, Prediction, Vote

STYLE = (
    "body{font:12pt/1.45 Georgia,serif;max-width:42rem;margin:2rem auto;padding:0 1rem}"
    "h1{font-size:1.6rem}h2{font-size:1.15rem;margin-top:1.6rem;break-after:avoid}"
    ".guess{border:1px solid;padding:.6rem;margin:.6rem 0;break-inside:avoid}"
    ".choices{list-style:none;padding-left:0}"
    ".line{border-bottom:1px solid;height:1.6rem}"
    ".answers{break-before:page}"
    "@media print{body{margin:0}}"
)


def handout(entry: Lesson, *, answers: bool) -> str:
    """Return a lesson as one HTML page to print.

    Args:
        entry: the lesson.
        answers: whether what the models said, as shipped, stands on a page of its own at the end.
    """
    parts = [
        f"<h1>{escape(entry.title)}</h1>",
        f"<p><em>{escape(entry.role)}</em> {escape(entry.question)}</p>",
    ]
    if entry.synthetic:
        parts.append(f"<p><strong>Made up:</strong> {escape(entry.synthetic)}</p>")
    for place, step in enumerate(entry.steps):
        parts += [f"<h2>{place + 1}. {escape(step.title)}</h2>", f"<p>{_plain(step.text)}</p>"]
        if step.prediction is not None:
            parts.append(_room(step.prediction))
    said = f"The paper, {escape(entry.sections)}: {escape(entry.claim)}"
    parts.append(f"<h2>What the paper says</h2><p>{said}</p>")
    choices = "".join(f"<li>☐ {escape(one)}</li>" for one in entry.answers)
    parts.append(
        f"<h2>What would you do?</h2><ul class=choices>{choices}</ul><div class=line></div>"
    )
    for title, texts in (("Try this", entry.try_this), ("To discuss", entry.discuss)):
        parts.append(f"<h2>{title}</h2><ul>{''.join(f'<li>{_plain(t)}</li>' for t in texts)}</ul>")
    parts.append(f"<h2>What this cannot show</h2><p>{_plain(entry.limits)}</p>")
    cited = "".join(f"<li>{escape(s.title)}. {escape(s.where)}</li>" for s in entry.sources)
    parts.append(f"<h2>Sources</h2><ul>{cited}</ul>")
    if answers:
        parts += ["<h2 class=answers>What the models said</h2>", *_every_answer(entry)]
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{escape(entry.title)}'
        f"</title><style>{STYLE}</style><body>{''.join(parts)}</body></html>"
    )


def _room(prediction: Prediction) -> str:
    """Return the question with room to answer."""
    kind = "vote" if isinstance(prediction, Vote) else "guess"
    told = f"<p><strong>Your {kind}.</strong> {escape(prediction.question)}</p>"
    if isinstance(prediction, Choice | Direction | Vote):
        told += "".join(f"<p>☐ {escape(one)}</p>" for one in prediction.choices)
    elif isinstance(prediction, Line):
        cells = "".join(f"<td>{escape(x)}: ______</td>" for x in prediction.xs)
        told += f"<table><tr>{cells}</tr></table>"
    elif isinstance(prediction, Number):
        told += f"<p>______ {escape(prediction.unit)}</p>"
    return f"<div class=guess>{told}<p>Why?</p><div class=line></div></div>"


def _every_answer(entry: Lesson) -> list[str]:
    return [
        f"<h3>{place + 1}. {escape(step.title)}</h3>{_answers(entry, place)}"
        for place, step in enumerate(entry.steps)
    ]


def _answers(entry: Lesson, place: int) -> str:
    step, setting = entry.steps[place], entry.setting(place)
    table = shipped_answer(step, setting)
    if table is None:
        return "<p>The answer is not computed yet: run `tradeoffs lessons precompute`.</p>"
    told = [claim.describe(claim.of(table, setting)) for claim in step.claims]
    numbers = step.shown(table, setting).to_html(index=False, border=1)
    return f"<ul>{''.join(f'<li>{_plain(text)}</li>' for text in told)}</ul>{numbers}"


def _plain(text: str) -> str:
    return escape(text.replace("**", "").replace("*", "")).replace("\n\n", "</p><p>")
