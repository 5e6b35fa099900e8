"""Composition: the privacy loss when one model is seen, the best one, or all of them."""

import math
from dataclasses import asdict
from typing import TYPE_CHECKING

from tradeoffs.experiments.total_privacy import ComposedLoss, Composition
from tradeoffs.language.current import ENGLISH, in_language
from tradeoffs.language.notation import labelled, localise, semicolon_text
from tradeoffs.language.translation import say
from tradeoffs.report.sentences.sentence import Sentence, every
from tradeoffs.report.text import number
from tradeoffs.report.view import records
from tradeoffs.values.privacy.interpretation import guess

if TYPE_CHECKING:
    import pandas as pd

# Whoever chooses does so by other people's rows, but the models that are chosen among depend on the
# people in training: the best of K noisy scores varies less than one of them (extreme values), so
# it tells more of what moves them all.  It is a function of all K releases, which bounds it.
SELECTION = (
    Sentence(
        name="choosing under a promise",
        when=lambda models, own: models > 1,
        text=(
            "Choosing reveals something too, even on rows outside training: which model "
            "does best there depends on who was trained on, and the best of many can reveal "
            "more about them than a single one chosen in advance, which costs its own "
            "epsilon. It reveals no more than all the models it was chosen from, seen "
            "together."
        ),
    ),
    Sentence(
        name="choosing without a promise",
        when=lambda models, unprotected: models > 1 and unprotected,
        text=(
            "Choosing reveals something too, even on rows outside training: which model "
            "does best there depends on who was trained on. Your setting promises nothing, "
            "so nothing bounds how much."
        ),
    ),
    Sentence(
        name="conditions of the best",
        when=lambda best, settings: settings > 1,
        text=(
            "The price of the best model holds only if the number of tries is random and "
            "stays secret, and no other model is ever seen; whoever looks at this screen "
            "sees them all."
        ),
    ),
    Sentence(
        name="people who choose",
        text="The people on whose rows models are chosen and measured are not protected at all.",
    ),
)
COMPOSITION = (
    Sentence(
        name="seen together, one seed",
        when=lambda promised, seeds: promised > 1 and seeds == 1,
        text=(
            "Each of the {promised:count} models with noise keeps its own promise; seen "
            "together, they promise only {together:epsilon} (delta {delta:decimal}). That "
            "is the worst case: models of one seed share their batches."
        ),
    ),
    Sentence(
        name="seen together",
        when=lambda promised, seeds: promised > 1 and seeds > 1,
        text=(
            "Each of the {promised:count} models with noise keeps its own promise; seen "
            "together, they promise only {together:epsilon} (delta {delta:decimal}). That "
            "is the worst case: models of one seed share their batches, and one person may "
            "be in training in all {seeds:count} seeds."
        ),
    ),
    Sentence(
        name="providers without a promise",
        when=lambda unprovided: unprovided > 0,
        text="Of the models with noise, {unprovided:count} adapt the model of a provider whose own "
        "people are promised nothing: no figure here is for them.",
    ),
    Sentence(
        name="one model without noise",
        when=lambda unpromised: unpromised == 1,
        text=(
            "One model on screen has no noise: it promises nothing, and so the screen as a "
            "whole promises nothing."
        ),
    ),
    Sentence(
        name="models without noise",
        when=lambda unpromised: unpromised > 1,
        text=(
            "{unpromised:count} models on screen have no noise: they promise nothing, and "
            "so the screen as a whole promises nothing."
        ),
    ),
    Sentence(
        name="the best of some tries",
        when=lambda settings: settings > 1,
        text=(
            "{settings:count} settings on screen, yours among them, promise no less than "
            "yours. If they were tried at random, each time with batches and noise of their "
            "own, stopping after each try with probability 1 in {settings:count}, and only "
            "the best were ever seen, the promise would be {best:epsilon}, against "
            "{own:number} for a setting chosen in advance."
        ),
    ),
)


