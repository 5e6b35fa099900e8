"""Terms of the screen: controls, parts and headers that name no quantity of their own."""

from tradeoffs.data.shifts.diagnostics import DIAGNOSTICS
from tradeoffs.report.glossary.term import Term

SCREEN = "The screen"
FIELDS = "pages/shared/settings/fields.py"
PARTS = "pages/shared/details/details.py"
PAPER = "Molamohammadi et al. 2023, arXiv 2306.10043"

ON_SCREEN = (
    Term(
        name="Table",
        group="Data",
        meaning="The people that models are trained and measured on, one row a person. Here a "
        "table of your own can be brought too.",
        source=f"{PAPER}, section 2.1",
        limits="Who is not in the table is not in any number.",
        seen="Explorer, control; page Data; part Table, where it means the numbers of the chart",
        also=("dataset", "data", "own table"),
    ),
    Term(
        name="Predicted",
        group="Data",
        meaning="The yes-or-no question that the model answers about a person. It is a choice: "
        "cost, say, is not need.",
        source="Obermeyer et al. 2019, doi 10.1126/science.aax2342",
        limits="The recorded answer is what somebody wrote down, not the truth itself.",
        seen="Explorer, control",
        also=("label",),
    ),
    Term(
        name="Groups by",
        group="Data",
        meaning="The attribute whose groups are compared: sex, origin, age or several at once.",
        source="Hanna et al. 2020, arXiv 1912.03593",
        limits="Groups are as the table recorded them; people may describe themselves otherwise.",
        seen="Explorer, control",
        also=("protected", "group", "everybody"),
    ),
    Term(
        name="columns withheld",
        group="Data",
        meaning="Columns that the model does not see. What goes along with them may still tell.",
        source="Dwork et al. 2012, arXiv 1104.3913",
        seen="results of a sweep",
        also=("hide",),
    ),
    Term(
        name="Shift",
        group="Shifts of data",
        meaning="A way in which the people that a model is used on differ from those it was "
        "trained on.",
        source=f"{PAPER}, section 2.1",
        limits="A shift here is made from the table's own rows; the world shifts in more ways.",
        seen="Explorer, control; page Shifts",
        also=(
            "shifts",
            "other_shifts",
            "training_shifts",
            "Other shifts where it is used",
            "Shifts of the people in training",
        ),
    ),
    Term(
        name="Shift intensity",
        group="Shifts of data",
        meaning="How far the people differ: nothing at 0 %, as far as this shift goes at 100 %.",
        unit="per cent",
        direction="larger: more different",
        source=f"{PAPER}, section 2.1",
        limits="The same intensity of two shifts is not the same size of change.",
        seen="Explorer, control; page Shifts",
        also=("shift_intensity", "intensity", "along the intensity"),
    ),
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
        name="Clipping",
        group="Remedies",
        meaning="How it is limited how far one person can pull the model. The ways differ in what "
        "they do to groups whose people pull far.",
        source="Abadi et al. 2016, arXiv 1607.00133; Esipova et al. 2023, arXiv 2206.07737",
        seen="Explorer, level Lab",
    ),
    Term(
        name="Where fairness is brought about",
        group="Remedies",
        meaning="Whether the data are changed before training, the model in training, or its "
        "decisions after it.",
        source=f"{PAPER}, section 4",
        seen="Explorer, control",
        also=("stage",),
    ),
    Term(
        name="How much of the data is changed",
        group="Remedies",
        meaning="How far a remedy before training goes: not at all at 0 %, all the way at 100 %.",
        unit="per cent",
        direction="larger: data further from what was recorded",
        source="Kamiran, Calders 2012, doi 10.1007/s10115-011-0463-8",
        seen="Explorer, control",
        also=("strength",),
    ),
    Term(
        name="Meaning of fair",
        group="Values: fairness",
        meaning="Which number groups should be alike in. The meanings exclude each other in part, "
        "so one has to be chosen.",
        source="Kleinberg et al. 2017, arXiv 1609.05807",
        seen="Explorer, control",
        also=("notion",),
    ),
    Term(
        name="Largest allowed gap",
        group="Values: fairness",
        meaning="How unlike groups may at most be, by the chosen meaning. Training, or the "
        "decisions, try to stay below it.",
        unit="per cent",
        direction="smaller: groups more alike by this meaning",
        source="Cotter et al. 2019, arXiv 1809.04198",
        limits="It is asked of people in training; on others the gap can be larger.",
        seen="Explorer, control",
        also=("max_gap",),
    ),
    Term(
        name="Level",
        group=SCREEN,
        meaning="How much of the screen is shown: a story with one slider, the usual controls, or "
        "all of them.",
        source=FIELDS,
        seen="Explorer, control",
        also=("story", "explore", "lab"),
    ),
    Term(
        name="To the right",
        group=SCREEN,
        meaning="Which of the measured numbers the chart shows from left to right; another one is "
        "shown upwards.",
        source=FIELDS,
        seen="Explorer, control",
        also=("upwards", "x", "y"),
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
        name="remarks",
        group=SCREEN,
        meaning="What a number alone does not show, such as a model that answers everybody alike.",
        source="tradeoffs/fronts/remarks.py",
        seen="Explorer, part Table",
    ),
)
