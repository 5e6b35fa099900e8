"""Multi-task learning: models of two labels in one community are pulled to their mean."""

from functools import lru_cache

import numpy as np

from tradeoffs.data.catalogue import dataset
from tradeoffs.data.communities.catalogue import (
    LEAST_TRAINED,
    by_answer,
    communities,
    community_split,
    labels_differ,
)
from tradeoffs.data.sample import subsample
from tradeoffs.data.table import Table
from tradeoffs.data.table_cache import table_cache
from tradeoffs.engine.parameter_layout import expand_columns
from tradeoffs.engine.recipe import sample_rate
from tradeoffs.engine.regime import Regime
from tradeoffs.errors import InvalidInput
from tradeoffs.remedies.adaptation.as_is import A_COPY
from tradeoffs.remedies.partnership import Partnership, Vectors
from tradeoffs.remedies.remedy import Control, Dial, Remedy
from tradeoffs.scenario import Scenario
from tradeoffs.values.privacy.account import Account, Part, allocate

OF_LABEL = "label."  # before the name of a label, where it is stated as the provider
ANY = "others"  # the provider where none is stated: any other label will do
MOST_PEOPLE = 2_000  # who answer for the second label


def second_label(scenario: Scenario) -> str:
    """Return the second label: as the provider names it, else the first other one of the table."""
    if scenario.provider.startswith(OF_LABEL):
        return scenario.provider.removeprefix(OF_LABEL)
    return next(one for one in dataset(scenario.dataset).labels if one != scenario.label)


def _check(scenario: Scenario, names: tuple[str, ...]) -> None:
    """Refuse a scenario without a second label of its people."""
    if labels_differ(scenario.dataset, scenario.communities):
        raise InvalidInput(
            "labels_of_their_own", communities=scenario.communities, remedy=scenario.remedy
        )
    if by_answer(scenario.dataset, scenario.communities):
        raise InvalidInput(
            "label_of_others", communities=scenario.communities, label=scenario.label
        )
    others = [one for one in dataset(scenario.dataset).labels if one != scenario.label]
    if not others:
        raise InvalidInput("one_label_only", remedy=scenario.remedy, dataset=scenario.dataset)
    known = (ANY, *(OF_LABEL + one for one in others))
    if scenario.provider not in known:
        raise InvalidInput(
            "second_label", provider=scenario.provider, remedy=scenario.remedy, known=known
        )
    label = second_label(scenario)
    for one in communities(scenario.dataset, label, scenario.communities):
        if one.name in names and one.train < LEAST_TRAINED:
            raise InvalidInput(
                "few_second_answers",
                home=one.name,
                label=label,
                count=one.train,
                least=LEAST_TRAINED,
            )


@table_cache
@lru_cache(maxsize=64)
def second_task(name: str, cut: str, community: str, label: str, hide: tuple[str, ...]) -> Table:
    """Return the people of a community with an answer to another label, to train on."""
    table = community_split(name, label, cut, community).train
    gone = [one.name for one in table.features if one.name in hide]
    return table.without(gone) if gone else table


def _second(partnership: Partnership, k: int) -> Table:
    own = partnership.scenario
    label = second_label(own)
    return second_task(own.dataset, own.communities, partnership.names[k], label, own.hide)


def task_rows(partnership: Partnership, k: int) -> tuple[int, int]:
    """Return how many people answer for each of a community's tasks; public numbers."""
    own, name = partnership.scenario, partnership.names[k]
    label = second_label(own)
    parts = {one.name: one.train for one in communities(own.dataset, label, own.communities)}
    return int(partnership.rows[k]), min(parts[name], MOST_PEOPLE)


def second_answers(partnership: Partnership, k: int) -> tuple[str, int]:
    """Return the second label, and how many people of a community answer to it."""
    return second_label(partnership.scenario), task_rows(partnership, k)[1]


def _account(partnership: Partnership, k: int) -> Account | None:
    """Return the account of both tasks: the same person may answer for each."""
    if not partnership.private:
        return None
    rate = sample_rate(min(task_rows(partnership, k)))
    task = Part(share=0.5, sample_rate=rate, steps=partnership.steps)
    return allocate(float(partnership.epsilon[k]), partnership.deltas[k], task, task)


def _fit(partnership: Partnership) -> Vectors:
    columns = [_community(partnership, k) for k in range(partnership.size)]
    return [list(row) for row in zip(*columns, strict=True)]


def _community(partnership: Partnership, k: int) -> list[np.ndarray]:
    """Return one community's models of its own label, a seed each."""
    rows, second, account = task_rows(partnership, k), _second(partnership, k), None
    if partnership.private:
        account = partnership.accounts[k]
    first = [row[k] for row in partnership.tables]
    shared = {one.name for one in first[0].features} & {one.name for one in second.features}
    tables = [
        [_only(one, shared), _only(subsample(second, rows[1], seed), shared)]
        for one, seed in zip(first, partnership.seeds, strict=True)
    ]
    fitted = partnership.train(
        tables,
        rows=rows,
        regime=Regime(
            pull=partnership.dial / np.array(rows),
            anchor="mean",
            sigma=np.array(account.noise) if account else None,
        ),
        epsilon=[float(partnership.epsilon[k])] * 2 if account else None,
        key=partnership.names[k],
    )
    width = partnership.scenario.width
    return [expand_columns(row[0], tables[0][0], first[0], width) for row in fitted]


def _only(table: Table, names: set[str]) -> Table:
    gone = [one.name for one in table.features if one.name not in names]
    return table.without(gone) if gone else table


MULTI_TASK = Remedy(
    name="multi_task",
    title="multi-task learning",
    help=(
        "Your community has a second label too. One model is trained for each label, the "
        "second one on everybody who has that label, up to two thousand people. Both "
        "models are pulled towards their mean, so that what is learned for one label "
        "helps with the other."
    ),
    section="adaptation",
    formula="min over w_1, w_2 of sum_t mean_i loss(w_t; x_i, y_ti) + c/(2 n_t) |w_t - w_mean|^2",
    source="Evgeniou, Pontil 2004, doi 10.1145/1014052.1014067; Caruana 1997",
    limits=(
        "The second label is the one that the provider names, or else the table's first "
        "other label. It costs as much as the first label, and with a privacy budget both "
        "models share one epsilon. Columns that define either label are withheld from "
        "both models. Networks share no hidden layer here: all their weights are pulled "
        "to the mean."
    ),
    dial=Dial(
        title="pull to the mean of both labels",
        ends=("each label separately", "nearly one model for both"),
        values=(0.0, 1.0, 3.0, 10.0, 30.0, 100.0, 1_000.0),
        default=10.0,
        phrase="a pull of {}",
    ),
    needs=("labels", "rows", "provider"),
    control=Control(
        leaves="nothing",
        sees="nobody",
        changes="you",
        withdraws="there is nothing to withdraw from",
        decides=A_COPY,
    ),
    trusts="nobody outside the community",
    mechanisms=("dp", "none"),
    reason="its gradients are clipped only because of the noise",
    second_answers=second_answers,
    check=_check,
    account=_account,
    fit=_fit,
)
