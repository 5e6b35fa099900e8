import subprocess
import sys

import pytest

from tradeoffs.data.catalogue import DATASETS, dataset
from tradeoffs.data.load import load_codebook, load_split
from tradeoffs.errors import InvalidInput
from tradeoffs.paths import DATA, PROJECT

each = pytest.mark.parametrize("entry", DATASETS.values(), ids=lambda entry: entry.name)


@each
def test_the_catalogue_says_what_the_table_holds(entry):
    train = load_split(entry.name, entry.labels[0]).train
    assert entry.rows == train.rows
    assert entry.protected == tuple(train.groups)
    assert entry.title == load_codebook(entry.name).title
    assert len(entry.sha256) == 64
    assert entry.source
    assert entry.help.endswith(".")


@each
def test_a_dataset_ships_with_its_datasheet_and_its_line_in_the_readme(entry):
    sheet = (DATA / f"{entry.name}.md").read_text(encoding="utf-8")
    for section in ("Motivation", "Composition", "Collection", "Preprocessing", "Uses"):
        assert f"\n## {section}\n" in sheet
    assert entry.codebook.licence in sheet
    assert f"[{entry.name}]({entry.name}.md)" in (DATA / "README.md").read_text(encoding="utf-8")


def test_every_bundled_table_is_in_the_catalogue():
    assert {path.stem for path in DATA.glob("*.parquet")} == set(DATASETS)


def test_what_adult_predicts():
    assert dataset("adult").labels == ("income_gt_50k",)
    assert dataset("adult").protected == ("sex", "race")


def test_unknown_name_lists_the_known_ones():
    with pytest.raises(InvalidInput, match="unknown dataset 'adlut'; known: adult"):
        dataset("adlut")


def test_pages_can_read_the_catalogue_without_pandas():
    # The process that serves pages must stay small: pandas and pyarrow cost about 100 MB.
    code = (
        "import sys; from tradeoffs.data.catalogue import DATASETS; import tradeoffs.data.table;"
        "[(d.title, d.help, d.rows, d.labels, d.protected, d.sha256) for d in DATASETS.values()];"
        "sys.exit(', '.join({'pandas', 'pyarrow', 'torch', 'scipy'} & set(sys.modules)) or None)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr.strip()) == (0, "")
