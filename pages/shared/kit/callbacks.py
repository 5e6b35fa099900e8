"""Clicks and their answers: none is lost, whatever the browser says meanwhile.

Streamlit 1.67 ends a run at its next command when another request arrives. If that comes before
or within the callbacks of a click, the click is lost: the request that follows does not repeat it.
With `runner.fastReruns`, so is one whose run has not begun; config.toml turns that off.

When a fragment runs again, it also drops what the run before has drawn and not sent yet, but not
what fragments within it have drawn: the browser is told to draw into containers that it has not
heard of ("Bad delta path index"), and shows an empty page.
"""

from typing import Any

from streamlit.runtime.forward_msg_queue import ForwardMsgQueue
from streamlit.runtime.state.safe_session_state import SafeSessionState


def protect() -> None:
    """Let callbacks run to their end and send all that fragments draw; once a process is enough."""
    SafeSessionState.on_script_will_rerun = _to_the_end  # type: ignore[method-assign]
    ForwardMsgQueue.clear = _of_whole_runs  # type: ignore[method-assign]


def _to_the_end(self: SafeSessionState, *args: Any, **options: Any) -> None:
    """Call them while the runner hears no request; it looks for one right after."""
    runner: Any = self._yield_callback.__self__  # type: ignore[attr-defined]
    runner._execing = False
    try:
        _INTERRUPTED(self, *args, **options)
    finally:
        runner._execing = True


def _of_whole_runs(
    self: ForwardMsgQueue,
    retain_lifecycle_msgs: bool = False,
    fragment_ids_this_run: list[str] | None = None,
) -> None:
    """Drop what was not sent where the whole page is drawn again, and else nothing."""
    if fragment_ids_this_run is None:
        _CLEARED(self, retain_lifecycle_msgs)
    else:
        self._delta_index_map = {}  # what comes belongs to another run than what waits


_INTERRUPTED = SafeSessionState.on_script_will_rerun
_CLEARED = ForwardMsgQueue.clear
