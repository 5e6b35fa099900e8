"""Imports only go down."""

import ast
import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).parents[1]
LAYERS = (  # a layer may import its own and those before it
    {"language"},
    {"messages"},
    {"errors"},
    {
        "catalogue",
        "paths",
        "settings",
        "validation",
        "field",
        "fields",
        "scenario",
        "measurement",
        "results",
        "legacy",
        "limits",
    },
    {"stats"},
    {"data", "resources", "values"},
    {"engine"},
    {"remedies", "attacks", "audit"},
    {"experiments"},
    {"fronts"},
    {"studies"},
    {"jobs"},
    {"report", "lessons", "benchmarks"},
    {"rooms", "kit"},
    {"coverage", "api"},
    {"commands"},
    {"cli"},
)
HEAVY = ("torch", "opacus", "fairlearn", "sklearn")


def imported(file: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
        elif isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
    return names


def layer(part: str) -> int:
    return next(i for i, names in enumerate(LAYERS) if part in names)


def test_imports_only_go_down():
    offences = []
    for file in sorted((ROOT / "tradeoffs").rglob("*.py")):
        parts = file.relative_to(ROOT).with_suffix("").parts[1:]
        here = len(LAYERS) if parts == ("__init__",) else layer(parts[0])
        for name in imported(file):
            top, *below = name.split(".")
            if top == "streamlit" or (top == "tradeoffs" and below and layer(below[0]) > here):
                offences.append(f"{'/'.join(parts)} imports {name}")
    assert not offences


def modules() -> dict[str, set[str]]:
    """Return each module of the project with those it imports, within functions and types too."""
    tops = ("tradeoffs", "pages", "server", "loadtest")
    files = [ROOT / "app.py", ROOT / "serve.py", *(f for top in tops for f in _sources(top))]
    of = {".".join(_parts(file)): file for file in files}
    found = {}
    for name, file in of.items():
        tree = ast.parse(file.read_text(encoding="utf-8"))
        imports = {one.name for n in ast.walk(tree) if isinstance(n, ast.Import) for one in n.names}
        for node in (n for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)):
            parts = {f"{node.module}.{one.name}" for one in node.names}
            imports |= parts & of.keys() or {node.module or ""}
        found[name] = (imports & of.keys()) - {name}
    return found


def _sources(top: str) -> list[Path]:
    return sorted((ROOT / top).rglob("*.py"))


def _parts(file: Path) -> tuple[str, ...]:
    parts = file.relative_to(ROOT).with_suffix("").parts
    return parts[:-1] if parts[-1] == "__init__" else parts


def test_no_modules_import_each_other_in_a_circle():
    graph = modules()
    assert "tradeoffs.experiments.run" in graph["tradeoffs.jobs.worker"]  # within a function
    TopologicalSorter(graph).prepare()  # CycleError names the circle


def test_no_folders_of_a_layer_import_each_other_in_a_circle():
    graph: dict[str, set[str]] = {}
    for name, imports in modules().items():
        folder = ".".join(name.split(".")[:2])
        graph.setdefault(folder, set()).update(
            {".".join(one.split(".")[:2]) for one in imports} - {folder, "tradeoffs"}
        )
    TopologicalSorter(graph).prepare()


def test_pages_and_serve_alone_import_streamlit_and_no_heavy_library():
    border = sorted((ROOT / "server").rglob("*.py"))
    apart = sorted((ROOT / "loadtest").rglob("*.py"))  # it meets the server on the wire alone
    pages = [ROOT / "app.py", ROOT / "serve.py", *(ROOT / "pages").rglob("*.py")]
    for file in [*pages, *border, *apart]:
        for name in imported(file):
            assert name.split(".")[0] not in HEAVY, f"{file.name} imports {name}"
            if file in apart:
                assert name.split(".")[0] not in ("pages", "server", "serve"), (
                    f"{file.name}: {name}"
                )
            else:
                assert name.split(".")[0] != "loadtest", f"{file.name} imports {name}"
            if file in border:
                assert name.split(".")[0] not in ("streamlit", "pages"), f"{file.name}: {name}"


def test_the_hub_knows_nothing_of_what_it_tells():
    for name in ("hub", "live", "source"):
        found = imported(ROOT / "server" / f"{name}.py")
        assert not [one for one in found if one.startswith(("tradeoffs", "streamlit", "pages"))]


PAGES_WITH_RESULTS = """
import sys
import serve
from streamlit.testing.v1 import AppTest

def opened(page, **link):
    at = AppTest.from_file("app.py", default_timeout=60)
    for name, value in link.items():
        at.query_params[name] = value
    at.run()
    if page != "app.py":
        at.switch_page(page).run()
    assert not at.exception, at.exception
    return at

def imported(names):
    print([name for name in names.split() if name in sys.modules])

at = opened("app.py", level="explore")
found = at.session_state["channel"].shown()["screen"].parts()
assert {"order", "cards", "words"} <= found.keys()
assert opened("app.py", level="story").session_state["channel"].shown()["screen"].parts()["story"]
opened("pages/lessons.py")
imported("pandas pyarrow")
opened("pages/data.py")
"""


def test_a_page_process_imports_no_heavy_libraries_and_those_of_tables_where_one_is_drawn():
    """Run pages once, with results, and look at what was imported."""
    done = subprocess.run(
        [sys.executable, "-c", f"{PAGES_WITH_RESULTS}imported({' '.join(HEAVY)!r})"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.splitlines()[-2:] == ["[]", "[]"]


def test_a_screen_is_drawn_without_tables_and_objects_of_plotly():
    """Their imports take longer than the first drawing, and half of the memory."""
    parts = ("fronts.sweep", *(f"report.{name}" for name in ("payload", "job_status")))
    code = "import sys, importlib\n"
    code += f"for name in {parts!r}: importlib.import_module(f'tradeoffs.{{name}}')\n"
    code += "print([name for name in ('pandas', 'plotly') if name in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert done.stdout.strip() == "[]"
