"""Session state: a widget that asks for one value does not make all of them.

Streamlit 1.67 copies the whole state for each select box and number, and makes a new class for the
value of each component in it: a twelfth of the samples of a run of the Explorer, and garbage that
only a collection removes.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from streamlit.runtime.state.safe_session_state import SafeSessionState


class OnDemand(Mapping[str, Any]):
    """The state as a widget asks for it; only who goes through all of it copies all of it.

    Args:
        of: the state of a session.
    """

    def __init__(self, of: SafeSessionState) -> None:
        """Copy nothing."""
        self._of = of

    def __getitem__(self, key: str) -> Any:
        """Return one value; KeyError if there is none."""
        with self._of._lock:
            return self._of._state[key]

    def __contains__(self, key: object) -> bool:
        """Return whether there is a value."""
        with self._of._lock:
            return key in self._of._state

    def __iter__(self) -> Iterator[str]:
        """Go through the keys."""
        return iter(self._every())

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._every())

    def __repr__(self) -> str:
        """Return it as the copy is written."""
        return repr(self._every())

    def _every(self) -> dict[str, Any]:
        with self._of._lock:
            return self._of._state.filtered_state


def copy_on_demand() -> None:
    """Let widgets ask for what they need; once a process is enough."""
    SafeSessionState.filtered_state = property(OnDemand)  # type: ignore[assignment,method-assign]
