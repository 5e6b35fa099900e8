"""The paper's intersection examples as lessons: predict, move a slider, see models answer."""
