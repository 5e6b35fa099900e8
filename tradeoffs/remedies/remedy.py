"""What a remedy is: an entry that says how communities come to their models, and at what price.

A remedy says only what it does otherwise than training alone.  Three outcomes are possible for a
mechanism: it works as it is, it works with an account of its own, or not, for a stated reason.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import numpy as np

from tradeoffs.language.translates import translates
from tradeoffs.language.translation import say, translate
from tradeoffs.scenario import Scenario
from tradeoffs.values.privacy.account import Account, Part, allocate

if TYPE_CHECKING:
    from tradeoffs.engine.regime import Regime
    from tradeoffs.remedies.partnership import Partnership, Vectors

Section = Literal["sharing", "adaptation", "collaboration", "decisions"]
Need = Literal["labels", "rows", "provider", "server", "others", "public rows", "network"]
SECTIONS: dict[Section, str] = {  # of the paper's section 4, in its order
    "sharing": "Sharing data",
    "adaptation": "Adapting a model",
    "collaboration": "Training together",
    "decisions": "Mitigating unfairness",
}
NUMBER = 4  # bytes of a parameter
Figures = list[list[dict[str, float | str]]]  # (seeds, K), by name of the column


@translates("title", "ends", "phrase", "phrases")
@dataclass(frozen=True, kw_only=True, slots=True)
class Dial:
    """The one number that a remedy is set by.

    Attributes:
        title: the field's term for it.
        ends: what the smallest value means, and the largest.
        values: on offer, rising; a number between the first and the last is possible.
        default: where none is set, and what the page opens with.
        phrase: a value in a sentence, at `{}`.
        phrases: values that are said otherwise.
        identity: the value at which it gives the models of `same_as` without a mechanism; with one
            clipping and noise may differ. None where there is none.
        same_as: a remedy's name.
        whole: whether it has to be a whole number.
        of_noise: whether it means something only where noise is added.
    """

    title: str
    ends: tuple[str, str]
    values: tuple[float, ...]
    default: float
    phrase: str
    phrases: Mapping[float, str] = field(default_factory=dict)
    identity: float | None = None
    same_as: str = ""
    whole: bool = False
    of_noise: bool = False


@translates("leaves", "sees", "changes", "withdraws", "decides")
@dataclass(frozen=True, kw_only=True, slots=True)
class Control:
    """Who keeps control: five answers, each a short phrase.

    Attributes:
        leaves: what leaves a community.
        sees: who can see it.
        changes: who can change the model.
        withdraws: whether a community can withdraw, and what stays.
        decides: what has to be there when a decision is taken.
    """

    leaves: str
    sees: str
    changes: str
    withdraws: str
    decides: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Exchange:
    """The sizes that traffic follows from, of one community.

    Attributes:
        parameters: of the model.
        rows: people in training.
        ones: 0/1 columns that each person holds.
        columns: 0/1 columns in all.
        cells: of a table of counts of label by column: two a column.
        width: hidden units.
        steps: of training.
        sample_rate: expected share of people in a step.
        communities: K.
        dial: the parameter of the remedy.
    """

    parameters: int
    rows: int
    ones: int
    columns: int
    cells: int
    width: int
    steps: int
    sample_rate: float
    communities: int
    dial: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Traffic:
    """What one community sends and receives, in bytes.

    Attributes:
        up: it sends in each round.
        down: it receives in each round.
        rounds: how often; 1 is once, 0 never.
        decision: that cross at every decision, both ways together.
    """

    up: float = 0.0
    down: float = 0.0
    rounds: float = 0.0
    decision: float = 0.0

    @property
    def messages(self) -> float:
        """How many messages training takes, both ways together."""
        return self.rounds * ((self.up > 0) + (self.down > 0))

    @property
    def training(self) -> float:
        """Bytes of a whole training, both ways together."""
        return self.rounds * (self.up + self.down)


def no_traffic(exchange: Exchange) -> Traffic:
    """Return the traffic of what stays at home."""
    del exchange
    return Traffic()


def every_row(exchange: Exchange) -> int:
    """Return how many of home's rows somebody has to label: all of them."""
    return exchange.rows


def own_account(partnership: Partnership, k: int) -> Account | None:
    """Return the account of one who adds the noise for its own people; None without a mechanism."""
    if not partnership.private:
        return None
    part = Part(sample_rate=partnership.sample_rate, steps=partnership.steps)
    return allocate(float(partnership.epsilon[k]), partnership.deltas[k], part)


def own_people(partnership: Partnership) -> np.ndarray:
    """Return how many people a model learns from where nobody else's count; (K,)."""
    return partnership.rows.astype(float)


