"""Files that nobody should bring: each ends in a table that holds, or in words that say why not."""

import csv
import gzip
import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from tests.data.upload.conftest import CHOICES, as_csv, people
from tradeoffs.data.table_handle import TableHandle
from tradeoffs.data.upload.options import Choices
from tradeoffs.data.upload.own_table import own_table
from tradeoffs.data.upload.profile import MOST_VALUES
from tradeoffs.data.upload.proposal import MOST_GROUPS
from tradeoffs.data.upload.raw_columns import MOST_COLUMNS
from tradeoffs.data.upload.sanitize import plain
from tradeoffs.errors import InvalidInput
from tradeoffs.experiments.adapt import adapt
from tradeoffs.jobs.batch import run_all
from tradeoffs.jobs.executor import Synchronous
from tradeoffs.scenario import Scenario

Rng = np.random.Generator
FILES = 30  # of each kind
NASTY = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "=cmd|' /C calc'!A0", "+1+1",
    "-2+3", "@SUM(1)", "\t=1", "\r=1", "a\nb", 'say "hi"', "a,b;c\td", "![x](http://e.org/x.png)",
    "[x](javascript:alert(1))", ":red[x]", "$x^2$", "**bold**", "`code`", "a\u202eb", "\ufeff",
    "other", "missing", "None", "'; DROP TABLE results; --", "../../etc/passwd", "{{7*7}}", "%s%n",
    "&lt;b&gt;", "😀", "مرحبا", "naïve", "x" * 300, "nan", "inf", "1e308", "-1e308", "1e-320",
    "0x10", "1_000", "1,5", "2020-02-30", "1999-12-31T23:59:59Z", "١٢", "TRUE", " ", "?",
)  # fmt: skip
LABELS = ("hired", "sex", "gone", "", "<b>", "age")
FAVOURABLE = ("yes", "no", "maybe", "", ">=40", ">=", ">=nan", ">=1e400", "=1+1", "1")


def columns(rng: Rng, rows: int) -> dict[str, list]:
    """A table with a few columns replaced by bad ones."""
    found = {name: list(values) for name, values in people(rows, int(rng.integers(99))).items()}
    for name in rng.choice(list(found), int(rng.integers(1, 4)), replace=False):
        kind = int(rng.integers(9))
        values = found[name]
        if kind == 0:
            found[name] = [str(rng.choice(NASTY)) for _ in values]
        elif kind == 1:
            found[name] = [""] * rows
        elif kind == 2:
            found[name] = [values[0]] * rows
        elif kind == 3:
            found[name] = [f"v{n}" for n in rng.integers(0, 500, rows)]
        elif kind == 4:
            found[name] = [f"{10.0 ** int(e)}" for e in rng.integers(-320, 309, rows)]
        elif kind == 5:
            found[name] = [
                f"{1900 + n // 366}-{1 + n % 12:02}-{1 + n % 28:02}" for n in range(rows)
            ]
        elif kind == 6:
            found[name] = [v if rng.random() < 0.5 else str(rng.choice(NASTY)) for v in values]
        elif kind == 7:
            found[name] = [rng.integers(-(10**18), 10**18) for _ in values]
        else:
            found[str(rng.choice(NASTY))] = found.pop(name)
    return found


def bad_columns(rng: Rng) -> bytes:
    return as_csv(columns(rng, int(rng.choice([300, 450, 600]))), str(rng.choice([",", ";", "\t"])))


def bad_shape(rng: Rng) -> bytes:
    kind, good = int(rng.integers(12)), as_csv(people(450))
    if kind == 0:
        return rng.choice([b"", b" ", b"\n\n\n", b"\xef\xbb\xbf", b",", b",,,\n,,,"])
    if kind == 1:
        return b"one\n" + b"1\n" * 300
    if kind == 2:
        wide = int(rng.choice([MOST_COLUMNS + 1, 10_000]))
        return as_csv({f"c{n}": [1, 2] for n in range(wide)})
    if kind == 3:
        return good.replace(b"sex,", b"hired,", 1)
    if kind == 4:
        lines = good.split(b"\r\n")
        lines[int(rng.integers(1, 400))] += b",extra"
        return b"\r\n".join(lines)
    if kind == 5:
        return good[: int(rng.integers(10, len(good)))]
    if kind == 6:
        at = int(rng.integers(len(good)))
        return good[:at] + rng.choice([b'"', b'""', b'",', b"\r", b"\n", b"\0"]) + good[at:]
    if kind == 7:
        return good.replace(b"\r\n", b"\r")
    if kind == 8:
        return b'sex,hired\r\n"' + b"x" * 200_000 + b'",yes\r\n'
    if kind == 9:
        return b"sex,hired\r\n" + b"F,yes\r\n" * 200_001
    if kind == 10:
        return good.split(b"\r\n")[0]
    return good + b"x" * (5 * 2**20)


def bad_bytes(rng: Rng) -> bytes:
    kind, good = int(rng.integers(8)), as_csv({**people(450), "tôwn": ["Zürich", "Genève"] * 225})
    if kind == 0:
        return rng.bytes(int(rng.integers(1, 5_000)))
    if kind == 1:
        return bytes(rng.integers(1, 256, 5_000, dtype=np.uint8))
    if kind == 2:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("bomb.csv", b"0" * 10_000_000)
        return packed.getvalue()
    if kind == 3:
        return gzip.compress(good)
    if kind == 4:
        return good.decode().encode(str(rng.choice(["utf-16", "utf-8-sig", "latin-1", "cp1252"])))
    if kind == 5:
        return good.decode().encode(str(rng.choice(["utf-16-le", "utf-32", "cp037"])))
    if kind == 6:
        return good.decode().encode("utf-16")[: int(rng.integers(3, 999))]
    flipped = bytearray(good)
    for at in rng.integers(0, len(good), 20):
        flipped[at] = int(rng.integers(256))
    return bytes(flipped)


