"""Whom to ask: the same number of labels at random and where a model is unsure."""

from tests.report.remedies.test_digitisation import change, look
from tradeoffs.experiments.plan import resolve
from tradeoffs.jobs.job import Job
from tradeoffs.report.remedies.label_query import (
    LABEL_QUERY,
    headline,
    label_cost,
    settings,
    variants,
)
from tradeoffs.report.remedies.variant import Variant


def test_both_have_as_many_labels_and_no_budget():
    random, unsure, everything = settings(look(labelled="30", epsilon="1", remedy="pooled"))
    assert random.rows == 90 and (unsure.rows, unsure.dial) == (300, 30)
    assert everything.rows == 300 and everything.remedy == random.remedy == "alone"
    assert {one.epsilon for one in (random, unsure, everything)} == {None}
    assert all(resolve(one) for one in (random, unsure, everything))


def test_too_few_labels_train_nothing_and_say_the_bound():
    at = look(rows="100", labelled="30")
    assert settings(at) == []
    assert LABEL_QUERY.panel(at, Job([])).heading.startswith("30 labels are too few to compare; 50")


def test_the_heading_says_whether_it_can_be_told():
    random, unsure, _ = variants(look())
    told = Variant(title="", setting=unsure.setting, change=change(0.02, 0.01, 0.03))
    assert headline([random, told]).endswith("changes the result by +2.0 points (+1.0 to +3.0).")
    assert headline([random, unsure]) == ""


def test_labels_are_paid_for_those_who_are_asked():
    at = look(labelled="30", purse="village_clinic")
    told = label_cost(at, variants(at))
    assert told.startswith("90 answers take 0.5 hours at 20 s each and cost 3;")
    assert told.endswith("all 300 take 1.67 hours and cost 10.")
