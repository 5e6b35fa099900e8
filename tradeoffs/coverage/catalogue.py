"""All studies of coverage, in the order in which a user meets their intervals."""

from tradeoffs.coverage import attack, front, pays, settings

STUDIES = (*settings.STUDIES, *pays.STUDIES, *front.STUDIES, *attack.STUDIES)
