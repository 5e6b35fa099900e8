"""Trade-offs between accuracy, fairness, privacy and explainability of retrained models.

The library in one import; what a name needs is loaded when the name is first used:

    import tradeoffs as to

    table = to.load_table("people.csv", label="hired", favourable="yes", protected="sex")
    results = to.run(to.Sweep(base=table.scenario(), axes={"epsilon": [1, None]}, seeds=8))
    to.front(results, x="privacy", y="accuracy")

What is on offer goes by name, and shows itself:

>>> import tradeoffs as to
>>> "compas" in to.datasets, to.remedies["flat"].title, to.lessons["small_town"].title
(True, 'flat clipping', 'Small town, big city')
>>> [cut for cut in to.cuts if to.cuts[cut].kind == "values"]
['panels', 'meanings']
"""

import importlib
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

# Folders that are called as what they hold are loaded first: loading a file of one later then never
# puts the folder in the place of the name below.
for _folder in ("audit", "lessons", "remedies", "report"):
    importlib.import_module(f"{__name__}.{_folder}")
    del globals()[_folder]
_HOMES = {  # public name -> the file that has it, and how it is called there
    "Results": "api.model_results:Results",
    "Scenario": "scenario:Scenario",
    "Sweep": "scenario:Sweep",
    "account": "api.privacy_account:account",
    "actors": "resources.actors.catalogue:ACTORS",
    "attack": "api.membership_attack:attack",
    "audit": "api.engine_audit:audit",
    "cost": "api.cost_estimate:cost",
    "cuts": "data.communities.catalogue:CUTS",
    "datasets": "data.catalogue:DATASETS",
    "explain": "api.person_explanation:explain",
    "front": "api.results_front:front",
    "lessons": "lessons.catalogue:LESSONS",
    "load_table": "api.table_import:load_table",
    "remedies": "remedies.catalogue:EVERY",
    "report": "api.setting_report:report",
    "run": "api.sweep_run:run",
}
if TYPE_CHECKING:  # the same
    from tradeoffs.api.cost_estimate import cost
    from tradeoffs.api.engine_audit import audit
    from tradeoffs.api.membership_attack import attack
    from tradeoffs.api.model_results import Results
    from tradeoffs.api.person_explanation import explain
    from tradeoffs.api.privacy_account import account
    from tradeoffs.api.results_front import front
    from tradeoffs.api.setting_report import report
    from tradeoffs.api.sweep_run import run
    from tradeoffs.api.table_import import load_table
    from tradeoffs.data.catalogue import DATASETS as datasets
    from tradeoffs.data.communities.catalogue import CUTS as cuts
    from tradeoffs.lessons.catalogue import LESSONS as lessons
    from tradeoffs.remedies.catalogue import EVERY as remedies
    from tradeoffs.resources.actors.catalogue import ACTORS as actors
    from tradeoffs.scenario import Scenario, Sweep

__all__ = [
    "Results",
    "Scenario",
    "Sweep",
    "__version__",
    "account",
    "actors",
    "attack",
    "audit",
    "cost",
    "cuts",
    "datasets",
    "explain",
    "front",
    "lessons",
    "load_table",
    "remedies",
    "report",
    "run",
]


def __getattr__(name: str) -> Any:
    """Load what a name needs, once."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    home, own = _HOMES[name].split(":")
    found = getattr(importlib.import_module(f"{__name__}.{home}"), own)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    """Return the public names."""
    return list(__all__)
