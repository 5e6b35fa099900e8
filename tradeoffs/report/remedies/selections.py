"""Selections of the page Remedies: who somebody is, with whom, and by which way."""

from collections.abc import Callable
from functools import lru_cache

from tradeoffs.catalogue import Catalogue
from tradeoffs.data.catalogue import available_datasets, dataset
from tradeoffs.data.codebook_words import word
from tradeoffs.data.communities.catalogue import (
    Community,
    available_cuts,
    by_answer,
    communities,
    find_cut,
    labels_differ,
    title_of,
)
from tradeoffs.data.table_cache import table_cache
from tradeoffs.errors import InvalidInput
from tradeoffs.experiments.plan import reported_attributes
from tradeoffs.field import LEVELS
from tradeoffs.fields import FIELDS
from tradeoffs.language.notation import localise
from tradeoffs.language.translates import original
from tradeoffs.language.translation import say, translate
from tradeoffs.remedies.adaptation.multi_task import MULTI_TASK
from tradeoffs.remedies.adaptation.pate import PATE
from tradeoffs.remedies.catalogue import REMEDIES
from tradeoffs.remedies.partnership import PRIVATE
from tradeoffs.remedies.remedy import Dial
from tradeoffs.report.options import option
from tradeoffs.report.options import words as field_words
from tradeoffs.report.remedies.selection import Selection, Values
from tradeoffs.report.text import capital, number
from tradeoffs.scenario import Scenario

FIRST = {
    "dataset": "gss",
    "protected": "sex",
    "communities": "place",
    "home": "South Atlantic",  # the largest of them: its differences are told best
    "rows": "100",
    "epsilon": "none",
}
ROWS = (50, 100, 200, 300, 1_000, 3_000)  # and all that home has
NETWORK = "8"  # hidden units, where a way needs some
ALL = "all"  # people that each community has
PROVIDERS = {
    "others": "the other communities together",
    "largest": "the largest community",
    "turned": "made up: a model trained on flipped labels",
}
PROMISING = f"{PRIVATE}others"
MEASURES = {"accuracy": "Accuracy", "log_loss": "Log-loss"}


def words_of_way(name: str) -> str:
    """Return a way in words, as an option."""
    return capital(REMEDIES[name].title)


def dial_of(at: Values) -> Dial | None:
    """Return the dial of the chosen way; None where it has none."""
    return REMEDIES[at["remedy"]].dial


@table_cache
@lru_cache(maxsize=100)
def members_of(name: str, label: str, cut: str) -> tuple[Community, ...]:
    """Return the communities of a cut; none where it is not possible."""
    try:
        return communities(name, label, cut)
    except InvalidInput:
        return ()


def measurable(name: str, label: str, cut: str) -> tuple[str, ...]:
    """Return the names of the communities that have people enough to be measured."""
    return tuple(one.name for one in members_of(name, label, cut) if one.measurable)


def scenario_of(values: Values) -> Scenario:
    """Return home's setting.

    Raises:
        InvalidInput: the selections are not possible together.
    """
    chosen = {name: one for name, one in values.items() if name in Scenario.model_fields and one}
    if values["rows"] == ALL:
        chosen["rows"] = str(most_people(values))
    return Scenario.of(**chosen)


def most_people(at: Values) -> int:
    """Return how many people the largest community has."""
    return max(one.train for one in members_of(*_of_table(at)))


def _of_table(values: Values) -> tuple[str, str, str]:
    return values["dataset"], values["label"], values["communities"]


def _homes(at: Values) -> tuple[str, ...]:
    return measurable(*_of_table(at))


def people_on_offer(at: Values) -> tuple[str, ...]:
    """Return the sizes on offer, as options: round ones below what home has, and all."""
    own = next((one.train for one in members_of(*_of_table(at)) if one.name == at["home"]), 0)
    return (*(str(rows) for rows in ROWS if rows < own), ALL)


def _ways(at: Values) -> tuple[str, ...]:
    del at
    return tuple(REMEDIES)


def _dials(at: Values) -> tuple[str, ...]:
    dial = dial_of(at)
    return tuple(map(option, dial.values)) if dial else ("none",)


def _first_dial(at: Values) -> str:
    dial = dial_of(at)
    return option(dial.default) if dial else "none"


def _dial_words(one: str, at: Values) -> str:
    dial = dial_of(at)
    if dial is None:
        return one
    return dial.phrases.get(float(one)) or dial.phrase.format(number(float(one)))


def _dial_ends(at: Values) -> tuple[str, str]:
    dial = dial_of(at)
    return dial.ends if dial else ("", "")


