"""Clipping: the ways to bound gradients, and what they do about its unequal effect on groups."""

from dataclasses import dataclass

from tradeoffs.catalogue import Catalogue


@dataclass(frozen=True, kw_only=True, slots=True)
class Way:
    """One way of clipping, as a catalogue entry.

    Attributes:
        name: as in a scenario.
        title: for people.
        help: one or two sentences.
        needs_group: whether it looks at each person's group in training.
        releases: what is released beside the gradient at each step; empty if nothing.
        formula: of one person's gradient g, with clip norm C.
        source: where it is defined.
    """

    name: str
    title: str
    help: str
    needs_group: bool = False
    releases: str = ""
    formula: str
    source: str


FLAT = Way(
    name="flat",
    title="flat clipping",
    help="Every gradient longer than the clip norm is cut to it.",
    formula="g * min(1, C / |g|)",
    source="Abadi et al. 2016, arXiv 1607.00133",
)
DPSGD_F = Way(
    name="dpsgd_f",
    title="clipping by group (DPSGD-F)",
    help=(
        "A group whose gradients are long more often gets a larger clip norm, and all noise is "
        "that of the largest. A group too small to be told at this epsilon keeps the usual one."
    ),
    needs_group=True,
    releases="for each group, noisy counts of gradients that are long and that are not",
    formula="g * min(1, C_k / |g|), C_k the clip norm of the person's group k",
    source="Xu, Du, Wu 2021, arXiv 2003.03699",
)
GLOBAL_ADAPT = Way(
    name="global_adapt",
    title="global scaling (Global-Adapt)",
    help=(
        "Gradients up to a bound are all scaled by the same factor, so that they keep their "
        "proportions, and only longer ones are cut. The bound follows how many are longer."
    ),
    releases="a noisy count of gradients longer than the bound",
    formula="g * C / Z if |g| <= Z, else g * C / |g|",
    source="Esipova et al. 2023, arXiv 2206.07737",
)
CLIPPINGS = Catalogue("clipping", (FLAT, DPSGD_F, GLOBAL_ADAPT))
