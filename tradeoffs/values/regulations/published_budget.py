"""Published budgets: the epsilons of privacy that real deployments declared."""

from dataclasses import dataclass
from functools import partial

from tradeoffs.catalogue import Catalogue
from tradeoffs.language.translates import translates
from tradeoffs.language.translation import say


@translates("title", "place", "unit")
@dataclass(frozen=True, kw_only=True, slots=True)
class PublishedBudget:
    """What one deployment of differential privacy declared, as a catalogue entry.

    Attributes:
        name: key of the catalogue.
        title: of the deployment.
        place: where the people are.
        year: of the declaration.
        epsilon: as declared.
        delta: as declared; 0 for pure differential privacy.
        unit: whose contribution is protected, without which epsilons cannot be compared.
        model: "central": noise on what is published; "local": noise on each device.
        source: where it was declared.
        url: where to read it.
    """

    name: str
    title: str
    place: str
    year: int
    epsilon: float
    delta: float
    unit: str
    model: str
    source: str
    url: str

    @property
    def help(self) -> str:
        """What is protected, and where that is declared."""
        return say("Protects {unit}. {source}.", unit=self.unit, source=self.source)


_apple = partial(
    PublishedBudget,
    place="worldwide",
    year=2017,
    delta=0.0,
    unit="what a device sends in a day",
    model="local",
    source="Apple, Differential Privacy Overview, 2017",
    url="https://www.apple.com/privacy/docs/Differential_Privacy_Overview.pdf",
)
PUBLISHED_BUDGETS = Catalogue(
    "published budget",
    (
        PublishedBudget(
            name="census_redistricting",
            title="2020 Census, redistricting data",
            place="United States",
            year=2021,
            epsilon=19.61,
            delta=1e-10,
            unit="one person's answers (17.14) and one housing unit's (2.47), both together",
            model="central",
            source="U.S. Census Bureau, press release of 9 June 2021; Abowd et al. 2022, HDSR",
            url="https://hdsr.mitpress.mit.edu/pub/7evz361i",
        ),
        PublishedBudget(
            name="israel_births",
            title="Registry of live births of 2014",
            place="Israel",
            year=2024,
            epsilon=9.98,
            delta=0.0,
            unit="one birth: a mother and her newborn",
            model="central",
            source="Hod, Canetti 2024, arXiv 2405.00267",
            url="https://arxiv.org/abs/2405.00267",
        ),
        PublishedBudget(
            name="gboard_spanish",
            title="Gboard, next word in Spanish",
            place="Spain",
            year=2022,
            epsilon=8.9,
            delta=1e-10,
            unit="everything one user typed",
            model="central",
            source="Xu, Zhang 2024, Advances in private training for production on-device "
            "language models",
            url="https://research.google/blog/"
            "advances-in-private-training-for-production-on-device-language-models/",
        ),
        _apple(name="apple_words", title="New words, QuickType", epsilon=16.0),
        _apple(name="apple_lookup", title="Lookup hints", epsilon=8.0),
        _apple(name="apple_emoji", title="Emoji suggestions", epsilon=4.0),
        _apple(name="apple_health", title="Health type usage", epsilon=2.0),
        PublishedBudget(
            name="wikipedia_views",
            title="Page views by country",
            place="worldwide",
            year=2023,
            epsilon=1.0,
            delta=1e-7,
            unit="the first 10 pages that a device views in a day",
            model="central",
            source="Wikimedia Foundation 2023, rho = 0.015; Adeleye et al. 2023, arXiv 2308.16298",
            url="https://analytics.wikimedia.org/published/datasets/country_project_page/"
            "00_README.html",
        ),
    ),
)
