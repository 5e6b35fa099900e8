"""The laws of every shift, over the whole catalogue."""

import numpy as np
import pytest
from scipy import stats

from tradeoffs.data.load import load_codebook, load_split
from tradeoffs.data.sample import subsample
from tradeoffs.data.shifts.catalogue import SHIFTS, shift, split_option
from tradeoffs.data.shifts.columns import PARTS, column
from tradeoffs.data.shifts.compose import (
    causal_order,
    compose,
    options,
    possible_shifts,
    require,
    unmeasurable,
)
from tradeoffs.data.shifts.diagnostics import ALPHA, DIAGNOSTICS, diagnose, matching_rows
from tradeoffs.data.shifts.shift import Shift
from tradeoffs.data.table import Table
from tradeoffs.errors import InvalidInput

INTENSITIES = (0.0, 0.25, 0.5, 0.75, 1.0)
NAMED = {  # dataset, label, and the name with its option
    "place": ("gss", "income_25k", "place.south_atlantic"),
    "time": ("meps", "visits_10", "time.2016"),
    "opt_out": ("adult", "income_gt_50k", "opt_out.male"),
}
ADULT = ("adult", "income_gt_50k")
CASES = [NAMED.get(name, (*ADULT, name)) for name in SHIFTS] + [
    ("adult", "income_gt_50k", "demographic.female"),
    ("gss", "income_25k", "standing.black"),
    ("compas", "rearrest", "time.2014_first_half"),
    ("wiki_toxicity", "toxic_women", "annotation.toxic_men"),
    ("meps", "cost_over_5000", "annotation.conditions_3"),
]
each = pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[0]}-{case[2]}")
PROTECTED = {"adult": "sex", "gss": "race", "meps": "race", "compas": "race"}


class Given:
    """A shift on the report rows of a table."""

    def __init__(self, case: tuple[str, str, str]):
        dataset, label, self.name = case
        split = load_split(dataset, label)
        self.before, self.source = split.report, split.select
        self.protected = PROTECTED.get(dataset, load_codebook(dataset).protected[0].name)
        self.entry = shift(self.name)

    def at(self, intensity: float, table: Table | None = None, seed: int = 0) -> Table:
        table = self.before if table is None else table
        option = split_option(self.name)[1]
        return self.entry.apply(table, intensity, seed, self.protected, option)


def same_bytes(one: Table, other: Table) -> bool:
    pairs = zip(one.arrays(), other.arrays(), strict=True)
    return all(a.tobytes() == b.tobytes() for a, b in pairs)


@each
def test_intensity_zero_changes_nothing(case):
    given = Given(case)
    assert same_bytes(given.at(0.0), given.before)


@each
def test_the_same_arguments_give_the_same_bytes(case):
    given = Given(case)
    one, again = given.at(0.5, seed=7), given.at(0.5, seed=7)
    assert same_bytes(one, again)
    assert not same_bytes(one, given.at(0.5, seed=8))


@each
def test_what_less_intensity_changes_more_changes_too(case):
    given = Given(case)
    if given.entry.selects:
        kept = [given.at(t).row_id for t in INTENSITIES]
        for more, fewer in zip(kept, kept[1:], strict=False):
            assert len(fewer) < len(more) and np.isin(fewer, more).all()
        return
    changed = [_changed(given.before, given.at(t)) for t in INTENSITIES]
    for fewer, more in zip(changed, changed[1:], strict=False):
        assert fewer < more


def _changed(before: Table, after: Table) -> set[int]:
    """Return the ids of rows that were changed or repeated."""
    rows = matching_rows(before, after)
    pairs = zip(before.arrays(), after.arrays(), strict=True)
    differ = np.any([(a[rows] != b).reshape(len(rows), -1).any(1) for a, b in pairs], axis=0)
    twice = np.unique(after.row_id[:-1][after.row_id[1:] == after.row_id[:-1]])
    return set(after.row_id[differ].tolist()) | set(twice.tolist())


@each
def test_what_a_shift_does_not_write_stays_bit_for_bit(case):
    given = Given(case)
    after, writes = given.at(1.0), set(given.entry.writes)
    same = given.before.take(matching_rows(given.before, after))
    assert "label" in writes or np.array_equal(after.label, same.label)
    assert "groups" in writes or all(
        np.array_equal(after.protected[a], same.protected[a]) for a in after.protected
    )
    written = {column(after, part) for part in PARTS if part in writes}
    if "features" in writes:
        written = set(range(len(after.features)))
    for place in set(range(len(after.features))) - written:
        assert np.array_equal(after.codes[:, place], same.codes[:, place])
    assert given.entry.writes or np.isin(after.row_id, given.before.row_id).all()


