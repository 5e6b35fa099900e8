"""The question that the screen opens with, about the people of its table."""

from tradeoffs.report.titles import favourable_answer
from tradeoffs.scenario import Scenario


def question(here: Scenario) -> str:
    """Return what a reader may ask of the models: of privacy, fairness and explainability.

    >>> print(question(Scenario()))
    A model learned from 3,000 people. Could anyone tell you are among them? Who gets the \
answer “over 50,000 dollars a year” less often? Can anyone say why?
    """
    return (
        f"A model learned from {here.rows:,} people. Could anyone tell you are among them? "
        f"Who gets the answer “{favourable_answer(here)}” less often? Can anyone say why?"
    )
