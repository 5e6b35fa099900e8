"""Survey weights of an own table: what they change, what they leave, and what is no weight."""

import csv
import io
from dataclasses import replace

import numpy as np
import pytest

from tests.data.upload.conftest import CHOICES
from tradeoffs.cli import main
from tradeoffs.data.composition import EVERYBODY, strata
from tradeoffs.data.table_handle import TableHandle
from tradeoffs.data.upload.options import Choices
from tradeoffs.data.upload.own_table import Own, own_table
from tradeoffs.data.upload.summary import summary
from tradeoffs.errors import InvalidInput
from tradeoffs.experiments.adapt import adapt_to_dataset
from tradeoffs.messages.wording import WORDING
from tradeoffs.report.titles import weighting
from tradeoffs.scenario import Scenario

ROWS = 600
WEIGHED = replace(CHOICES, weight="finalwt")
WEIGHTS = [round(0.2 + n % 17 / 10, 1) for n in range(ROWS)]


def column(own: Own, name: str):
    return next(one for one in own.report.columns if one.name == name)


def base_rate(own: Own) -> float | None:
    return next(p.rate for p in strata(own.whole, "hired") if p.by == EVERYBODY)


def test_a_weight_is_no_feature_and_travels_with_its_rows(table):
    content = table(finalwt=WEIGHTS)
    assert column(own_table(content, CHOICES), "finalwt").hints[0].code == "weight"
    own = own_table(content, WEIGHED)
    assert (column(own, "finalwt").use, column(own, "finalwt").hints) == ("weight", ())
    assert "Rows and share of positive outcomes by finalwt (95 %):" in summary(own)
    assert "finalwt" not in [one.name for one in own.book.features]
    assert own.book.weight == "finalwt"
    assert own.whole.sample_weight is not None
    assert own.whole.sample_weight.tolist() == WEIGHTS
    known = dict(zip(own.whole.row_id.tolist(), WEIGHTS, strict=True))
    for part in ("train", "select", "report"):
        rows = getattr(own.whole.split(), part)
        assert rows.sample_weight.tolist() == [known[one] for one in rows.row_id.tolist()]


def test_the_same_file_with_and_without_weights_are_two_tables_of_the_same_split(table):
    content = table(finalwt=WEIGHTS)
    own, plain = (own_table(content, one) for one in (WEIGHED, replace(CHOICES, drop=("finalwt",))))
    other = own_table(table(finalwt=[1.0, *WEIGHTS[1:]]), WEIGHED)
    assert len({one.book.name for one in (own, plain, other)}) == 3
    parts = [one.whole.split().report for one in (own, plain)]
    assert np.array_equal(parts[0].row_id, parts[1].row_id)
    assert plain.book.weight == "" and parts[1].sample_weight is None


def test_base_rates_of_the_report_are_weighted(table):
    own = own_table(table(finalwt=WEIGHTS), WEIGHED)
    yes = own.whole.labels["hired"] == 1
    assert base_rate(own) == pytest.approx(np.average(yes, weights=WEIGHTS), abs=1e-12)
    women = own.whole.groups["sex"] == 0
    part = next(p for p in strata(own.whole, "hired") if p.by == "sex")
    wanted = np.average(yes[women], weights=np.array(WEIGHTS)[women])
    assert (part.rate, part.rows) == (pytest.approx(wanted, abs=1e-12), int(women.sum()))


def test_the_import_says_what_weights_change_and_how_much_they_leave(table):
    own = own_table(table(finalwt=WEIGHTS), WEIGHED)
    told = next(one for one in own.warnings if "“finalwt” is a survey weight" in one)
    shown = own.whole.split().report
    weights = shown.sample_weight
    assert weights is not None
    effective = weights.sum() ** 2 / (weights**2).sum()
    assert effective < 0.85 * shown.rows
    assert f"{shown.rows:,} test rows carry as much information as {effective:,.0f}" in told
    found = own.report.differences
    assert found is not None
    assert found["accuracy"] == pytest.approx(1.959964 * 0.4 / effective**0.5)


def test_a_row_of_weight_0_counts_nowhere(table):
    gone = np.arange(ROWS) % 5 == 2
    own = own_table(table(finalwt=np.where(gone, 0, WEIGHTS).tolist()), WEIGHED)
    assert own.report.rows.weightless == gone.sum() == 120
    assert own.report.rows.unanswered == 0
    assert len(own.whole.row_id) == ROWS - 120
    assert "Left out next, with weight 0: 120 rows." in own.notes


