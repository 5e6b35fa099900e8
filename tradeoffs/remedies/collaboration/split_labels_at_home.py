"""Split learning with labels at home: homes tell the server errors in place of labels."""

from dataclasses import replace

from tradeoffs.language.translates import copy_entry
from tradeoffs.language.translation import mark
from tradeoffs.remedies.collaboration.split import SPLIT, control, cut_traffic
from tradeoffs.remedies.remedy import NUMBER, Exchange, Traffic


def error_traffic(exchange: Exchange) -> Traffic:
    """Return the bytes of split learning, with a score down and an error up in place of labels."""
    whole, one = cut_traffic(exchange), NUMBER * exchange.rows * exchange.sample_rate
    labels = exchange.rows / exchange.steps
    return replace(whole, up=whole.up - labels + one, down=whole.down + one)


SPLIT_LABELS_AT_HOME = copy_entry(
    SPLIT,
    name="split_labels_at_home",
    title="split learning, labels at home",
    help=(
        "Like split learning, but the server sends the scores back; the communities "
        "compare them with the labels and send each person's error. The resulting model "
        "is the same. An error is negative exactly if the label is yes, so the label is "
        "revealed all the same."
    ),
    formula="homes: sigmoid(score) - label of the server's score; the rest as in split learning",
    source="Vepakomma et al. 2018, arXiv 1812.00564, on learning without sharing labels; what "
    "gradients tell: Li O. et al. 2022, ICLR, arXiv 2102.08504",
    control=control(mark("the cut layer and the error of every person, at every step")),
    traffic=error_traffic,
)
