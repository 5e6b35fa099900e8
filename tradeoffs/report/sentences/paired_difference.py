"""Sentences on what two settings differ by in an objective, over the seeds that both have."""

import math

from tradeoffs.fronts import Difference
from tradeoffs.language.notation import Amount, localise
from tradeoffs.language.translation import say
from tradeoffs.report.sentences.sentence import Sentence, Statement, first
from tradeoffs.report.text import capital, interval_end

MORE = {  # measured of the second setting than of the first
    "accuracy": "The accuracy of {two} is {size} points higher than that of {one}",
    "fairness": "The {gap} of {two} is {size} points larger than that of {one}",
    "explainability": "The fidelity of a small tree is {size} points higher for {two} than "
    "for {one}",
}
LESS = {
    "accuracy": "The accuracy of {two} is {size} points lower than that of {one}",
    "fairness": "The {gap} of {two} is {size} points smaller than that of {one}",
    "explainability": "The fidelity of a small tree is {size} points lower for {two} than "
    "for {one}",
}
ALIKE = {
    "accuracy": "In accuracy, {one} and {two} cannot be told apart",
    "fairness": "By their {gap}, {one} and {two} cannot be told apart",
    "explainability": "In the fidelity of a small tree, {one} and {two} cannot be told apart",
}
UNMEASURED = {
    "accuracy": (
        "Whether {one} and {two} differ in accuracy is not measurable: it is undefined in a "
        "training run of one of them."
    ),
    "fairness": (
        "Whether {one} and {two} differ in their {gap} is not measurable: it is undefined "
        "in a training run of one of them."
    ),
    "explainability": (
        "Whether {one} and {two} differ in the fidelity of a small tree is not measurable: "
        "it is undefined in a training run of one of them."
    ),
}
ROWS = " (95 %: {low} to {high})"
SEEDS_ALONE = " (95 % over seeds, not test rows: {low} to {high})"
BEYOND = ", more than chance explains."
ONE_SEED = " (one seed so far, so perhaps by chance)."


def _measured(name: str) -> tuple[Sentence, ...]:
    """Return the sentences of an objective that is measured; the first that is true is said."""
    alike, more, less = ALIKE[name], MORE[name], LESS[name]
    return (
        Sentence(
            name="not measurable",
            when=lambda lacking: lacking,
            text=UNMEASURED[name],
        ),
        Sentence(
            name="alike",
            when=lambda chance, rows: chance and rows,
            text=alike + ROWS + ".",
        ),
        Sentence(
            name="alike over seeds",
            when=lambda chance: chance,
            text=alike + SEEDS_ALONE + ".",
        ),
        Sentence(
            name="more",
            when=lambda change, rows: change > 0 and rows,
            text=more + ROWS + BEYOND,
        ),
        Sentence(
            name="more over seeds",
            when=lambda change: change > 0,
            text=more + SEEDS_ALONE + BEYOND,
        ),
        Sentence(
            name="less",
            when=lambda change, rows: change < 0 and rows,
            text=less + ROWS + BEYOND,
        ),
        Sentence(
            name="less over seeds",
            when=lambda change: change < 0,
            text=less + SEEDS_ALONE + BEYOND,
        ),
        Sentence(
            name="more, one seed",
            when=lambda change: change > 0,
            text=more + ONE_SEED,
        ),
        Sentence(
            name="less, one seed",
            when=lambda change: change < 0,
            text=less + ONE_SEED,
        ),
        Sentence(
            name="alike, one seed",
            text=alike + ONE_SEED,
        ),
    )


MEASURED = {name: _measured(name) for name in MORE}
DECLARED = (
    Sentence(
        name="no budget",
        when=lambda first_budget, second_budget: first_budget == second_budget == math.inf,
        text="Neither {one} nor {two} has a privacy budget: neither promises anything.",
    ),
    Sentence(
        name="one budget",
        when=lambda first_budget, second_budget: first_budget == second_budget,
        text="The privacy budget of {one} and of {two} is the same, {first_budget:epsilon}.",
    ),
    Sentence(
        name="two budgets",
        text="The privacy budget of {one} is {first_budget:epsilon}, that of {two} "
        "{second_budget:epsilon}: declared, not estimated.",
    ),
    Sentence(
        name="the first alone has a budget",
        when=lambda second_budget: second_budget == math.inf,
        text="The privacy budget of {one} is {first_budget:epsilon}; {two} promises no privacy.",
    ),
    Sentence(
        name="the second alone has a budget",
        when=lambda first_budget: first_budget == math.inf,
        text="The privacy budget of {two} is {second_budget:epsilon}; {one} promises no privacy.",
    ),
    Sentence(
        name="no budget declared",
        text="The privacy budgets of {one} and {two} cannot be compared: clipping without noise "
        "declares none.",
    ),
)
PARAMETERS = (
    Sentence(
        name="as many parameters",
        when=lambda first_count, second_count: first_count == second_count,
        text="A model of {one} and one of {two} have {first_count:count} parameters each.",
    ),
    Sentence(
        name="other numbers of parameters",
        text="A model of {one} has {first_count:count} parameters, one of {two} "
        "{second_count:count}.",
    ),
    Sentence(
        name="parameters not known",
        text="The numbers of parameters of {one} and {two} are not both known.",
    ),
)
MONEY = (
    Sentence(
        name="as much money",
        when=lambda first_money, second_money: first_money == second_money,
        text="{One} and {two} cost {first_money:number} each.",
    ),
    Sentence(
        name="other amounts of money",
        text="{One} costs {first_money:number}, {two} {second_money:number}.",
    ),
    Sentence(
        name="money not known",
        text="What {one} and {two} cost is not known.",
    ),
)
NOTHING_TO_COMPARE = (
    Sentence(
        name="same setting",
        when=lambda same_setting: same_setting,
        text="{One} and {two} are the same setting: there is nothing to compare.",
    ),
    Sentence(
        name="same models",
        when=lambda same_models: same_models,
        text="{One} and {two} are the same models, set in two ways, so they do not differ.",
    ),
    Sentence(
        name="no model in common yet",
        when=lambda common_seeds: common_seeds == 0,
        text="{One} and {two} are compared once models of both are trained.",
    ),
)


