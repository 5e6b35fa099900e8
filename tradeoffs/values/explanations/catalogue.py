"""The measures of explanations: what each means, in which unit, and which way an axis reads.

Free of torch, so that pages can read it; each is computed in the file of its name.
"""

from tradeoffs.catalogue import Catalogue
from tradeoffs.values.explanations.effective_features import EFFECTIVE_FEATURES
from tradeoffs.values.explanations.metric import ExplanationMetric

SMALLEST_MINORITY = 30  # decisions of the rarer kind, below which fidelity is not measurable

FIDELITY = ExplanationMetric(
    name="fidelity",
    title="Fidelity of a small tree",
    words="better explained by a few rules",
    better="high",
    unit="share of non-trivial decisions, up to 1",
    help=(
        "How much better a tree of at most eight rules reproduces the model's decisions than "
        "always giving the model's most frequent answer: 0 no better, 1 all of them."
    ),
    formula="(agreement - baseline) / (1 - baseline), cross-fitted",
    source=(
        "Craven, Shavlik 1996, Extracting Tree-Structured Representations of Trained Networks, "
        "https://papers.nips.cc/paper/1152-extracting-tree-structured-representations-of-trained-networks"
    ),
    undefined=f"fewer than {SMALLEST_MINORITY} people get the rarer answer",
    ideal=1.0,
    reference=0.0,
    also=(
        *("explainability", "explained by 8 rules", "fidelity of rules"),
        *("fidelity of a depth-3 tree", "fidelity_agreement", "fidelity_baseline"),
    ),
)

FAITHFULNESS = ExplanationMetric(
    name="faithfulness",
    title="Faithfulness of attributions",
    words="attributions foretell the model better",
    better="high",
    unit="correlation, -1 to 1",
    help=(
        "Whether the attributions of some features foretell how the answer moves when these "
        "features are put back to the average person's. Always 1 for logistic regression."
    ),
    formula="mean_i corr_S(sum_{j in S} phi_ij, z(x_i) - z(x_i with S at the baseline)), 50 S",
    source="Bhatt, Weller, Moura 2020, arXiv 2005.00631",
    undefined="the model gives everybody the same answer, so that nothing moves",
    ideal=1.0,
    reference=0.0,
)

RECOURSE_STEPS = ExplanationMetric(
    name="recourse_steps",
    title="Steps to the positive decision",
    words="the refused are fewer steps away",
    better="low",
    unit="steps: bins of ordered features, one for a change of any other",
    help=(
        "The fewest steps, in one or two features that a person could change, to the positive "
        "decision: the mean over the refused for whom there is such a change."
    ),
    formula="mean over refused i in reach of min{steps(x_i, x'): z(x') > 0, 1 or 2 changes}",
    source="Ustun, Spangher, Liu 2019, Actionable Recourse, arXiv 1809.06514",
    undefined="too few of the refused are in reach to measure their steps",
    ideal=1.0,
    reference=10.0,
)

RECOURSE_REACHABLE = ExplanationMetric(
    name="recourse_reachable",
    title="Refused, but within reach",
    words="more of the refused could change the answer",
    better="high",
    unit="share of the refused, 0 to 1",
    help=(
        "Share of the refused for whom changing one or two features that a person could change "
        "gives the positive decision."
    ),
    formula="P(there is x' with 1 or 2 changes and z(x') > 0, given z(x) <= 0)",
    source="Ustun, Spangher, Liu 2019, Actionable Recourse, arXiv 1809.06514",
    undefined="too few are refused to measure it",
    ideal=1.0,
    reference=0.0,
)

RECOURSE_GAP = ExplanationMetric(
    name="recourse_gap",
    title="Gap in reach between groups",
    words="groups are more alike in what they could change",
    better="low",
    unit="difference of shares, 0 to 1",
    help=(
        "Largest difference between two groups in the share of their refused people who could "
        "change the answer."
    ),
    formula="max_g r_g - min_g r_g, r_g the share in reach among the refused of group g",
    source="von Kuegelgen et al. 2022, On the Fairness of Causal Recourse, arXiv 2010.06529",
    undefined="too few are refused in the groups to compare them",
    ideal=0.0,
    reference=0.5,
)

RECOURSE_STEPS_GAP = ExplanationMetric(
    name="recourse_steps_gap",
    title="Gap in steps between groups",
    words="the refused of all groups are as far away",
    better="low",
    unit="steps",
    help="Largest difference between two groups in the mean steps of their refused in reach.",
    formula="max_g s_g - min_g s_g, s_g the mean steps of the refused in reach of group g",
    source="von Kuegelgen et al. 2022, On the Fairness of Causal Recourse, arXiv 2010.06529",
    undefined="too few of the refused are in reach to compare their steps between groups",
    ideal=0.0,
    reference=5.0,
)

STABILITY = ExplanationMetric(
    name="stability",
    title="Stability of explanations",
    words="people are explained by the same features",
    better="high",
    unit="rank correlation, -1 to 1",
    help=(
        "Whether two models rank the features of the same people alike: against the model "
        "without constraint and without privacy, or between trainings that differ by the seed."
    ),
    formula="mean_i Spearman_j(|phi_ij|, |phi'_ij|)",
    source="Krishna et al. 2022, arXiv 2202.01602; Saifullah et al. 2024, Front. AI 7:1236947",
    undefined="one of the models gives everybody the same answer",
    ideal=1.0,
    reference=0.0,
    column=False,
)

TOP_OVERLAP = ExplanationMetric(
    name="top_overlap",
    title="Shared strongest features",
    words="people share their three strongest features",
    better="high",
    unit="Jaccard index, 0 to 1",
    help="How many of a person's three strongest features two models have in common.",
    formula="mean_i |T_i and T'_i| / |T_i or T'_i|, T_i the three largest |phi_ij|",
    source="Krishna et al. 2022, The Disagreement Problem, arXiv 2202.01602",
    undefined="one of the models gives everybody the same answer, or there are three features",
    ideal=1.0,
    reference=0.0,
    column=False,
)

METRICS = Catalogue(
    "measure",
    (
        FIDELITY,
        EFFECTIVE_FEATURES,
        FAITHFULNESS,
        STABILITY,
        TOP_OVERLAP,
        RECOURSE_REACHABLE,
        RECOURSE_STEPS,
        RECOURSE_GAP,
        RECOURSE_STEPS_GAP,
    ),
)
