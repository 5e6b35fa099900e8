"""Group use: whether a decision may know a person's group."""

from tradeoffs.language.translation import translate
from tradeoffs.values.regulations.regulation import Evidence, Finding, Regulation


def same_cutoff(of: Evidence) -> Finding:
    """Return whether everybody meets the same cutoff, whatever the group."""
    if of.group_at_decision:
        told = translate("A decision needs the person's group.")
        return Finding(verdict="not admissible", reason=told)
    return Finding(verdict="admissible", reason=translate("Everybody meets the same cutoff."))


def group_unknown(of: Evidence) -> Finding:
    """Return whether neither the model nor the decision knows the group."""
    if of.group_seen:
        told = translate("The model sees the attribute whose groups you compare.")
        return Finding(verdict="not admissible", reason=told)
    if of.group_at_decision:
        told = translate("The decision uses the attribute whose groups you compare.")
        return Finding(verdict="not admissible", reason=told)
    told = translate(
        "The model does not see the attribute; columns that correlate with it may still reveal it."
    )
    return Finding(verdict="admissible", reason=told)


SAME_CUTOFF = Regulation(
    name="same_cutoff",
    title="No different cutoffs by group",
    place="us_employment",
    year=1991,
    source="Civil Rights Act of 1991, section 106; 42 U.S.C. 2000e-2(l)",
    url="https://www.law.cornell.edu/uscode/text/42/2000e-2",
    asks=(
        "Scores of employment tests are not adjusted, and have no different cutoffs, by "
        "race, color, religion, sex or national origin."
    ),
    limits=(
        "It follows from how decisions are made, so there is no uncertainty. A constraint "
        "in training that knows groups is not considered."
    ),
    number="whether thresholds differ by group",
    screen=same_cutoff,
)
CREDIT_CHARACTERISTICS = Regulation(
    name="credit_characteristics",
    title="Characteristics not considered",
    place="us_credit",
    year=1974,
    source="Equal Credit Opportunity Act, Regulation B, 12 CFR 1002.6(b)(9)",
    url="https://www.consumerfinance.gov/rules-policy/regulations/1002/6/",
    asks=(
        "A lender does not consider race, color, religion, national origin or sex in any aspect of "
        "a credit transaction."
    ),
    limits=(
        "It follows from the columns that the model sees, and only for the attribute by "
        "which you compare groups. For age, Regulation B has rules of its own."
    ),
    number="whether the attribute is seen",
    screen=group_unknown,
)
