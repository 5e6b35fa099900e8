"""Comments as numbers: counts, terms for people, and components fitted on other comments."""

import numpy as np
import pandas as pd
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer

COMPONENTS = tuple(f"text_{number:02}" for number in range(1, 17))
LEAST_COMMENTS = 20  # a word in fewer comments is left out
SCALE, LIMIT = 200, 127  # a component is kept in two-hundredths, cut off at one byte
TERMS = {  # after the identity terms of Dixon et al. 2018, doi 10.1145/3278721.3278729
    "names_sexuality": (  # without "straight", which mostly means something else here
        "lesbian gay bisexual homosexual heterosexual queer lgbt lgbtq trans transgender "
        "transsexual"
    ),
    "names_religion": "christian muslim jewish jew buddhist catholic protestant sikh hindu",
    "names_ethnicity": (
        "african black white european hispanic latino latina mexican asian indian chinese "
        "japanese arab"
    ),
    "names_women": "woman women female girl lady ladies",
}
MENTIONS = tuple(TERMS)
COUNTED = {  # column -> what is counted
    "exclamation_marks": "!",
    "question_marks": r"\?",
    "second_person": r"(?i)\b(?:you|your|yours|yourself|u)\b",
    "first_person": r"(?i)\b(?:i|me|my|mine|myself)\b",
}


def plain(comments: pd.Series) -> pd.Series:
    """Return the text without the words that stand for line ends and tabs."""
    return comments.str.replace("NEWLINE_TOKEN|TAB_TOKEN", " ", regex=True)


def counted(comments: pd.Series) -> pd.DataFrame:
    """Return length, capitals in percent, marks and pronouns of each comment."""
    text = plain(comments)
    columns = {name: text.str.count(pattern) for name, pattern in COUNTED.items()}
    capitals = 100 * text.str.count("[A-Z]") // text.str.count("[A-Za-z]").clip(lower=1)
    return pd.DataFrame({"words": text.str.split().str.len(), "capitals": capitals} | columns)


def mentions(comments: pd.Series) -> pd.DataFrame:
    """Return yes or no: does the comment name such people."""
    text = plain(comments)
    columns = {
        name: text.str.contains(rf"(?i)\b(?:{'|'.join(terms.split())})s?\b", regex=True)
        for name, terms in TERMS.items()
    }
    return pd.DataFrame(columns).replace({True: "yes", False: "no"})


def first_named(named: pd.DataFrame) -> pd.Series:
    """Return one group a comment: the first kind of term that it has, or none."""
    yes = named.eq("yes")
    return yes.idxmax(axis=1).where(yes.any(axis=1), "none")


def components(others: pd.Series, comments: pd.Series) -> pd.DataFrame:
    """Return the components of the comments, fitted on the others alone; whole numbers.

    TF-IDF of single words and a truncated singular value decomposition: nothing that is learned
    comes from a comment of the table, and no vote is used.
    """
    # In double precision, so that rounding hides how a processor orders its sums.
    words = TfidfVectorizer(min_df=LEAST_COMMENTS, sublinear_tf=True, stop_words="english")
    svd = TruncatedSVD(len(COMPONENTS), random_state=0)
    svd.fit(words.fit_transform(plain(others)))
    values = svd.transform(words.transform(plain(comments)))
    kept = np.clip(np.rint(SCALE * values), -LIMIT, LIMIT).astype(np.int8)
    return pd.DataFrame(kept, index=comments.index, columns=list(COMPONENTS))
