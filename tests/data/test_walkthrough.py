"""The page data/walkthrough.md, followed in a copy of the project with made-up students."""

import csv
import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from tradeoffs.paths import DATA, PROJECT

PAGE = (DATA / "walkthrough.md").read_text(encoding="utf-8")
PEOPLE = {  # race -> students, of whom passed at the first try: margins of the original file
    "White": (18_285, 16_827),
    "Black": (1_282, 792),
    "Asian": (845, 689),
    "Hispanic": (488, 368),
    "Mexican": (389, 294),
    "Other": (293, 245),
    "Puertorican": (110, 77),
    "Amerindian": (99, 68),
}
WOMEN = {False: 1_180, True: 8_357}  # passed -> how many of them are women
REGIONS = ("NE", "NG", "GL", "FW", "SE", "SC", "MS", "Mt", "MW", "NW", "PO")


def block(path: str) -> str:
    """Return the block of the page below the step that begins with this path."""
    step = PAGE.partition(f". `{path}`")[2]
    return step.partition("\n```")[2].partition("\n")[2].partition("```")[0]


def made_up() -> str:
    """Return a file in the form of the original, with its numbers of people."""
    rng = np.random.default_rng(0)
    rows = []
    for passed, women in WOMEN.items():
        races = [r for r, (n, yes) in PEOPLE.items() for _ in range(yes if passed else n - yes)]
        for place, race in enumerate(rng.permutation(races)):
            score = np.clip(rng.normal(37 if passed else 32, 5), 11, 48)
            grades = np.clip(rng.normal(3.2, 0.4), 0, 4.2)
            sex = 1 if place < women else 2
            rows.append([race, sex, round(score), round(grades, 1), "", 0, 0, int(passed)])
    order = rng.permutation(len(rows))
    for place, number in enumerate(order):
        rows[number][4] = REGIONS[place % len(REGIONS)]
    lines = [",".join(map(str, rows[number])) for number in order]
    return "\n".join(["race,sex,LSAT,UGPA,region_first,ZFYA,sander_index,first_pf", *lines, ""])


@pytest.fixture(scope="module")
def copy(tmp_path_factory) -> Path:
    """A copy of the project to which the page was applied, with the original files in source/."""
    folder = tmp_path_factory.mktemp("project")
    for name in ("tradeoffs", "data", "pages", "server", "tests", ".streamlit"):
        shutil.copytree(PROJECT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("app.py", "pyproject.toml"):
        shutil.copy(PROJECT / name, folder)
    content = made_up().encode()
    (folder / "source").mkdir()
    (folder / "source" / "law_data.csv").write_bytes(content)
    for path in ("data/recipes/law_school.py", "data/law_school.json", "data/law_school.md"):
        write(folder, path, content)
    write(folder, "tradeoffs/data/datasets/law_school.py", content)
    line = block("tradeoffs/data/catalogue.py")
    catalogue = folder / "tradeoffs/data/catalogue.py"
    text = catalogue.read_text(encoding="utf-8")
    text = text.replace("\n\n__all__", f"\n{line}\n__all__", 1)
    text = re.sub(r"(\nDATASETS = .*?)\)\)\n", r"\1, LAW_SCHOOL))\n", text, flags=re.S)
    catalogue.write_text(text, encoding="utf-8")
    row = re.search(r"^\| \[law_school\].*\n", PAGE, re.M)
    assert row
    readme = folder / "data/README.md"
    readme.write_text(readme.read_text(encoding="utf-8") + row[0], encoding="utf-8")
    told = run(folder, "data/build.py", "law_school", "--from", "source")
    assert "9 of 9 checks pass\n" in told
    return folder


def write(folder: Path, path: str, original: bytes) -> None:
    """Write a file as the page shows it, with the hash of the made-up original in the recipe."""
    text = block(path)
    if "recipes" in path:
        text = re.sub(r"[0-9a-f]{64}", hashlib.sha256(original).hexdigest(), text)
    (folder / path).write_text(text, encoding="utf-8")


def run(folder: Path, *command: str) -> str:
    """Run Python there and return what it says."""
    here = os.environ | {"PYTHONPATH": str(folder), "OMP_NUM_THREADS": "1"}
    done = subprocess.run(
        [sys.executable, *command],
        cwd=folder,
        env=here,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return done.stdout


def test_the_check_covers_the_new_table(copy):
    told = run(copy, "-m", "tradeoffs.cli", "data", "check").splitlines()
    new = [line for line in told if " law_school: " in line]
    assert f"{len(new)} of its lines" in PAGE
    assert all(line.startswith("ok ") for line in told[:-1])


@pytest.mark.slow  # what the page itself makes is built, checked and trained on in the others
def test_the_tests_of_the_catalogue_cover_the_new_table(copy):
    (command,) = re.findall(r"^python -m (pytest .*)$", PAGE, re.M)
    told = run(copy, "-m", *command.split(), "-p", "no:cacheprovider")
    found = re.search(r"^(\d+) passed", told, re.M)
    assert found and int(found[1]) >= 12


def test_models_of_the_new_table_are_trained(copy):
    (command,) = re.findall(r"^tradeoffs sweep (.*) --out front.csv$", PAGE, re.M)
    run(copy, "-m", "tradeoffs.cli", "sweep", *command.split(), "--no-store", "--out", "front.csv")
    with (copy / "front.csv").open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    assert len(rows) == 4 and "writes four rows" in PAGE
    assert {row["dataset"] for row in rows} == {"law_school"}
    assert all(0.8 < float(row["accuracy"]) < 1 for row in rows)