def composition_table(seen: Composition, price: ComposedLoss) -> "pd.DataFrame":
    """Return one row a way of looking: seen, models, epsilon (inf: no promise), delta, accountant.

    Args:
        seen: the models on screen.
        price: what the accountants say of them.
    """
    import pandas as pd

    one = math.inf if seen.own is None else seen.own
    rows = [(say("one model of your setting"), 1, one, seen.accountant)]
    if price.best is not None and seen.settings > 1:
        tries = say("the best of about {tries:,} tries", tries=seen.settings)
        rows.append((tries, 1, price.best, "rdp"))
    if price.together is not None:
        rows.append(
            (
                say("all models with noise, seen together"),
                seen.promised,
                price.together,
                price.accountant,
            )
        )
    if seen.unpromised:
        rows.append(
            (
                say("all models seen together, with and without noise"),
                seen.promised + seen.unpromised,
                math.inf,
                "none",
            )
        )
    table = pd.DataFrame(rows, columns=["seen", "models", "epsilon", "accountant"])
    table.insert(3, "delta", table["epsilon"].map(lambda e: seen.delta if e < math.inf else None))
    return table


def export_table(seen: Composition, price: ComposedLoss) -> "pd.DataFrame":
    """Return the same in English, for a file."""
    with in_language(ENGLISH):
        return composition_table(seen, price)


def display_table(table: "pd.DataFrame") -> "pd.DataFrame":
    """Return the table as it is shown: rounded, and with what an attacker can guess."""
    import pandas as pd

    rows = [
        {
            say("what is seen"): row["seen"],
            say("models"): localise(f"{row['models']:,}"),
            "epsilon": number(row["epsilon"]) if row["epsilon"] < math.inf else say("no promise"),
            say("an attacker guesses right whether a record was used"): _guess(row["epsilon"]),
            "delta": f"{row['delta']:g}" if row["epsilon"] < math.inf else "",
            say("accountant"): row["accountant"],
        }
        for row in records(table)
    ]
    return pd.DataFrame(rows)


def _guess(epsilon: float) -> str:
    return guess(epsilon) if epsilon < math.inf else say("without bound")


def composition_sentences(seen: Composition, price: ComposedLoss) -> list[str]:
    """Return what the table comes to, and on which conditions."""
    return [said.text for said in every(COMPOSITION, values(seen, price))]


def selection_sentences(seen: Composition, price: ComposedLoss) -> list[str]:
    """Return what choosing among the models tells about the people in training."""
    return [said.text for said in every(SELECTION, values(seen, price))]


def values(seen: Composition, price: ComposedLoss) -> dict[str, object]:
    """Return the quantities that the sentences speak of."""
    return {
        **asdict(seen),
        **asdict(price),
        "models": seen.promised + seen.unpromised,
        "unprotected": seen.own is None,
    }


def composition_line(seen: Composition, price: ComposedLoss) -> str:
    """Return the joint promise of all models of a sweep, for a terminal."""
    told = []
    if price.together is not None:
        told.append(
            say(
                "joint epsilon {epsilon:.4g} (delta {delta:g}, {accountant}) for "
                "{models:model|models} with noise, over {seeds:seed|seeds}",
                epsilon=price.together,
                delta=seen.delta,
                accountant=str(price.accountant),
                models=seen.promised,
                seeds=seen.seeds,
            )
        )
    if seen.unprovided:
        told.append(
            say(
                "nothing is promised to a provider's people in {models:,} of them",
                models=seen.unprovided,
            )
        )
    if seen.unpromised:
        told.append(
            say("no promise from {models:model|models} without noise", models=seen.unpromised)
        )
    return labelled(say("seen together"), semicolon_text(told))


def composition_at_home(seen: Composition, together: float | None, home: str) -> str:
    """Return what all ways at home promise its people, in sentences.

    Args:
        seen: all models of the ways.
        together: joint epsilon of those with a promise; None if there is none.
        home: the community.
    """
    if together is None or seen.delta is None:
        return say(
            "No model here is trained with a promise, so nothing is promised to people of {home}, "
            "whichever of them is seen.",
            home=home,
        )
    told = [
        say(
            "Each model here keeps its own promise. Seen together, {models:model|models} over "
            "{seeds:seed|seeds}, they promise only an epsilon of {epsilon} (delta {delta:g}) to "
            "people of {home}, and to others whom they learn from with a promise: the figure is "
            "for those who lose most privacy.",
            models=seen.promised,
            seeds=seen.seeds,
            epsilon=number(together),
            delta=seen.delta,
            home=home,
        )
    ]
    if seen.unprovided:
        told.append(
            say(
                "Nothing is promised to a provider's people in {models:,} of them.",
                models=seen.unprovided,
            )
        )
    if seen.unpromised:
        told.append(
            say("{models:model|models} without noise promise nothing.", models=seen.unpromised)
        )
    return " ".join(told)
