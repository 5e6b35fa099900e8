"""The front without privacy: the engine's against fairlearn's, in hypervolume and in speed."""

import statistics

from tradeoffs.benchmarks.methods import engine, exponentiated_gradient, threshold_optimizer
from tradeoffs.benchmarks.predictions import front_hypervolume
from tradeoffs.benchmarks.sizes import Sizes
from tradeoffs.data.load import load_split
from tradeoffs.data.sample import subsample
from tradeoffs.scenario import Scenario


def front(sizes: Sizes) -> dict[str, float]:
    """Compare fronts between error and gap in selection rates by sex, of logistic regressions.

    Returns:
        Hypervolumes of the three, ours as the median over seeds, each seed's ladder on its own;
        ratios ours / theirs; seconds a point, which is the time of a ladder from its inputs to
        answers on both splits, divided by the models in it, whether they end on the front or not;
        and the ratio of those, theirs / ours.
    """
    base = Scenario.of(rows=sizes.rows)
    split = load_split(base.dataset, base.label)
    ours = [engine(split, base.but(seed=s), sizes.gaps) for s in range(sizes.repeats)]
    train = subsample(split.train, sizes.rows, base.seed)
    eg = exponentiated_gradient(train, split, base.protected, sizes.eg_bounds)
    to = threshold_optimizer(train, split, base.protected, sizes.to_tolerances)

    def volume(answers) -> float:
        return front_hypervolume(answers, split.select, split.report, base.protected)

    own = statistics.median(map(volume, ours))
    point = statistics.median(one.seconds for one in ours) / len(sizes.gaps)
    return {
        "hypervolume": own,
        "hypervolume_eg": volume(eg),
        "hypervolume_to": volume(to),
        "hypervolume_ratio_eg": own / volume(eg),
        "hypervolume_ratio_to": own / volume(to),
        "seconds_a_point": point,
        "seconds_a_point_eg": eg.seconds / len(sizes.eg_bounds),
        "seconds_a_point_to": to.seconds / len(sizes.to_tolerances),
        "speed_ratio_eg": eg.seconds / len(sizes.eg_bounds) / point,
    }
