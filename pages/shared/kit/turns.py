"""Turns of runs: who moves controls faster than they may is served while nobody else is.

In one process all runs share one core, and each other's time: beside somebody who moves all the
time, each run would take as long as two.
"""

from typing import Any

from streamlit.runtime.scriptrunner.script_runner import ScriptRunner

from pages.shared.kit.channel import channel
from pages.shared.kit.visit import is_slowed
from server.turns import TURNS


def take_turns() -> None:
    """Let runs of slowed tabs give way at each command; once a process is enough."""
    ScriptRunner._run_script = _in_turn  # type: ignore[method-assign]
    ScriptRunner._enqueue_forward_msg = _give_way  # type: ignore[method-assign]


def _in_turn(self: ScriptRunner, data: Any) -> None:
    channel().slowed = is_slowed()
    with TURNS.last() if channel().slowed else TURNS.first():
        _RUN(self, data)


def _give_way(self: ScriptRunner, message: Any) -> None:
    TURNS.give_way()
    _SENT(self, message)


_RUN, _SENT = ScriptRunner._run_script, ScriptRunner._enqueue_forward_msg
