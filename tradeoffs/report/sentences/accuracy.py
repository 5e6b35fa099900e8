"""Sentences on how many people are decided correctly, beside no constraint and no privacy."""

from tradeoffs.experiments.designs import is_baseline
from tradeoffs.fronts import Difference
from tradeoffs.language.notation import localise
from tradeoffs.language.translation import say, translate
from tradeoffs.report.sentences.sentence import Sentence, Statement, first
from tradeoffs.report.text import interval_end
from tradeoffs.scenario import Scenario

LEAST = 0.05  # people of 1,000; below, as many are decided correctly

MORE = "Of 1,000 people, {heads} more get a correct prediction than without constraint and privacy"
FEWER = (
    "Of 1,000 people, {heads} fewer get a correct prediction than without constraint and privacy"
)
AS_MANY = "Of 1,000 people, as many get a correct prediction as without constraint and privacy"
ONE_SEED = " (one seed so far, so perhaps by chance)."
CHANCE = " (95 %: {low} to {high}), within what chance explains."
APART_MORE = " (95 %: {low} to {high} more), more than chance explains."
APART_FEWER = " (95 %: {low} to {high} fewer), more than chance explains."
EITHER_WAY = " (95 %: {low} to {high})."

BASELINE = Sentence(
    name="untouched",
    when=lambda untouched: untouched,
    text="This is the model without constraint and without privacy: one choice among others.",
)
# Whether the change is within chance is missing where one seed tells nothing of it.
CORRECT = (
    Sentence(
        name="more correct, by chance",
        when=lambda change, chance: change >= LEAST and chance,
        text=MORE + CHANCE,
    ),
    Sentence(
        name="more correct",
        when=lambda change, chance: change >= LEAST and not chance,
        text=MORE + APART_MORE,
    ),
    Sentence(
        name="more correct, one seed",
        when=lambda change, seeds: change >= LEAST and seeds == 1,
        text=MORE + ONE_SEED,
    ),
    Sentence(
        name="fewer correct, by chance",
        when=lambda change, chance: change <= -LEAST and chance,
        text=FEWER + CHANCE,
    ),
    Sentence(
        name="fewer correct",
        when=lambda change, chance: change <= -LEAST and not chance,
        text=FEWER + APART_FEWER,
    ),
    Sentence(
        name="fewer correct, one seed",
        when=lambda change, seeds: change <= -LEAST and seeds == 1,
        text=FEWER + ONE_SEED,
    ),
    Sentence(
        name="as many correct",
        when=lambda change, chance: abs(change) < LEAST,
        text=AS_MANY + EITHER_WAY,
    ),
    Sentence(
        name="as many correct, one seed",
        when=lambda change, seeds: abs(change) < LEAST and seeds == 1,
        text=AS_MANY + ONE_SEED,
    ),
)


def correct_decisions(here: Scenario, found: Difference | None) -> list[Statement]:
    """Say how many more or fewer of 1,000 people are decided correctly than by the untouched model.

    Args:
        here: the setting.
        found: its accuracy minus that of the untouched model; None while there is none.
    """
    if is_baseline(here):
        return first([BASELINE], {"untouched": True})
    if found is None:
        return []
    change = 1000 * found.mean
    values: dict[str, object] = {"change": change, "seeds": found.seeds}
    values["heads"] = _size(change)
    if found.interval is not None:
        chance = not found.distinguishable
        write = _more_or_fewer if chance or abs(change) < LEAST else _size
        ends = sorted((1000 * end for end in found.interval), key=None if chance else abs)
        values |= {"low": write(ends[0]), "high": write(ends[1]), "chance": chance}
    return first(CORRECT, values)


def _more_or_fewer(heads: float) -> str:
    if not heads:
        return translate("as many")
    size = _size(heads)
    return say("{heads} more", heads=size) if heads > 0 else say("{heads} fewer", heads=size)


def _size(heads: float) -> str:
    return interval_end(abs(heads), 0, lambda value, digits: localise(f"{value:.{digits}f}"))
