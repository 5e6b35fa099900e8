"""Terms of measuring that no catalogue holds: rates, fronts, uncertainty, training."""

from tradeoffs.fields import FIELDS
from tradeoffs.fronts import PRIVACY
from tradeoffs.fronts.bands import ENOUGH_SEEDS
from tradeoffs.fronts.hypervolume import REFERENCE_VERSION
from tradeoffs.language.translates import original
from tradeoffs.report.glossary.term import Term
from tradeoffs.results import TOLERANCE
from tradeoffs.stats.proportions import SMALLEST_CELL
from tradeoffs.values.fairness.catalogue import NOTIONS

FRONTS, FAIR, WHY, SIZE = (
    "Fronts and uncertainty",
    "Values: fairness",
    "Values: explanations",
    "Resources",
)
FAWCETT = "Fawcett 2006, doi 10.1016/j.patrec.2005.10.010"
HASTIE = "Hastie, Tibshirani, Friedman 2009, The Elements of Statistical Learning"
NADEAU = "Nadeau, Bengio 2003, doi 10.1023/A:1024068626366"
ABADI = "Abadi et al. 2016, arXiv 1607.00133, algorithm 1"
BOUND = "Cotter et al. 2019, arXiv 1809.04198; Tran et al. 2021, arXiv 2009.12562"

