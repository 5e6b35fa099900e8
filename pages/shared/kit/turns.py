"""Turns of runs: who moves controls faster than they may is served while nobody else is.

In one process all runs share one core, and each other's time: beside somebody who moves all the
time, each run would take as long as two.
"""

import weakref
from typing import Any

from streamlit.runtime.scriptrunner.script_runner import ScriptRunner

from pages.shared.kit.channel import channel
from pages.shared.kit.visit import here
from server.turns import TURNS


def take_turns() -> None:
    """Let runs of slowed tabs give way at each command; once a process is enough."""
    ScriptRunner._run_script = _in_turn  # type: ignore[method-assign]
    ScriptRunner._enqueue_forward_msg = _give_way  # type: ignore[method-assign]


def _in_turn(self: ScriptRunner, data: Any) -> None:
    one, visit = channel(), here()
    one.visit = weakref.ref(visit) if visit is not None else None
    with TURNS.last() if one.slowed else TURNS.first():
        _RUN(self, data)


def _give_way(self: ScriptRunner, message: Any) -> None:
    TURNS.give_way()
    _SENT(self, message)


_RUN, _SENT = ScriptRunner._run_script, ScriptRunner._enqueue_forward_msg
