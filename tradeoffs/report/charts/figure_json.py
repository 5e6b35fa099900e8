"""A figure of plotly as JSON that is small: six digits, no template, arrays as lists."""

from base64 import b64decode
from collections.abc import Mapping
from typing import Any

import numpy as np

from tradeoffs.report.charts.plotly_words import separators

DIGITS = 6  # significant ones: no screen shows more
PACKED = {"bdata", "dtype"}  # how plotly writes an array


def figure_json(figure: Mapping[str, Any]) -> dict[str, Any]:
    """Return `data` and `layout` of a figure as `json.dumps` takes them.

    Args:
        figure: of plotly; its layout's template is left out.
    """
    layout = {name: part for name, part in figure["layout"].items() if name != "template"}
    return {"data": _short(figure["data"]), "layout": _short(layout) | separators()}


def _short(part: Any) -> Any:
    if isinstance(part, Mapping):
        if part.keys() >= PACKED:
            return _short(np.frombuffer(b64decode(part["bdata"]), dtype=part["dtype"]))
        return {str(name): _short(one) for name, one in part.items() if one is not None}
    if isinstance(part, np.ndarray):
        return _short(part.tolist())
    if isinstance(part, list | tuple):
        return [_short(one) for one in part]
    if isinstance(part, np.generic):
        return _short(part.item())
    if isinstance(part, float):
        return float(f"{part:.{DIGITS}g}") if np.isfinite(part) else None
    return part
