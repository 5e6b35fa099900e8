"""Money as a column of results: it follows from a setting and prices, so that no store has it."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from tradeoffs.experiments.setting_cost import setting_cost
from tradeoffs.fronts import MONEY
from tradeoffs.fronts.replicates import Key, Replicates
from tradeoffs.resources.money import total
from tradeoffs.resources.prices import Prices
from tradeoffs.scenario import Scenario

LEAST = 0.01  # a logarithmic axis has no zero


def with_money(results: Replicates, settings: Mapping[Key, Scenario], prices: Prices) -> Replicates:
    """Return results with what each setting costs at most, where they have that column.

    Args:
        results: with the column of MONEY, of whatever values.
        settings: of their keys.
        prices: at which they are paid.
    """
    if MONEY.column not in results.columns:
        return results
    spent = [max(LEAST, total(setting_cost(settings[key]), prices).high) for key in results.keys]
    values = results.values.copy()
    column = values[..., results.columns.index(MONEY.column)]
    column[:] = np.where(results.present, np.array(spent)[None, :, None], np.nan)
    return replace(results, values=values)
