"""Step: from your setting to one that is better in something and may be worse in something else."""

from collections.abc import Mapping, Sequence

import numpy as np

from tradeoffs.fronts.replicates import SELECT
from tradeoffs.report.alternatives import Alternatives
from tradeoffs.stats.means import means
from tradeoffs.values.preferences.classification import IMPROVED, Classified, reclassify

TOLERANCE = 2.0  # standard errors that chance may move what is kept in a step


def step(
    among: Alternatives, counted: Sequence[int], wanted: Mapping[int, Classified]
) -> int | None:
    """Return the setting that a classification leads to from here, chosen on select.

    None where no setting is allowed that is better by more than seeds alone change, or where the
    setting of the sliders is not measurable.  What is kept may move by as much.

    Args:
        among: the settings.
        counted: places of the objectives that count.
        wanted: of each of them; those that are not named are kept.

    Raises:
        InvalidInput: nothing is to improve, or nothing may fall, or a bound is missing.
    """
    now, costs = among.now, among.mean_costs[SELECT][:, counted]
    if now is None or np.isnan(costs[now]).any():
        return None
    chance = by_chance(among, SELECT)[list(counted)]
    classes = [wanted.get(place, Classified(to="keep")) for place in counted]
    found = reclassify(costs, now, classes, chance)
    improved = [place for place, one in enumerate(classes) if one.to in IMPROVED]
    better = costs[found, improved] < costs[now, improved] - chance[improved]
    return found if better.any() else None


def known_here(among: Alternatives, places: Sequence[int]) -> list[int]:
    """Return the objectives that are measurable at the setting of the sliders, on select."""
    if among.now is None:
        return []
    return [place for place in places if not np.isnan(among.mean_costs[SELECT, among.now, place])]


def by_chance(among: Alternatives, split: int) -> np.ndarray:
    """Return by how much seeds alone move the costs of your setting: (objectives,)."""
    seen = means(among.costs[split, among.now], among.present[among.now])
    return TOLERANCE * np.nan_to_num(seen.sd / np.sqrt(max(int(seen.seeds), 1)))


def halfway(among: Alternatives, place: int) -> Classified:
    """Return the class of an objective that is to go half of the way to the best there is."""
    costs = among.mean_costs[SELECT][:, place]
    now = costs[among.now] if among.now is not None else np.nan
    return Classified(to="improve until", until=float((now + np.nanmin(costs)) / 2))
