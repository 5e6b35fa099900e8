"""Resolve a scenario: look its names up and derive what it leaves open.

Free of torch, so that pages and the command line can check a scenario and find its stored results
without a worker.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from tradeoffs.catalogue import require_known
from tradeoffs.data.catalogue import Dataset, dataset
from tradeoffs.data.encoded import fingerprint
from tradeoffs.data.load import load_split
from tradeoffs.data.report_people import Deployment
from tradeoffs.data.shifts.catalogue import shift
from tradeoffs.data.shifts.compose import Side, causal_order, compose, possible_shifts, require
from tradeoffs.data.table_cache import table_cache
from tradeoffs.engine.clipping.catalogue import CLIPPINGS
from tradeoffs.engine.clipping.clipping import Clipping
from tradeoffs.engine.recipe import RECIPE_VERSION, TABLE, Recipe, recipe
from tradeoffs.errors import InvalidInput
from tradeoffs.experiments.participant_checks import check_participants
from tradeoffs.experiments.participants import (
    home_of,
    partnership,
    remedy_of,
    simplest,
    trained_rows,
)
from tradeoffs.fields import BASELINE, SMALLEST_ROWS
from tradeoffs.remedies.catalogue import active_stage, check
from tradeoffs.remedies.stage import Plan, Stage
from tradeoffs.scenario import Scenario, Shifts, as_text, digest
from tradeoffs.values.fairness.catalogue import NOTIONS
from tradeoffs.values.fairness.notion import Notion
from tradeoffs.values.privacy.calibration import CALIBRATION, Budget, budget


def reported_attributes(data: Dataset) -> tuple[str, ...]:
    """Return the attributes and the crossings whose groups are reported."""
    return (*data.protected, *data.codebook.crossings)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Shared:
    """What the plans of a configuration's seeds share, with what goes into their keys."""

    plan: Plan  # of seed 0, without keys
    weights: Mapping[str, object]  # fields that decide them, without the seed
    versions: tuple[object, ...]
    decisions: tuple[object, ...]  # what decides on results beside the weights


@table_cache
@lru_cache(maxsize=4_000)
def resolve(scenario: Scenario) -> Plan:
    """Return the plan of a scenario; what its configuration comes to is worked out once.

    Raises:
        InvalidInput: an unknown name, more rows than there are, or a constraint that this version
            cannot hold; the message lists what is known.
    """
    shared = _shared(scenario.configuration())
    seed, same = {"seed": scenario.seed}, shared.plan.training_scenario is shared.plan.scenario
    training_key = model_key = digest([{**shared.weights, **seed}, *shared.versions])
    if shared.plan.remedy is not None and not shared.plan.remedy.shared:
        model_key = digest([training_key, shared.plan.home])
    return replace(
        shared.plan,
        scenario=scenario,
        training_scenario=scenario
        if same
        else shared.plan.training_scenario.model_copy(update=seed),
        model_key=model_key,
        training_key=training_key,
        result_key=digest([model_key, *shared.decisions]),
    )


@table_cache
@lru_cache(maxsize=1_000)
def _shared(scenario: Scenario) -> _Shared:
    """Return what the seeds of a configuration share; raises as `resolve` does."""
    data = dataset(scenario.dataset)
    _check(scenario, data)
    few = simplest(scenario)
    chosen = NOTIONS[scenario.notion]
    stages = active_stage(scenario)
    way = CLIPPINGS[scenario.clipping]
    own = few if stages else few.model_copy(update={"stage": BASELINE["stage"]})
    if not chosen.constrained_rates:  # then the weights do not depend on the bound
        own = own.model_copy(update={"max_gap": None})
    rule = any(stage.fit_rule for stage in stages)  # then it keeps the bound
    trained = own.model_copy(update={"max_gap": None}) if rule else own
    if trained == scenario:  # one object, then: there are many plans, and half of each is this
        trained = scenario
    counts = trained.max_gap is not None or any(stage.releases for stage in stages)
    how, spent = _among(few) if remedy_of(few) else _alone(few, data, counts)
    if spent is not None:
        spent = replace(spent, unit=spent.unit.replace("person", data.codebook.unit))
    plan = Plan(
        scenario=scenario,
        training_scenario=trained,
        stages=stages,
        dataset=data,
        notion=chosen,
        clipping=way,
        recipe=how,
        budget=spent,
        model_key="",
        result_key="",
        rows=trained_rows(few),
        home=few.home,
        remedy=remedy_of(few),
    )
    return _Shared(
        plan=plan,
        weights=_weights(own) | _fields(own, stages, way),
        versions=(RECIPE_VERSION, *_numbers(), _fingerprint(data.name)),
        decisions=(*_deployed(scenario), *_decided(scenario, chosen)),
    )


def _alone(few: Scenario, data: Dataset, counts: bool) -> tuple[Recipe, Budget | None]:
    """Return the recipe and the budget of a model that learns from one table."""
    label = data.codebook.label(few.label)
    columns = len(data.codebook.features_for(label))
    if few.communities:
        columns = partnership(few).ones
    how = recipe(few.rows, few.width, few.epsilon, columns)
    if few.mechanism != "dp" or few.epsilon is None:
        return how, None
    return how, budget(
        few.epsilon,
        sample_rate=how.sample_rate,
        steps=how.steps,
        delta=how.delta,
        counts=counts,
    )


