"""Model card of one setting, under the headings of Mitchell et al. 2019, arXiv 1810.03993."""

from collections.abc import Iterable, Sequence

from tradeoffs.data.catalogue import dataset
from tradeoffs.engine.recipe import recipe
from tradeoffs.experiments.plan import Plan, resolve
from tradeoffs.fields import FIELDS
from tradeoffs.report.documents.setting_summary import SettingSummary, cell, privacy_lines
from tradeoffs.report.group_outcomes import TITLES, display_table
from tradeoffs.report.groups import excluded_groups
from tradeoffs.report.methodology import beyond, limits
from tradeoffs.report.text import describe, quantity
from tradeoffs.report.titles import attribute, favourable_answer, label, weighting, whom
from tradeoffs.values.explanations.catalogue import FIDELITY
from tradeoffs.values.fairness.catalogue import NOTIONS

Section = tuple[str, Iterable[str]]  # a heading, and what stands below it
TEACHING = (
    "To show how accuracy, fairness, privacy and explainability interact on this table.",
    (
        "Not for decisions about people: the model was never checked for any use, and its table "
        "was not collected for one."
    ),
)


def model_card(of: SettingSummary) -> str:
    """Return the card as Markdown; every number in it is one of the screen's."""
    plan = resolve(of.here)
    sections: list[Section] = [
        ("Model details", _details(of, plan)),
        ("Intended use", _list(TEACHING)),
        ("Factors", _factors(of)),
        ("Metrics", _metrics(of)),
        ("Evaluation data", _evaluation(of, plan)),
        ("Training data", _training(of, plan)),
        ("Quantitative analyses", _analyses(of)),
        ("Ethical considerations", _list([*privacy_lines(of.here), *beyond().lines])),
        ("Caveats and recommendations", _list(limits().lines)),
    ]
    title = f"# Model card: {_plain(label(of.here).question)}"
    body = [f"## {name}\n\n" + "\n".join(lines) for name, lines in sections]
    return "\n\n".join([title, f"{describe(of.here)}.", *body]) + "\n"


def _details(of: SettingSummary, plan: Plan) -> Iterable[str]:
    here, columns = of.here, len(plan.dataset.codebook.features_for(label(of.here)))
    size = FIELDS["width"]
    kind = size.phrases.get(here.width) or f"one hidden layer of {quantity(size, here.width)}"
    held = of.picture.view.training["parameters"]
    how = recipe(here.rows, here.width, here.epsilon, columns)
    yield from _list(
        [
            f"Kind: {kind}, {held:,.0f} parameters, on {columns} columns.",
            f"Training: {how.steps} steps of gradient descent, sample rate {how.sample_rate:g}, "
            f"learning rate {how.learning_rate:.3g}.",
            of.seeds,
            *(f"{title}: {value}." for title, value in of.fields.items()),
            f"Computed with {', '.join(map(' '.join, of.versions.items()))}.",
            *([f"Recompute: `{of.command}`"] if of.command else []),
        ]
    )


def _factors(of: SettingSummary) -> Iterable[str]:
    small = excluded_groups(of.here, of.picture.view.groups)
    return _list(
        [
            f"Groups are compared {whom(of.here)}, as the table recorded them.",
            *(f"Results are given by {attribute(of.here, name)}." for name in of.outcomes),
            *([small] if small else []),
        ]
    )


def _metrics(of: SettingSummary) -> Iterable[str]:
    notion = NOTIONS[of.here.notion]
    return _list(
        [
            "Accuracy: the share of people whose outcome is predicted correctly.",
            f"{notion.axis}: {notion.help} {notion.formula}.",
            "Privacy budget: a bound on what the model can reveal about one person in training.",
            f"{FIDELITY.title}: {FIDELITY.help}",
            (
                f"Every number is a mean over {of.trainings} training runs, on test rows that "
                "were not used for choosing; intervals cover 95 % over seeds and, where it can "
                "be computed, over test rows."
            ),
        ]
    )


def _evaluation(of: SettingSummary, plan: Plan) -> Iterable[str]:
    book = plan.dataset.codebook
    test = label(of.here).test_rows
    return _list(
        [
            f"{book.title}. {plan.dataset.help}",
            (
                f"{test - test // 2:,} of {test:,} test rows; the others were used to choose the "
                "front."
            ),
            f"Predicted: {label(of.here).title}. Favourable answer: {favourable_answer(of.here)}.",
            f"Cited as: {book.citation} Licence: {book.licence}",
        ]
    )


def _training(of: SettingSummary, plan: Plan) -> Iterable[str]:
    here = of.here
    drawn = f"{here.rows:,} of {label(here).train_rows:,} people, drawn at random for each seed."
    shifts = [f"Changed before training: {one}." for one in _shifts(of)]
    stages = [f"Mitigation: {stage.help}" for stage in plan.stages]
    return _list([f"The training rows of {dataset(here.dataset).title}: {drawn}", *shifts, *stages])


def _shifts(of: SettingSummary) -> Iterable[str]:
    return [of.fields[FIELDS["training_shifts"].label]] if of.here.training_shifts else []


def _analyses(of: SettingSummary) -> Iterable[str]:
    yield "### Unitary results\n"
    yield from _table(
        ("objective", "value", "against no constraint, no privacy", "detail"),
        ([c.title, c.value, c.change or "", c.detail] for c in of.picture.cards),
    )
    yield ""
    if not of.outcomes:
        yield "Who gains and who loses is not measurable here."
    for place, (name, rows) in enumerate(of.outcomes.items()):
        if place == 1:
            yield "\n### Intersectional results\n"
        yield f"By {attribute(of.here, name)}:\n"
        told = (list(map(cell, row.values())) for row in display_table(rows))
        yield from _table(tuple(TITLES.values()), told)
        yield ""
    if note := weighting(of.here, used=True):
        yield note
    yield "### In words\n"
    yield from _list(of.picture.sentences)


def _list(lines: Iterable[str]) -> list[str]:
    return [f"- {_plain(line)}" for line in lines]


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterable[str]:
    yield _row(header)
    yield _row(["---"] * len(header))
    yield from map(_row, rows)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(_plain(one).replace('|', '/') for one in cells)} |"


def _plain(text: str) -> str:
    """Return a text that Markdown does not take for HTML."""
    return " ".join(text.replace("<", "&lt;").split())
