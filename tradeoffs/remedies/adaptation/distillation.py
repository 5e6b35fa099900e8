"""Distillation: a small model learns the answers of a larger one, on the community's own rows."""

import numpy as np

from tradeoffs.engine.regime import Regime
from tradeoffs.remedies.adaptation.recalibration import recalibrate
from tradeoffs.remedies.partnership import Partnership, Vectors
from tradeoffs.remedies.remedy import NUMBER, Control, Dial, Exchange, Remedy, Traffic
from tradeoffs.stats.sigmoid import sigmoid

TEACHER_WIDTH = 16  # hidden units
CODE = 2  # bytes of a person's answer to one feature
# By which the teacher's logits are divided before they become answers.  Smaller logits are learned
# in shorter steps, in which noise weighs more.  On Adult's people for choosing no other of .25, .5,
# 1, 2 and 4 is told to be better, without noise and at epsilon 1, 3 and 8.
TEMPERATURE = 2.0
NOISY_TEMPERATURE = 1.0  # where gradients are clipped


def soft_answers(
    label: np.ndarray, logit: np.ndarray, share: float, temperature: float = TEMPERATURE
) -> np.ndarray:
    """Return what the student learns of each row, in [0, 1]; float32 (rows,).

    The cross-entropy is linear in the answer, so a mean of two answers is the mean of two losses.

    Args:
        label: (rows,) bool, the community's own answers.
        logit: (rows,) of the teacher.
        share: of the teacher's answers in the student's; 0 leaves the own ones as they are.
        temperature: above 0; small: yes or no; large: answers near one half, in proportion to the
            logit.

    Source: Hinton, Vinyals, Dean 2015, arXiv 1503.02531; the sum of the two losses as in
    Lopez-Paz, Bottou, Schoelkopf, Vapnik 2016, arXiv 1511.03643, equation 5.
    """
    soft = sigmoid(np.asarray(logit, dtype=np.float64) / temperature)
    return ((1 - share) * label + share * soft).astype(np.float32)


def logit_scale(share: float, temperature: float = TEMPERATURE) -> float:
    """Return by what a student's logit is multiplied at use, as it was learned divided.

    The temperature where the teacher alone answers, 1 where nobody but the label does, and between
    them what makes the logit right near one half.  Decisions do not depend on it; log-loss,
    calibration and explanations do.  Arguments as in `soft_answers`.
    """
    return 1 / ((1 - share) + share / temperature)


def temperature(partnership: Partnership) -> float:
    """Return by what a teacher's logits are divided, which no person decides."""
    if partnership.scenario.temperature is not None:
        return partnership.scenario.temperature
    return TEMPERATURE if partnership.scenario.mechanism == "none" else NOISY_TEMPERATURE


def regime(partnership: Partnership) -> Regime:
    """Return training on the teacher's answers.

    The ridge keeps a model from learning by heart what is chance in labels.  A teacher's answers
    hold none, so it falls with their share.
    """
    share, tau = partnership.dial / 100, temperature(partnership)
    answers = []
    for teachers, tables in zip(
        partnership.provider(width=TEACHER_WIDTH), partnership.tables, strict=True
    ):
        logits = (
            partnership.scores(teacher, table, TEACHER_WIDTH)
            for teacher, table in zip(teachers, tables, strict=True)
        )
        answers.append(
            [
                soft_answers(table.label, logit, share, tau)
                for table, logit in zip(tables, logits, strict=True)
            ]
        )
    ridge = np.array([recipe.ridge for recipe in partnership.recipes])
    return Regime(answers=answers, ridge=ridge * (1 - share))


def finish(partnership: Partnership, vectors: Vectors) -> Vectors:
    """Return the students with logits of the temperature 1."""
    factor = logit_scale(partnership.dial / 100, temperature(partnership))
    width = partnership.scenario.width
    return [[recalibrate(vector, factor, 0.0, width) for vector in row] for row in vectors]


def answers(exchange: Exchange) -> int:
    """Return how many rows of home somebody has to label: all, unless the teacher alone answers."""
    return exchange.rows if exchange.dial < 100 else 0


def traffic(exchange: Exchange) -> Traffic:
    """Return the questions that are sent once, each row's columns, and the answers."""
    return Traffic(up=CODE * exchange.ones * exchange.rows, down=NUMBER * exchange.rows, rounds=1)


DISTILLATION = Remedy(
    name="distillation",
    title="knowledge distillation",
    help=(
        "A network that others trained, the teacher, gives each of the community's people "
        "a probability instead of a yes or no. The community's own model, the student, "
        "learns these soft labels; if it learns nothing else, no other labels are needed."
    ),
    section="adaptation",
    formula=(
        "w = argmin sum_i CE(a * sigmoid(z_teacher(x_i) / tau) + (1 - a) * y_i, sigmoid(z_w(x_i)))"
        ", tau = 2 or, with clipping, 1; at use z_w / (1 - a + a / tau)"
    ),
    source=(
        "Hinton, Vinyals, Dean 2015, arXiv 1503.02531; the mixed answer: Lopez-Paz et al. 2016, "
        "arXiv 1511.03643, equation 5"
    ),
    limits=(
        "The teacher's own people have no privacy guarantee, unless a provider with a "
        "privacy budget is chosen. The student also learns the teacher's errors about a "
        "group."
    ),
    dial=Dial(
        title="share of soft labels, %",
        ends=("own labels only", "the teacher's soft labels only"),
        values=(0, 25, 50, 75, 100),
        default=100,
        phrase="{} % soft labels",
        identity=0,
        same_as="alone",
    ),
    needs=("labels", "rows", "provider"),
    fields=("temperature",),
    control=Control(
        leaves="your records without labels, if the provider labels them on its own machine",
        sees="the provider",
        changes="you",
        withdraws="yes, and you keep the student; the provider knows what was asked",
        decides="your own model, and nothing else",
    ),
    trusts="nobody outside the community for the student; the provider for what it is asked",
    provider_width=TEACHER_WIDTH,
    answers=answers,
    regime=regime,
    finish=finish,
    traffic=traffic,
)
