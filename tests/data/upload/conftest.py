import csv
import io
from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pytest

from tradeoffs.data.upload.import_messages import file_notes
from tradeoffs.data.upload.import_report import Report
from tradeoffs.data.upload.options import Choices
from tradeoffs.messages.message import Message
from tradeoffs.messages.wording import WORDING

ROWS = 600
CHOICES = Choices(label="hired", favourable=("yes",), protected=("sex",))


def as_csv(columns: Mapping[str, Sequence[object]], delimiter: str = ",") -> bytes:
    target = io.StringIO(newline="")
    writer = csv.writer(target, delimiter=delimiter)
    writer.writerow(columns)
    writer.writerows(zip(*columns.values(), strict=True))
    return target.getvalue().encode()


def people(rows: int = 600, seed: int = 0) -> dict[str, Sequence[object]]:
    """Columns of a small table in which skill decides, and sex a little."""
    rng = np.random.default_rng(seed)
    sex = rng.choice(["F", "M"], rows)
    skill = rng.normal(size=rows).round(3)
    hired = skill + (sex == "M") * 0.5 + rng.normal(size=rows) > 0.3
    return {
        "sex": sex.tolist(),
        "town": rng.choice(["North", "South", "West"], rows).tolist(),
        "age": rng.integers(18, 80, rows).tolist(),
        "skill": skill.tolist(),
        "hired": np.where(hired, "yes", "no").tolist(),
    }


def column(own, name: str):
    return next(one for one in own.report.columns if one.name == name)


def reason(own, name: str) -> Message:
    found = column(own, name).reason
    assert found is not None
    return found


def features(own) -> list[str]:
    return [one.name for one in own.book.features]


def favourable(own) -> float:
    return float(own.whole.labels[own.book.labels[0].name].mean())


@pytest.fixture
def table() -> Callable[..., bytes]:
    """`table(rows=600, delimiter=",", **columns) -> bytes`: a file, with columns put in or over."""

    def make(rows: int = 600, delimiter: str = ",", **columns: Sequence[object]) -> bytes:
        return as_csv({**people(rows), **columns}, delimiter)

    return make


def sentences(report: Report) -> list[str]:
    """Return what is told of a file, as at the command line."""
    return [WORDING.write(note) for note in file_notes(report)]
