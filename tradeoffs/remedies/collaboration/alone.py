"""Alone: each community trains on its own people, the reference for every other remedy."""

from tradeoffs.remedies.remedy import Control, Remedy

ALONE = Remedy(
    name="alone",
    title="alone (local training)",
    help="Each community trains a model on its own people, and nothing leaves it.",
    section="collaboration",
    formula="w_k = argmin (1/n_k) sum_i loss(w; x_i, y_i) + lambda/(2 n_k) |w|^2",
    source="Mansour et al. 2020, arXiv 2002.10619, section 2",
    limits="With few people, the model varies from one sample of people to the next.",
    needs=("labels", "rows"),
    control=Control(
        leaves="nothing",
        sees="nobody",
        changes="you",
        withdraws="there is nothing to withdraw from",
        decides="nothing more",
    ),
    trusts="nobody outside the community",
    fewest=1,
)
