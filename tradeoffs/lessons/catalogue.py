"""The lessons, in the order of the paper's sections."""

from tradeoffs.errors import InvalidInput
from tradeoffs.lessons import (
    a_private_explanation,
    a_proxy_that_travels_badly,
    cost_is_not_need,
    fairness_washing,
    not_every_group,
    one_model_for_everyone,
    privacy_for_whom,
    privacy_washing,
    representative_of_what,
    small_town,
    the_same_illness,
    the_week_after,
    which_problem,
    who_labelled_this,
    whose_fairness,
)
from tradeoffs.lessons.lesson import Lesson

ORDER = (  # of the paper's sections; a new lesson is a line here and one above
    small_town,
    privacy_for_whom,
    a_private_explanation,
    whose_fairness,
    not_every_group,
    the_week_after,
    representative_of_what,
    which_problem,
    cost_is_not_need,
    a_proxy_that_travels_badly,
    the_same_illness,
    who_labelled_this,
    fairness_washing,
    privacy_washing,
    one_model_for_everyone,
)
LESSONS: dict[str, Lesson] = {one.LESSON.name: one.LESSON for one in ORDER}


def lesson_named(name: str) -> Lesson:
    """Return a lesson; raise InvalidInput if there is none of that name."""
    if name not in LESSONS:
        raise InvalidInput(f"unknown lesson {name!r}; known: {', '.join(LESSONS)}")
    return LESSONS[name]
