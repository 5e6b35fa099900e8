"""In training: a penalty holds the gap below the bound while the weights are found."""

from tradeoffs.remedies.stage import Stage

IN_TRAINING = Stage(
    name="in",
    title="constraint in training (in-processing)",
    help=(
        "A penalty on the gap is added to the loss and grows until the gap is below the "
        "bound. A quota at decision time is kept by the decisions instead."
    ),
    bounds=lambda notion: notion.can_be_bounded,
    explanation="The weights themselves change, so the explanation of the score is complete.",
    under_privacy="The gap is monitored with noise, within the same privacy budget.",
    formula="minimise loss + sum_k lambda_k gap_k; lambda_k grows while gap_k > bound",
    source="Cotter et al. 2019, arXiv 1809.04198; with privacy Tran et al. 2021, arXiv 2009.12562",
)