def nothing_to_check(scenario: Scenario, names: tuple[str, ...]) -> None:
    """Refuse nothing."""
    del scenario, names


def outcome(mechanism: str, able: Sequence[str], reason: str, *, accounted: bool) -> str:
    """Return how something goes with a mechanism: one of three outcomes, in words."""
    if mechanism not in able:
        return say("not possible: {reason}", reason=reason)
    if accounted:
        return say("possible, with its own privacy account")
    return say("possible")


def section_title(section: Section) -> str:
    """Return the title of a section of the list of remedies."""
    return translate(SECTIONS[section])


@translates(
    "title",
    "help",
    "formula",
    "source",
    "limits",
    "unit",
    "trusts",
    "reason",
    "logistic_only",
)
@dataclass(frozen=True, kw_only=True, slots=True)
class Remedy:
    """One way to come to a model, as a catalogue entry.

    Attributes:
        name: key of the catalogue.
        title: the field's term, for people.
        help: one or two sentences in plain words.
        section: of the paper's section 4.
        formula: what is computed.
        source: where it is defined.
        limits: what it does not show or promise; empty where nothing is to be said.
        dial: its parameter; None if it has none.
        needs: what a community needs for it.
        control: who keeps control.
        unit: of protection.
        trusts: whom a person has to trust for the promise, as the end of "It trusts ...".
        mechanisms: with which it can be trained.
        reason: why not with the others; empty if there are none.
        logistic_only: why it works for logistic regression alone; empty if it does not.
        shared: whether it gives all communities the same model.
        fields: of a scenario that it alone looks at, beside its dial.
        online: whether a decision needs somebody else to answer at that moment.
        fewest: communities that have to take part.
        fewest_provided: people whom the provider must have at least, by the dial.
        check: raises InvalidInput where a scenario or its participants lack what it needs.
        people: (K,) effective numbers of people for learning rate, clip norm and ridge: rows of
            one's own, rows * sqrt(K) where each adds its noise, all rows where their sum is hidden.
        account: of the people of community k; None without a mechanism. Its request is a bound.
        regime: how the engine trains all communities side by side; None: each alone.
        finish: what becomes of the models that a regime has trained; None: they stay.
        fit: (seeds, K) parameter vectors in its own way, in place of a regime.
        figures: what training tells of the models that are returned, beside its noise; with a
            mechanism it follows from the models and what is public, so it costs no privacy.
        second_answers: the label, and how many people of community k answer to it, where the
            provider names a second label of one's own people and nobody else; None: it does not.
        provider_width: hidden units of the provider's model; None: the scenario's.
        provider_account: of the provider's people, so many, for what community k is given; None:
            they spend on the provider's model, if that has a promise.
        answers: how many rows of home somebody has to label, where it needs labels.
        traffic: of one community.
    """

    name: str
    title: str
    help: str
    section: Section
    formula: str
    source: str
    limits: str = ""
    dial: Dial | None = None
    needs: tuple[Need, ...] = ()
    control: Control
    unit: str = "one person's record"
    trusts: str
    mechanisms: tuple[str, ...] = ("dp", "clip_only", "none")
    reason: str = ""
    logistic_only: str = ""
    shared: bool = False
    fields: tuple[str, ...] = ()
    online: bool = False
    fewest: int = 2
    fewest_provided: Callable[[float], float] = lambda dial: 1
    check: Callable[[Scenario, tuple[str, ...]], None] = nothing_to_check
    people: Callable[[Partnership], np.ndarray] = own_people
    account: Callable[[Partnership, int], Account | None] = own_account
    regime: Callable[[Partnership], Regime | None] | None = None
    finish: Callable[[Partnership, Vectors], Vectors] | None = None
    fit: Callable[[Partnership], Vectors] | None = None
    figures: Callable[[Partnership, Vectors], Figures] | None = None
    second_answers: Callable[[Partnership, int], tuple[str, int]] | None = None
    provider_width: int | None = None
    provider_account: Callable[[Partnership, int, int], Account | None] | None = None
    answers: Callable[[Exchange], int] = every_row
    traffic: Callable[[Exchange], Traffic] = no_traffic

    @property
    def independent(self) -> bool:
        """Whether a community's model depends on its own people and the provider's alone."""
        return self.section == "adaptation" or self.fewest == 1

    @property
    def needs_provider(self) -> bool:
        """Whether somebody else's model is adapted."""
        return "provider" in self.needs

    @property
    def needs_network(self) -> bool:
        """Whether its model must have hidden units."""
        return "network" in self.needs

    def outcome(self, mechanism: str) -> str:
        """Return how it goes with a mechanism, in words."""
        return outcome(mechanism, self.mechanisms, self.reason, accounted=mechanism == "dp")