@each
def test_a_rows_fate_depends_on_that_row_alone(case):
    """Which the promise of privacy in training rests on."""
    given = Given(case)
    some = subsample(given.before, 1_000, seed=1)
    order = np.random.default_rng(0).permutation(some.rows)
    alone = given.at(0.5, some.take(order))
    among = given.at(0.5)
    among = among.take(np.isin(among.row_id, some.row_id))
    alone = alone.take(np.argsort(alone.row_id, kind="stable"))
    assert same_bytes(alone, among.take(np.argsort(among.row_id, kind="stable")))


@each
def test_what_must_not_move_does_not(case):
    """Chi-square tests between different people, with Bonferroni's correction."""
    given = Given(case)
    after = given.at(1.0)
    assert given.entry.still
    for name in given.entry.still:
        found = diagnose(name, given.source, given.before, after, given.protected)
        assert found.p is not None and found.p > ALPHA / len(given.entry.still), name


@each
def test_what_must_move_moves_more_with_every_intensity(case):
    given = Given(case)
    for name in given.entry.moved[:1]:
        values = [
            diagnose(name, given.source, given.before, given.at(t), given.protected).value
            for t in INTENSITIES
        ]
        assert values[0] == 0 and stats.spearmanr(values, INTENSITIES).statistic > 0.95, values  # type: ignore[attr-defined]
    for name in given.entry.moved:
        found = diagnose(name, given.source, given.before, given.at(1.0), given.protected)
        assert found.value > 0.01 and (found.p is None or found.p < ALPHA), found


def _all(parts: tuple[str, ...]) -> set[str]:
    return {*parts, *(PARTS if "features" in parts else ())}


def _used(entry: Shift) -> set[str]:
    return _all(entry.reads) | _all(entry.writes)


def test_shifts_on_disjoint_columns_commute():
    report = load_split(*ADULT).report
    entries = [entry for entry in SHIFTS.values() if entry.optional]
    tried = 0
    for a, one in enumerate(entries):
        for other in entries[a + 1 :]:
            if _used(one) & _all(other.writes) or _used(other) & _all(one.writes):
                continue
            if "groups" in one.reads and one.private_reason and other.selects:
                continue  # the largest group is found in the rows that are left
            first = other.apply(one.apply(report, 0.7, 0, "sex"), 0.7, 0, "sex")
            second = one.apply(other.apply(report, 0.7, 0, "sex"), 0.7, 0, "sex")
            assert same_bytes(first, second), (one.name, other.name)
            tried += 1
    assert tried > 20


def test_several_shifts_are_composed_in_causal_order_whatever_the_order_they_are_stated_in():
    report = load_split(*ADULT).report
    stated = (("flips", 0.5), ("prior", 0.25), ("demographic.female", 1.0), ("missing", 0.0))
    in_order = (("demographic.female", 1.0), ("prior", 0.25), ("flips", 0.5))
    assert causal_order(stated) == causal_order(stated[::-1]) == in_order
    whole = compose(report, stated, 0, "sex")
    by_hand = report
    for name, intensity in in_order:
        by_hand = shift(name).apply(by_hand, intensity, 0, "sex", split_option(name)[1])
    assert same_bytes(whole, by_hand)


@pytest.mark.parametrize("entry", SHIFTS.values(), ids=lambda entry: entry.name)
def test_the_catalogue_tells_what_a_person_needs(entry):
    assert shift(entry.name) is entry
    words = (entry.title, entry.family, entry.moves, entry.invariant, entry.source)
    assert entry.help.endswith(".") and entry.limits.endswith(".") and all(words)
    assert set(entry.moved) | set(entry.still) <= set(DIAGNOSTICS)
    assert entry.optional or entry.option
    assert entry.deployed or entry.trained


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("quake", "unknown shift 'quake'; known: demographic, opt_out"),
        ("opt_out.female", "the shift 'opt_out' is for training, not for deployment"),
        ("place.south", "the shift 'place' needs places; adult has none"),
        ("demographic.nobody", "unknown group 'nobody'; known: fem"),
        ("flips.women", "the shift 'flips' takes no option, not 'women'"),
    ],
)
def test_what_cannot_be_applied_is_refused_with_the_reason(name, told):
    book = load_codebook("adult")
    with pytest.raises(InvalidInput, match=told):
        require(((name, 0.5),), "deployment", book, book.label(), "sex", False)