def _dial_title(at: Values) -> str:
    dial = dial_of(at)
    if dial and dial.of_noise and at["epsilon"] == "none" and not at.get("own_epsilon"):
        return say("{title} (no effect without a privacy budget)", title=capital(dial.title))
    return capital(dial.title if dial else FIELDS["dial"].title)


def _needs_provider(at: Values) -> bool:
    return REMEDIES[at["remedy"]].needs_provider


def _providers(at: Values) -> tuple[str, ...]:
    others = (name for name in _homes(at) if name != at["home"])
    cut = at["dataset"], at["communities"]
    other = labels_differ(*cut) or by_answer(*cut)
    labels = () if other else dataset(at["dataset"]).labels
    labels = tuple(f"label.{name}" for name in labels if name != at["label"])
    if at["remedy"] == MULTI_TASK.name:  # it asks for a second label alone
        return ("others", *labels)
    # Votes of teachers keep the promise by themselves.
    promising = at["epsilon"] != "none" and at["remedy"] != PATE.name
    return (*PROVIDERS, *([PROMISING] if promising else []), *labels, *others)


def _provider_words(one: str, at: Values) -> str:
    if one == "others" and at["remedy"] == MULTI_TASK.name:
        return say("the first other label")
    if one.startswith("label."):
        asked = dataset(at["dataset"]).label(one.removeprefix("label.")).title
        return say("a model for another label: {label}", label=asked)
    if one == PROMISING:
        return say("the others together, with a privacy budget")
    return translate(PROVIDERS[one]) if one in PROVIDERS else word(one)


def _widths(at: Values) -> tuple[str, ...]:
    needed = REMEDIES[at["remedy"]].needs_network
    return tuple(option(one) for one in FIELDS["width"].values if one or not needed)


def _first_width(at: Values) -> str:
    return NETWORK if REMEDIES[at["remedy"]].needs_network else "0"


def _width_counts(at: Values) -> bool:
    """Return whether the level or the way has the size of the model, or it is not the usual one."""
    network = at.get("width", "0") != "0"
    return at["level"] == "lab" or REMEDIES[at["remedy"]].needs_network or network


def _row_words(one: str, at: Values) -> str:
    del at
    return say("all there are") if one == ALL else localise(f"{int(one):,}")


def _first_of(options: Callable[[Values], tuple[str, ...]], name: str) -> Callable[[Values], str]:
    """Return what chooses the page's own first option where it is offered, else the first."""

    def default(at: Values) -> str:
        known = options(at)
        return FIRST[name] if FIRST.get(name) in known else (known[0] if known else "")

    return default


def _field(
    name: str,
    options: Callable[[Values], tuple[str, ...]],
    words: Callable[[str, Values], str],
    **more: object,
) -> Selection:
    """Return the selection of a scenario's field, whose title and help it has."""
    told = {
        "title": original(FIELDS[name], "label"),
        "help": original(FIELDS[name], "help"),
        "default": _first_of(options, name),
        "place": "you",
    }
    return Selection(name=name, options=options, words=words, **{**told, **more})  # pyright: ignore[reportArgumentType]


def _labels(at: Values) -> tuple[str, ...]:
    return dataset(at["dataset"]).labels


def _groups(at: Values) -> tuple[str, ...]:
    return reported_attributes(dataset(at["dataset"]))


@table_cache
@lru_cache(maxsize=100)
def cuts(name: str, label: str) -> tuple[str, ...]:
    """Return the cuts of a table, those that take an amount with each that is on offer."""
    found: list[str] = []
    for text in available_cuts(name, label):
        amount = find_cut(name, text)[0].amount
        base = text.partition(".")[0]
        every = sorted(amount.values, key=float) if amount else ()
        found += [f"{base}.{one}" for one in every] or [text]
    return tuple(found)


def cut_words(name: str, text: str) -> str:
    """Return a cut in words, with its amount where it takes one.

    >>> cut_words("gss", "towns.5")
    'random towns (5 towns)'
    """
    entry, option = find_cut(name, text)
    told = f" ({entry.amount.phrase.format(localise(option))})" if entry.amount else ""
    return f"{title_of(name, text)}{told}"


def _cuts(at: Values) -> tuple[str, ...]:
    return cuts(at["dataset"], at["label"])


def _budgets(at: Values) -> tuple[str, ...]:
    del at
    return tuple(map(option, FIELDS["epsilon"].values))


def _typed(at: Values) -> tuple[str, ...]:
    """Return no options: a text is typed."""
    del at
    return ()


def _zero(at: Values) -> str:
    del at
    return "0"


