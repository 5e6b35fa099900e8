"""Options: those that words of an import name as the command line does, by their fields here."""

import re

FIELDS = {
    "bins": "Where numbers are cut",
    "decimal": "Decimal sign",
    "encoding": "Encoding",
    "id": "Whose row it is",
    "merge": "Values to take together",
    "missing": "Words of missing cells",
    "nominal": "Columns of codes",
    "numeric": "Columns of amounts",
    "weight": "Survey weight",
}  # option -> the beginning of its field's label
_NAMED = re.compile(rf"--({'|'.join(FIELDS)})(?: '([^']*)')?")


def by_field(told: str) -> str:
    """Return words in which options are called by the labels of their fields.

    >>> by_field("a person may have several rows; --id keeps them together")
    'a person may have several rows; “Whose row it is” keeps them together'
    >>> by_field("--missing 'country=' takes such words as values")
    '“country=” under “Words of missing cells” takes such words as values'
    """
    return _NAMED.sub(_field, told)


def _field(found: re.Match[str]) -> str:
    field = f"“{FIELDS[found[1]]}”"
    return f"“{found[2]}” under {field}" if found[2] else field
