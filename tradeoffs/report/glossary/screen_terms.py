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
        meaning="What a shift changed in the table and what it left alone, counted. It is told "
        "beside what the shift declares.",
        formula="total variation: half the sum of |share before - share after| over bins",
        unit="share, 0 to 1",
        direction="0: alike; 1: nothing is shared",
        source="Rabanser, Guennemann, Lipton 2019, arXiv 1810.11953",
        limits="Where p is small something moved; where it is not, perhaps too little was seen.",
        seen="page Shifts",
        also=("what", "declared", "found", "value", "p", "most in", *DIAGNOSTICS),
    ),
    Term(
        name="Together and alone",
        group="Shifts of data",
        meaning="Whether several shifts at once do more or less than the sum of each alone.",
        formula="change together - sum of the changes alone",
        unit="as the measure",
        source=f"{PAPER}, section 2.1",
        seen="page Shifts",
        also=("side by side", "beyond the sum", "together", "sum of each alone"),
    ),
    Term(
        name="Parallel coordinates",
        group=SCREEN,
        meaning="A scale for each objective side by side, better up on each, and every setting as "
        "a line over all of them. Where lines cross between two scales, settings that are better "
        "in one are worse in the other.",
        source="Inselberg 1985, doi 10.1007/BF01898350",
        limits="Only scales side by side can be compared at a glance.",
        seen="Explorer, scales",
        also=("parallel scales", "scales"),
    ),
    Term(
        name="In words",
        group=SCREEN,
        meaning="Sentences that are worked out from the numbers on screen; none is typed in.",
        source=PARTS,
        seen="Explorer, part",
        also=("about", "setting"),
    ),
    Term(
        name="Visited",
        group=SCREEN,
        meaning="The settings that were looked at in this visit, with what the screen said of "
        "each. It ends with the visit.",
        source=PARTS,
        seen="Explorer, part",
        also=("undo", "redo"),
    ),
    Term(
        name="Take home",
        group=SCREEN,
        meaning="The setting as documents: a report to print, a model card, a notebook, a script "
        "and a scenario file. Their words and numbers are those of the screen.",
        source="Mitchell et al. 2019, arXiv 1810.03993",
        limits="A document is of the setting alone; other settings of the chart are in its table.",
        seen="Explorer, part",
        also=("model card", "scenario file"),
    ),
    Term(
        name="Who pays",
        group=SCREEN,
        meaning="What the chosen setting does to each group: how often it says yes, and who gains "
        "or loses an answer.",
        source=PARTS,
        seen="Explorer, part",
    ),
    Term(
        name="Explanation",
        group=SCREEN,
        meaning="What the models look at, how well that can be told, and one person's decision in "
        "plain words.",
        source=PARTS,
        seen="Explorer, part",
    ),
    Term(
        name="Rules",
        group=SCREEN,
        meaning="What regulations of several places ask, and what each says of the chosen setting: "
        "admissible, not admissible, cannot be told, or a duty that no number passes.",
        source=PARTS,
        limits="A screening rule reads one sentence of a regulation off numbers. It is not law.",
        seen="Explorer, part",
        also=("admissible", "published privacy budgets"),
    ),
    Term(
        name="Cost",
        group=SCREEN,
        meaning="What the chosen setting needs of people and machines, what that comes to at the "
        "prices of the chosen purse, and which settings its budget covers.",
        source=PARTS,
        limits="Energy and carbon dioxide are published ranges; nothing of them is measured.",
        seen="Explorer, part",
        also=("affordable", "published ranges"),
    ),
    Term(
        name="At equal levels",
        group=SCREEN,
        meaning="What is left of a difference between groups where another column is equal: rates "
        "within its levels, and their standardised difference.",
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
        meaning="What matters to somebody, and the setting that it picks. The pick is the setting "
        "that loses least in the objective where it loses most, each weighed as wished.",
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
        meaning="What a number alone does not show, such as a model that answers everybody alike.",
        source="tradeoffs/fronts/remarks.py",
        seen="Explorer, chart as a table",
    ),
)