MEASURED = (
    Term(
        name="predicted yes",
        group=FAIR,
        meaning="The share of all people in a group whose prediction is positive (“yes”).",
        formula="P(D=1 | G=g)",
        unit="share, 0 to 1",
        source="Hardt, Price, Srebro 2016, arXiv 1610.02413",
        limits="Whether people want a “yes” depends on the table: it may be a loan or an arrest.",
        seen="Explorer, part Who pays",
        also=("selection_rate", "selection rate"),
    ),
    Term(
        name="predicted yes, of true yes",
        group=FAIR,
        meaning=(
            "The share of the people whose true label is positive for whom the model predicts "
            "“yes”."
        ),
        formula="P(D=1 | Y=1, G=g)",
        unit="share, 0 to 1",
        source=FAWCETT,
        seen="Explorer, part Who pays",
        also=("true_positive_rate", "true positive rate"),
    ),
    Term(
        name="predicted yes, of true no",
        group=FAIR,
        meaning=(
            "The share of the people whose true label is negative for whom the model predicts "
            "“yes”."
        ),
        formula="P(D=1 | Y=0, G=g)",
        unit="share, 0 to 1",
        source=FAWCETT,
        seen="Explorer, part Who pays",
        also=("false_positive_rate", "false positive rate"),
    ),
    Term(
        name="gain, of 100",
        group=FAIR,
        meaning=(
            "Of 100 people in a group, how many get the favourable outcome here but not from "
            "the model without constraint and privacy. “Lose” is the opposite, “net” is the "
            "difference, and “kept” are all others."
        ),
        formula="100 P(wanted here, not wanted before | G=g)",
        unit="people, of 100",
        source="Corbett-Davies et al. 2017, arXiv 1701.08230",
        limits="The model it is compared with is also a choice, with harms of its own.",
        seen="Explorer, part Who pays",
        also=("lose, of 100", "net, of 100", "gain", "lose", "net"),
    ),
    Term(
        name="crossing",
        group=FAIR,
        meaning=(
            "Groups by two attributes at once, such as women of one origin. A gap can hide "
            "inside groups that look equal."
        ),
        source="Kearns et al. 2018, arXiv 1711.05144",
        limits="Crossed groups are small, and small groups are often not measurable.",
        seen=original(FIELDS["protected"], "seen_at"),
    ),
    Term(
        name="groups compared",
        group=FAIR,
        meaning=(
            "The groups that a gap compares: those with enough people in every setting that "
            "is shown together, so that no gap shrinks because a group dropped out. The "
            "groups left out are named, with their number of people."
        ),
        formula=f"groups with at least {SMALLEST_CELL} of the people that the notion's rate is "
        "about; for precision, of the true yes",
        source="Kearns et al. 2018, arXiv 1711.05144 (too few people for a rate)",
        limits="No gap shows what happens to the groups left out.",
        seen="Explorer, below the chart; results of a sweep",
        also=("groups_compared", "groups_left_out", "gap_not_measurable"),
    ),
    Term(
        name="survey weight",
        group=FAIR,
        meaning=(
            "How many people of a population a row of your own table stands for. With "
            "weights, accuracy, gaps, group rates and their intervals are about that "
            "population; training, bounds, explanations and attacks count each row once."
        ),
        formula="sum of w x over sum of w; interval by its linearised variance, "
        "rows taken as drawn independently",
        source="Sarndal, Swensson, Wretman 1992, Model Assisted Survey Sampling, ch. 5",
        limits=(
            "Strata and clusters of the survey are not known, and can widen or narrow an "
            f"interval. A group is measured if it has at least {SMALLEST_CELL} rows."
        ),
        seen="page Data, your own table; results of a sweep",
        also=("weighted_by",),
    ),
    Term(
        name="impossibility",
        group=FAIR,
        meaning=(
            "Where groups differ in their base rate (the share whose true label is positive), "
            "some notions of fairness cannot hold at the same time, unless every prediction "
            "is correct."
        ),
        formula="FPR = p / (1 - p) * (1 - PPV) / PPV * TPR, p the share of true yes in a group",
        source="Chouldechova 2017, arXiv 1703.00056; Kleinberg et al. 2017, arXiv 1609.05807",
        seen="Explorer, part In words",
    ),
    Term(
        name="tracked gap",
        group=FAIR,
        meaning=(
            "The gap of the returned model on its training data, between the groups whose "
            "rates are bounded. Without a privacy mechanism it is exact. With a privacy "
            "budget it is estimated from noisy statistics of the averaged steps. A bound is "
            "reached if the tracked gap exceeds it by no more than a tolerance: "
            f"{TOLERANCE:g}, or 2 sigma_gap if that is larger."
        ),
        formula="gap of the notion over the training rows; "
        f"bound_reached = tracked_gap <= max_gap + max({TOLERANCE:g}, 2 sigma_gap)",
        unit="as the notion",
        source=BOUND,
        seen="results of a sweep",
        also=("tracked_gap", "sigma_gap", "bound_binding", "bound_reached", "bound_unheld"),
    ),
    Term(
        name="Seeds that keep the bound",
        group=FAIR,
        meaning=(
            "In how many of the training runs the gap measured on test people stays below the "
            "bound."
        ),
        formula="share of seeds with gap <= bound",
        unit="share, 0 to 1",
        source="Agarwal et al. 2018, arXiv 1803.02453",
        seen="page Shifts",
        also=("kept",),
    ),
    Term(
        name="Pareto front",
        group=FRONTS,
        meaning=(
            "The settings that no other setting beats in both objectives (the Pareto front). "
            "Moving along the front gains in one objective and loses in the other."
        ),
        formula="{a: no b with cost(b) <= cost(a) in all and < in one}",
        source="Miettinen 1999, Nonlinear Multiobjective Optimization, "
        "doi 10.1007/978-1-4615-5563-6",
        limits=(
            "It contains only settings that were tried, and of these only the ones that both "
            "halves of the test rows choose; others may be better."
        ),
        seen="Explorer, chart",
        also=("front", "on the front", "dominated", "on_front"),
    ),
    Term(
        name="standing",
        group=FRONTS,
        meaning=(
            "How a setting compares with the front. On the front: no other setting beats it "
            "on either half of the test rows. On one half only: this may be luck. Beaten: a "
            "setting on the front is as good in both objectives on both halves, and better in "
            "one beyond chance. Otherwise the two are not told apart. If neither axis shows "
            "privacy, only settings with the chosen budget are compared."
        ),
        formula="beaten: cost(front) <= cost in all on both halves; 95 % interval above 0 in one",
        source=NADEAU,
        limits=(
            "Chance includes that of training runs, and that of test rows where decisions are "
            "compared; for other measures it does not include test rows."
        ),
        seen="Explorer, chart and its table",
        also=(
            "beaten",
            "beaten by the front",
            "not told apart from it",
            "front on one half only",
            "at another privacy budget",
        ),
    ),
    Term(
        name="band",
        group=FRONTS,
        meaning=(
            "How much the front moves from one training run to the next. A quarter of the "
            f"seeds lies outside on either side; with fewer than {ENOUGH_SEEDS} seeds the "
            "band covers all of them."
        ),
        formula="quartiles over seeds of what the settings chosen on select attain on report",
        source="Grunert da Fonseca, Fonseca, Hall 2001, doi 10.1007/3-540-44719-9_15",
        limits="It is over seeds, not over other people.",
        seen="Explorer, chart",
    ),
    Term(
        name="hypervolume",
        group=FRONTS,
        meaning=(
            "One number for a whole front (the hypervolume): how much of the space between a "
            "useless and a perfect model is covered by the settings, as a share."
        ),
        formula="volume attained / volume of the box from ideal to reference; reference: the "
        "accuracy of a constant answer, "
        f"{' or '.join(f'{one:g}' for one in sorted({n.reference for n in NOTIONS.values()}))} of "
        f"the notion (an error of a coin's answers, or the largest gap), epsilon "
        f"{PRIVACY.reference:g}",
        unit="share, 0 to 1",
        direction="larger: more is attained",
        source="Zitzler, Thiele 1999, doi 10.1109/4235.797969",
        limits=(
            "It depends on the reference point; values with different references cannot be "
            f"compared. The rule for references has version {REFERENCE_VERSION}."
        ),
        seen="Explorer, chart as a table",
    ),
    Term(
        name="knee",
        group=FRONTS,
        meaning=(
            "The point where the front bends most: moving on from it in either direction, a "
            "gain in one objective costs more of the other."
        ),
        formula="largest distance from the line between the front's ends",
        source="Das 1999, doi 10.1007/BF01195985",
        limits="It is a property of the curve and its scales, not advice.",
        seen="Explorer, chart as a table",
    ),
    Term(
        name="Holm",
        group=FRONTS,
        meaning=(
            "A correction for making many comparisons at once: the smallest p-value has to "
            "meet the strictest level, the next a slightly looser one, and so on until one "
            "fails."
        ),
        formula="reject while p(k) <= 0.05 / (m - k + 1), from the smallest of m p-values on",
        unit="chance of at least one false finding, at most 5 %",
        direction="more comparisons: each needs a clearer difference",
        source="Holm 1979, Scand. J. Stat. 6, https://www.jstor.org/stable/4615733",
        seen="Remedies, sentences that name communities or models",
        also=("looked at together",),
    ),
    Term(
        name="recalibration slope",
        group=FRONTS,
        meaning=(
            "The factor that stretches a provider's scores to fit the people here. Near 0 the "
            "scores say nothing about these people's labels, and below 0 they rank people in "
            "the reverse order."
        ),
        formula="a in logit_k(x) = a logit_provider(x) + b, least log-loss",
        unit="factor",
        direction="1: fits as it is",
        source="Platt 1999, Probabilistic Outputs for Support Vector Machines; Niculescu-Mizil, "
        "Caruana 2005, doi 10.1145/1102351.1102430",
        seen="Remedies, part Whose model",
        also=("Slope", "recalibration_slope"),
    ),
    Term(
        name="interval",
        group=FRONTS,
        meaning=(
            "The range in which the true value plausibly lies. If the interval of a "
            "difference contains 0, chance alone could explain the difference."
        ),
        formula="mean +- t * standard error, over paired seeds and test rows",
        unit="as the quantity, 95 %",
        direction="wider: less is known",
        source=NADEAU,
        limits="It covers chance in training and in the test rows, not other places or times.",
        seen="Explorer, cards; all tables with low and high",
        also=("low", "high", "mean", "sd", "mean over seeds", "95 % from", "from", "to"),
    ),
    Term(
        name="select and report",
        group=FRONTS,
        meaning=(
            "The people kept out of training are split into two halves. Settings are chosen "
            "on one half (select), and every number shown is measured on the other (report), "
            "so that luck is not shown as success."
        ),
        source=f"{HASTIE}, ch. 7",
        limits="Both halves are people of the same table.",
        seen="Explorer, part About",
        also=("split", "select", "report", "test rows"),
    ),
    Term(
        name="no constraint, no privacy",
        group=FRONTS,
        meaning=(
            "The baseline that settings are compared with: a model trained for accuracy, with "
            "a ridge penalty and without a bound, clipping or noise. Using it is a choice "
            "too, with harms of its own."
        ),
        source="Agarwal et al. 2018, arXiv 1803.02453",
        seen="Explorer, chart and cards",
        also=("untouched model", "no constraint", "no limit"),
    ),
    Term(
        name="AUC",
        group=FRONTS,
        meaning=(
            "How often a person whose true label is positive gets a higher score than one "
            "whose label is negative."
        ),
        formula="P(S_i > S_j | Y_i = 1, Y_j = 0)",
        unit="share, 0.5 to 1 where the scores help",
        direction="larger: the order is right more often",
        source=FAWCETT,
        seen="results of a sweep",
        also=("auc",),
    ),
    Term(
        name="log loss",
        group=FRONTS,
        meaning=(
            "How surprised the model is by the true labels (log-loss); confident errors cost most."
        ),
        formula="-mean(Y ln S + (1 - Y) ln(1 - S))",
        unit="nats a person",
        direction="smaller: less surprised",
        source=f"{HASTIE}, ch. 2",
        seen="results of a sweep",
        also=("log_loss",),
    ),
    Term(
        name="Calibration error",
        group=FRONTS,
        meaning=(
            "How far predicted probabilities are from what happens: of people given 70 %, "
            "about 70 in 100 should have a positive label."
        ),
        formula="sum_b share_b |mean S in b - mean Y in b|, over bins b of S",
        unit="difference of shares, 0 to 1",
        direction="smaller: probabilities can be taken at their word",
        source="Guo et al. 2017, arXiv 1706.04599",
        seen="page Shifts",
        also=("calibration_error",),
    ),
    Term(
        name="attribution",
        group=WHY,
        meaning=(
            "How much one column moves a person's prediction, compared with the average "
            "person. It shows what the model uses, not what causes the outcome."
        ),
        formula="z(x) - z(baseline) = sum_j phi_j",
        unit="log-odds",
        direction="above 0: towards yes",
        source="Sundararajan, Taly, Yan 2017, arXiv 1703.01365; Shrikumar et al. 2017, "
        "arXiv 1704.02685",
        limits="Correlated columns share their attribution.",
        seen="Explorer, part Explanation",
        also=("what does the model look at?", "share of attributions"),
    ),
    Term(
        name="learning rate and steps",
        group=SIZE,
        meaning=(
            "How far the model moves in one training step, and how many steps it takes. The "
            "training recipe sets both; they are not chosen here."
        ),
        formula="w <- w - rate * (momentum of the noisy mean gradient)",
        unit="a number; steps",
        source=ABADI,
        seen="Explorer, part Privacy: steps; page Methods",
        also=("learning_rate", "steps", "recipe"),
    ),
    Term(
        name="ridge",
        group=SIZE,
        meaning=(
            "How strongly a model's weights are pulled towards 0 while it is trained, so that "
            "it does not memorise its training data. Only models without privacy have one; in "
            "the others, few, short and clipped steps have the same effect. It does not apply "
            "to the intercept."
        ),
        formula="ridge / 2 * sum of squared weights, beside the summed loss; ridge / people on the "
        "mean loss; 1 / C in scikit-learn",
        unit="a number, 0: none",
        source="Hoerl, Kennard 1970, doi 10.1080/00401706.1970.10488634; Bishop 2006, Pattern "
        "Recognition and Machine Learning, 4.5.1",
        limits="Its strength was chosen on Adult; another table may need more or less.",
        seen="results of a sweep; page Methods",
    ),
    Term(
        name="seconds",
        group=SIZE,
        meaning=(
            "How long one model took to train: its share of the time for all models trained "
            "together."
        ),
        unit="seconds",
        source="tradeoffs/experiments/run.py",
        limits="It depends on the machine and its load.",
        seen="results of a sweep",
    ),
)
