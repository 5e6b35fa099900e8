"""Panel: what a part of the page Remedies tells: a heading, a picture, sentences, and a table."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import pandas as pd

Tone = Literal["better", "worse", "alike", ""]  # of a difference; "" where none is told
Kind = Literal["before", "after", "other"]  # of a mark


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """A value in a row of a picture.

    Attributes:
        at: the value, in the unit of the picture.
        low: lower end of what is drawn as a bar behind the mark; None for no bar.
        high: upper end.
        kind: how it is drawn: hollow, full, or a diamond.
        text: what it is and how much, for those who do not see the picture.
    """

    at: float
    text: str
    low: float | None = None
    high: float | None = None
    kind: Kind = "after"


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A row of a picture: a name, marks on a common scale, and what they say as a number.

    Attributes:
        name: of the row; unlike all others, as a row keeps its place while it changes.
        note: small, beside the name: how many people, say.
        marks: none where nothing is measurable.
        value: the number that counts.
        detail: small, below the value: its interval, or why there is none.
        tone: of the value.
        home: whether it is the row of who looks.
        heading: begins a group of rows of this name; "" for the same as before.
        faint: whether it is left out of what there is to choose from.
    """

    name: str
    note: str = ""
    marks: Sequence[Mark] = ()
    value: str = ""
    detail: str = ""
    tone: Tone = ""
    home: bool = False
    heading: str = ""
    faint: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Picture:
    """Rows with marks on one scale: a picture that is a table too.

    Attributes:
        title: of the scale.
        columns: heads of the rows' names, marks and values.
        lines: from above.
        ticks: of the scale, a value and its text each; the first and last are its ends, and where
            they fall, smaller values stand to the right.
        references: values that all rows are compared with, and their texts.
        legend: kinds of marks and what they are.
    """

    title: str
    columns: tuple[str, str, str]
    lines: Sequence[Line]
    ticks: Sequence[tuple[float, str]]
    references: Sequence[tuple[float, str]] = ()
    legend: Sequence[tuple[Kind | Literal["bar"], str]] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Card:
    """A large number.

    Attributes:
        title: what it is of.
        value: in words.
        detail: its interval, or what it is compared with.
        text: what it is, in plain words.
        tone: of the detail.
    """

    title: str
    value: str
    detail: str = ""
    text: str = ""
    tone: Tone = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Grid:
    """A table of texts.

    Attributes:
        caption: what it shows.
        columns: their heads.
        rows: as many texts as there are columns each, the first being the row's name.
    """

    caption: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


def _no_numbers() -> "pd.DataFrame":
    import pandas as pd

    return pd.DataFrame()


@dataclass(frozen=True, kw_only=True, slots=True)
class Panel:
    """What a part tells at a moment; every word of it is worked out from what is there.

    Attributes:
        heading: what was found, in a sentence.
        cards: large numbers.
        picture: rows on a scale.
        figure: data and layout of a plotly figure, whose colours are the theme's.
        figure_text: in words, what the figure shows.
        figure_height: in px.
        sentences: further findings.
        grids: tables that are always seen.
        table: the numbers of the picture or figure, seen when asked for.
        notes: what holds of all of it: intervals, who is left out.
        numbers: makes the table that is downloaded.
    """

    heading: str = ""
    cards: Sequence[Card] = ()
    picture: Picture | None = None
    figure: Mapping[str, Any] | None = None
    figure_text: str = ""
    figure_height: int = 440
    sentences: Sequence[str] = ()
    grids: Sequence[Grid] = ()
    table: Grid | None = None
    notes: Sequence[str] = ()
    numbers: "Callable[[], pd.DataFrame]" = field(default=_no_numbers, compare=False)

    def parts(self) -> dict[str, bytes]:
        """Return the panel as JSON by the name of each part; see panel.js."""
        told = {
            "heading": self.heading,
            "cards": [asdict(one) for one in self.cards],
            "picture": asdict(self.picture) if self.picture else None,
            "figure": self._figure(),
            "sentences": list(self.sentences),
            "grids": [asdict(one) for one in self.grids],
            "table": asdict(self.table) if self.table else None,
            "notes": list(self.notes),
        }
        return {
            name: json.dumps(one, ensure_ascii=False, allow_nan=False).encode()
            for name, one in told.items()
        }

    def _figure(self) -> dict[str, Any] | None:
        if self.figure is None:
            return None
        drawn = {"data": self.figure["data"], "layout": self.figure["layout"]}
        return {**drawn, "text": self.figure_text, "height": self.figure_height}
