"""Published trainings: the energy of large models, as others stated it, for scale alone."""

from dataclasses import dataclass

from tradeoffs.catalogue import Catalogue
from tradeoffs.language.translates import translates
from tradeoffs.language.translation import say


@translates("title")
@dataclass(frozen=True, kw_only=True, slots=True)
class PublishedTraining:
    """One training of a large model, as a catalogue entry.

    Attributes:
        name: key of the catalogue.
        title: of the model.
        year: of the publication.
        kwh: energy of the training.
        tonnes: of carbon dioxide, as stated there for its own grid.
        source: where it was stated.
    """

    name: str
    title: str
    year: int
    kwh: float
    tonnes: float
    source: str

    @property
    def help(self) -> str:
        """What was stated."""
        return say(
            "{energy:,.0f} MWh and {tonnes:,.1f} t of carbon dioxide.",
            energy=self.kwh / 1000,
            tonnes=self.tonnes,
        )


PUBLISHED_TRAININGS = Catalogue(
    "published training",
    (
        PublishedTraining(
            name="gpt_3",
            title="GPT-3",
            year=2021,
            kwh=1_287_000.0,
            tonnes=552.0,
            source="Patterson et al. 2021, arXiv 2104.10350",
        ),
        PublishedTraining(
            name="bloom",
            title="BLOOM",
            year=2022,
            kwh=433_196.0,
            tonnes=24.7,
            source="Luccioni, Viguier, Ligozat 2022, arXiv 2211.02001",
        ),
    ),
)
