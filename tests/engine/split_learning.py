"""Split learning: a network cut in two, trained by messages between homes and a server.

Homes hold people and the trunk, the first layer; the server holds the head, and is sent neither
columns nor, where labels stay at home, labels.  What it is sent of each person is the cut layer,
the trunk's outputs; it answers with the gradient of the loss by them.  Trunks are averaged at each
step, as homes would drift apart otherwise (Thapa et al. 2022, AAAI, SplitFedV1).

This is the protocol, with everything that is sent.  Remedies train the same network at once, and
are held to give what comes of it.

Source: Gupta, Raskar 2018, arXiv 1810.06060; Vepakomma et al. 2018, arXiv 1812.00564
(labels at home).
"""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from scipy.special import expit

from tradeoffs.data.table import Table


class Channel:
    """What lies between homes and the server; counts what crosses, and lets a listener see it.

    Attributes:
        sent: bytes by the name of what was sent.
        seen: what was sent last under each name, home after home.
    """

    def __init__(self) -> None:
        """Begin with nothing sent."""
        self.sent: Counter[str] = Counter()
        self.seen: dict[str, list[np.ndarray]] = {}

    def send(self, name: str, arrays: Sequence[np.ndarray]) -> list[np.ndarray]:
        """Hand arrays over, one a home."""
        self.sent[name] += sum(array.nbytes for array in arrays)
        self.seen[name] = list(arrays)
        return list(arrays)


class Home:
    """One community: its people and its copy of the trunk.

    Args:
        table: its people.
        trunk: (columns + 1, width) weights, the intercepts last.
    """

    def __init__(self, table: Table, trunk: np.ndarray) -> None:
        """Lay the columns out."""
        self.trunk, self.velocity = trunk.copy(), np.zeros_like(trunk)
        self.label = table.label.astype(trunk.dtype)
        self.design = np.zeros((table.rows, len(trunk)), dtype=trunk.dtype)
        np.put_along_axis(self.design, table.flat.astype(np.int64), 1, axis=1)
        self.design[:, -1] = 1

    def forward(self) -> np.ndarray:
        """Return the cut layer, (rows, width)."""
        self.cut = np.maximum(self.design @ self.trunk, 0)
        return self.cut

    def step(self, gradient: np.ndarray, rate: float, momentum: float, ridge: float) -> None:
        """Move the trunk by the gradient of the summed loss by the cut layer, (rows, width)."""
        inner = self.design.T @ np.where(self.cut > 0, gradient, 0)
        inner[:-1] += ridge * self.trunk[:-1]
        self.velocity = momentum * self.velocity + inner
        self.before, self.rate = self.trunk, rate
        self.trunk = self.trunk - rate * self.velocity

    def follow(self, mean: np.ndarray) -> None:
        """Go on from the mean of all trunks, with the velocity that leads there in one step."""
        self.velocity = (self.before - mean) / self.rate
        self.trunk = mean


class Server:
    """The head: what makes a score of the cut layer.

    Args:
        second: (width,) weights.
        bias: of the score.
    """

    def __init__(self, second: np.ndarray, bias: float) -> None:
        """Begin at rest."""
        self.head = np.append(second, bias).astype(second.dtype)
        self.velocity = np.zeros_like(self.head)

    def score(self, cut: np.ndarray) -> np.ndarray:
        """Return the logits of people."""
        return cut @ self.head[:-1] + self.head[-1]

    def gradient(self, residual: np.ndarray) -> np.ndarray:
        """Return the gradient of each person's loss by the cut layer, (rows, width)."""
        return residual[:, None] * self.head[:-1]

    def step(
        self,
        cuts: Sequence[np.ndarray],
        residuals: Sequence[np.ndarray],
        rate: float,
        momentum: float,
        ridge: float,
    ) -> None:
        """Move the head by the summed loss of all homes."""
        pairs = zip(cuts, residuals, strict=True)
        outer = np.sum([np.append(cut.T @ own, own.sum()) for cut, own in pairs], axis=0)
        outer[:-1] += ridge * self.head[:-1]
        self.velocity = momentum * self.velocity + outer
        self.head = self.head - rate * self.velocity


def split_training(
    tables: Sequence[Table],
    start: np.ndarray,
    *,
    width: int,
    learning_rate: float,
    momentum: float,
    ridge: float,
    steps: int,
    tail: int,
    labels_at_home: bool = False,
) -> tuple[np.ndarray, Channel]:
    """Train by messages, all people in each step; return the mean of the last models.

    Args:
        tables: one a home, with the same features.
        start: parameter vector.
        width: of the cut layer.
        learning_rate: of the mean loss.
        momentum: of homes and server.
        ridge: times half the squared weights, beside the summed loss of all homes.
        steps: of training.
        tail: last iterates whose mean is returned.
        labels_at_home: whether the server is sent residuals in place of labels.

    Returns:
        A parameter vector of the dtype of the start, and the channel.
    """
    channel = Channel()
    inner = len(start) - width - 1
    homes = [Home(table, start[:inner].reshape(-1, width)) for table in tables]
    server = Server(start[inner:-1], start[-1])
    people, total = sum(table.rows for table in tables), np.zeros_like(start)
    share = [table.rows / people for table in tables]  # floats, which leave float32 as it is
    labels = [home.label.astype(np.uint8) for home in homes]
    if not labels_at_home:
        channel.send("label", labels)
    for step in range(steps):
        cuts = channel.send("cut layer", [home.forward() for home in homes])
        scores = [server.score(cut) for cut in cuts]
        if labels_at_home:
            scores = channel.send("score", scores)
        pairs = zip(scores, labels, strict=True)
        residuals = [(expit(score) - label).astype(start.dtype) for score, label in pairs]
        if labels_at_home:
            residuals = channel.send("residual", residuals)
        gradients = channel.send("gradient", [server.gradient(own) for own in residuals])
        rate = learning_rate / people
        server.step(cuts, residuals, rate, momentum, ridge)
        for home, gradient, own in zip(homes, gradients, share, strict=True):
            home.step(gradient, learning_rate / (own * people), momentum, ridge * own)
        _average(homes, share, channel)
        if step >= steps - tail:
            total += np.concatenate([homes[0].trunk.reshape(-1), server.head])
    return total / tail, channel


def _average(homes: Sequence[Home], share: Sequence[float], channel: Channel) -> None:
    """Give every home the mean of all trunks."""
    if len(homes) == 1:
        return
    trunks = channel.send("trunk", [home.trunk for home in homes])
    mean = np.sum([own * trunk for own, trunk in zip(share, trunks, strict=True)], axis=0)
    for home, own in zip(homes, channel.send("mean trunk", [mean] * len(homes)), strict=True):
        home.follow(own)
