"""Published compute: the arithmetic of well-known trainings, as others counted or estimated it."""

from dataclasses import dataclass

from tradeoffs.catalogue import Catalogue
from tradeoffs.language.translation import say
from tradeoffs.resources.published_range import PublishedRange
from tradeoffs.resources.range import Range

PETAFLOP_DAY = 8.64e19  # operations
AI_AND_COMPUTE = "Amodei, Hernandez 2018, AI and Compute, https://openai.com/index/ai-and-compute"


@dataclass(frozen=True, kw_only=True, slots=True)
class PublishedCompute:
    """One training of a well-known model, as a catalogue entry.

    Attributes:
        name: key of the catalogue.
        title: of the model.
        year: of the publication.
        month: of the publication, from 1.
        operations: of floating-point numbers.
        factor: by which the source says it may be off, either way; 1 where it was counted.
        source: where it was stated.
    """

    name: str
    title: str
    year: int
    month: int
    operations: float
    source: str
    factor: float = 1.0

    @property
    def help(self) -> str:
        """What was stated."""
        return say(
            "{operations:.1e} operations, published in {year}.",
            operations=self.operations,
            year=self.year,
        )

    @property
    def range(self) -> Range:
        """What the operations are at least and at most."""
        return Range(self.operations / self.factor, self.operations * self.factor)

    @property
    def months(self) -> int:
        """Months since the year 0."""
        return 12 * self.year + self.month


PUBLISHED_COMPUTE = Catalogue(
    "published compute",
    (
        PublishedCompute(
            name="alexnet",
            title="AlexNet",
            year=2012,
            month=12,
            operations=0.0058 * PETAFLOP_DAY,
            factor=2.0,
            source=AI_AND_COMPUTE,
        ),
        PublishedCompute(
            name="transformer",
            title="Transformer",
            year=2017,
            month=6,
            operations=2.3e19,
            source="Vaswani et al. 2017, arXiv 1706.03762, table 2",
        ),
        PublishedCompute(
            name="alphago_zero",
            title="AlphaGo Zero",
            year=2017,
            month=10,
            operations=1860 * PETAFLOP_DAY,
            factor=3.0,
            source=AI_AND_COMPUTE,
        ),
        PublishedCompute(
            name="gpt_3",
            title="GPT-3",
            year=2020,
            month=5,
            operations=3.14e23,
            source="Brown et al. 2020, arXiv 2005.14165, table D.1",
        ),
        PublishedCompute(
            name="palm",
            title="PaLM",
            year=2022,
            month=4,
            operations=2.53e24,
            source="Chowdhery et al. 2022, arXiv 2204.02311",
        ),
        PublishedCompute(
            name="llama_3",
            title="Llama 3.1",
            year=2024,
            month=7,
            operations=3.8e25,
            source="Grattafiori et al. 2024, arXiv 2407.21783",
        ),
    ),
)

OPERATION_PRICE = PublishedRange(
    name="operation_price",
    title="Price of the computation in a large training run",
    unit="US dollars for 10^18 operations",
    low=1.7,
    high=14.0,
    help=(
        "Rented accelerators, without staff and trial runs: DeepSeek-V3 of 2024 at the low "
        "end, GPT-3 of 2020 at the high end. A small training run costs more per operation."
    ),
    source="DeepSeek-AI 2024, arXiv 2412.19437, table 1 (5.576 million dollars, 37 billion active "
    "parameters, 14.8 trillion tokens); AI Index 2024, Stanford, chapter 1 (GPT-3: 4.3 million "
    "dollars), https://aiindex.stanford.edu/report/",
)
