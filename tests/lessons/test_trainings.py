"""One quantity is told over one number of trainings, in whichever step it stands."""

import importlib

import pytest

from tradeoffs.experiments.designs import SEEDS
from tradeoffs.jobs.worker import study_module
from tradeoffs.lessons.catalogue import LESSONS
from tradeoffs.lessons.lesson import StudySource, TrainingSource

MADE_UP = {"clinic", "proxy_transfer"}  # towns and patients, of which many are drawn
PAIRS = {"decision_by_epsilon"}  # compares trainings with each other
STUDIES = {
    step.source.study
    for lesson in LESSONS.values()
    for step in lesson.steps
    if isinstance(step.source, StudySource)
}


@pytest.mark.parametrize("lesson", LESSONS.values(), ids=lambda lesson: lesson.name)
def test_steps_that_train_do_so_as_often_as_the_explorer(lesson):
    for place, step in enumerate(lesson.steps):
        if isinstance(step.source, TrainingSource):
            wanted = step.source.scenarios(lesson.setting(place))
            settings = {one.but(seed=0) for one in wanted}
            assert len(wanted) == SEEDS * len(settings)


@pytest.mark.parametrize("study", sorted(STUDIES - MADE_UP - PAIRS))
def test_a_study_that_trains_does_so_as_often(study):
    module = importlib.import_module(study_module(study))
    assert getattr(module, "SEEDS", SEEDS) == SEEDS and not hasattr(module, "TRAININGS")
