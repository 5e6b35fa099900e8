"""Words of a report: its codes and values as sentences, the same on the page and in a terminal."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tradeoffs.data.upload.import_report import ColumnReport, Report
from tradeoffs.data.upload.options import DECIMALS, SEPARATORS
from tradeoffs.data.upload.profile import Finding
from tradeoffs.data.upload.sanitize import counted
from tradeoffs.stats.proportions import SMALLEST_CELL

MOST_NAMED = 8  # in a list
MOST_ANSWERS = 40
BY_CHOICE = ("dropped", "not_chosen")  # reasons that are no finding
_KINDS = {"excel": "an Excel workbook", "parquet": "a Parquet file"}


def some(names: Sequence[str]) -> str:
    """Return the first names, and how many more there are."""
    more = len(names) - MOST_NAMED
    return ", ".join(names[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def cells(words: Mapping[str, int]) -> str:
    """Return words with how many cells hold each.

    >>> cells({"": 1, "NA": 1296})
    'empty (1), “NA” (1,296)'
    """
    return some([f"“{word}” ({n:,})" if word else f"empty ({n:,})" for word, n in words.items()])


def units(cells: Mapping[str, int]) -> str:
    """Return the signs that stand at numbers, with how many cells have each.

    >>> units({"％": 2, "": 30})
    '％ (2), no sign (30)'
    """
    return ", ".join(f"{unit or 'no sign'} ({n:,})" for unit, n in cells.items())


def _repeat(n: int) -> str:
    return f"{counted(n, 'row')} {'repeats' if n == 1 else 'repeat'} another one"


TEXTS: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "empty": lambda v: "no cell holds anything",
    "constant": lambda v: f"the same value in every row, “{v['value']}”",
    "dates": lambda v: f"dates, such as {v['value']}, which are not used as they are",
    "few_dates": lambda v: f"dates, such as {v['value']}, taken as names in no order",
    "in_text": lambda v: f"a number within text, as in “{v['value']}”, not taken as an amount",
    "several_rows": lambda v: (
        f"looks like an identifier: {v['persons']:,} values in {v['rows']:,} rows, so a person may "
        "have several rows; --id keeps them together"
    ),
    "running_number": lambda v: "a running number: whole numbers, all different and in order",
    "identifier": lambda v: "an identifier: every row has another value",
    "units": lambda v: (
        f"numbers in several units: {units(v['cells'])}; a column of amounts has one, and "
        "--nominal takes all values as names"
    ),
    "mixed": lambda v: (
        f"numbers, and {v['cells']:,} cells that are none: {cells(v['words'])}; --missing counts "
        "such words as missing, --nominal takes all values as names"
    ),
    "rare": lambda v: f"no value is shared by {v['rows']} rows, as in a column of names",
    "tells_label": lambda v: f"a near copy of the label: it tells {100 * v['share']:.0f} % of it",
    "same_as": lambda v: f"the same values as “{v['other']}” in every row",
    "dropped": lambda v: "as you stated",
    "not_chosen": lambda v: "not among the columns you chose",
    "id": lambda v: "it tells whose row it is",
    "unusable": lambda v: v["told"],
    "weight": lambda v: "may be a survey weight; --weight says so",
    "alike": lambda v: (
        f"values that differ in case, spaces or a dot at the end: {_groups(v['groups'])}; --merge "
        "takes them together"
    ),
    "like_missing": lambda v: (
        f"values that may mean missing: {cells(v['words'])}; --missing says so"
    ),
    "unit": lambda v: f"numbers written with {v['unit']}",
    "not_numbers": lambda v: f"{v['cells']:,} cells are no numbers and count as missing",
    "codes": lambda v: (
        "taken as codes, not as amounts" + ("; --numeric says otherwise" if v["zeros"] else "")
    ),
    "proposed": lambda v: (
        f"Bins, groups and lists of values were read off these rows: {some(v['names'])}. They are "
        "statistics of these people, and epsilon does not cover them. Give a codebook that was "
        "made without looking at the rows, and it does."
    ),
    "given": lambda v: (
        "Bins and groups were given. Epsilon covers the rest only if they, and what you stated of "
        "the file, were made without looking at these rows, which nobody can check here."
    ),
    "counts": lambda v: (
        "Numbers of rows and shares of the table itself are exact, and epsilon does not cover "
        "them; nor does it cover what is counted on test rows. Of a group of few people, the two "
        "together tell who was trained on."
    ),
    "row": lambda v: (
        "Each row counts as one person: epsilon protects a row, not a person who has several"
        + (f", as some may by {some(v['several'])} (--id)." if v.get("several") else ".")
    ),
    "weighted": lambda v: (
        f"“{v['title']}” is a survey weight. Accuracy, gaps, rates of groups, shares of yes and "
        f"their intervals are weighted: the {v['rows']:,} rows that figures are shown on tell as "
        f"much as {v['effective']:,.0f} of equal weight. Training, and keeping a bound, counts "
        "each row once, and so do explanations, individual fairness, attacks and what is told of a "
        f"shift. What is too small is told by counting rows: a rate needs {SMALLEST_CELL}. Strata "
        "and clusters of a survey are not known here, and no interval has them."
    ),
    "equal_weights": lambda v: (
        f"“{v['title']}” is the same in every row: figures are as without it."
    ),
    "person": lambda v: (
        "Epsilon protects a person, with all rows of theirs: one row of each person is used in "
        "training, so one person changes one record."
    ),
    "copies_together": lambda v: (
        f"{_repeat(v['rows'])}. Copies stay on one side of the split, and each "
        "counts as a row of its own: someone who stands behind several is protected less."
    ),
    "copies_apart": lambda v: (
        f"{_repeat(v['rows'])}, as many as chance makes equal in a table this "
        "coarse. Each is taken as another person and falls on a side of the split by itself."
    ),
}  # fmt: skip


def said(finding: Finding) -> str:
    """Return a finding in words."""
    return TEXTS[finding.code](finding.values)


def _groups(groups: Sequence[Sequence[str]]) -> str:
    return some([" = ".join(f"“{value}”" for value in group) for group in groups])


def file_notes(report: Report) -> list[str]:
    """Return how the file was read, a sentence each."""
    facts, rows = report.facts, report.rows
    found = [_read_as_file(facts)]
    if facts.get("letters"):
        found.append(
            f"It is not UTF-8 and was read as {facts['encoding']}: look at "
            f"{', '.join(facts['letters'])}; --encoding states another."
        )
    found.append(
        f"Rows read: {rows.read:,}; blank and skipped: {rows.blank:,}; equal to an earlier one in "
        f"every cell: {rows.repeated:,}."
    )
    for sign, titles in facts.get("decimal", {}).items():
        found.append(f"Decimal {DECIMALS[sign]} in: {some(titles)}.")
    for title, text, value in facts.get("read_as", ())[:MOST_NAMED]:
        found.append(f"{title}: “{text}” was read as {value:.15g}; --decimal states the sign.")
    for title in facts.get("formulas", ())[:MOST_NAMED]:
        found.append(
            f"{title}: formulas without results; a spreadsheet program stores them as it saves."
        )
    for title, text in facts["zeros"][:MOST_NAMED]:
        found.append(f"{title}: “{text}” was read as {int(text)}; --nominal takes digits as codes.")
    if facts["absent"]:
        found.append(f"Stated as missing, and in no cell: {some(facts['absent'])}.")
    if not facts.get("header", True):
        found.append("The file has no header: columns are numbered.")
    for old, new in facts.get("renamed", ())[:MOST_NAMED]:
        found.append(f"Several columns are called “{old}”; one is “{new}” here.")
    return found


def _read_as_file(facts: Mapping[str, Any]) -> str:
    if facts["kind"] in _KINDS:
        return f"It is {_KINDS[facts['kind']]}."
    return f"Text in {facts['encoding']}; cells are separated by {SEPARATORS[facts['separator']]}s."


def column_notes(column: ColumnReport) -> list[str]:
    """Return what was found in a column, a phrase each."""
    found = []
    if column.missing:
        values = column.kind != "numbers" and any(column.missing)
        found.append(
            f"missing: {cells(column.missing)}"
            + (f"; --missing '{column.name}=' takes such words as values" if values else "")
        )
    if column.question:
        found.append(column.question)
    if column.reason:
        how = "would be left out" if column.use == "open" else column.use
        found.append(f"{how}: {said(column.reason)}")
    return [*found, *map(said, column.hints)]


def notes(report: Report) -> list[str]:
    """Return everything an import tells of the file and its columns, a sentence each."""
    found = file_notes(report)
    rows = report.rows
    if rows.unanswered:
        left = counted(rows.unanswered, "row")
        found.append(f"Left out first, without an answer that counts: {left}.")
    if rows.weightless:
        found.append(f"Left out next, of weight 0: {counted(rows.weightless, 'row')}.")
    if rows.persons is not None:
        kept = (rows.train or 0) + (rows.select or 0) + (rows.report or 0)
        spare = rows.read - (rows.unanswered or 0) - (rows.weightless or 0) - kept
        found.append(f"{rows.persons:,} persons: one row of each is used, {spare:,} are left out.")
    by_choice = [one for one in report.columns if one.reason and one.reason.code in BY_CHOICE]
    for column in report.columns:
        if column not in by_choice:
            found += [f"{column.title}: {told}." for told in column_notes(column)]
    if by_choice:
        found.append(f"Left out by your choice: {some([one.title for one in by_choice])}.")
    if report.answers:
        listed = answers_told(report)
        more = len(listed) - MOST_ANSWERS
        end = f"; and {counted(more, 'other answer')}" if more > 0 else ""
        found.append(f"Answers to the label: {'; '.join(listed[:MOST_ANSWERS])}{end}.")
    return found + differences_told(report)


def answers_told(report: Report) -> list[str]:
    """Return every answer of the label with its rows and what it counts as."""
    return [
        f"{'no value' if one.value is None else one.value}: {counted(one.rows, 'row')}, {one.taken}"
        for one in report.answers
    ]


def differences_told(report: Report) -> list[str]:
    """Return how large a difference must be to be seen, a sentence each."""
    if report.differences is None:
        return []
    told = [f"{100 * report.differences['accuracy']:.1f} points of accuracy"]
    for title, size in report.differences.items():
        if title != "accuracy":
            told.append(f"{100 * size:.1f} points between the two largest groups of {title}")
    return [
        f"Figures are shown on {report.rows.report:,} rows: differences below about "
        f"{', '.join(told)} cannot be told from chance."
    ]
