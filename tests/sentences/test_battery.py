"""Every sentence over what is offered: no exception, no missing number in words, true reasons."""

import itertools
import logging
import re
from collections import Counter

import pytest

from tests.sentences.covering import Run, covering
from tests.sentences.paying import untrue
from tests.sentences.reasons import REASONS
from tests.sentences.screens import screen, setting
from tradeoffs.data.catalogue import DATASETS
from tradeoffs.pipeline.resolve import reported, shifts_offered
from tradeoffs.remedies.catalogue import STAGES
from tradeoffs.remedies.clipping import CLIPPINGS
from tradeoffs.values.fairness.catalogue import NOTIONS

log = logging.getLogger(__name__)
MISSING = re.compile(r"\b(nan|none|inf|nat)\b(?!\s+of the)|\{|\}", re.IGNORECASE)
MAY = {"card epsilon": "none"}  # a budget may be none
SMALL = [
    ("compas", "sex"),
    ("loanapp", "minority"),
    ("hmda", "race"),
    ("compas", "race"),
    ("gss", "race*sex"),
]
TWO = [("compas", "sex"), ("loanapp", "minority"), ("hmda", "race")]
MORE = [("compas", "race"), ("gss", "race*sex"), ("adult", "race"), ("meps", "race_ethnicity")]
SHIFTS = [
    {},
    {"shift": "demographic", "shift_intensity": 1.0},
    {"shift": "prior", "shift_intensity": 1.0},
    {"other_shifts": "flips:0.5+missing:0.5"},
    {"training_shifts": "opt_out:0.5"},
]
MOVES = [  # on the screen beside a setting
    [{"epsilon": 0.3}, {"epsilon": 8.0}, {"epsilon": None}],
    [{"width": 4}, {"width": 0}],
    [{"shift_intensity": 0.0}, {"shift_intensity": 0.5}, {"max_gap": 0.2}],
]
CORE = {
    "stage": list(STAGES),
    "clipping": list(CLIPPINGS),
    "mechanism": ["dp", "clip_only", "none"],
    "bound": [None, 0.05, 0.0],
    "notion": list(NOTIONS),
}
AROUND = {
    "where": SMALL,
    "shift": SHIFTS,
    "rows": [250, 1000],
    "epsilon": [0.1, 1.0, 8.0],
    "width": [0, 4],
    "label": [0, 1],
    "axes": [("fairness", "accuracy"), ("privacy", "explainability"), ("privacy", "accuracy")],
    "moves": MOVES,
    "seeds": [1, 2],
}


def wrong(run: Run, price: bool = False) -> tuple[list[str], Counter[str]]:
    """Return what is wrong on the screen of a run, and how often each sentence was said."""
    here = setting(run)
    assert here is not None
    x, y = run["axes"]
    made = screen(here, x=x, y=y, moves=run["moves"], seeds=run["seeds"], price=price)
    found = [
        f"{one.name}: {one.text!r} at {run}"
        for one in made.every
        if MISSING.search(one.text) and MAY.get(one.name) != one.text
    ]
    found += [
        f"not so, {one.name}: {one.text!r} at {run}"
        for one in made.said
        if not REASONS[one.name](made, one.text)
    ]
    found += [f"not so: {text!r} at {run}" for text in untrue(made)]
    return found, Counter(one.name for one in made.every)


def battery(runs: list[Run]) -> Counter[str]:
    """Run all, and fail with everything that is wrong; return how often each sentence was said."""
    faults, said = [], Counter()
    for place, run in enumerate(runs):
        own, names = wrong(run, price=place % 25 == 0)
        faults += own
        said += names
    sentences = sum(said[name] for name in REASONS)
    log.info("%d combinations, %d sentences, %d faults", len(runs), sentences, len(faults))
    assert not faults, "\n".join(faults[:20])
    return said


def offered(run: Run) -> bool:
    return setting(run) is not None


def test_every_pair_of_choices_gives_true_sentences():
    runs = covering(CORE | AROUND, offered)
    assert len(runs) > 50
    said = battery(runs)
    assert len({name for name in said if name in REASONS}) > 25


@pytest.mark.slow
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("shift", SHIFTS, ids=lambda shift: "+".join(map(str, shift.values())))
def test_every_stage_clipping_mechanism_bound_and_notion_gives_true_sentences(shift):
    """The whole product, each with two groups and with more; what else there is turns round."""
    product = itertools.product(*CORE.values())
    turning = {name: itertools.cycle(choices) for name, choices in AROUND.items()}
    runs = []
    for values in product:
        for group in (TWO, MORE):
            run = dict(zip(CORE, values, strict=True))
            run |= {name: next(choices) for name, choices in turning.items()}
            run |= {"shift": shift, "where": group[len(runs) % len(group)]}
            runs += [run] if offered(run) else []
    battery(runs)


@pytest.mark.slow
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("data", DATASETS, ids=lambda data: data.name)
def test_every_shift_and_attribute_of_a_table_gives_true_sentences(data):
    names = shifts_offered(data.name, data.labels[0], data.protected[0], "deployment")
    trained = shifts_offered(data.name, data.labels[0], data.protected[0], "training")
    shifts = [{"shift": name, "shift_intensity": t} for name in names for t in (0.5, 1.0)]
    shifts += [{"training_shifts": f"{name}:0.5"} for name in trained]
    where = {"where": [(data.name, protected) for protected in reported(data)], "shift": shifts}
    battery(covering(CORE | AROUND | where, offered))
