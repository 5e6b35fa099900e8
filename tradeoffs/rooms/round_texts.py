"""Texts of the rounds of a workshop, and of the vote on privacy, by id."""

from collections.abc import Mapping

from tradeoffs.language.translation import say

TEXTS: Mapping[str, str] = {
    "values.title": "What matters to you",
    "values.question": (
        "Divide 100 points. More points mean that this matters more to you in this decision."
    ),
    "point.title": "Your setting",
    "point.question": "Which setting would you choose?",
    "lines.title": "Red lines",
    "lines.question": "What must not happen? Leave empty what has no limit for you.",
    "rule.title": "How to decide",
    "rule.question": "By which rule should the room decide? Choose before you see the results.",
    "rule.majority": "Majority",
    "rule.majority.help": "The candidate that most people approve of.",
    "rule.worst_off_first": "Worst-off first",
    "rule.worst_off_first.help": "The setting whose largest loss for anybody is smallest.",
    "rule.compromise": "Compromise",
    "rule.compromise.help": "The setting whose total loss, over everybody, is smallest.",
    "vote.title": "Vote",
    "vote.question": "Which of these could you live with? Approve of as many as you like.",
    "words.title": "What the record should say",
    "words.question": "Do you disagree? Say why, or join a statement of somebody else.",
    "epsilon.title": "How private are the guesses?",
    "epsilon.question": (
        "Your phone can replace your guess at random before sending it. A smaller ε hides each "
        "guess better, and makes the room's result less accurate. Each question adds its own ε."
    ),
    "epsilon.none": "Send guesses as they are",
    "epsilon.none.help": "Nothing is replaced.",
    "epsilon.some": "ε = {epsilon:g}",
    "epsilon.some.help": (
        "With two answers to choose from, {kept:.0f} of 100 guesses are sent as they are. Of "
        "{people} people, the share of each answer is then off by up to {error:.0f} points "
        "(in 95 of 100 rooms)."
    ),
}


def text(name: str, /, **values: object) -> str:
    """Return a text with its values, in the language of the run.

    >>> text("epsilon.some", epsilon=1.0)
    'ε = 1'
    """
    return say(TEXTS[name], **values)
