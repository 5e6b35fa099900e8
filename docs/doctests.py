"""Doctests of docstrings as their section "Examples", which the pages of the API show as code."""

import re
from typing import Any

from griffe import Extension, Object

FIRST = re.compile(r"\n\n(?=>>> )")


class Doctests(Extension):
    """Gives the doctests at the end of a docstring the heading that the parser looks for."""

    def on_object(self, *, obj: Object, **_: Any) -> None:
        """Put the heading before the first of them."""
        if obj.docstring and FIRST.search(obj.docstring.value):
            text, examples = FIRST.split(obj.docstring.value, maxsplit=1)
            indented = "\n".join(f"    {line}" for line in examples.splitlines())
            obj.docstring.value = f"{text}\n\nExamples:\n{indented}"
