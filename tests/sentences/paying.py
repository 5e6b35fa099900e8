"""What is said of who pays and on cards, worked out again from the stored decisions."""

import re

import numpy as np
from scipy.stats import t

from tests.sentences.raw import FEWEST, decided, near, numbers
from tests.sentences.screens import Screen
from tradeoffs.report.cards import Card
from tradeoffs.report.evaluation_people import evaluation_people
from tradeoffs.report.titles import favourable

Groups = dict[str, np.ndarray]  # name -> who is in it


def pays(screen: Screen, text: str) -> bool:
    """Check a sentence on who pays."""
    checks = {"Overall, ": total, "Accuracy is lowest in": least, "Fewer than ": small}
    checks |= {"The group ": extreme}
    checks |= {"In no group does anybody": unchanged, "Only one seed": one_seed}
    checks |= {"In no group does the number": by_chance}
    return next(check for start, check in checks.items() if text.startswith(start))(screen, text)


def shown(screen: Screen, card: Card) -> bool:
    """Check the value of a card and its change against the untouched model."""
    if card.name == "epsilon":
        spent = {"none": "none", "clip_only": "not declared"}
        told = spent.get(screen.here.mechanism)
        return card.value == told if told else near(card.value, -1, screen.here.epsilon or 0, 2)
    value = screen.of(screen.own, card.name).mean()
    if np.isnan(value):
        return card.value == "not measurable"
    twin = screen.of(screen.twin, card.name).mean()
    moved = card.change is None or near(card.change, 0, 100 * (value - twin))
    return near(card.value, 0, 100 * value) and moved


def not_measurable(screen: Screen, text: str) -> bool:
    """Check in how many trainings nothing was measured."""
    both = [*screen.own, *screen.twin]
    absent = int(np.isnan(screen.of(both, "accuracy")).sum())
    return absent > 0 and numbers(text) == [absent, len(both)]


def _good(screen: Screen) -> tuple[np.ndarray, np.ndarray]:
    """Return who gets the favourable answer, (seeds, people), now and from the untouched model."""
    rows, yes = evaluation_people(screen.here).rows, favourable(screen.here)
    return decided(screen.own, rows) == yes, decided(screen.twin, rows) == yes


def _groups(screen: Screen) -> Groups:
    """Return whom each group of enough people has."""
    group, names = evaluation_people(screen.here).group_of(screen.here.protected)
    found = {name: group == code for code, name in enumerate(names)}
    return {name: inside for name, inside in found.items() if inside.sum() >= FEWEST}


def total(screen: Screen, text: str) -> bool:
    """Check how many are predicted the favourable answer, and how many gain and lose it."""
    now, before = _good(screen)
    told = numbers(re.sub("“.*?”", "", text))
    heads = [now.sum(1).mean(), now.shape[1]]
    if "nothing changes" in text:
        return bool((now == before).all()) and _close(told, heads, [0.51, 0])
    change = now.sum(1).mean() - before.sum(1).mean()
    parts = [100 * (now & ~before).mean(), 100 * (before & ~now).mean()]
    if "as many as" in text:
        return abs(change) < 0.51 and _close(
            told, [*heads, 100, *parts], [0.51, 0, 0, 0.051, 0.051]
        )
    way = "more than" if change > 0 else "fewer than"
    expected = [*heads, abs(change), 100, *parts]
    return way in text and _close(told, expected, [0.51, 0, 0.51, 0, 0.051, 0.051])


def _close(told: list[float], expected: list[float], by: list[float]) -> bool:
    return len(told) == len(by) and all(
        abs(a - b) <= most for a, b, most in zip(told, expected, by, strict=True)
    )


def _named(text: str, groups: Groups) -> str:
    told = re.split("[Tt]he group ", text, maxsplit=1)[1]
    return max((name for name in groups if told.startswith(name)), key=len)


def least(screen: Screen, text: str) -> bool:
    """Check which group is decided correctly least often."""
    label, groups = evaluation_people(screen.here).label, _groups(screen)
    right = decided(screen.own, len(label)) == label
    rates = {name: right[:, inside].mean() for name, inside in groups.items()}
    named = _named(text, groups)
    shown = near(text.partition(named)[2], 0, 100 * rates[named])
    return shown and rates[named] <= min(rates.values()) + 1e-9


def extreme(screen: Screen, text: str) -> bool:
    """Check whose net change is the largest in the direction that is said."""
    (now, before), groups = _good(screen), _groups(screen)
    change = now.astype(int) - before
    rates = {name: 100 * change[:, inside].mean() for name, inside in groups.items()}
    sign = -1 if " loses" in text else 1
    named = _named(text, groups)
    told = text.partition("of 100 people ")[2]
    return (
        sign * rates[named] >= max(sign * rate for rate in rates.values()) - 1e-9
        and sign * rates[named] > 0
        and near(told, 0, abs(rates[named]))
    )


def unchanged(screen: Screen, text: str) -> bool:
    """Check that everybody who is in a group of enough people keeps the answer."""
    now, before = _good(screen)
    return all((now == before)[:, inside].all() for inside in _groups(screen).values())


def one_seed(screen: Screen, text: str) -> bool:
    """Check that there is one seed, and that some answer changes."""
    return len(screen.own) == 1 and not unchanged(screen, text)


def by_chance(screen: Screen, text: str) -> bool:
    """Check that no net change is many standard errors, over seeds and people, away from 0."""
    (now, before), groups = _good(screen), _groups(screen)
    told = numbers(text.rpartition("chance, with")[2]) if "chance, with" in text else [1.0]
    for inside in groups.values():
        change = now[:, inside].astype(int) - before[:, inside]
        seeds, people = change.mean(1), change.mean(0)
        errors = [part.std(ddof=1) / np.sqrt(len(part)) for part in (seeds, people)]
        far = t.ppf(1 - 0.025 / len(groups), len(seeds) - 1)  # Bonferroni
        if abs(change.mean()) > 1.5 * far * max(np.hypot(*errors), 1 / change.size):
            return False
    return len(screen.own) > 1 and told == [len(groups)] and not unchanged(screen, text)


def small(screen: Screen, text: str) -> bool:
    """Check that everybody named, and nobody else, is of a group of few."""
    group, names = evaluation_people(screen.here).group_of(screen.here.protected)
    sizes = {name: int((group == code).sum()) for code, name in enumerate(names)}
    few = [f"{name} ({size})" for name, size in sizes.items() if size < FEWEST]
    return text.partition(": ")[2] == f"{'; '.join(few)}."
