"""What `import tradeoffs` offers, and what it loads."""

import doctest
import subprocess
import sys
from pathlib import Path

import pytest

import tradeoffs as to

ROOT = Path(__file__).parents[2]
NAMES = [name for name in to.__all__ if name != "__version__"]
HEAVY = "torch pandas numpy scipy sklearn plotly pyarrow pydantic opacus fairlearn tqdm streamlit"


def printed(code: str) -> str:
    """Return what a fresh process prints that runs some code and has no file of it."""
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True
    ).stdout.strip()


def test_every_public_name_is_there_and_listed():
    assert sorted(to.__all__) == dir(to) == to.__all__
    assert all(getattr(to, name) is getattr(to, name) for name in to.__all__)
    with pytest.raises(AttributeError, match="no attribute 'optimise'"):
        to.optimise  # noqa: B018


def test_every_public_name_has_an_example():
    found = {getattr(to, name).__doc__ for name in NAMES if callable(getattr(to, name))}
    examples = doctest.DocTestParser().get_examples("\n".join([to.__doc__ or "", *found]))
    used = {name for name in NAMES for one in examples if f"to.{name}" in one.source}
    assert used | {"Results"} == set(NAMES)
    assert all(">>> " in getattr(to, name).__doc__ for name in NAMES if callable(getattr(to, name)))


def test_the_import_loads_nothing_that_takes_time():
    code = f"import sys, tradeoffs\nprint([n for n in '{HEAVY}'.split() if n in sys.modules])"
    assert printed(code) == "[]"
    own = "print(len([n for n in sys.modules if n.startswith('tradeoffs')]))"
    assert int(printed(f"import sys, tradeoffs\n{own}")) <= 5


@pytest.mark.parametrize("catalogue", ["tradeoffs.remedies", "tradeoffs.report.remedies"])
def test_ways_to_a_model_are_listed_without_the_libraries_that_compute_them(catalogue):
    heavy = "torch pandas scipy sklearn"
    loaded = f"print([n for n in '{heavy}'.split() if n in sys.modules])"
    assert printed(f"import sys, {catalogue}.catalogue\n{loaded}") == "[]"


def test_a_scenario_needs_no_library_of_numbers_and_training_none_of_charts():
    loaded = "print([n for n in {!r}.split() if n in sys.modules])"
    first = loaded.format("torch pandas numpy plotly")
    assert printed(f"import sys, tradeoffs as to\nto.Sweep, to.Scenario()\n{first}") == "[]"
    run = "to.run(to.Scenario(rows=300, epsilon=None), progress=False)"
    then = loaded.format("pandas plotly streamlit")
    assert printed(f"import sys, tradeoffs as to\n{run}\n{then}") == "[]"


@pytest.mark.parametrize(
    ("name", "file"),
    [("audit", "suite"), ("lessons", "catalogue"), ("remedies", "catalogue"), ("report", "text")],
)
def test_a_name_is_not_hidden_by_the_folder_that_is_called_so(name, file):
    code = f"""
import tradeoffs as to, types
from tradeoffs.{name} import {file}
print(isinstance({file}, types.ModuleType), isinstance(to.{name}, types.ModuleType))
"""
    assert printed(code) == "True False"