def _home_is_missing(one: str, at: Values) -> str:
    if one and at["home"] not in one.split("+"):
        return say("{home}, your community, has to be among them", home=word(at["home"]))
    return "" if not one or "+" in one else say("at least two communities have to take part")


def _budgets_fault(one: str, at: Values) -> str:
    try:
        names = [name for name, _ in Scenario.of(communities="place", own_epsilon=one).own_epsilon]
    except InvalidInput as refusal:
        return str(refusal)
    wrong = [name for name in names if name not in _homes(at)]
    return say("there is no community {name!r}", name=wrong[0]) if wrong else ""


def _seed_fault(one: str, at: Values) -> str:
    del at
    most = FIELDS["seed"].values[-1]
    able = one.isascii() and one.isdigit() and int(one) <= most
    return "" if able else say("it must be a whole number from 0 to {most}", most=most)


def _constant(*options: str) -> Callable[[Values], tuple[str, ...]]:
    return lambda at: options


SELECTIONS: tuple[Selection, ...] = (
    Selection(
        name="level",
        title=original(FIELDS["level"], "title"),
        help=original(FIELDS["level"], "help"),
        options=_constant(*LEVELS),
        words=lambda one, at: FIELDS["level"].words[one],
        default=lambda at: "story",
        place="head",
    ),
    _field(
        "dataset",
        lambda at: tuple(one.name for one in available_datasets()),
        lambda one, at: dataset(one).title,
        place="data",
    ),
    _field("label", _labels, lambda one, at: dataset(at["dataset"]).label(one).title, place="data"),
    _field("protected", _groups, lambda one, at: field_words("protected", one, at), place="data"),
    _field(
        "communities",
        _cuts,
        lambda one, at: cut_words(at["dataset"], one),
        title="Communities are",
        place="data",
    ),
    _field(
        "home",
        _homes,
        lambda one, at: capital(word(one)),
        title="You are",
        help=(
            "The community that the model makes decisions for; models are measured on its test "
            "people."
        ),
        level="story",
    ),
    _field(
        "rows",
        people_on_offer,
        _row_words,
        title="People each community has",
        help="How many people are in each community's training data, at most all that it has.",
        ends=lambda at: (say("a small place"), say("all of its people")),
        level="story",
    ),
    _field(
        "epsilon",
        _budgets,
        lambda one, at: field_words("epsilon", one, at),
        ends=lambda at: FIELDS["epsilon"].ends or ("", ""),
    ),
    _field(
        "remedy",
        _ways,
        lambda one, at: words_of_way(one),
        title="The way",
        default=lambda at: "fedavg" if "fedavg" in REMEDIES else next(iter(REMEDIES)),
        place="way",
    ),
    _field(
        "dial",
        _dials,
        _dial_words,
        default=_first_dial,
        ends=_dial_ends,
        place="way",
        shown=lambda at: dial_of(at) is not None,
        called=_dial_title,
    ),
    _field(
        "temperature",
        lambda at: tuple(map(option, FIELDS["temperature"].values)),
        lambda one, at: say("the usual one") if one == "none" else localise(one),
        default=lambda at: "none",
        ends=lambda at: FIELDS["temperature"].ends or ("", ""),
        level="lab",
        place="way",
        shown=lambda at: "temperature" in REMEDIES[at["remedy"]].fields,
    ),
    _field(
        "provider",
        _providers,
        _provider_words,
        place="way",
        shown=_needs_provider,
    ),
    _field(
        "width",
        _widths,
        lambda one, at: field_words("width", one, at),
        default=_first_width,
        ends=lambda at: FIELDS["width"].ends or ("", ""),
        place="way",
        shown=_width_counts,
    ),
    _field(
        "members",
        _homes,
        lambda one, at: word(one),
        fault=_home_is_missing,
        default=lambda at: "",
        several=True,
        level="lab",
        place="lab",
    ),
    _field(
        "own_epsilon",
        _typed,
        lambda one, at: one or say("none"),
        fault=_budgets_fault,
        default=lambda at: "",
        level="lab",
        place="lab",
    ),
    _field(
        "seed",
        _typed,
        lambda one, at: one,
        fault=_seed_fault,
        default=_zero,
        level="lab",
        place="lab",
    ),
    Selection(
        name="measure",
        title="Measured by",
        help=(
            "Accuracy is the share of correct predictions. Log-loss also counts how sure the "
            "model was of each, and shows smaller differences."
        ),
        options=_constant(*MEASURES),
        words=lambda one, at: translate(MEASURES[one]),
        default=lambda at: "accuracy",
        place="answer",
    ),
)
LISTED = Catalogue("selection", SELECTIONS)
