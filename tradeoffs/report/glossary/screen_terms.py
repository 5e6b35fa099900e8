"""Terms of the screen: parts and headers that name no quantity of their own."""

from tradeoffs.data.shifts.diagnostics import DIAGNOSTICS
from tradeoffs.report.glossary.term import Term

SCREEN = "The screen"
PARTS = "pages/shared/details/details.py"
PAPER = "Molamohammadi et al. 2023, arXiv 2306.10043"

ON_SCREEN = (
    Term(
        name="What moved",
        group="Shifts of data",
        meaning=(
            "What a shift changed in the table and what it left unchanged, as measured. It is "
            "shown beside what the shift is meant to change."
        ),
        formula="total variation: half the sum of |share before - share after| over bins",
        unit="share, 0 to 1",
        direction="0: identical; 1: nothing in common",
        source="Rabanser, Guennemann, Lipton 2019, arXiv 1810.11953",
        limits=(
            "A small p means that something moved; a large p may only mean that there were "
            "too few people."
        ),
        seen="page Shifts",
        also=("what", "declared", "found", "value", "p", "most in", *DIAGNOSTICS),
    ),
    Term(
        name="Together and alone",
        group="Shifts of data",
        meaning="Whether several shifts at once change more or less than the sum of each alone.",
        formula="change together - sum of the changes alone",
        unit="as the measure",
        source=f"{PAPER}, section 2.1",
        seen="page Shifts",
        also=("side by side", "beyond the sum", "together", "sum of each alone"),
    ),
    Term(
        name="Parallel coordinates",
        group=SCREEN,
        meaning=(
            "Parallel coordinates: one scale for each objective, with better values higher "
            "up, and a line across all scales for each setting. Where lines cross between two "
            "scales, settings that are better in one objective are worse in the other."
        ),
        source="Inselberg 1985, doi 10.1007/BF01898350",
        limits="Only neighbouring scales can be compared at a glance.",
        seen="Explorer, scales",
        also=("parallel scales", "scales"),
    ),
    Term(
        name="In words",
        group=SCREEN,
        meaning="Sentences that are computed from the numbers on screen.",
        source=PARTS,
        seen="Explorer, part",
        also=("about", "setting"),
    ),
    Term(
        name="Visited",
        group=SCREEN,
        meaning=(
            "The settings viewed in this visit, with what the screen showed for each. The "
            "list is lost when the visit ends."
        ),
        source=PARTS,
        seen="Explorer, part",
        also=("undo", "redo"),
    ),
    Term(
        name="Take home",
        group=SCREEN,
        meaning=(
            "The setting as documents: a report to print, a model card, a notebook, a script "
            "and a scenario file. They have the same words and numbers as the screen."
        ),
        source="Mitchell et al. 2019, arXiv 1810.03993",
        limits=(
            "A document describes one setting; the chart's other settings are in the chart's table."
        ),
        seen="Explorer, part",
        also=("model card", "scenario file"),
    ),
    Term(
        name="Who pays",
        group=SCREEN,
        meaning=(
            "What the chosen setting does to each group: its selection rate, and who gains or "
            "loses the favourable outcome."
        ),
        source=PARTS,
        seen="Explorer, part",
    ),
    Term(
        name="Explanation",
        group=SCREEN,
        meaning=(
            "Which columns the models use, how reliable that explanation is, and one person's "
            "decision in plain words."
        ),
        source=PARTS,
        seen="Explorer, part",
    ),
    Term(
        name="Rules",
        group=SCREEN,
        meaning=(
            "What regulations of several places require, and whether the chosen setting is "
            "admissible, not admissible, undecided by these numbers, or subject to a duty "
            "that no number can settle."
        ),
        source=PARTS,
        limits=(
            "A screening rule checks one sentence of a regulation against numbers. It is not "
            "legal advice."
        ),
        seen="Explorer, part",
        also=("admissible", "published privacy budgets"),
    ),
    Term(
        name="Cost",
        group=SCREEN,
        meaning=(
            "The work and computing that the chosen setting needs, what they cost at the "
            "chosen actor's prices, and which settings its budget covers."
        ),
        source=PARTS,
        limits="Energy and carbon dioxide are published ranges; neither is measured here.",
        seen="Explorer, part",
        also=("affordable", "published ranges"),
    ),
    Term(
        name="At equal levels",
        group=SCREEN,
        meaning=(
            "The difference between groups that remains at equal values of another column: "
            "rates within each of its levels, and their standardised difference."
        ),
        formula="sum_l n_l (P(D=1 | G=g, L=l) - P(D=1 | G=r, L=l)) / sum_l n_l",
        unit="difference of shares, -1 to 1",
        source="Kamiran, Zliobaite, Calders 2013, doi 10.1007/s10115-012-0584-8",
        limits="Whether the column may count in the decision is a choice, not a finding.",
        seen="Explorer, part Who pays",
        also=("conditional parity", "reference group", "standardised difference"),
    ),
    Term(
        name="Choose",
        group="Choosing",
        meaning=(
            "What matters to you, and the setting that this picks: the one whose largest loss "
            "in any objective, weighted by how much it matters, is smallest."
        ),
        formula="max_i w_i (f_i - z_i) + rho sum_i (f_i - z_i), f_i the cost of objective i on the "
        "scale from ideal to reference, z_i the best there is or the value wished for",
        unit="share of a scale",
        direction="the lowest is picked",
        source="Wierzbicki 1982, doi 10.1016/0270-0255(82)90038-0; Miettinen 1999, doi "
        "10.1007/978-1-4615-5563-6",
        limits="Weights depend on the scales: a tenth of one scale counts as a tenth of another.",
        seen="Explorer, part",
        also=("weights", "aspiration", "regret"),
    ),
    Term(
        name="remarks",
        group=SCREEN,
        meaning=(
            "What a number alone does not show, such as a model that gives everybody the same "
            "prediction."
        ),
        source="tradeoffs/fronts/remarks.py",
        seen="Explorer, chart as a table",
    ),
)