def chosen(rng: Rng) -> Choices:
    if rng.random() < 0.6:
        return CHOICES
    return Choices(
        label=str(rng.choice(LABELS)),
        favourable=(str(rng.choice(FAVOURABLE)),),
        protected=tuple(rng.choice(["sex", "town", "age", "skill", "gone"], int(rng.integers(4)))),
        columns=None if rng.random() < 0.5 else tuple(rng.choice(LABELS, int(rng.integers(3)))),
    )


def holds(content: bytes, choices: Choices, given: bytes | None = None) -> bool:
    """Whether the file became a table; then it must be sound, and else the words must be."""
    try:
        own = own_table(content, choices, given)
    except InvalidInput as error:
        told = str(error)
        assert 10 < len(told) < 6_000
        assert not {"<", "\n", "\r", "\0"} & set(told.replace("favourable", ""))
        assert "Traceback" not in told
        return False
    split = own.whole.split()  # checks shapes and codes
    label = own.book.labels[0]
    assert split.train.rows == label.train_rows >= 200
    assert split.select.rows + split.report.rows == label.test_rows
    for words in shown(own.book):
        assert not set("<>`*$\n\r\t\0") & set(words)
        assert words[0] not in "=+-@"
    assert all(len(f.bins) <= MOST_VALUES + 2 for f in own.book.features)
    assert all(2 <= len(p.names) <= MOST_GROUPS + 1 for p in own.book.protected)
    return True


def shown(book) -> list[str]:
    """Every word of a codebook that comes out of the file."""
    own = [w for f in book.features for w in (f.title, *f.bins)]
    own += [w for p in book.protected for w in (p.title, *p.names)]
    return own + [w for one in book.labels for w in (one.title, one.positive, one.negative)]


@pytest.mark.parametrize(
    "seed", [0, *(pytest.param(seed, marks=pytest.mark.slow) for seed in (1, 2, 3))]
)
@pytest.mark.parametrize(
    "make", [bad_columns, bad_shape, bad_bytes], ids=lambda make: make.__name__
)
def test_a_bad_file_becomes_a_sound_table_or_a_clear_message(make: Callable[[Rng], bytes], seed):
    rng = np.random.default_rng([seed, FILES])
    outcomes = [holds(make(rng), chosen(rng)) for _ in range(FILES)]
    assert not all(outcomes)  # files this bad are not all taken


def test_some_files_with_bad_columns_are_taken():
    rng = np.random.default_rng(1)
    assert any(holds(bad_columns(rng), CHOICES) for _ in range(FILES))


def test_models_are_trained_on_what_was_taken():
    rng = np.random.default_rng(3)
    contents = [bad_columns(rng) for _ in range(FILES)]
    taken = [content for content in contents if holds(content, CHOICES)][:4]
    assert taken
    for content in taken:
        own = own_table(content, CHOICES)
        one, _ = adapt(Scenario(dataset=TableHandle(own.whole)))
        results = run_all([one, one.but(epsilon=None, max_gap=0.1)], None, Synchronous())
        assert all(0 <= result.measurement.report["accuracy"] <= 1 for result in results)


def test_a_bad_codebook_is_told():
    content, rng = as_csv(people(450)), np.random.default_rng(2)
    good = own_table(content, CHOICES).book.model_dump_json()
    assert holds(content, CHOICES, good.encode())
    for _ in range(2 * FILES):
        flipped = bytearray(good.encode())
        for at in rng.integers(0, len(flipped), int(rng.integers(1, 6))):
            flipped[at] = int(rng.integers(256))
        holds(content, CHOICES, bytes(flipped))
    for text in ("", "[]", "{}", "null", '{"features": 3}', "[" * 100_000, '{"a": NaN}'):
        assert not holds(content, CHOICES, text.encode())


def test_a_given_word_with_markup_is_refused():
    content = as_csv(people(450))
    book = json.loads(own_table(content, CHOICES).book.model_dump_json())
    book["features"][0]["title"] = "<b>sex</b>"
    with pytest.raises(InvalidInput, match="looks like code"):
        own_table(content, CHOICES, json.dumps(book).encode())


@pytest.mark.parametrize("word", NASTY)
def test_plain_words_are_plain_and_stay_so(word):
    once = plain(word)
    assert plain(once) == once
    assert not set("<>`*$\n\r\t\0") & set(once)
    assert once[:1] not in tuple("=+-@")
    assert len(once) <= 60


@pytest.mark.parametrize("header", NASTY)
def test_a_nasty_header_is_a_column_like_any_other(header):
    cells = people(450)
    cells = {**{n: v for n, v in cells.items() if n != "town"}, header: cells["town"]}
    own = own_table(
        as_csv(cells), replace(CHOICES, protected=("sex", header.strip() or "column_5"))
    )
    assert len(own.book.protected) == 2
    assert all(name.isidentifier() or name[0].isalnum() for name in own.whole.groups)


def test_cells_come_back_as_they_were_written():
    cells = people(450)
    cells["town"] = [NASTY[n % 3] + '"\n' for n in range(450)]
    rows = list(csv.reader(io.StringIO(as_csv(cells).decode(), newline="")))
    own = own_table(as_csv(cells), replace(CHOICES, columns=("town", "age")))
    (coding, _) = own.book.features
    listed = dict(coding.values)  # type: ignore[union-attr]
    assert {row[1].strip() for row in rows[1:]} == set(listed)
