"""Every sentence over what is offered: no exception, no missing number in words, true reasons."""

import itertools
import logging
import re

import pytest

from tests.sentences.covering import Run, covering
from tests.sentences.paying import shown
from tests.sentences.reasons import REASONS
from tests.sentences.screens import Screen, around, screen, setting, trained
from tradeoffs.data.catalogue import DATASETS
from tradeoffs.engine.clipping.catalogue import CLIPPINGS
from tradeoffs.experiments.plan import available_shifts, reported_attributes
from tradeoffs.remedies.catalogue import STAGES
from tradeoffs.values.fairness.catalogue import NOTIONS

log = logging.getLogger(__name__)
MISSING = re.compile(r"\b(nan|none|inf|nat)\b(?!\s+of the)|\{|\}", re.IGNORECASE)
MAY = {"card epsilon": "none"}  # a budget may be none
TABLES = [  # two groups, and more
    ("loanapp", "minority"),
    ("hmda", "race"),
    ("compas", "race"),
    ("gss", "race*sex"),
]
SHIFTS = [
    {},
    {"shift": "demographic", "shift_intensity": 1.0},
    {"shift": "prior", "shift_intensity": 1.0},
    {"other_shifts": "flips:0.5+missing:0.5", "training_shifts": "opt_out:0.5"},
]
MOVES = [  # on the screen beside a setting
    [{"epsilon": 0.3}, {"max_gap": 0.2}],
    [{"width": 4}, {"width": 0}],
    [{"shift_intensity": 0.0}, {"shift_intensity": 0.5}],
]
CORE = {
    "stage": list(STAGES),
    "clipping": list(CLIPPINGS),
    "mechanism": ["dp", "clip_only", "none"],
    "bound": [None, 0.05, 0.0],
    "notion": list(NOTIONS),
}
MODELS = {"rows": [250, 1000], "width": [0, 4], "label": [0, 1]}
AROUND = {
    "epsilon": [0.1, 1.0, 8.0],
    "axes": [("fairness", "accuracy"), ("privacy", "explainability"), ("privacy", "accuracy")],
    "moves": MOVES,
    "seeds": [1, 2],
}
AXES = CORE | {"where": TABLES, "shift": SHIFTS} | MODELS | AROUND


def battery(runs: list[Run]) -> set[str]:
    """Run all, and fail with everything that is wrong; return which sentences were said."""
    stored = trained(one for run in runs for one in around(run))
    faults, names, sentences = [], set(), 0
    for place, run in enumerate(runs):
        made = screen(run, stored, price=place % 25 == 0)  # accountants take longer than trainings
        sentences += len(made.said)
        names |= {one.name for one in made.said}
        faults += [f"{fault} at {run}" for fault in wrong(made)]
    log.info("%d combinations, %d sentences, %d faults", len(runs), sentences, len(faults))
    assert not faults, "\n".join(faults[:20])
    return names


def wrong(made: Screen) -> list[str]:
    """Return the words on a screen with a missing number, and those that are not so."""
    return [
        *(
            f"missing, {one.name}: {one.text!r}"
            for one in [*made.said, *made.cells]
            if MISSING.search(one.text) and MAY.get(one.name) != one.text
        ),
        *(
            f"not so, {one.name}: {one.text!r}"
            for one in made.said
            if not REASONS[one.name](made, one.text)
        ),
        *(f"not so, {card.name}: {card.value!r}" for card in made.cards if not shown(made, card)),
    ]


def offered(run: Run) -> bool:
    return setting(run) is not None


def test_every_pair_of_choices_gives_true_sentences():
    runs = covering(AXES, offered)
    assert len(runs) > 50
    assert len(battery(runs)) > 25


def product(data: str, protected: list[str]) -> list[Run]:
    """Return all of the core and the shifts on a table; what else there is turns round."""
    turning = {name: itertools.cycle(choices) for name, choices in AROUND.items()}
    models = itertools.cycle(itertools.product(protected, *MODELS.values()))
    runs = []
    for stage, notion in itertools.product(CORE["stage"], CORE["notion"]):
        where, *rest = next(models)  # trained together
        shared = {"where": (data, where)} | dict(zip(MODELS, rest, strict=True))
        free = {name: choices for name, choices in CORE.items() if name not in ("stage", "notion")}
        for values in itertools.product(*free.values(), SHIFTS):
            run = dict(zip([*free, "shift"], values, strict=True))
            run |= shared | {"stage": stage, "notion": notion}
            if offered(run | {name: choices[0] for name, choices in AROUND.items()}):
                runs.append(run | {name: next(choices) for name, choices in turning.items()})
    return runs


@pytest.mark.slow
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("data", DATASETS.values(), ids=lambda data: data.name)
def test_every_stage_clipping_mechanism_bound_notion_and_shift_gives_true_sentences(data):
    runs = product(data.name, list(reported_attributes(data)))
    assert battery(runs)


@pytest.mark.slow
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("data", DATASETS.values(), ids=lambda data: data.name)
def test_every_shift_and_attribute_of_a_table_gives_true_sentences(data):
    names = available_shifts(data.name, data.labels[0], data.protected[0], "deployment")
    trained_ = available_shifts(data.name, data.labels[0], data.protected[0], "training")
    shifts = [{"shift": name, "shift_intensity": t} for name in names for t in (0.5, 1.0)]
    shifts += [{"training_shifts": f"{name}:0.5"} for name in trained_]
    where = [(data.name, protected) for protected in reported_attributes(data)]
    battery(covering(AXES | {"where": where, "shift": shifts}, offered))
