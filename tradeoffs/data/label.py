"""Labels: what can be predicted from a table, and how yes and no follow from recorded values.

A label is a choice.  Its rule is public and fixed: a threshold for a share of the people is a
number in the codebook, never a quantile of training rows, which would be a private statistic.
"""

from typing import TYPE_CHECKING, Literal

import numpy as np
from pydantic import Field

from tradeoffs.data.coding import Frozen, Text
from tradeoffs.errors import InvalidInput
from tradeoffs.language.translates import translates

if TYPE_CHECKING:
    import pandas as pd

NO, YES, UNDEFINED = 0, 1, -1


@translates("title", "question", "positive", "negative", "derivation")
class Label(Frozen):
    """One yes-or-no question about each person, and how many people answer it.

    Attributes:
        name: of the label, as in a scenario.
        title: what yes says of a person, in a few words.
        question: what is asked of each person.
        positive: yes in words.
        negative: no in words.
        favourable: the answer that a person would want.
        derivation: how it comes about, in words.
        column: the raw values; yes or no, or numbers where `at_least` is set.
        at_least: yes is a value of at least this; a public constant.
        capacity: the share of places that `at_least` was chosen for, if it was.
        withheld: features that no model sees for this label, as they define it.
        train_rows: people of the training file with an answer; a public constant.
        test_rows: people of the test file with an answer.
    """

    name: Text
    title: Text
    question: Text
    positive: Text
    negative: Text
    favourable: Literal["positive", "negative"]
    derivation: Text
    column: Text
    at_least: float | None = None
    capacity: float | None = Field(default=None, gt=0, lt=1)
    withheld: tuple[Text, ...] = ()
    train_rows: int = Field(ge=1)
    test_rows: int = Field(ge=2)

    @property
    def wanted(self) -> str:
        """The favourable answer in words."""
        return self.positive if self.favourable == "positive" else self.negative

    def encode(self, column: "pd.Series") -> np.ndarray:
        """Return YES, NO or, where the value is missing, UNDEFINED; int8 (rows,).

        Raises:
            InvalidInput: values that are neither numbers nor yes or no.
        """
        try:
            values = column.to_numpy(dtype=np.float64, na_value=np.nan)
        except (TypeError, ValueError) as error:
            raise InvalidInput(
                "label_not_numbers", name=self.name, column=self.column, reason=str(error)
            ) from None
        known = ~np.isnan(values)
        if self.at_least is None and not np.isin(values[known], (NO, YES)).all():
            raise InvalidInput("label_not_yes_or_no", name=self.name, column=self.column)
        answer = values >= (YES if self.at_least is None else self.at_least)
        return np.where(known, answer, UNDEFINED).astype(np.int8)