def difference_sentence(
    objective: str, found: Difference | None, one: str, two: str, gap: str
) -> Statement:
    """Say what is measured of a second setting beside a first, or that it cannot be told.

    Args:
        objective: accuracy, fairness or explainability.
        found: the second minus the first; None if it is not measurable.
        one: what the first is called within a sentence.
        two: what the second is called.
        gap: what the notion of fairness calls its number.
    """
    values: dict[str, object] = {"one": one, "two": two, "gap": gap, "lacking": True}
    if found is not None:
        values |= {"lacking": False, "change": found.mean, "rows": found.test_rows}
        size = abs(100 * found.mean)
        values["size"] = Amount(interval_end(size, 1, _plain), size)
        if found.interval is not None:
            values |= {"chance": not found.distinguishable, **_ends(found)}
    return first(MEASURED[objective], values)[0]


def budget_sentence(first_budget: float, second_budget: float, one: str, two: str) -> Statement:
    """Say what privacy budgets two settings declare.

    Args:
        first_budget: epsilon of the first; infinite without privacy, NaN where none is declared.
        second_budget: that of the second.
        one: what the first is called within a sentence.
        two: what the second is called.
    """
    values = {"first_budget": first_budget, "second_budget": second_budget, "one": one, "two": two}
    return first(DECLARED, values)[0]


def parameters_sentence(first_count: float, second_count: float, one: str, two: str) -> Statement:
    """Say how large the models of two settings are.

    Args:
        first_count: parameters of a model of the first; NaN if it is not there yet.
        second_count: those of the second.
        one: what the first is called within a sentence.
        two: what the second is called.
    """
    values = {"first_count": first_count, "second_count": second_count, "one": one, "two": two}
    return first(PARAMETERS, values)[0]


def money_sentence(first_money: float, second_money: float, one: str, two: str) -> Statement:
    """Say what two settings cost.

    Args:
        first_money: what the first costs at most; NaN if it is not known.
        second_money: the same of the second.
        one: what the first is called within a sentence.
        two: what the second is called.
    """
    values = {"one": one, "One": capital(one), "two": two}
    money = {"first_money": round(first_money, 2), "second_money": round(second_money, 2)}
    return first(MONEY, values | money)[0]


def nothing_to_compare(
    same_setting: bool, same_models: bool, common_seeds: int, one: str, two: str
) -> list[Statement]:
    """Say why there is nothing to compare of two settings; nothing if there is something.

    Args:
        same_setting: whether they are one.
        same_models: whether their models are the same.
        common_seeds: how many trainings of both are there.
        one: what the first is called within a sentence.
        two: what the second is called.
    """
    values = {"one": one, "One": capital(one), "two": two}
    found = {"same_setting": same_setting, "same_models": same_models}
    return first(NOTHING_TO_COMPARE, {**values, **found, "common_seeds": common_seeds})


def _ends(found: Difference) -> dict[str, object]:
    """Return the ends of an interval in points: of the size, or with signs if it holds zero."""
    low, high = (100 * end for end in found.interval or ())
    if found.distinguishable:
        low, high = sorted((abs(low), abs(high)))
    write = _plain if found.distinguishable else _signed
    last = say("{size:points|points}", size=Amount(interval_end(high, 1, write), high))
    return {"low": interval_end(low, 1, write), "high": last}


def _plain(value: float, digits: int) -> str:
    return localise(f"{value:.{digits}f}")


def _signed(value: float, digits: int) -> str:
    return localise(f"{value:+.{digits}f}".replace("-", "−")) if value else "0"
