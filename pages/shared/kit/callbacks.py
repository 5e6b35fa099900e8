"""Callbacks: what a visitor pressed is done to its end, whatever the browser says meanwhile.

Streamlit 1.67 ends a run at its next command when another request arrives. If that comes before
or within the callbacks of a click, the click is lost: the request that follows does not repeat it.
With `runner.fastReruns`, so is one whose run has not begun; config.toml turns that off.
"""

from typing import Any

from streamlit.runtime.state.safe_session_state import SafeSessionState


def protect() -> None:
    """Let callbacks run to their end in this process; once is enough."""
    SafeSessionState.on_script_will_rerun = _to_the_end  # type: ignore[method-assign]


def _to_the_end(self: SafeSessionState, *args: Any, **options: Any) -> None:
    """Call them while the runner hears no request; it looks for one right after."""
    runner: Any = self._yield_callback.__self__  # type: ignore[attr-defined]
    runner._execing = False
    try:
        _INTERRUPTED(self, *args, **options)
    finally:
        runner._execing = True


_INTERRUPTED = SafeSessionState.on_script_will_rerun
