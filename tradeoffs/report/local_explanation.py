"""One person's explanation: in plain words, as bars with intervals and as a table.

Intervals run from the lowest to the highest of the trainings, which differ by their seed alone.
"""

from collections.abc import Sequence
from textwrap import wrap
from typing import TYPE_CHECKING

import numpy as np

from tradeoffs.data.cases import load_cases
from tradeoffs.data.catalogue import dataset
from tradeoffs.data.codebook_words import word, words
from tradeoffs.language.notation import labelled, list_text, quote
from tradeoffs.language.translation import say, translate
from tradeoffs.remedies.catalogue import active_stage
from tradeoffs.report.text import percent
from tradeoffs.scenario import Scenario
from tradeoffs.values.explanations.explanation import (
    Change,
    Explanation,
    ExplanationComparison,
    StabilitySummary,
)
from tradeoffs.values.fairness.catalogue import NOTIONS

if TYPE_CHECKING:
    import pandas as pd
    import plotly.graph_objects as go

SENTENCES = 3  # features named on each side
WAYS = {"up": "more of it", "up or down": "more or less of it", "any": "another"}
HERE, TWIN = "this setting", "no constraint, no privacy"
NAMES = {one: one for one in (HERE, TWIN)}
STRONGEST = {
    "for": "What speaks most strongly for it, compared with the average person: {features}.",
    "against": (
        "What speaks most strongly against it, compared with the average person: {features}."
    ),
}
TURNS = "If {changes}, the answer would change to {answer} ({steps:step|steps}; in this model)."
TURNS_IN_SOME = (
    "If {changes}, the answer would change to {answer} ({steps:step|steps}; in {flips} of {runs} "
    "training runs)."
)
SAME_ANSWER = (
    "Without constraint and without privacy the answer is the same, with a probability of "
    "{chance} for {positive}."
)
OTHER_ANSWER = (
    "Without constraint and without privacy the answer is {answer}, with a probability of "
    "{chance} for {positive}."
)
RANKINGS = {  # of two things, with and without what is known of the strongest features
    ("twin", False): (
        "Over the test people, the rankings of features by this setting and the one without "
        "constraint and privacy have a mean rank correlation of {rank:.2f}."
    ),
    ("twin", True): (
        "Over the test people, the rankings of features by this setting and the one without "
        "constraint and privacy have a mean rank correlation of {rank:.2f}; the three strongest "
        "of each person overlap by {share}."
    ),
    ("seeds", False): (
        "Over the test people, the rankings of features by two training runs of this setting have "
        "a mean rank correlation of {rank:.2f}."
    ),
    ("seeds", True): (
        "Over the test people, the rankings of features by two training runs of this setting have "
        "a mean rank correlation of {rank:.2f}; the three strongest of each person overlap by "
        "{share}."
    ),
}
BAR = 38  # px a feature
LINE = 28  # characters below the bars that a phone has room for
COLOUR = "var(--st-chart-categorical-colors[0])"


def sentences(found: ExplanationComparison, scenario: Scenario) -> list[str]:
    """Return the explanation in plain words, most important first.

    Args:
        found: the explanation.
        scenario: the setting it is of.
    """
    here = found.here
    lines = [_answer(here, scenario), _agreement(here), *_reasons(here)]
    if beside := rule_sentence(scenario):
        lines.insert(1, say("This is the score, not yet the decision: {rule}", rule=beside))
    lines.append(_turn(here, scenario))
    if found.twin is not None:
        lines.append(_twin(here, found.twin, scenario))
    return [line for line in [*lines, *_stability(found.stable)] if line]


def rule_sentence(scenario: Scenario) -> str:
    """Say what decides beside the score; nothing if nothing does."""
    fair = NOTIONS[scenario.notion]
    deciding = [stage for stage in active_stage(scenario) if stage.fit_rule]
    deciding += [fair] if fair.at_decision and scenario.max_gap is not None else []
    return " ".join(f"{one.title}. {one.explanation}" for one in deciding)


