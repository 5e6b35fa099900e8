"""The catalogue of bundled datasets. A new one is one file and one line here."""

from tradeoffs.data.adult import ADULT
from tradeoffs.data.dataset import Dataset
from tradeoffs.errors import InvalidInput

__all__ = ["BY_NAME", "DATASETS", "Dataset", "dataset"]


def dataset(name: str) -> Dataset:
    """Return the catalogue entry; an unknown name raises InvalidInput listing the known ones."""
    if name not in BY_NAME:
        raise InvalidInput(f"unknown dataset {name!r}; known: {', '.join(BY_NAME)}")
    return BY_NAME[name]


DATASETS: tuple[Dataset, ...] = (ADULT,)
BY_NAME: dict[str, Dataset] = {entry.name: entry for entry in DATASETS}