def test_equal_weights_leave_every_number_as_it_is(table):
    content = table(finalwt=[2.5] * ROWS)
    own, plain = (own_table(content, one) for one in (WEIGHED, replace(CHOICES, drop=("finalwt",))))
    assert any("same in every row" in one for one in own.warnings)
    assert own.whole.sample_weight is None and own.book.weight == ""
    assert own.report.differences == plain.report.differences
    assert strata(own.whole, "hired") == strata(plain.whole, "hired")


@pytest.mark.parametrize(
    ("weights", "told"),
    [
        ([-3.5, -1, *WEIGHTS[2:]], "'finalwt' holds -3.5 and is below 0 in 2 rows; .* at least 0"),
        (["", *WEIGHTS[1:]], "'finalwt' has no value in 1 row; each row needs a number"),
        (["NaN", "NA", *WEIGHTS[2:]], "'finalwt' has no value in 2 rows; each row needs a number"),
        ([0] * ROWS, "'finalwt' is 0 in every row; at least one must be above 0"),
        (["heavy", *WEIGHTS[1:]], "'finalwt' holds 'heavy', which is read as text"),
        (["1e300", *WEIGHTS[1:]], "finalwt.* holds .* which must be in"),
    ],
    ids=["negative", "empty", "missing", "all 0", "text", "too large"],
)
def test_what_is_no_weight_is_refused_with_name_value_and_bound(table, weights, told):
    with pytest.raises(InvalidInput, match=told):
        own_table(table(finalwt=weights), WEIGHED)


@pytest.mark.parametrize("other", [{"id": "finalwt"}, {"protected": ("finalwt",)}])
def test_a_weight_is_nothing_else(table, other):
    with pytest.raises(InvalidInput, match="weight column 'finalwt' cannot also be"):
        own_table(table(finalwt=WEIGHTS), replace(WEIGHED, **other))


def test_screens_say_where_the_weight_is_used_and_where_not(table):
    own = own_table(table(finalwt=WEIGHTS), WEIGHED)
    here, _ = adapt_to_dataset(Scenario(), TableHandle(own.whole))
    assert weighting(here, used=True).startswith("Shares are weighted by “finalwt”")
    assert weighting(here, used=False).endswith("not used here: each row counts once.")
    assert weighting(Scenario(), used=True) == weighting(Scenario(), used=False) == ""


def swept(capsys, file, *more: str) -> list[dict[str, str]]:
    argv = ["sweep", "--table", str(file), "--label", "hired", "--favourable", "yes"]
    fixed = ["--protected", "sex", "--set", "epsilon=none", "--set", "protected=sex"]
    assert main([*argv, *fixed, *more]) == 0
    return list(csv.DictReader(io.StringIO(capsys.readouterr().out)))


def test_a_sweep_measures_the_same_model_by_weights_and_says_so(here, table, tmp_path, capsys):
    file = tmp_path / "survey.csv"
    file.write_bytes(table(finalwt=WEIGHTS))
    found = swept(capsys, file, "--weight", "finalwt")
    plain = swept(capsys, file, "--drop", "finalwt")
    choices = Choices(label="hired", favourable=("yes",), protected=("sex",), weight="finalwt")
    split = own_table(file.read_bytes(), choices).whole.split()
    for row, other in zip(found, plain, strict=True):
        assert (row["weighted_by"], other["weighted_by"]) == ("finalwt", "none")
        assert row["people[sex=M]"] == other["people[sex=M]"]  # decided about by one model
        assert row["selected[sex=M]"] == other["selected[sex=M]"]
        assert row["accuracy"] != other["accuracy"]
        part = getattr(split, row["split"])
        men = part.protected["sex"] == part.groups["sex"].index("M")
        assert float(row["weighted_people[sex=M]"]) == pytest.approx(part.sample_weight[men].sum())
        rates = [
            float(row[f"weighted_selected[sex={g}]"]) / float(row[f"weighted_people[sex={g}]"])
            for g in ("F", "M")
        ]
        assert float(row["gap"]) == pytest.approx(abs(rates[0] - rates[1]), abs=1e-12)
    assert "weighted_people[sex=M]" not in plain[0]


def test_the_words_name_what_stays_unweighted(table):
    own = own_table(table(finalwt=WEIGHTS), WEIGHED)
    told = next(WORDING.write(one) for one in own.report.cautions if one.code == "weighted")
    for part in (
        "Training",
        "explanations",
        "individual fairness",
        "attacks",
        "count each row once",
    ):
        assert part in told
