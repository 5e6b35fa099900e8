"""Summary of one setting: what every document says of it, from the numbers on screen."""

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version

from tradeoffs.data.table_handle import is_own
from tradeoffs.engine.recipe import RECIPE_VERSION
from tradeoffs.experiments.designs import SEEDS, baseline, replicate
from tradeoffs.experiments.plan import reported_attributes, resolve
from tradeoffs.fields import FIELDS
from tradeoffs.fronts.hypervolume import REFERENCE_VERSION
from tradeoffs.jobs.job import Job
from tradeoffs.language.notation import localise
from tradeoffs.language.translation import say, translate
from tradeoffs.report.choice import Choice, pin
from tradeoffs.report.evaluation_people import decision_matrix, evaluation_people
from tradeoffs.report.group_outcomes import outcomes_table
from tradeoffs.report.options import applies, label, texts, words
from tradeoffs.report.payload import Picture
from tradeoffs.report.text import number
from tradeoffs.report.titles import favourable
from tradeoffs.report.view import Row
from tradeoffs.scenario import Scenario
from tradeoffs.values.privacy.protected_unit import unit_text

PACKAGES = ("tradeoffs", "numpy", "torch")  # that train and measure
RECIPE, REFERENCES = "training recipe", "rule for hypervolumes"
RULES = {one: one for one in (RECIPE, REFERENCES)}  # that have versions of their own


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class SettingSummary:
    """What is known of one setting.

    Attributes:
        here: the setting, its seed the number of its block.
        picture: what the screen shows of it.
        outcomes: attribute -> rows of who gains and loses; empty where nothing was measured.
        pins: settings that the screen shows beside it.
        link: that restores the screen; empty where there is none.
        choice: what is marked on the screen; None where there is none.
    """

    here: Scenario
    picture: Picture
    outcomes: Mapping[str, Sequence[Row]]
    pins: tuple[Scenario, ...] = ()
    link: str = ""
    choice: Choice | None = None

    @property
    def fields(self) -> dict[str, str]:
        """The fields of the setting by the labels of their controls, in words."""
        at = texts(self.here)
        idle = () if self.here.shift_intensity else ("shift", "shift_intensity")
        stated = (name for name in FIELDS if at.get(name) and name not in idle)
        return {label(n, at): words(n, at[n], at) for n in stated if applies(n, at)}

    @property
    def trainings(self) -> int:
        """How many trainings the setting has."""
        return len({row["seed"] for row in self.picture.view.own})

    @property
    def seeds(self) -> str:
        """Which trainings the numbers are means of."""
        own = [one.seed for one in replicate([self.here], self.trainings)]
        return say(
            "Random seed {seed} of the explorer stands for {runs} training runs, with the seeds "
            "{first} to {last}.",
            seed=self.here.seed,
            runs=self.trainings,
            first=own[0],
            last=own[-1],
        )

    @property
    def versions(self) -> dict[str, str]:
        """What the numbers were computed with."""
        every = versions().items()
        return {translate(RULES[name]) if name in RULES else name: one for name, one in every}

    @property
    def command(self) -> str:
        """What recomputes the report; empty for a table that only its owner has."""
        if is_own(self.here.dataset):
            return ""
        shown = self.picture.view
        stated = [f"{name}={text}" for name, text in self.here.to_query().items()]
        parts = ["tradeoffs", "report", *(part for one in stated for part in ("--set", one))]
        parts += [part for one in self.pins for part in ("--pin", pin(one))]
        if self.trainings != SEEDS:
            parts += ["--seeds", str(self.trainings)]
        parts += ["--x", shown.x.name, "--y", shown.y.name, "--out", "report.html"]
        return shlex.join(parts)


def versions() -> dict[str, str]:
    """Return what numbers are computed with here, by part."""
    found = {name: version(name) for name in PACKAGES}
    return found | {RECIPE: str(RECIPE_VERSION), REFERENCES: str(REFERENCE_VERSION)}


def setting_summary(
    job: Job,
    here: Scenario,
    picture: Picture,
    pins: Sequence[Scenario] = (),
    link: str = "",
    choice: Choice | None = None,
) -> SettingSummary:
    """Return the summary of a setting, all of whose models are there.

    Args:
        job: with the setting and its untouched twin among its scenarios.
        here: the setting.
        picture: of the job.
        pins: settings that the job has beside those around the setting.
        link: that restores the screen.
        choice: what is marked on the screen.
    """
    every = reported_attributes(resolve(here).dataset)
    crossings = [name for name in every if here.protected in name.split("*")]
    outcomes = {
        name: rows
        for name in dict.fromkeys([here.protected, *crossings])
        if (rows := _outcomes(job, here, name))
    }
    return SettingSummary(
        here=here,
        picture=picture,
        outcomes=outcomes,
        pins=tuple(pins),
        link=link,
        choice=choice,
    )


def _outcomes(job: Job, here: Scenario, attribute: str) -> list[Row]:
    now, before = (job.decisions_of(one) for one in (here, baseline(here)))
    seeds = sorted(now.keys() & before.keys())
    if not seeds:
        return []
    people = evaluation_people(here)
    own, other = (decision_matrix(one, seeds, people.rows) for one in (now, before))
    return outcomes_table(people, attribute, favourable(here), own, other)


def privacy_lines(here: Scenario) -> list[str]:
    """Return what is promised to people in training, with what the accountant was told."""
    spent = resolve(here).budget
    if spent is None:
        return [say("No noise is added, so no epsilon is declared: nothing is promised.")]
    found = [
        say(
            "Epsilon is {spent:.4g} at delta {delta:g}, computed by the accountant {accountant}; "
            "{asked} was asked for.",
            spent=spent.epsilon_spent,
            delta=spent.delta,
            accountant=spent.accountant,
            asked=number(spent.epsilon),
        ),
        say(
            "Noise multiplier {sigma:.4g}, sample rate {rate:g}, {steps:,} steps with Poisson "
            "sampling.",
            sigma=spent.sigma,
            rate=spent.sample_rate,
            steps=spent.steps,
        ),
        say("What is protected: {unit}.", unit=unit_text(spent.unit)),
        say("This is declared for each model alone; whoever sees several models learns more."),
    ]
    if spent.sigma_counts is not None:
        told = say("Noise of the group counts: {sigma:.4g} people.", sigma=spent.sigma_counts)
        found.insert(2, told)
    return found


def cell(value: object) -> str:
    """Return what a table of words and counts has in a cell.

    >>> cell(8141), cell("not measurable")
    ('8,141', 'not measurable')
    """
    return localise(f"{value:,}") if isinstance(value, int) else str(value)
