"""Labels: how many people's votes stand behind the answers that a model is trained on."""

WIKI_TOXICITY = "wiki_toxicity"
VOTES = {"toxic": 10, "toxic_1": 1, "toxic_5": 5}  # of Wikipedia comments; the other panels: three
PANEL = 3


def votes(dataset: str, label: str) -> int:
    """Return how many votes one recorded answer is made of.

    Answers of other tables were written down once; "toxic" has mostly ten votes.

    >>> votes("wiki_toxicity", "toxic_women"), votes("adult", "income_gt_50k")
    (3, 1)
    """
    return VOTES.get(label, PANEL) if dataset == WIKI_TOXICITY else 1
