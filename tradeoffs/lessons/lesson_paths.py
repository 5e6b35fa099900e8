"""Paths: lessons that belong together, in an order to go through; one line each is a path."""

from dataclasses import dataclass

from tradeoffs.catalogue import Catalogue
from tradeoffs.language.translates import translates


@translates("title", "purpose")
@dataclass(frozen=True, kw_only=True, slots=True)
class LessonPath:
    """Some lessons in an order.

    Attributes:
        name: in addresses.
        title: for people.
        purpose: whom it is for, in one sentence.
        lessons: names, in order.
    """

    name: str
    title: str
    purpose: str
    lessons: tuple[str, ...]


PATHS = Catalogue(
    "path",
    (
        LessonPath(
            name="first_hour",
            title="A first hour",
            purpose="Six introductory lessons: privacy, fairness, data, labels and power.",
            lessons=(
                "small_town",
                "a_coin_of_your_own",
                "whose_fairness",
                "representative_of_what",
                "who_labelled_this",
                "refused_everywhere",
            ),
        ),
        LessonPath(
            name="workshop",
            title="A workshop",
            purpose="For a group that has half a day and decides together.",
            lessons=(
                "which_problem",
                "not_every_group",
                "the_week_after",
                "a_seat_at_the_table",
                "fairness_washing",
                "one_model_for_everyone",
            ),
        ),
        LessonPath(
            name="privacy",
            title="Privacy in three lessons",
            purpose="What a model remembers, whom a promise costs what, and what it is worth.",
            lessons=("learning_by_heart", "privacy_for_whom", "privacy_washing"),
        ),
        LessonPath(
            name="control",
            title="Who keeps control",
            purpose="What depends on others, what can be taken back, and who decides.",
            lessons=(
                "somebody_elses_model",
                "ours_to_lend",
                "who_keeps_control",
                "one_model_for_everyone",
            ),
        ),
    ),
)
