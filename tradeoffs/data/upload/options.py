"""Options: what a visitor states about a file and decides about its columns; nothing is guessed."""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tradeoffs.data.upload.sanitize import plain
from tradeoffs.errors import InvalidInput
from tradeoffs.language.translation import mark

SEPARATORS = {",": mark("comma"), ";": mark("semicolon"), "\t": mark("tab"), "|": mark("pipe")}
DECIMALS = {".": mark("point"), ",": mark("comma")}
ENCODINGS = ("utf-8", "utf-16", "windows-1252", "iso-8859-15", "windows-1250", "mac-roman", "cp850")
BETWEEN = "|"  # values that are named together
BECOMES = "=>"
OF = "="  # column=...


class Question(InvalidInput):
    """Something that the file leaves open; it must be stated.

    Attributes:
        option: by which it is stated, as at the command line: "decimal".
        choices: what may be stated, where that can be listed; of "header" the options themselves.
    """

    def __init__(
        self, code: str, /, option: str = "", choices: tuple[str, ...] = (), **values: object
    ):
        """Keep the option and its choices beside code and values."""
        super().__init__(code, **values)
        self.option, self.choices = option, choices


@dataclass(frozen=True, kw_only=True, slots=True)
class Writing:
    """How a file is written; None where it is found by looking, or asked.

    Attributes:
        encoding: of a text file, a name that Python knows.
        separator: of cells, one of SEPARATORS.
        decimal: sign before the decimals of every number, one of DECIMALS.
        header: whether the first row holds the names of the columns.
        missing: words of missing cells, in the place of the usual ones; an empty cell is missing.
        missing_in: the same for single columns: header -> words.
        nominal: columns of codes: their values are names, whatever digits they are made of.
        numeric: columns of amounts, though zeros stand in front of their digits.
    """

    encoding: str | None = None
    separator: str | None = None
    decimal: str | None = None
    header: bool | None = None
    missing: tuple[str, ...] | None = None
    missing_in: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    nominal: tuple[str, ...] = ()
    numeric: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Raise InvalidInput for a sign or an encoding that is not known."""
        _require("separator", self.separator, SEPARATORS)
        _require("decimal", self.decimal, DECIMALS)
        if self.encoding is not None:
            try:
                "".encode(self.encoding)
            except (LookupError, UnicodeError, ValueError):
                raise InvalidInput(
                    "unknown_encoding", encoding=plain(self.encoding), known=ENCODINGS
                ) from None


@dataclass(frozen=True, kw_only=True, slots=True)
class Choices:
    """What a visitor decides about a file; columns by their header.

    Attributes:
        label: the column to be predicted.
        favourable: its values that a person would want, or one ">=N" for numbers of at least N.
        unfavourable: its other values; a value that is in neither is left out with its rows.
            May be empty where the label has two answers, and with ">=N".
        protected: columns whose groups are compared.
        columns: what models see; None proposes all that can be used.
        drop: columns that are left out.
        id: tells whose row it is, where a person has several.
        weight: survey weight of a row, by which figures are weighted; models do not see it.
        bins: where numbers are cut: header -> edges.
        merge: values taken together: header -> {value: word for them}.
    """

    label: str
    favourable: tuple[str, ...]
    unfavourable: tuple[str, ...] = ()
    protected: tuple[str, ...]
    columns: tuple[str, ...] | None = None
    drop: tuple[str, ...] = ()
    id: str | None = None
    weight: str | None = None
    bins: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    merge: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Raise InvalidInput for edges of bins that do not increase."""
        for column, edges in self.bins.items():
            if not _increasing(edges):
                told = f"{column}={','.join(f'{edge:g}' for edge in edges)}"
                raise InvalidInput("bins_not_increasing", bins=plain(told))


def _increasing(edges: Sequence[float]) -> bool:
    return all(map(math.isfinite, edges)) and list(edges) == sorted(set(edges))


def bins_of(lines: Iterable[str]) -> dict[str, tuple[float, ...]]:
    """Return where numbers are cut, from texts "column=30,50".

    Raises:
        InvalidInput: a text of another form, or edges that do not increase.
    """
    found: dict[str, tuple[float, ...]] = {}
    for line in lines:
        name, text = _parts(line, "bins", "age=30,50")
        try:
            edges = tuple(float(part) for part in re.split(r"[,\s]+", text.strip()))
        except ValueError:
            edges = (math.nan,)
        if not _increasing(edges):
            raise InvalidInput("bins_not_increasing", bins=plain(line))
        found[name] = edges
    return found


def merges_of(lines: Iterable[str]) -> dict[str, dict[str, str]]:
    """Return values taken together, from texts "column=A|B=>word".

    Raises:
        InvalidInput: a text of another form, or a value that is stated twice.
    """
    found: dict[str, dict[str, str]] = {}
    for line in lines:
        name, text = _parts(line, "merge", "town=A|B=>other")
        values, becomes, word = text.rpartition(BECOMES)
        listed = [value.strip() for value in values.split(BETWEEN)]
        if not (becomes and word.strip() and all(listed)):
            raise InvalidInput(
                "not_of_the_form", field="merge", value=plain(line), example="town=A|B=>other"
            )
        of = found.setdefault(name, {})
        for value in listed:
            if value in of:
                raise InvalidInput("merged_twice", merge=plain(line), value=plain(value))
            of[value] = word.strip()
    return found


def missing_of(
    lines: Iterable[str],
) -> tuple[tuple[str, ...] | None, dict[str, tuple[str, ...]]]:
    """Return words of missing cells for all columns and for single ones.

    Texts are "word,word" for all, or "column=word,word".
    """
    everywhere: list[str] | None = None
    single: dict[str, tuple[str, ...]] = {}
    for line in lines:
        name, of, words = line.rpartition(OF)
        listed = [word.strip() for word in words.split(",") if word.strip()]
        if of and name.strip():
            single[name.strip()] = tuple(listed)
        else:
            everywhere = [*(everywhere or ()), *listed]
    return (None if everywhere is None else tuple(everywhere)), single


def _parts(line: str, option: str, example: str) -> tuple[str, str]:
    name, of, rest = line.partition(OF)
    if not (of and name.strip() and rest.strip()):
        raise InvalidInput("not_of_the_form", field=option, value=plain(line), example=example)
    return name.strip(), rest


def _require(name: str, value: str | None, known: Mapping[str, str]) -> None:
    if value is not None and value not in known:
        raise InvalidInput(
            "not_one_of", field=name, value=plain(value), known=tuple(map(repr, known))
        )
