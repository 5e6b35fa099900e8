"""Model card of one setting, under the headings of Mitchell et al. 2019, arXiv 1810.03993."""

from collections.abc import Iterable, Sequence

from tradeoffs.data.catalogue import dataset
from tradeoffs.engine.recipe import recipe
from tradeoffs.experiments.plan import Plan, resolve
from tradeoffs.fields import FIELDS
from tradeoffs.language.notation import labelled
from tradeoffs.language.translation import say, translate
from tradeoffs.report.documents.setting_summary import SettingSummary, cell, privacy_lines
from tradeoffs.report.group_outcomes import display_table, titles
from tradeoffs.report.groups import excluded_groups
from tradeoffs.report.methodology import beyond, limits
from tradeoffs.report.text import describe, quantity
from tradeoffs.report.titles import attribute, favourable_answer, label, weighting, whom
from tradeoffs.values.explanations.catalogue import FIDELITY
from tradeoffs.values.fairness.catalogue import NOTIONS

Section = tuple[str, Iterable[str]]  # a heading, and what stands below it
PURPOSE = "To show how accuracy, fairness, privacy and explainability interact on this table."
NO_PURPOSE = (
    "Not for decisions about people: the model was never checked for any use, and its table was "
    "not collected for one."
)


def model_card(of: SettingSummary) -> str:
    """Return the card as Markdown; every number in it is one of the screen's."""
    plan = resolve(of.here)
    sections: list[Section] = [
        (say("Model details"), _details(of, plan)),
        (say("Intended use"), _list([translate(PURPOSE), translate(NO_PURPOSE)])),
        (say("Factors"), _factors(of)),
        (say("Metrics"), _metrics(of)),
        (say("Evaluation data"), _evaluation(of, plan)),
        (say("Training data"), _training(of, plan)),
        (say("Quantitative analyses"), _analyses(of)),
        (say("Ethical considerations"), _list([*privacy_lines(of.here), *beyond().lines])),
        (say("Caveats and recommendations"), _list(limits().lines)),
    ]
    title = f"# {labelled(say('Model card'), _plain(label(of.here).question))}"
    body = [f"## {name}\n\n" + "\n".join(lines) for name, lines in sections]
    return "\n\n".join([title, f"{describe(of.here)}.", *body]) + "\n"


def _details(of: SettingSummary, plan: Plan) -> Iterable[str]:
    here, columns = of.here, len(plan.dataset.codebook.features_for(label(of.here)))
    size = FIELDS["width"]
    kind = size.phrases.get(here.width) or say(
        "one hidden layer of {units}", units=quantity(size, here.width)
    )
    held = of.picture.view.training["parameters"]
    how = recipe(here.rows, here.width, here.epsilon, columns)
    yield from _list(
        [
            say(
                "Kind: {kind}, {held:,.0f} parameters, on {columns} columns.",
                kind=kind,
                held=held,
                columns=columns,
            ),
            say(
                "Training: {steps} steps of gradient descent, sample rate {rate:g}, learning rate "
                "{learning:.3g}.",
                steps=how.steps,
                rate=how.sample_rate,
                learning=how.learning_rate,
            ),
            of.seeds,
            *(f"{labelled(title, value)}." for title, value in of.fields.items()),
            say("Computed with {parts}.", parts=", ".join(map(" ".join, of.versions.items()))),
            *([labelled(say("Recompute"), f"`{of.command}`")] if of.command else []),
        ]
    )


def _factors(of: SettingSummary) -> Iterable[str]:
    small = excluded_groups(of.here, of.picture.view.groups)
    return _list(
        [
            say("Groups are compared {whom}, as the table recorded them.", whom=whom(of.here)),
            *(
                say("Results are given by {attribute}.", attribute=attribute(of.here, name))
                for name in of.outcomes
            ),
            *([small] if small else []),
        ]
    )


def _metrics(of: SettingSummary) -> Iterable[str]:
    notion = NOTIONS[of.here.notion]
    return _list(
        [
            say("Accuracy: the share of people whose outcome is predicted correctly."),
            labelled(notion.axis, f"{notion.help} {notion.formula}."),
            say(
                "Privacy budget: a bound on what the model can reveal about one person in training."
            ),
            labelled(FIDELITY.title, FIDELITY.help),
            say(
                "Every number is a mean over {runs} training runs, on test rows that were not used "
                "for choosing; intervals cover 95 % over seeds and, where it can be computed, over "
                "test rows.",
                runs=of.trainings,
            ),
        ]
    )


def _evaluation(of: SettingSummary, plan: Plan) -> Iterable[str]:
    book = plan.dataset.codebook
    test = label(of.here).test_rows
    return _list(
        [
            f"{book.title}. {plan.dataset.help}",
            say(
                "{used:,} of {every:,} test rows; the others were used to choose the front.",
                used=test - test // 2,
                every=test,
            ),
            say(
                "Predicted: {label}. Favourable answer: {answer}.",
                label=label(of.here).title,
                answer=favourable_answer(of.here),
            ),
            say(
                "Cited as: {citation} Licence: {licence}",
                citation=book.citation,
                licence=book.licence,
            ),
        ]
    )


def _training(of: SettingSummary, plan: Plan) -> Iterable[str]:
    here = of.here
    drawn = say(
        "The training rows of {table}: {rows:,} of {every:,} people, drawn at random for each "
        "seed.",
        table=dataset(here.dataset).title,
        rows=here.rows,
        every=label(here).train_rows,
    )
    shifts = [say("Changed before training: {shifts}.", shifts=one) for one in _shifts(of)]
    stages = [say("Mitigation: {stage}", stage=stage.help) for stage in plan.stages]
    return _list([drawn, *shifts, *stages])


def _shifts(of: SettingSummary) -> Iterable[str]:
    return [of.fields[FIELDS["training_shifts"].label]] if of.here.training_shifts else []


def _analyses(of: SettingSummary) -> Iterable[str]:
    yield f"### {say('Unitary results')}\n"
    yield from _table(
        (
            *(say("objective"), say("value")),
            *(say("against no constraint, no privacy"), say("detail")),
        ),
        ([c.title, c.value, c.change or "", c.detail] for c in of.picture.cards),
    )
    yield ""
    if not of.outcomes:
        yield say("Who gains and who loses is not measurable here.")
    for place, (name, rows) in enumerate(of.outcomes.items()):
        if place == 1:
            yield f"\n### {say('Intersectional results')}\n"
        yield say("By {attribute}:", attribute=attribute(of.here, name)) + "\n"
        told = (list(map(cell, row.values())) for row in display_table(rows))
        yield from _table(tuple(titles().values()), told)
        yield ""
    if note := weighting(of.here, used=True):
        yield note
    yield f"### {say('In words')}\n"
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
