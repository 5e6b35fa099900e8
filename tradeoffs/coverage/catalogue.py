"""All studies of coverage, in the order in which a user meets their intervals."""

from tradeoffs.coverage import attack, front, lessons, pays, settings, shifts

STUDIES = (
    *settings.STUDIES,
    *pays.STUDIES,
    *front.STUDIES,
    *attack.STUDIES,
    *lessons.STUDIES,
    *shifts.STUDIES,
)
