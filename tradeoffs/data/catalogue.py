"""The catalogue of bundled datasets. A new one is one file and one line here."""

from tradeoffs import settings
from tradeoffs.catalogue import Catalogue
from tradeoffs.data.dataset import Dataset
from tradeoffs.data.datasets.adult import ADULT
from tradeoffs.data.datasets.compas import COMPAS
from tradeoffs.data.datasets.gss import GSS
from tradeoffs.data.datasets.hmda import HMDA
from tradeoffs.data.datasets.loanapp import LOANAPP
from tradeoffs.data.datasets.meps import MEPS
from tradeoffs.data.datasets.wiki_toxicity import WIKI_TOXICITY
from tradeoffs.data.table_handle import own
from tradeoffs.errors import InvalidInput
from tradeoffs.language.translates import original

__all__ = ["DATASETS", "Dataset", "dataset", "available_datasets"]

OWN = (
    "A table that you brought. It is held in memory only and is gone when you leave. Where "
    "its bins and groups were derived from the rows themselves, epsilon does not cover them."
)


def dataset(name: str) -> Dataset:
    """Return an entry that is offered, or an own table by its handle.

    Raises:
        InvalidInput: any other name, with the known ones; or an own table that is gone.
    """
    if (held := own(name)) is not None:
        labels = tuple((label.name, original(label, "title")) for label in held.book.labels)
        meanings = labels if len(labels) > 1 else ()
        return Dataset(name=name, help=OWN, figures=(), meanings=meanings)
    here = Catalogue("dataset", available_datasets())
    if name in DATASETS and name not in here:
        variable = settings.TABLES.name
        raise InvalidInput("dataset_not_offered", name=name, variable=variable, known=tuple(here))
    return here[name]


def available_datasets() -> tuple[Dataset, ...]:
    """Return the datasets on offer: all, or those that `settings.TABLES` names, in its order.

    Raises:
        InvalidInput: it names a dataset that does not exist.
    """
    names = settings.TABLES.read()
    for name in names:
        if name not in DATASETS:
            known = tuple(DATASETS)
            raise InvalidInput("unknown_in", where=settings.TABLES.name, name=name, known=known)
    return tuple(DATASETS[name] for name in names or DATASETS)


DATASETS = Catalogue("dataset", (ADULT, LOANAPP, HMDA, GSS, COMPAS, MEPS, WIKI_TOXICITY))