@pytest.mark.parametrize(
    ("name", "named"), [("demographic", "demographic.male"), ("duplicates", "")]
)
def test_a_shift_that_counts_private_rows_is_refused_in_training_at_finite_epsilon(name, named):
    book = load_codebook("adult")
    where = ("training", book, book.label(), "sex")
    with pytest.raises(InvalidInput, match="not available in training at a finite epsilon: "):
        require(((name, 0.5),), *where, True)
    assert require(((name, 0.5),), *where, False)
    if named:
        assert require(((named, 0.5),), *where, True)


def test_the_outcome_becomes_rarer_and_those_who_withhold_are_the_named_group():
    before = load_split(*ADULT).report
    rarer = shift("prior").apply(before, 1.0, 0, "sex")
    assert (~rarer.label).sum() == (~before.label).sum()  # nobody without it leaves
    assert 0 < rarer.label.sum() < 0.2 * before.label.sum()
    left = shift("opt_out").apply(before, 1.0, 0, "sex", "female")
    group, names = before.group_of("sex")
    assert left.rows == (group != names.index("Female")).sum()
    assert set(left.group_of("sex")[0].tolist()) == {names.index("Male")}


def test_a_shift_stated_twice_is_refused():
    book = load_codebook("gss")
    twice = (("place.pacific", 0.5), ("place.mountain", 0.5))
    with pytest.raises(InvalidInput, match="'place' is stated twice"):
        require(twice, "deployment", book, book.labels[0], "race", False)


def test_a_column_that_the_table_lacks_is_named():
    table = load_split(*ADULT).report.without(["education_num"])
    with pytest.raises(InvalidInput, match="needs education_num, which 'adult' lacks"):
        shift("covariate").apply(table, 0.5, 0, "sex")


@pytest.mark.parametrize("intensity", [-0.1, 1.1, float("nan")])
def test_an_intensity_out_of_bounds_is_refused(intensity):
    with pytest.raises(InvalidInput, match=r"of flips must be in \[0, 1\]"):
        shift("flips").apply(load_split(*ADULT).report, intensity, 0, "sex")


def test_too_few_rows_and_an_emptied_group_are_not_measurable():
    report = load_split(*ADULT).report
    few = unmeasurable(report, report.take(np.arange(150)), "sex")
    assert few and few.code == "shift_leaves_few_rows" and few.values == {"rows": 150, "least": 200}
    women = report.take(report.protected["sex"] == 0)
    nobody = unmeasurable(report, women, "sex")
    assert nobody and nobody.code == "shift_leaves_nobody" and nobody.values == {"group": "Male"}
    assert unmeasurable(report, women, None) is unmeasurable(report, report, "sex") is None


def test_options_are_the_names_of_the_table():
    book = load_codebook("gss")
    assert options(shift("place"), book, "race")[:2] == ("new_england", "middle_atlantic")
    assert options(shift("time"), book, "race")[0] == "1994"
    assert options(shift("opt_out"), book, "race") == ("black", "not_black")
    assert options(shift("flips"), book, "race") == ()


def test_demographic_at_full_intensity_keeps_a_seventh_of_the_largest_group():
    report = load_split(*ADULT).report
    found = shift("demographic").apply(report, 1.0, 0, "sex")
    men = [int((t.protected["sex"] == 1).sum()) for t in (found, report)]
    assert men[0] / men[1] == pytest.approx(np.exp(-2), abs=4 * np.sqrt(0.135 * 0.865 / men[1]))
    assert (found.protected["sex"] == 0).sum() == (report.protected["sex"] == 0).sum()


def test_a_named_annotation_is_the_recorded_answer_of_the_others():
    split = load_split("meps", "cost_over_5000").report
    other = load_split("meps", "conditions_3").report
    after = shift("annotation").apply(split, 1.0, 0, "sex", "conditions_3")
    common = np.intersect1d(after.row_id, other.row_id)
    a, b = (
        t.label[np.argsort(t.row_id)][np.isin(np.sort(t.row_id), common)] for t in (after, other)
    )
    assert len(common) > 1_000 and np.array_equal(a, b)


def test_what_is_offered_can_be_stated():
    book = load_codebook("adult")
    at = (book, book.label(), "sex")
    deployed = possible_shifts("deployment", *at, False)
    assert deployed[:3] == ("demographic", "demographic.female", "demographic.male")
    assert not {"place", "time", "opt_out", "unseen"} & {split_option(name)[0] for name in deployed}
    private, exact = (possible_shifts("training", *at, p) for p in (True, False))
    assert set(exact) - set(private) == {"demographic", "duplicates"}
    assert "opt_out.female" in private and "emerged" not in private
