"""The question that the screen opens with, about the people of its table."""

from tradeoffs.language.translation import say
from tradeoffs.report.titles import favourable_answer
from tradeoffs.scenario import Scenario


def question(here: Scenario) -> str:
    """Return what a reader may ask of the models: of privacy, fairness and explainability.

    >>> print(question(Scenario()))
    A model learned from 3,000 people. Could anyone tell you are among them? Who gets the \
answer “over 50,000 dollars a year” less often? Can anyone say why?
    """
    return say(
        "A model learned from {rows:,} people. Could anyone tell you are among them? "
        "Who gets the answer “{answer}” less often? Can anyone say why?",
        rows=here.rows,
        answer=favourable_answer(here),
    )
