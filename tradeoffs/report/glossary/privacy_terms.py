"""Terms of privacy that no catalogue holds: the promise, its noise, attacks on it."""

from tradeoffs.report.glossary.term import Term

GROUP = "Values: privacy"
DWORK = (
    "Dwork, Roth 2014, The Algorithmic Foundations of Differential Privacy, doi 10.1561/0400000042"
)
ABADI = "Abadi et al. 2016, arXiv 1607.00133"
CARLINI = "Carlini et al. 2022, arXiv 2112.03570"

PRIVATE = (
    Term(
        name="delta",
        group=GROUP,
        meaning=(
            "A small probability that the guarantee of epsilon does not hold. It is set below "
            "one divided by the number of people, so that it does not allow one of them to be "
            "fully revealed."
        ),
        formula="delta in P(M(T) in O) <= exp(epsilon) P(M(T') in O) + delta",
        unit="probability",
        direction="smaller: the guarantee has fewer exceptions",
        source=f"{DWORK}, ch. 2",
        limits="Two epsilons can be compared only at the same delta.",
        seen="Explorer, part Privacy",
    ),
    Term(
        name="unit of protection",
        group=GROUP,
        meaning=(
            "What the guarantee protects: whether one person's record is in the data. Facts "
            "about groups, and secrets that many people share, are not protected."
        ),
        source=f"{DWORK}, ch. 2",
        limits=(
            "If a table has several rows for one person, each row is protected, not the person."
        ),
        seen="Explorer, part Privacy",
        also=("unit",),
    ),
    Term(
        name="accountant",
        group=GROUP,
        meaning=(
            "The method that computes epsilon from the noise: it adds up the privacy loss of "
            "each training step. Several methods exist, and some give tighter bounds than "
            "others."
        ),
        formula="prv: numerical composition; gdp: mu = sqrt(steps) / sigma; rdp: Renyi moments",
        source="Gopi, Lee, Wutschitz 2021, arXiv 2106.02848 (prv); Dong, Roth, Su 2022, arXiv "
        "1905.02383 (gdp); Mironov 2017, arXiv 1702.07476 (rdp)",
        limits="It covers this training run only, not what else is known about a person.",
        seen="Explorer, part Privacy",
        also=("prv", "gdp", "rdp"),
    ),
    Term(
        name="noise multiplier sigma",
        group=GROUP,
        meaning=(
            "How much noise is added in every step, relative to the most that one person can "
            "contribute. It follows from the chosen epsilon."
        ),
        formula="noise ~ N(0, (sigma C)^2) in every number of the summed gradient, C the clip norm",
        unit="clip norms",
        direction="larger: more noise, a smaller epsilon",
        source=f"{ABADI}, algorithm 1",
        seen="Explorer, part Privacy",
        also=("sigma",),
    ),
    Term(
        name="noise of the group counts (people)",
        group=GROUP,
        meaning=(
            "How much noise is added to the group sizes where training needs them. They are "
            "released once, within the same privacy budget."
        ),
        formula="count + N(0, sigma_counts^2)",
        unit="people, standard deviation",
        direction="larger: sizes are known less exactly",
        source=f"{DWORK}, ch. 3",
        limits="Groups that are too small to be told apart from noise are left unchanged.",
        seen="Explorer, part Privacy",
        also=("sigma_counts",),
    ),
    Term(
        name="Poisson sampling",
        group=GROUP,
        meaning=(
            "In every step each person is included at random, independently of the others. "
            "Who was included stays secret, so the same noise gives a stronger guarantee."
        ),
        formula="P(person i is in step t) = q, independently",
        unit="probability q, a step",
        direction="smaller q: less is learned about one person in a step",
        source="Balle, Barthe, Gaboardi 2018, arXiv 1807.01647",
        limits="With batches of a fixed size, or shuffled, this epsilon would be wrong.",
        seen="Explorer, part Privacy: sample rate q",
        also=("sample rate q", "sample_rate", "sampling rate"),
    ),
    Term(
        name="clip norm",
        group=GROUP,
        meaning=(
            "The most that one person can move the model in one step. Longer gradients are "
            "clipped to this length before noise is added."
        ),
        formula="C in g * min(1, C / |g|)",
        unit="length of a gradient of the summed loss",
        direction="smaller: more people's gradients are clipped, and less noise is needed",
        source=f"{ABADI}, algorithm 1",
        limits="People with long gradients, often members of small groups, lose more by clipping.",
        seen="results of a sweep",
        also=("clip_norm",),
    ),
    Term(
        name="an attacker guesses right whether a record was used",
        group=GROUP,
        meaning=(
            "How often an attacker can be right at most when guessing whether one person's "
            "record was used, starting from a coin flip. It expresses epsilon in words."
        ),
        formula="100 exp(epsilon) / (1 + exp(epsilon))",
        unit="times in 100",
        direction="50: no better than a coin",
        source="Wasserman, Zhou 2010, arXiv 0811.2501; Kairouz et al. 2015, arXiv 1311.0776",
        limits="It leaves out delta, and what the attacker knows from other sources.",
        seen="Explorer, cards and part Privacy",
        also=("guess",),
    ),
    Term(
        name="Privacy loss under composition",
        group=GROUP,
        meaning=(
            "Every released model reveals something, so many models together have a weaker "
            "guarantee than one. The table gives the epsilon if one, the best or all of them "
            "are released. The best of many reveals more than one fixed beforehand, even if "
            "it is chosen on other people's rows."
        ),
        formula="composition of all releases; worst case over shared batches within a seed",
        unit="epsilon, at the stated delta",
        direction="larger: a weaker guarantee",
        source="Zhu, Dong, Wang 2022, arXiv 2106.08567; Papernot, Steinke 2022, arXiv 2110.03620",
        limits="The people whose rows are used to choose and measure are not protected at all.",
        seen="Explorer, part Privacy",
        also=("the price of looking", "joint epsilon", "what is seen", "models"),
    ),
    Term(
        name="membership attack",
        group=GROUP,
        meaning=(
            "An attacker guesses from a trained model whether a person was in its training "
            "data. It shows what leaks in practice, beside the most that the guarantee allows."
        ),
        formula="call i a member if score(model, person i) > threshold",
        unit="pairs told apart, of 100; members recognised, of 100",
        direction="50 pairs of 100: no better than a coin",
        source=f"{CARLINI}; Yeom et al. 2018, arXiv 1709.01604",
        limits="A weak attack does not prove privacy: a stronger one may follow.",
        seen="Explorer, part Privacy: Membership inference",
        also=("what leaks", "pairs told apart, of 100", "area", "leak"),
    ),
    Term(
        name="cut layer",
        group=GROUP,
        meaning=(
            "The numbers that split learning sends to a server for each person: the outputs "
            "of a network's first layer. Simulated attacks measure what the server can infer "
            "from them and from the gradients: the label, a group, the values of columns."
        ),
        formula="cos(gradient i, gradient of a known yes); least squares from relu(W1 x)",
        unit="pairs told apart, of 100; values guessed correctly, of 100",
        direction="50 pairs of 100: no better than a coin",
        source="Li O. et al. 2022, ICLR, arXiv 2102.08504; Pasquini, Ateniese, Bernaschi 2021, "
        "arXiv 2012.02670",
        limits=(
            "The attacks are linear, by a server that follows the protocol and knows half of "
            "the people; stronger attacks are possible."
        ),
        seen="Remedies, part What a server sees",
        also=(
            *("leak_label_by_direction", "leak_label_by_norm", "leak_columns"),
            *("leak_columns_by_guess", "leak_group", "leak_group_by_score"),
        ),
    ),
    Term(
        name="likelihood ratio (LiRA)",
        group=GROUP,
        meaning=(
            "An attack that trains many models with and without a person and tests which kind "
            "the attacked model resembles more."
        ),
        formula="log p(score | trained with i) - log p(score | trained without i), both Gaussian",
        unit="log-odds",
        direction="larger: more like a member",
        source=f"{CARLINI}, algorithm 1",
        seen="Explorer, part Privacy: Membership inference",
        also=("lira",),
    ),
    Term(
        name="loss threshold",
        group=GROUP,
        meaning=(
            "An attack that calls a person a member if the model is very sure of that "
            "person's true label."
        ),
        formula="call i a member if loss(model, person i) < threshold",
        unit="loss, nats",
        direction="smaller loss: more like a member",
        source="Yeom et al. 2018, arXiv 1709.01604",
        seen="Explorer, part Privacy: Membership inference",
        also=("loss",),
    ),
    Term(
        name="members recognised, of 100",
        group=GROUP,
        meaning=(
            "Of 100 people in the training data, how many the attack finds at a fixed share "
            "of false alarms: its true positive rate at a given false positive rate."
        ),
        formula="TPR at FPR = f: P(called a member | member), P(called a member | other) = f",
        unit="people, of 100",
        direction="larger: more are recognised",
        source=f"{CARLINI}, section IV",
        limits="At a low false positive rate few people count, so the interval is wide.",
        seen="Explorer, part Privacy: Membership inference",
        also=("tpr at fpr", "recognised"),
    ),
)
