"""Model size: parameters and arithmetic of a logistic regression or a one-layer network."""


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
