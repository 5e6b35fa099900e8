"""The language of the run at hand: sentences follow it, numbers and names of columns do not.

It is a context variable, so threads that serve visitors of several languages do not meet. English
is the language of whoever states none.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, TypeVar

T = TypeVar("T")
ENGLISH = "en"
_LANGUAGE: ContextVar[str] = ContextVar("language")


def _nobody() -> str:
    return ENGLISH


_ask: Callable[[], str | None] = _nobody  # the language of who has not stated one


def language() -> str:
    """Return the language of this run, as its code: en, fr."""
    try:
        return _LANGUAGE.get()
    except LookupError:
        found = _ask()
    if found is None:  # nobody is here to ask
        return ENGLISH
    _LANGUAGE.set(found)
    return found


def is_english() -> bool:
    """Return whether this run speaks English, the language that the code is written in."""
    return language() == ENGLISH


def speak(code: str) -> None:
    """Speak a language from now on in this run; whoever states it knows that there is one."""
    _LANGUAGE.set(code)


@contextmanager
def in_language(code: str) -> Iterator[None]:
    """Speak a language for a while."""
    before = _LANGUAGE.set(code)
    try:
        yield
    finally:
        _LANGUAGE.reset(before)


def in_own_language(method: Callable[[Any], T]) -> Callable[[Any], T]:
    """Return a method that speaks the language of what it belongs to, whatever that of the run.

    It is for sources of the screen, which one thread paints for visitors of every language.
    """

    @wraps(method)
    def call(one: Any) -> T:
        with in_language(one.language):
            return method(one)

    return call


def keep_language(make: Callable[[], T]) -> Callable[[], T]:
    """Return a function that speaks the language of this run, whoever calls it and whenever.

    It is for a file that is made when its button is pressed, outside of any run.

    >>> with in_language("fr"):
    ...     made = keep_language(language)
    >>> made(), language()
    ('fr', 'en')
    """
    code = language()

    def call() -> T:
        with in_language(code):
            return make()

    return call


def ask_default(ask: Callable[[], str | None]) -> None:
    """State how to find the language of a run that states none, as one in a thread of its own.

    Args:
        ask: returns its code, or None where nobody is there whose language could be asked.
    """
    global _ask
    _ask = ask
