import pandas as pd

from tradeoffs.figures.lesson import HALVES, plane

ROWS = pd.DataFrame(
    {"max_gap": bound, "seed": seed, "split": split, "gap": bound, "accuracy": 0.8 + bound}
    for bound in (0.05, 0.1)
    for seed in range(3)
    for split in ("select", "report")
)


def test_a_plane_says_that_its_line_was_chosen_on_other_rows():
    figure = plane(ROWS, configuration=("max_gap",))
    assert figure["layout"]["meta"]["caption"] == HALVES
    assert "chosen on one half" in HALVES and "shown on the other" in HALVES
