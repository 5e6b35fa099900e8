"""The lessons, in the order of the paper's sections."""

from tradeoffs.catalogue import Catalogue
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
LESSONS = Catalogue("lesson", (one.LESSON for one in ORDER))
