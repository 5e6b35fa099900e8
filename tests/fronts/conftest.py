from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd
import pytest

Models = Mapping[object, Mapping[str, object]]


def _rows(models: Models, split: str) -> list[dict]:
    rows = []
    for label, measured in models.items():
        columns = {name: np.atleast_1d(np.asarray(v, dtype=float)) for name, v in measured.items()}
        for seed in range(max(map(len, columns.values()))):
            values = {name: v[seed] if len(v) > 1 else v[0] for name, v in columns.items()}
            rows.append({"label": label, "seed": seed, "split": split, **values})
    return rows


@pytest.fixture(scope="session")
def tidy() -> Callable[..., pd.DataFrame]:
    """Results from label -> column -> value, or one value per seed; report may repeat select."""

    def build(select: Models, report: Models | None = None) -> pd.DataFrame:
        return pd.DataFrame(
            _rows(select, "select") + _rows(select if report is None else report, "report")
        )

    return build
