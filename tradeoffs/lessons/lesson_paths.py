"""Paths: lessons that belong together, in an order to go through; one line each is a path."""

from dataclasses import dataclass

from tradeoffs.catalogue import Catalogue


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
            purpose="One lesson of each kind: privacy, fairness, data and power.",
            lessons=(
                "small_town",
                "whose_fairness",
                "representative_of_what",
                "privacy_washing",
            ),
        ),
        LessonPath(
            name="workshop",
            title="A workshop",
            purpose="Half a day for a group that decides together.",
            lessons=(
                "small_town",
                "not_every_group",
                "which_problem",
                "cost_is_not_need",
                "fairness_washing",
                "one_model_for_everyone",
            ),
        ),
        LessonPath(
            name="privacy",
            title="Privacy in three lessons",
            purpose="What a privacy budget buys, who pays for it, and what it does not promise.",
            lessons=("small_town", "privacy_for_whom", "privacy_washing"),
        ),
        LessonPath(
            name="control",
            title="Who keeps control",
            purpose="Who labels, who trains, and who may leave.",
            lessons=("who_labelled_this", "the_same_illness", "one_model_for_everyone"),
        ),
    ),
)