def attribution_table(found: ExplanationComparison) -> "pd.DataFrame":
    """Return one row a feature, the strongest first: its bin and what it adds to the log-odds.

    Columns feature, value, mean, low, high, and twin_mean, twin_low, twin_high where there is a
    twin; low and high are the lowest and the highest of the trainings.
    """
    import pandas as pd

    here = found.here
    table = pd.DataFrame({"feature": here.titles, "value": here.bins} | _spread(here))
    if found.twin is not None:
        table = table.assign(**{f"twin_{k}": v for k, v in _spread(found.twin).items()})
    order = np.argsort(-table["mean"].abs().to_numpy(), kind="stable")
    return table.iloc[order].reset_index(drop=True)


def attribution_figure(found: ExplanationComparison, scenario: Scenario) -> "go.Figure":
    """Return the table as bars, the strongest on top; right speaks for the positive answer."""
    import plotly.graph_objects as go

    table = attribution_table(found)
    told = zip(words(table["feature"]), words(table["value"]), strict=True)
    names = [
        labelled(feature, f"<br>{value}").replace(": <br>", ":<br>") for feature, value in told
    ]
    figure = go.Figure()
    sides = [(HERE, "")] if found.twin is None else [(HERE, ""), (TWIN, "twin_")]
    for name, prefix in sides:
        mean = table[f"{prefix}mean"]
        figure.add_trace(
            go.Bar(
                name=translate(NAMES[name]),
                orientation="h",
                x=mean,
                y=names,
                marker={"color": "var(--st-text-color/0.35)" if prefix else COLOUR},
                error_x={
                    "type": "data",
                    "symmetric": False,
                    "color": "var(--st-text-color)",
                    "thickness": 1.2,
                    "width": 3,
                    "array": table[f"{prefix}high"] - mean,
                    "arrayminus": mean - table[f"{prefix}low"],
                },
            )
        )
    positive, _ = _words(scenario)
    title = "<br>".join([say("adds to the log-odds of:"), *wrap(positive, LINE)])
    figure.update_layout(
        barmode="group",
        xaxis={"title": {"text": title}},
        yaxis={"autorange": "reversed", "automargin": True},
        legend={"orientation": "h", "y": 1, "yanchor": "bottom", "x": 0, "entrywidth": 170},
        margin={"l": 8, "r": 8, "t": 16, "b": 8},
    )
    return figure


def display_table(table: "pd.DataFrame") -> "pd.DataFrame":
    """Return `attribution_table` as it is shown: log-odds with their range over trainings."""
    import pandas as pd

    shown: dict[str, Sequence[str]] = {
        say("feature"): words(table["feature"]),
        say("answer"): words(table["value"]),
    }
    for name, prefix in ((HERE, ""), (TWIN, "twin_")):
        if f"{prefix}mean" in table:
            parts = (table[f"{prefix}{part}"] for part in ("mean", "low", "high"))
            shown[translate(NAMES[name])] = [
                say("{value:+.2f} ({low:+.2f} to {high:+.2f})", value=mean, low=low, high=high)
                for mean, low, high in zip(*parts, strict=True)
            ]
    return pd.DataFrame(shown)


def figure_height(features: int) -> int:
    """Return the height that the bars of so many features need, in px."""
    return BAR * features + 110


def _spread(one: Explanation) -> dict[str, np.ndarray]:
    values = one.attribution
    return {"mean": values.mean(0), "low": values.min(0), "high": values.max(0)}


def _words(scenario: Scenario) -> tuple[str, str]:
    """Return what the positive and the negative answer mean."""
    label = dataset(scenario.dataset).label(scenario.label)
    return label.positive, label.negative


def _named(answer: bool, scenario: Scenario) -> str:
    positive, negative = _words(scenario)
    return quote(positive if answer else negative)


