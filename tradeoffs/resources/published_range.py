"""Published ranges: what others measured or estimated of power, traffic, grids, prices and work."""

from dataclasses import dataclass

from tradeoffs.catalogue import Catalogue
from tradeoffs.language.translates import translates
from tradeoffs.resources.range import Range


@translates("title", "unit", "help")
@dataclass(frozen=True, kw_only=True, slots=True)
class PublishedRange:
    """A quantity between two numbers that somebody published, as a catalogue entry.

    Attributes:
        name: key of the catalogue.
        title: for people.
        unit: of both numbers.
        low: the smaller number.
        high: the larger one.
        help: what it is, and why it is a range.
        source: where both numbers stand.
    """

    name: str
    title: str
    unit: str
    low: float
    high: float
    help: str
    source: str

    @property
    def range(self) -> Range:
        """Both numbers."""
        return Range(self.low, self.high)


PUBLISHED_RANGES = Catalogue(
    "published range",
    (
        PublishedRange(
            name="arithmetic_rate",
            title="Computing speed of a core",
            unit="operations a second",
            low=1e9,
            high=1e10,
            help=(
                "Models this small spend as much time on moving numbers as on computing, so a "
                "core reaches only a small part of its peak speed."
            ),
            source="tradeoffs/benchmarks/sgemm.py",
        ),
        PublishedRange(
            name="core_power",
            title="Power of a core",
            unit="watts",
            low=1.6,
            high=30.0,
            help="A thread of a busy server at the low end, a core of a desktop computer at the "
            "high end. No power is measured here.",
            source="Cloud Carbon Footprint, methodology and coefficients of microarchitectures, "
            "https://www.cloudcarbonfootprint.org/docs/methodology/",
        ),
        PublishedRange(
            name="power_usage_effectiveness",
            title="Power of the building per power of its computers (PUE)",
            unit="ratio",
            low=1.1,
            high=1.6,
            help=(
                "Includes cooling and losses. Survey averages are near 1.6; some large data "
                "centres are near 1.1."
            ),
            source="Uptime Institute, surveys of 2020 to 2024 (averages of 1.55 to 1.59), "
            "https://journal.uptimeinstitute.com/large-data-centers-are-mostly-more-efficient-"
            "analysis-confirms/",
        ),
        PublishedRange(
            name="network_energy",
            title="Energy of sending data",
            unit="kWh a gigabyte",
            low=0.001,
            high=0.06,
            help=(
                "The high end was estimated for 2015; it has halved every two years since. "
                "Energy does not grow in proportion to one sender's bytes, so this is only an "
                "order of magnitude."
            ),
            source="Aslan et al. 2018, doi 10.1111/jiec.12630; Mytton et al. 2024, "
            "doi 10.1111/jiec.13512",
        ),
        PublishedRange(
            name="grid_intensity",
            title="Carbon dioxide of electricity",
            unit="grams a kWh",
            low=20.0,
            high=900.0,
            help="Hydropower and nuclear power at the low end, coal at the high end.",
            source="Ember, Global Electricity Review 2023 (world 436 g in 2022), "
            "https://ember-energy.org/analisis/global-electricity-review-2023",
        ),
    ),
)
