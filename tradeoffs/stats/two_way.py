"""Crossed: the part of an error that lies in people, where each training decides about each person.

What a training does to single persons scatters their means too, and is in the spread of the
trainings already: so it is taken away, or it would count twice.

Source: Searle, Casella, McCulloch 1992, Variance Components, ch. 4 (two-way crossed, random).
"""

import math

import numpy as np


def people_error(each: np.ndarray, weights: np.ndarray | None = None) -> float:
    """Return the standard error of a mean over trainings and people that lies in the people.

    Args:
        each: (trainings, people) numbers or decisions; one training has no scatter to take away.
        weights: as for `influence`.
    """
    return influence_error(influence(each, weights))


def influence(each: np.ndarray, weights: np.ndarray | None = None) -> np.ndarray:
    """Return (trainings, people): how far each person pulls the mean of each training.

    Scaled so that their squares add to the unbiased variance of a mean over people; with weights
    to that of a ratio of sums, linearised, for people drawn independently with replacement.
    Source: Sarndal, Swensson, Wretman 1992, Model Assisted Survey Sampling, 5.5 to 5.7.

    Args:
        each: (trainings, people).
        weights: (people,) above 0; None where each person counts once.
    """
    people = each.shape[1]
    apart = each - np.average(each, axis=1, weights=weights, keepdims=True)
    if weights is not None:
        return apart * weights * (math.sqrt(people / (people - 1)) / weights.sum())
    return apart / math.sqrt(people * (people - 1))


def effective_size(weights: np.ndarray) -> float:
    """Return how many people of one weight would leave a mean as uncertain as these do.

    Source: Kish 1965, Survey Sampling, 11.7: the square of the sum over the sum of squares.

    >>> effective_size(np.array([2.0, 2.0])), effective_size(np.array([1.0, 3.0]))
    (2.0, 1.6)
    """
    return float(weights.sum()) ** 2 / float(weights @ weights)


def influence_error(pulls: np.ndarray) -> float:
    """Return the standard error of a figure that lies in the people.

    Args:
        pulls: (trainings, people), how far each moves the figure of each training; of sum 0.
    """
    return math.sqrt(max(people_covariance(pulls, pulls), 0.0))


def people_covariance(one: np.ndarray, other: np.ndarray) -> float:
    """Return how two figures vary together as far as that lies in the people.

    Args:
        one: (trainings, people), pulls on the first figure.
        other: on the second, of the same trainings and people.
    """
    trainings = len(one)
    mean, other_mean = one.mean(0), other.mean(0)
    between = float(mean @ other_mean)
    if trainings < 2:
        return between
    single = float(np.vdot(one, other)) - trainings * between
    return between - single / (trainings * (trainings - 1))
