"""Results: what was measured of the models of a sweep, by column."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from tradeoffs.catalogue import require_known
from tradeoffs.errors import InvalidInput
from tradeoffs.experiments.plan import resolve
from tradeoffs.jobs.job import Job
from tradeoffs.jobs.store import Store
from tradeoffs.measurement import SPLITS, Split
from tradeoffs.messages.message import Message
from tradeoffs.results import Result
from tradeoffs.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa


class Results:
    """What was measured of some models, one of each scenario, on both halves of the test rows.

    Fronts are chosen on the split `select` and shown by `report`.  A quantity that cannot be
    measured is missing (NaN), never 0.  `len` is the number of models.

    >>> import tradeoffs as to
    >>> few = to.Sweep(base=to.Scenario(rows=300), axes={"epsilon": [1, None]}, seeds=2)
    >>> results = to.run(few, progress=False)
    >>> len(results), len(results.select(epsilon=1))
    (4, 2)
    >>> results["epsilon"].tolist()
    [1.0, 1.0, inf, inf]
    >>> results["accuracy"].round(2).tolist()
    [0.79, 0.77, 0.83, 0.83]
    >>> results.to_pandas().loc[:, ["epsilon", "seed", "split"]].head(2)
       epsilon  seed   split
    0      1.0     0  select
    1      1.0     0  report
    """

    def __init__(
        self,
        results: Sequence[Result],
        store: Store | None = None,
        references: Sequence[Result] = (),
    ) -> None:
        """Take what `tradeoffs.run` brought.

        Args:
            results: at least one.
            store: has the decisions of those that were looked up.
            references: of communities that train alone, which others are compared with.
        """
        self._store, self._references = store, references
        self.job = _job(results, store)

    @property
    def scenarios(self) -> list[Scenario]:
        """The scenario of each model."""
        return self.job.scenarios

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of all columns: fields of the scenarios, then what was measured."""
        return tuple(map(str, self._table.columns))

    def __len__(self) -> int:
        """Return the number of models."""
        return self.job.total

    def __getitem__(self, name: str) -> np.ndarray:
        """Return a column as measured on the split `report`: (models,)."""
        return self.column(name)

    def column(self, name: str, split: Split = "report") -> np.ndarray:
        """Return a column: (models,), in the unit that the glossary names; NaN: not measurable.

        Args:
            name: one of `columns`.
            split: half of the test rows, `select` or `report`.

        Raises:
            InvalidInput: there is no such column or split.
        """
        require_known("column", name, self.columns)
        require_known("split", split, SPLITS)
        own = self._table["split"].to_numpy() == split
        return self._table[name].to_numpy()[own]

    def select(self, **fields: object) -> Results:
        """Return the models whose scenarios have these values; a list takes any of its values.

        Args:
            fields: of scenarios, as `epsilon=1.0` or `width=[0, 8]`.

        Raises:
            InvalidInput: an unknown field, or no model has these values.
        """
        for name in fields:
            require_known("field", name, Scenario.model_fields)
        wanted = {n: value if isinstance(value, list) else [value] for n, value in fields.items()}
        chosen = [
            one
            for one in self.job.results()
            if all(getattr(one.scenario, name) in values for name, values in wanted.items())
        ]
        if not chosen:
            named = (Message("field_value", field=n, value=v) for n, v in fields.items())
            raise InvalidInput("no_model_with", fields=tuple(named))
        return Results(chosen, self._store, self._references)

    def to_pandas(self) -> pd.DataFrame:
        """Return one row a model and split, with the gap of each scenario's own notion.

        Gaps are between groups that are large enough in all of these scenarios; the column
        `remarks` names degenerate results.
        """
        return self._table.copy()

    def to_arrow(self) -> pa.Table:
        """Return the same as an Arrow table."""
        import pyarrow as pa

        return pa.Table.from_pandas(self._table, preserve_index=False)

    @cached_property
    def _table(self) -> pd.DataFrame:
        from tradeoffs.experiments.comparison import table
        from tradeoffs.fronts.remarks import remark_column
        from tradeoffs.report.remedies.gain_columns import with_gains
        from tradeoffs.results import CONFIGURATION

        frame = table(self.job.results(), self.job.comparison)
        if any(one.communities for one in self.scenarios):
            both = [*self.job.results(), *self._references]
            frame = with_gains(frame, _job(both, self._store))
        return frame.assign(remarks=remark_column(frame, CONFIGURATION))

    def __repr__(self) -> str:
        """Return how much there is."""
        return f"Results(models={len(self)}, settings={len(self.job.settings)})"

    def _repr_html_(self) -> str:
        return self._table.to_html(max_rows=10, max_cols=20, index=False, border=0)


def _job(results: Sequence[Result], store: Store | None) -> Job:
    """Return a job that has brought some results; one that is there twice counts once."""
    plans = {one.scenario: resolve(one.scenario) for one in results}
    job = Job(list(plans.values()), stored=store.decisions if store else None)
    job.deliver({plans[one.scenario].result_key: one.measurement for one in results})
    return job
