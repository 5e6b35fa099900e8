"""Model size: parameters and arithmetic of a logistic regression or a one-layer network."""

BYTES = 4  # of a parameter


def parameters(columns: int, width: int) -> int:
    """Return the number of trained numbers of one model.

    Args:
        columns: inputs, the bias not counted.
        width: hidden units; 0 is logistic regression.
    """
    if width == 0:
        return columns + 1
    return (columns + 1) * width + width + 1


def operations(ones: int, width: int) -> int:
    """Return the multiply-adds of one decision, when a person holds `ones` of the columns."""
    if width == 0:
        return ones + 1
    return (ones + 1) * width + width + 1


def training_operations(ones: int, width: int, people: float, steps: int) -> float:
    """Return the floating-point operations of a training.

    A multiply-add is two operations; the gradient by the weights takes as many as the decision
    does, and none is needed by the inputs.

    Args:
        ones: columns that are 1 in a row.
        width: hidden units.
        people: in a batch, on average.
        steps: of training.

    >>> training_operations(12, 0, 300, 200)
    3120000
    """
    return 4 * operations(ones, width) * people * steps
