"""The price of looking: what is promised when one model is seen, the best one, or all of them."""

import math

import pandas as pd

from tradeoffs.figures.view import records
from tradeoffs.figures.words import number
from tradeoffs.pipeline.looking import Looking, Price
from tradeoffs.values.privacy.words import guess

LIMITS = (
    "The setting is chosen on rows outside training, so choosing by itself tells nothing about the "
    "people in training; what counts for them is which models are seen. A setting fixed "
    "beforehand costs its own epsilon. The price of the best one holds only if the number of "
    "tries is random and stays secret and no other model is ever seen; whoever looks at this "
    "screen sees them all. The people whose rows choose and measure are not protected at all."
)


def looking_table(seen: Looking, price: Price) -> pd.DataFrame:
    """Return one row a way of looking: seen, models, epsilon (inf: no promise), delta, accountant.

    Args:
        seen: the models on screen.
        price: what the accountants say of them.
    """
    one = math.inf if seen.own is None else seen.own
    rows = [("one model of your setting", 1, one, seen.accountant)]
    if price.best is not None and seen.settings > 1:
        rows.append((f"the best of about {seen.settings:,} tries", 1, price.best, "rdp"))
    if price.together is not None:
        rows.append(("all with noise", seen.promised, price.together, price.accountant))
    if seen.unpromised:
        rows.append(("all on screen", seen.promised + seen.unpromised, math.inf, "none"))
    table = pd.DataFrame(rows, columns=["seen", "models", "epsilon", "accountant"])
    table.insert(3, "delta", table["epsilon"].map(lambda e: seen.delta if e < math.inf else None))
    return table


def in_words(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table as it is shown: rounded, and with what an attacker can guess."""
    rows = [
        {
            "what is seen": row["seen"],
            "models": f"{row['models']:,}",
            "epsilon": number(row["epsilon"]) if row["epsilon"] < math.inf else "no promise",
            "a coin-flip guess about one person is right": _guess(row["epsilon"]),
            "delta": f"{row['delta']:g}" if row["epsilon"] < math.inf else "",
            "accountant": row["accountant"],
        }
        for row in records(table)
    ]
    return pd.DataFrame(rows)


def _guess(epsilon: float) -> str:
    return guess(epsilon) if epsilon < math.inf else "without bound"


def looking_sentences(seen: Looking, price: Price) -> list[str]:
    """Return what the table comes to, and on which conditions."""
    found = [_together(seen, price), _unpromised(seen), _best(seen, price)]
    return [text for text in found if text]


def together_in_a_line(seen: Looking, price: Price) -> str:
    """Return the joint promise of all models of a sweep, for a terminal."""
    told = []
    if price.together is not None:
        told.append(
            f"joint epsilon {price.together:.4g} (delta {seen.delta:g}, {price.accountant}) of "
            f"the {_models(seen.promised)} with noise, over {_seeds(seen)}"
        )
    if seen.unpromised:
        told.append(f"no promise from the {_models(seen.unpromised)} without noise")
    return "seen together: " + "; ".join(told)


def _together(seen: Looking, price: Price) -> str:
    if price.together is None or seen.delta is None or seen.promised < 2:
        return ""
    delta = f"{seen.delta:.10f}".rstrip("0")
    return (
        f"Each of the {_models(seen.promised)} with noise keeps its own promise; seen all "
        f"together they promise only {_epsilon(price.together)} (delta {delta}). That is for the "
        "worst case: models of one seed share their batches, and one person may be in training in "
        f"{'that seed' if seen.seeds == 1 else f'all {_seeds(seen)}'}."
    )


def _unpromised(seen: Looking) -> str:
    if not seen.unpromised:
        return ""
    return (
        f"{_models(seen.unpromised)} on screen {'is' if seen.unpromised == 1 else 'are'} without "
        "noise: nothing is promised there, and so nothing for the screen as a whole."
    )


def _best(seen: Looking, price: Price) -> str:
    if price.best is None or seen.own is None or seen.settings < 2:
        return ""
    return (
        f"{seen.settings:,} settings on screen, yours among them, promise no less than yours. If "
        "they were tried at random, each time with batches and noise of their own, ending after "
        f"each try with chance 1 in {seen.settings:,}, and only the best were ever seen: "
        f"{_epsilon(price.best)}, against {number(seen.own)} for one fixed beforehand."
    )


def _epsilon(value: float) -> str:
    return f"ε\u00a0=\u00a0{number(value)}"


def _models(count: int) -> str:
    return f"{count:,} model{'' if count == 1 else 's'}"


def _seeds(seen: Looking) -> str:
    return f"{seen.seeds:,} seed{'' if seen.seeds == 1 else 's'}"
