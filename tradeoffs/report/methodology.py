"""Methods: how results come about, and what no chart of them can hold; numbers from the code."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tradeoffs.data.catalogue import available_datasets
from tradeoffs.engine.recipe import (
    MOMENTUM,
    RATES,
    RECIPE_VERSION,
    SMALLEST_BATCH,
    TAIL,
    TUNED_COLUMNS,
    recipe,
)
from tradeoffs.experiments.designs import SEEDS, row_choices
from tradeoffs.experiments.plan import resolve
from tradeoffs.fronts import FAIRNESS, PRIVACY
from tradeoffs.fronts.bands import ENOUGH_SEEDS
from tradeoffs.fronts.hypervolume import REFERENCE_VERSION
from tradeoffs.fronts.remarks import LEVEL, NEARLY
from tradeoffs.language.current import is_english
from tradeoffs.language.notation import localise, semicolon_text
from tradeoffs.language.translates import translates
from tradeoffs.language.translation import say, translate
from tradeoffs.remedies.catalogue import REMEDIES
from tradeoffs.report.text import percent
from tradeoffs.resources.published_range import PUBLISHED_RANGES
from tradeoffs.scenario import Scenario
from tradeoffs.stats.proportions import SMALLEST_CELL
from tradeoffs.values.fairness.minimax import MINIMAX
from tradeoffs.values.privacy.calibration import COUNT_SHARE, LEAST, MOST, UNIT, calibration_size
from tradeoffs.values.privacy.federated_accounting import COMMUNITY_DELTA, FEWEST_COMMUNITIES

if TYPE_CHECKING:
    import pandas as pd


@translates("title", "lines")
@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """One part of the page: a title, sentences, and a table where there is one."""

    title: str
    lines: tuple[str, ...]
    table: "pd.DataFrame | None" = None


def methods() -> tuple[Part, ...]:
    """Return the parts in the order of the page."""
    return (
        _training(),
        _accountants(),
        _accounts_of_communities(),
        _costs(),
        _splits(),
        _uncertainty(),
        limits(),
        beyond(),
    )


def steps_table() -> "pd.DataFrame":
    """Return one row a number of people: sample rate, people in a step, steps, delta, sigma.

    The noise is that of the default epsilon without a bound on the gap; the last row is everybody
    in the default table.
    """
    import pandas as pd

    first = Scenario()
    rows = []
    for people in row_choices(available_datasets()[0].name):
        spent = resolve(
            first.but(dataset=available_datasets()[0].name, rows=people, **_label())
        ).budget
        assert spent is not None  # the default has a mechanism
        rows.append(
            {
                say("people"): localise(f"{people:,}"),
                say("sample rate q"): localise(f"{spent.sample_rate:g}"),
                say("in a step, on average"): localise(f"{spent.sample_rate * people:,.0f}"),
                say("steps"): str(spent.steps),
                "delta": localise(f"{spent.delta:.2g}"),
                say("sigma at ε = {epsilon:g}", epsilon=first.epsilon): localise(
                    f"{spent.sigma:.4g}"
                ),
                say("accountant"): spent.accountant,
            }
        )
    return pd.DataFrame(rows)


def splits_table() -> "pd.DataFrame":
    """Return one row a table and label: people to train on, to choose on and to report on."""
    import pandas as pd

    rows = [
        {
            say("table"): entry.title,
            say("predicted"): label.title,
            say("train"): localise(f"{label.train_rows:,}"),
            "select": localise(f"{label.test_rows // 2:,}"),
            "report": localise(f"{label.test_rows - label.test_rows // 2:,}"),
        }
        for entry in available_datasets()
        for label in entry.codebook.labels
    ]
    return pd.DataFrame(rows)


def _label() -> dict[str, str]:
    entry = available_datasets()[0]
    return {"label": entry.labels[0], "protected": entry.protected[0]}


def _training() -> Part:
    own = recipe(Scenario().rows, 0, Scenario().epsilon)
    ridges = [recipe(Scenario().rows, width, None).ridge for width in (0, 1)]
    return Part(
        title="Training, and the noise in it",
        lines=(
            "In every step each person is drawn at random, independently of the others "
            "(Poisson sampling). The gradient of each person drawn is clipped to the clip "
            "norm, the gradients are summed, Gaussian noise is added, and the model is "
            "updated (Abadi et al. 2016, arXiv 1607.00133).",
            say(
                "The recipe is version {version}: {steps} steps with momentum {momentum:g}, the "
                "last {tail} of them averaged; the sample rate is the smallest of {rates} that "
                "draws {batch} people on average, and 1 where there are fewer people.",
                version=RECIPE_VERSION,
                steps=own.steps,
                momentum=MOMENTUM,
                tail=TAIL,
                rates=_listed(RATES),
                batch=SMALLEST_BATCH,
            ),
            say(
                "The learning rate and the clip norm are looked up by epsilon times people in a "
                "public table that ships with the code: at {rows:,} people and ε = {epsilon:g}, a "
                "rate of {rate:.3g} and a clip norm of {norm:.3g}. They are not tuned on the "
                "people of your setting.",
                rows=Scenario().rows,
                epsilon=Scenario().epsilon,
                rate=own.learning_rate,
                norm=own.clip_norm,
            ),
            say(
                "Without privacy, a model trained on few people would overfit, and noise would "
                "seem to help. So it is trained with a ridge penalty (Hoerl, Kennard 1970, doi "
                "10.1080/00401706.1970.10488634): lambda / 2 times its squared weights is added "
                "to the mean loss, with lambda = {linear:g} / people for logistic regression "
                "and {network:g} / people for networks on {columns} columns, in proportion on "
                "more or fewer. These are the strongest penalties that did as well as the best "
                "one, within one standard error, on a public part of Adult. With clipping there "
                "is no ridge penalty.",
                linear=ridges[0],
                network=ridges[1],
                columns=TUNED_COLUMNS,
            ),
            (
                "Columns are cut into bins that were fixed from public knowledge, so that no "
                "edge, mean or list of values of private rows enters a model without being paid "
                "for."
            ),
        ),
        table=steps_table(),
    )


def _listed(rates: Sequence[float]) -> str:
    told = [localise(f"{rate:g}") for rate in rates]
    return ", ".join(told) if is_english() else semicolon_text(told)  # a comma is in a number


def _accountants() -> Part:
    tables, entries = calibration_size()
    return Part(
        title="Accountants: from noise to epsilon",
        lines=(
            say("What is protected: {unit}.", unit=translate(UNIT)),
            (
                "Where each step draws some of the people, epsilon comes from the PRV "
                "accountant (Gopi, Lee, Wutschitz 2021, arXiv 2106.02848); where every step "
                "uses all people, from the closed form of the Gaussian mechanism (Dong, Roth, "
                "Su 2022, arXiv 1905.02383). The price of choosing the best of many is computed "
                "from Rényi divergences (Papernot, Steinke 2022, arXiv 2110.03620)."
            ),
            say(
                "So that sliders respond at once, {tables} tables with {entries:,} entries ship "
                "with the code, each entry computed by the accountant, for epsilon from "
                "{least:g} to {most:g}. A request takes the entry with the least noise that keeps "
                "it; nothing is interpolated.",
                tables=tables,
                entries=entries,
                least=LEAST,
                most=MOST,
            ),
            say(
                "Where training must know how large groups are, it counts them once, for {share} "
                "of the squared privacy loss, within the same promise.",
                share=percent(COUNT_SHARE, 0),
            ),
        ),
    )


def _accounts_of_communities() -> Part:
    return Part(
        title="Accounts among communities",
        lines=(
            "Each community makes a promise to its own people, with its own epsilon if it "
            "likes. Several releases about the same people share one epsilon: noisy counts "
            "and the edges of a tree, for example, or a shared model and the community's "
            "own. Releases on the same batches are one Gaussian mechanism, and where no "
            "step samples the closed form is exact.",
            (
                "Where each community adds its own noise, its promise holds whatever the others "
                "and the server do (Liu, Hu, Wu, Smith 2022, arXiv 2206.07902). Where only the "
                "sum is seen (secure aggregation), each adds a part of the noise; the promise "
                "then holds if all follow the protocol, nobody drops out, and no more of them "
                "collude than was stated."
            ),
            say(
                "A whole community can be hidden among at least {fewest}, at a delta of {delta:g}: "
                "among fewer, the noise that hides one community also hides what all have in "
                "common.",
                fewest=FEWEST_COMMUNITIES,
                delta=COMMUNITY_DELTA,
            ),
            (
                "Whatever is computed from a private release costs no further privacy. Somebody "
                "else's model promises nothing to the people it was trained on unless it is "
                "trained with a promise. What split learning sends has no epsilon, and none is "
                "claimed."
            ),
        ),
        table=promises_table(),
    )


def promises_table() -> "pd.DataFrame":
    """Return one row a remedy: whom a privacy budget protects there, and whom that trusts."""
    import pandas as pd

    rows = [
        {
            say("remedy"): one.title,
            say("with a privacy budget"): one.outcome("dp"),
            say("protects"): one.unit if "dp" in one.mechanisms else say("nobody"),
            say("trusts"): one.trusts if "dp" in one.mechanisms else "–",
        }
        for one in REMEDIES.values()
    ]
    return pd.DataFrame(rows)


def _costs() -> Part:
    return Part(
        title="What a model costs",
        lines=(
            "Answers, recorded values, parameters and bytes are counted. A multiply-add is "
            "two operations; training takes four operations for each weight that a person "
            "uses, in each step: two for the prediction and two for the gradient.",
            (
                "Seconds, energy and carbon dioxide are derived from the operations with "
                "published ranges, and are ranges too; no power is measured."
            ),
            (
                "Money is what somebody pays: hours of labelling and data entry, days of "
                "experts, machine time, electricity and data lines, each times a price. Actors "
                "are examples, and every price can be changed. A budget covers what costs no "
                "more than it at the high end; where only the low end is covered, it cannot be "
                "told."
            ),
            (
                "Among communities, the cost is what home pays; a provider's and a server's "
                "costs are not included. Adapting a model takes less arithmetic than the "
                "training that is counted for it."
            ),
        ),
        table=ranges_table(),
    )


def ranges_table() -> "pd.DataFrame":
    """Return one row a published range: what, from where to where, and who published it."""
    import pandas as pd

    rows = [
        {
            say("quantity"): one.title,
            say("from"): localise(f"{one.low:g}"),
            say("to"): localise(f"{one.high:g}"),
            say("unit"): one.unit,
            say("source"): one.source,
        }
        for one in PUBLISHED_RANGES.values()
    ]
    return pd.DataFrame(rows)


def _splits() -> Part:
    return Part(
        title="Rows for training, for choosing and for reporting",
        lines=(
            "A table's test rows are split into halves once, by a public hash of the row. "
            "Fronts are chosen on the half called select; every number on screen is "
            "measured on the half called report.",
            (
                "A setting is on the front if no other one beats it on select or on report, by "
                "means over seeds. A setting chosen by only one half is drawn hollow. One that "
                "neither half chooses counts as beaten only if a setting on the front is as "
                "good in both objectives on both halves, and better in one by more than the "
                "paired interval on report; else it cannot be told apart from the front."
            ),
            (
                "In the Explorer, settings compete with those of the same privacy budget, "
                "because a setting that promises less is no alternative; where privacy is an "
                "axis, they compete with all."
            ),
            (
                "The line is drawn through the settings that report chooses too, at their "
                "values on report, so it is slightly optimistic. The band and the hypervolume "
                "are of all settings that select chose, whether or not report confirms them."
            ),
            "The people of select and report are not in training, and no promise covers them.",
            (
                "The numbers below are all people available for training; the slider takes a "
                "random sample of them."
            ),
        ),
        table=splits_table(),
    )


def _uncertainty() -> Part:
    return Part(
        title="What chance leaves open",
        lines=(
            say(
                "Every setting around yours is trained {seeds} times. Seeds differ in who is "
                "drawn, in batches and in noise. Settings share the same seeds, so that "
                "differences between them are paired. Another random seed on screen stands for "
                "{seeds} other seeds.",
                seeds=SEEDS,
            ),
            say(
                "Intervals cover {level}, by Student's t over seeds; where the test rows add "
                "uncertainty that can be computed, it is included.",
                level=percent(LEVEL, 0),
            ),
            (
                "On scales and cards of single settings, intervals of accuracies and of "
                "gaps in decision rates treat the answers of test rows as independent, "
                "which makes them no narrower than the decisions themselves would."
            ),
            say("The band of a front needs {seeds} seeds to show quartiles.", seeds=ENOUGH_SEEDS),
            say(
                "A hypervolume is a share of the box from the ideal point to a reference point, "
                "beyond which a model adds nothing: the accuracy of a constant answer, the "
                "largest possible gap ({gap:g}) or the worst group's error rate under coin tosses "
                "({worst:g}), an epsilon of {epsilon:g}. This rule is version {version}; "
                "hypervolumes of different versions cannot be compared.",
                gap=FAIRNESS.reference,
                worst=MINIMAX.reference,
                epsilon=PRIVACY.reference,
                version=REFERENCE_VERSION,
            ),
            say(
                "A rate over fewer than {least} people is reported as not measurable rather than "
                "drawn as zero. A gap is between the same groups in everything shown together; "
                "groups that are too small anywhere in it are left out everywhere, and named.",
                least=SMALLEST_CELL,
            ),
            say(
                "A model whose rarer answer goes to fewer than {share} of people is called nearly "
                "constant, because its small gap means little.",
                share=percent(NEARLY, 0),
            ),
        ),
    )


def limits() -> Part:
    """Return what the numbers do not say."""
    return Part(
        title="Limits",
        lines=(
            "Models are small: logistic regression or one hidden layer on binned columns. "
            "Larger models may have fronts of another shape.",
            (
                "The tables are extracts of a few surveys and files, from few places and years. "
                "Most shifts of them are made by rules; the real world differs in more ways at "
                "once."
            ),
            "Groups are as the tables recorded them.",
            (
                "Epsilon bounds what the models reveal about one person in training. It does "
                "not bound what a group has in common, nor what is known from elsewhere."
            ),
            (
                "With a known seed the noise can be subtracted again: this tool is for "
                "teaching, and its models are not for release."
            ),
            "Explanations say what a model uses, not what causes an outcome.",
        ),
    )


def beyond() -> Part:
    """Return what matters and is no number here."""
    return Part(
        title="What a chart cannot show",
        lines=(
            "Who asked for the system, who decides on it and who can stop it.",
            "Whether the people in the table agreed to this use of their records.",
            "Who is not in the table at all, and so is in no rate, gap or front.",
            "Whether the recorded answer is the one that matters: cost is not need, an arrest is "
            "not an offence.",
            (
                "What a decision does to a life afterwards, to a family or to trust; and what "
                "it does to the next table, once people have been treated by it."
            ),
            "Whether a remedy outside the model, such as more places or an appeal, would do more.",
            (
                "Whether it should be built. Not building it is no point on a chart, but it "
                "remains a choice."
            ),
        ),
    )
