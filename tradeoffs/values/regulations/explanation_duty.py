"""Explanation duty: whoever is decided about is told, or may ask, why."""

from tradeoffs.language.notation import labelled, percent_text
from tradeoffs.language.translation import say, translate
from tradeoffs.values.explanations.fidelity import FIDELITY
from tradeoffs.values.regulations.regulation import Evidence, Finding, Regulation


def explain(of: Evidence) -> Finding:
    """Return the fidelity of an explanation by a few rules, which no threshold judges."""
    if of.fidelity is None:
        told = say("{measure} is not measurable here.", measure=FIDELITY.title)
        return Finding(verdict="duty", reason=told)
    told = f"{labelled(FIDELITY.title, percent_text(f'{100 * of.fidelity.value:.1f}'))}."
    return Finding(verdict="duty", reason=told, number=of.fidelity)


def no_number(of: Evidence) -> Finding:
    """Return that nothing that is measured here bears on it."""
    del of
    told = translate("Nothing that is measured here is relevant to it.")
    return Finding(verdict="duty", reason=told)


ADVERSE_ACTION = Regulation(
    name="adverse_action",
    title="Reasons for adverse action",
    place="us_credit",
    year=1974,
    source="Equal Credit Opportunity Act, Regulation B, 12 CFR 1002.9",
    url="https://www.consumerfinance.gov/rules-policy/regulations/1002/9/",
    asks="Whoever is refused credit is told the specific principal reasons, or may ask for them.",
    limits=(
        "The reasons must be those that the decision rests on, so an explanation that "
        "reproduces the decisions badly is not enough; how well it must reproduce them is "
        "not said."
    ),
    screen=explain,
)
GDPR_22 = Regulation(
    name="gdpr_22",
    title="GDPR, article 22",
    place="european_union",
    year=2016,
    source="Regulation (EU) 2016/679, article 22",
    url="https://eur-lex.europa.eu/eli/reg/2016/679/oj",
    asks=(
        "Nobody is subject to a decision with legal or similarly significant effects that "
        "is based solely on automated processing, unless a contract, a law or consent "
        "allows it; even then a person can intervene, and the decision can be contested."
    ),
    limits="Who intervenes, and how, is not a property of a model.",
    screen=explain,
)
AI_ACT_86 = Regulation(
    name="ai_act_86",
    title="AI Act, article 86",
    place="european_union",
    year=2024,
    source="Regulation (EU) 2024/1689, article 86 and annex III",
    url="https://eur-lex.europa.eu/eli/reg/2024/1689/oj",
    asks=(
        "Whoever is affected by a decision based on a high-risk system of annex III, as in hiring "
        "or credit, can obtain a clear and meaningful explanation of the system's role and of the "
        "main elements of the decision."
    ),
    limits=(
        "Whether an explanation is clear and meaningful is not a number. Annex III has exceptions."
    ),
    screen=explain,
)
QUEBEC_12_1 = Regulation(
    name="quebec_12_1",
    title="Law 25, section 12.1",
    place="quebec",
    year=2021,
    source=(
        "Act respecting the protection of personal information in the private sector, CQLR c. "
        "P-39.1, section 12.1, as amended by 2021, c. 25"
    ),
    url="https://www.legisquebec.gouv.qc.ca/en/document/cs/p-39.1",
    asks=(
        "A person about whom a decision is made by automated processing alone is told so "
        "and, on request, is told the personal information used and the reasons, principal "
        "factors and parameters; they can submit observations to somebody who can review "
        "the decision."
    ),
    limits="It asks for principal factors, not for a measure of how well they explain.",
    screen=explain,
)
LGPD_20 = Regulation(
    name="lgpd_20",
    title="LGPD, article 20",
    place="brazil",
    year=2018,
    source="Lei Geral de Proteção de Dados Pessoais, Lei 13.709/2018, article 20",
    url="https://lgpd-brazil.info/chapter_03/article_20",
    asks=(
        "Decisions based solely on automated processing can be reviewed on request, with clear "
        "and adequate information on the criteria and procedures."
    ),
    limits=(
        "Trade secrets limit what must be disclosed; the authority may then audit for "
        "discrimination."
    ),
    screen=explain,
)
POPIA_71 = Regulation(
    name="popia_71",
    title="POPIA, section 71",
    place="south_africa",
    year=2013,
    source="Protection of Personal Information Act 4 of 2013, section 71",
    url="https://www.gov.za/documents/protection-personal-information-act",
    asks=(
        "Nobody is subject to a decision with legal or substantial effects that is based solely on "
        "automated profiling, unless a contract or a law with safeguards allows it; then they can "
        "make representations and are told enough of the underlying logic to do so."
    ),
    limits="How much of the logic is enough is not a number.",
    screen=explain,
)
DPDP_8_3 = Regulation(
    name="dpdp_8_3",
    title="DPDP Act, section 8(3)",
    place="india",
    year=2023,
    source="Digital Personal Data Protection Act 2023 (No. 22 of 2023), section 8(3)",
    url="https://prsindia.org/billtrack/digital-personal-data-protection-bill-2023",
    asks=(
        "Personal data likely to be used for a decision that affects the person is complete, "
        "accurate and consistent."
    ),
    limits="It is about the data that go in, not about the decisions that come out.",
    screen=no_number,
)
