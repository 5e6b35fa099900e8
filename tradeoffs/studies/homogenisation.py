"""Homogenisation: who is refused by every one of several employers, by what their models share.

Each employer invites the same share of the applicants, those its model scores highest.  Were the
refusals independent, the share refused by all would be the product of the shares refused by each
(Bommasani et al. 2022, arXiv 2211.13972; Creel, Hellman 2022, doi 10.1017/can.2022.3).  Employers
are made up; people, and who earns more than the threshold, are those of the table.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from tradeoffs.catalogue import require_known
from tradeoffs.data.keyed_random import uniform
from tradeoffs.data.load import load_split
from tradeoffs.data.sample import subsample
from tradeoffs.data.table import Table
from tradeoffs.errors import InvalidInput
from tradeoffs.experiments.designs import SEEDS
from tradeoffs.experiments.fit_tables import fit_tables, table_scores
from tradeoffs.scenario import Scenario
from tradeoffs.stats.paired_means import mean

EMPLOYERS = (1, 2, 3, 5, 8)
ROWS = (300, 1000, 3000)
SHARED = ("model", "data", "questions", "nothing")  # what employers have in common
INDEPENDENT = "chance"
EVERYONE = "everyone"
SPREAD = 1_000  # between the first seeds of two employers


def answer(scenario: Scenario, invited: float, along: str) -> list[dict[str, Any]]:
    """Return how many people every employer refuses, against what independence would give.

    Columns: `shared` (model: one for all; data: models of their own on the same people; questions:
    the columns alone, on people of their own; nothing: each also sees a random half of the columns;
    chance: the product of the shares refused by each employer that shares the questions alone),
    `employers`, `rows` of each training, `group` (everyone, or a group of the protected attribute),
    `who` (all, or suited: those with a yes), `what` (refused: by all employers; more: refused,
    minus the same where the questions alone are shared; apart: refused in the group, minus refused
    among all others; suited: people with a yes among the invited, on average), `value`, `low`,
    `high` (95 % over trainings and people).

    Args:
        scenario: dataset, label, width, rows of each training, protected attribute, first seed.
        invited: share of applicants that each employer invites, above 0 and below 1.
        along: "employers", or "rows" with five employers.

    Raises:
        InvalidInput: a share out of its bounds, an unknown option, or a mechanism.
    """
    if not 0 < invited < 1:
        raise InvalidInput("out_of_range", field="invited", value=invited, low=0, high=1)
    require_known("along", along, ("employers", "rows"))
    rows, counts = (ROWS, (5,)) if along == "rows" else ((scenario.rows,), EMPLOYERS)
    shared = ("questions",) if along == "rows" else SHARED
    return [
        row for size in rows for row in _figures(scenario.but(rows=size), invited, counts, shared)
    ]


def _figures(
    scenario: Scenario, invited: float, counts: Sequence[int], shared: Sequence[str]
) -> Iterator[dict[str, Any]]:
    asked = load_split(scenario.dataset, scenario.label).report
    refused = {
        one: ~invitations(scores, asked.row_id, invited)
        for one, scores in _scores(scenario, asked, max(counts), shared).items()
    }
    people = _people(asked, scenario.protected)
    for k in counts:
        for one, each in refused.items():
            about = {"shared": one, "employers": k, "rows": scenario.rows}
            everywhere = each[:k].all(0).astype(float)
            further = everywhere - refused["questions"][:k].all(0)
            for (group, who), some in people.items():
                where = about | {"group": group, "who": who}
                yield where | {"what": "refused"} | _share(everywhere, some)
                yield where | {"what": "more"} | mean(further, some)
                if group != EVERYONE:
                    others = people[EVERYONE, who] & ~some
                    yield where | {"what": "apart"} | mean(everywhere, some, others)
            yield about | _of_everyone("suited") | _suited(each[:k], asked.label)
        yield from _independent(refused["questions"][:k], people, scenario.rows)


def _of_everyone(what: str) -> dict[str, Any]:
    return {"group": EVERYONE, "who": "all", "what": what}


def _suited(refused: np.ndarray, label: np.ndarray) -> dict[str, float]:
    """Return how many of the invited have a yes: over employers, then with its interval."""
    chosen = (~refused).mean(0)  # (seeds, people), share of employers that invite
    weight = chosen / chosen.mean(1, keepdims=True)
    return mean(weight * label, np.full(len(label), True))


def _share(each: np.ndarray, some: np.ndarray) -> dict[str, float]:
    """Return a mean over people; where invitations alone fix it, it is exact."""
    found = mean(each, some)
    means = each.mean(1)
    if some.all() and np.allclose(means, means[0], rtol=0, atol=1e-12):
        return dict.fromkeys(found, found["value"])
    return found


def _independent(
    refused: np.ndarray, people: dict[tuple[str, str], np.ndarray], rows: int
) -> Iterator[dict[str, Any]]:
    """Yield the product of the shares refused by each employer."""
    about = {"shared": INDEPENDENT, "employers": len(refused), "rows": rows}
    for (group, who), some in people.items():
        each = refused[:, :, some].mean(2)  # (employers, seeds)
        product = each.prod(0)
        # Each person pulls the product as far as the sum of what they pull its factors.
        pulls = refused[:, :, some] - each[:, :, None]
        told = product[:, None] * (1 + (pulls / each[:, :, None]).sum(0))
        found = _share(told, np.full(told.shape[1], True))
        yield about | {"group": group, "who": who, "what": "refused"} | found


def _people(asked: Table, protected: str) -> dict[tuple[str, str], np.ndarray]:
    codes, names = asked.group_of(protected)
    groups = {EVERYONE: np.full(asked.rows, True)}
    groups |= {name: codes == place for place, name in enumerate(names)}
    return {
        (group, who): inside & some
        for group, inside in groups.items()
        for who, some in (("all", True), ("suited", asked.label))
    }


def invitations(scores: np.ndarray, row_id: np.ndarray, invited: float) -> np.ndarray:
    """Return whom each model invites: the share with the highest scores, ties by a public draw.

    Args:
        scores: (..., people).
        row_id: (people,).
        invited: share, of which the number of people is rounded down.
    """
    ties = np.broadcast_to(uniform(0, "invitation", row_id), scores.shape)
    order = np.lexsort((ties, scores))
    places = order[..., scores.shape[-1] - int(invited * scores.shape[-1]) :]
    found = np.zeros(scores.shape, bool)
    np.put_along_axis(found, places, True, axis=-1)
    return found


def _scores(
    scenario: Scenario, asked: Table, employers: int, shared: Sequence[str]
) -> dict[str, np.ndarray]:
    """Return (employers, seeds, people) scores by what is shared."""
    train = load_split(scenario.dataset, scenario.label).train
    seeds = range(scenario.seed, scenario.seed + SEEDS)
    own = [_apart(train, scenario.rows, seed) for seed in seeds]
    same = [tables[0] for tables in own]
    found = {}
    if "model" in shared:
        one = _trained(scenario, same, asked, seeds[0])
        found["model"] = np.stack([one] * employers)
    if "data" in shared:
        found["data"] = np.stack(
            [_trained(scenario, same, asked, seeds[0] + SPREAD * e) for e in range(employers)]
        )
    found["questions"] = np.stack([
        _trained(scenario, [tables[e] for tables in own], asked, seeds[0] + SPREAD * e)
        for e in range(employers)
    ])  # fmt: skip
    if "nothing" in shared:
        hidden = [_half(train, e) for e in range(employers)]
        found["nothing"] = np.stack([
            _trained(
                scenario, [tables[e].without(hidden[e]) for tables in own],
                asked.without(hidden[e]), seeds[0] + SPREAD * e,
            )
            for e in range(employers)
        ])  # fmt: skip
    return found


def _apart(train: Table, rows: int, seed: int) -> list[Table]:
    """Return the people of as many employers as there can be, none of whom another one has."""
    pool = subsample(train, rows * EMPLOYERS[-1], seed)
    order = np.argsort(uniform(seed, "employer", pool.row_id))
    return [pool.take(np.sort(part)) for part in np.array_split(order, EMPLOYERS[-1])]


def _half(train: Table, employer: int) -> tuple[str, ...]:
    """Return the columns that an employer does not see: half of them, by its own draw."""
    names = [feature.name for feature in train.features]
    order = np.argsort(uniform(employer, "questions", np.arange(len(names))))
    return tuple(names[place] for place in order[: len(names) // 2])


def _trained(scenario: Scenario, tables: Sequence[Table], asked: Table, seed: int) -> np.ndarray:
    """Return (seeds, people) scores of models of one employer."""
    fitted = [vectors[0] for vectors in fit_tables(scenario, tables, seed=seed)]
    return table_scores(fitted, scenario.width, asked)