def _among(few: Scenario) -> tuple[Recipe, Budget | None]:
    """Return the recipe of the home community, and the budget of its people."""
    together = partnership(few)
    k = together.names.index(few.home)
    how, account = together.recipes[k], together.accounts[k]
    if account is None:
        return how, None
    return how, Budget(
        epsilon=float(together.epsilon[k]),
        epsilon_spent=account.epsilon_spent,
        sigma=account.sigma,
        sigma_counts=None,
        sample_rate=how.sample_rate,
        steps=how.steps,
        delta=account.delta,
        accountant=account.accountant,
        unit=account.unit,
        releases=account.history,
    )


def _weights(own: Scenario) -> dict[str, Any]:
    """Return the fields that decide weights; those of a partnership are of all its communities."""
    fields = own.model_part()
    if remedy_of(own) is not None:
        del fields["home"]
    return fields


def _fields(own: Scenario, stages: Sequence[Stage], way: Clipping) -> dict[str, object]:
    """Return the fields that decide weights because a stage or the clipping looks at them."""
    named = [field for stage in stages for field in stage.fields]
    return {field: getattr(own, field) for field in (*named, *["protected"] * way.needs_group)}


@lru_cache
def _numbers() -> tuple[str, str]:
    """Return hashes of the recipe's table and of the noise calibration."""
    return digest(TABLE.read_text(encoding="utf-8")), digest(
        CALIBRATION.read_text(encoding="utf-8")
    )


@table_cache
@lru_cache
def _fingerprint(name: str) -> str:
    return fingerprint(dataset(name).codebook)


@table_cache
@lru_cache(maxsize=100)
def available_shifts(name: str, label: str, protected: str, side: Side) -> tuple[str, ...]:
    """Return every shift that can be stated on a dataset at any epsilon, with its options."""
    book = dataset(name).codebook
    return possible_shifts(side, book, book.label(label), protected, private=True)


def deployment(scenario: Scenario) -> Deployment:
    """Return what decides the tables a model is measured on: shifts in causal order, and groups.

    Among communities it is the cut and the home community.
    """
    if scenario.communities:
        return (), "", scenario.communities, home_of(scenario)
    shifts = causal_order(scenario.deployment_shifts)
    return (shifts, scenario.protected) if shifts else ((), "")


def _deployed(scenario: Scenario) -> tuple[object, ...]:
    """Return the deployment as it goes into keys: one shift or none as before there were more."""
    shifts, protected, *community = deployment(scenario)
    return (
        *(part for one in shifts for part in one),
        *(() if shifts else ("", 0.0)),
        protected,
        *community,
    )


def _decided(scenario: Scenario, chosen: Notion) -> tuple[object, ...]:
    """Return what decides beside the score, which the weights do not tell."""
    if not chosen.at_decision or scenario.max_gap is None:
        return ()
    return (scenario.notion, scenario.protected, scenario.max_gap)


def _check(scenario: Scenario, data: Dataset) -> None:
    book = data.codebook
    shift(scenario.shift)
    chosen = NOTIONS[scenario.notion]
    label = book.label(scenario.label)
    require_known("protected", scenario.protected, reported_attributes(data))
    if scenario.communities:
        check_participants(scenario)
    _check_shifts(scenario, data)
    names = [feature.name for feature in book.features_for(label)]
    for column in scenario.hide:
        require_known("column", column, names)
    if len(scenario.hide) >= len(names):
        raise InvalidInput("hides_every_column", hide=as_text(scenario.hide))
    if scenario.rows > label.train_rows and not scenario.communities:
        raise InvalidInput(
            "too_many_rows",
            rows=scenario.rows,
            most=label.train_rows,
            dataset=data.name,
        )
    if scenario.max_gap is not None and not chosen.can_be_bounded:
        able = tuple(n.name for n in NOTIONS.values() if n.can_be_bounded)
        raise InvalidInput(
            "notion_not_constrained",
            notion=scenario.notion,
            known=able,
        )
    CLIPPINGS[scenario.clipping]
    check(scenario, data)


def possible(scenario: Scenario) -> bool:
    """Say whether a scenario can be trained and measured, whatever the reason if not."""
    try:
        resolve(scenario)
    except InvalidInput:
        return False
    return True


def _check_shifts(scenario: Scenario, data: Dataset) -> None:
    """Check that the shifts can be applied, and that training keeps somebody.

    What training shifts leave is told by the test rows: a count of training rows would be a
    private statistic.
    """
    book, protected = data.codebook, scenario.protected
    at = (book, book.label(scenario.label), protected, scenario.mechanism != "none")
    deployed = require(scenario.deployment_shifts, "deployment", *at)
    trained = require(scenario.training_shifts, "training", *at)
    real = [n for n, _ in deployed if shift(n).recorded]
    for name in {name for name, _ in trained}.intersection(real):
        raise InvalidInput("same_place_trained_and_deployed", name=name)
    if trained:
        left = training_share(scenario.dataset, scenario.label, trained, protected)
        if left * scenario.rows < SMALLEST_ROWS:
            raise InvalidInput(
                "training_shifts_leave_few",
                rows=scenario.rows,
                training_shifts=as_text(trained),
                left=left * scenario.rows,
                least=SMALLEST_ROWS,
            )


@table_cache
@lru_cache(maxsize=200)
def training_share(dataset: str, label: str, shifts: Shifts, protected: str) -> float:
    """Return the share of report rows that training shifts would leave, repetitions included."""
    before = load_split(dataset, label).report
    after = compose(before, shifts, 0, protected)
    return after.rows / before.rows