def _answer(here: Explanation, scenario: Scenario) -> str:
    chance = percent(here.chance, 0)
    if len(here.seeds) > 1:
        low, high = (percent(float(p), 0) for p in (min(here.probability), max(here.probability)))
        chance = say(
            "{chance} ({low} to {high} over {runs} training runs)",
            chance=chance,
            low=low,
            high=high,
            runs=len(here.seeds),
        )
    return say(
        "The model answers {answer}: it gives {positive} a probability of {chance}.",
        answer=_named(here.answer, scenario),
        positive=_named(True, scenario),
        chance=chance,
    )


def _agreement(here: Explanation) -> str:
    trainings = len(here.seeds)
    if trainings == 1:
        return say("It was trained once, so nothing is known about how much depends on chance.")
    if here.agreeing == trainings == 2:
        return say("Both training runs, which differ by chance alone, give this answer.")
    if here.agreeing == trainings:
        return say(
            "All {runs} training runs, which differ by chance alone, give this answer.",
            runs=trainings,
        )
    return say(
        "{agreeing} of {runs} training runs, which differ by chance alone, give this answer.",
        agreeing=here.agreeing,
        runs=trainings,
    )


def _reasons(here: Explanation) -> list[str]:
    """Say what speaks most for and most against the answer, among features that all agree on."""
    sign = 1.0 if here.answer else -1.0
    toward = sign * here.attribution
    if not np.any(toward):
        return [say("No feature makes a difference: the model gives everybody the same answer.")]
    lines = []
    for side, way in ((toward, "for"), (-toward, "against")):
        mean = side.mean(0)
        sure = np.flatnonzero((side > 0).all(0))
        strongest = sure[np.argsort(-mean[sure], kind="stable")][:SENTENCES]
        if len(strongest):
            parts = ", ".join(f"{word(here.titles[j])} ({word(here.bins[j])})" for j in strongest)
            lines.append(say(STRONGEST[way], features=parts))
    return lines or [
        say(
            "There is no feature of which all training runs agree whether it speaks for or "
            "against the answer."
        )
    ]


def _turn(here: Explanation, scenario: Scenario) -> str:
    if here.change is None:
        actions = [a for a in load_cases(scenario.dataset).actions if a.feature in here.features]
        if not actions:
            return ""
        titles = dict(zip(here.features, here.titles, strict=True))
        parts = ", ".join(f"{word(titles[a.feature])} ({translate(WAYS[a.way])})" for a in actions)
        return say(
            "Changing one or two of these would not change the answer: {features}.", features=parts
        )
    return say(
        TURNS_IN_SOME if len(here.seeds) > 1 else TURNS,
        changes=_changed(here, here.change),
        answer=_named(not here.answer, scenario),
        steps=here.change.steps,
        flips=here.change.flips,
        runs=len(here.seeds),
    )


def _changed(here: Explanation, change: Change) -> str:
    places = {name: j for j, name in enumerate(here.features)}
    return list_text(
        [
            say(
                "{feature} were “{new}” instead of “{old}”",
                feature=word(here.titles[places[name]]),
                new=word(new),
                old=word(here.bins[places[name]]),
            )
            for name, new in change.to.items()
        ]
    )


def _twin(here: Explanation, twin: Explanation, scenario: Scenario) -> str:
    return say(
        SAME_ANSWER if here.answer == twin.answer else OTHER_ANSWER,
        answer=_named(twin.answer, scenario),
        chance=percent(twin.chance, 0),
        positive=_named(True, scenario),
    )


def _stability(stable: StabilitySummary) -> list[str]:
    lines = []
    pairs = (
        (stable.twin, stable.twin_top, "twin"),
        (stable.seeds, stable.seeds_top, "seeds"),
    )
    for rank, top, which in pairs:
        if rank is None:
            continue
        share = "" if top is None else percent(top, 0)
        lines.append(say(RANKINGS[which, top is not None], rank=rank, share=share))
    return lines
