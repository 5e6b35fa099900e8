"""Texts of candidates and of the record of a room, by language and id; one sentence a case."""

TEXTS: dict[str, dict[str, str]] = {
    "en": {
        "baseline": "Baseline: no constraint on the gap, no privacy",
        "better_in": "Better in {objective}",
        "do_not_build": "Do not build it",
        "do_not_build.words": (
            "Decisions go on as they are made today. How well they are made is not measured here: "
            "where losses are compared, this counts as the baseline does."
        ),
        "measured": "{objective} {value}",
        "of_thousand": "Of 1,000 {units}, it predicts {correct} correctly.",
        "reason.best": "Best in {objective}",
        "reason.majority": "First choice of most seats, by their points",
        "reason.worst_off_first": "By it, the seat that loses most loses least",
        "reason.compromise": "By it, the seats together lose least",
        "reason.lines": "Keeps the red lines of most seats",
        "setting": "Setting {letter}",
        "setting.words": "{setting}. Measured: {measured}.",
    }
}


def text(language: str, name: str, **values: object) -> str:
    """Return a text with its values.

    >>> text("en", "better_in", objective="accuracy")
    'Better in accuracy'
    """
    return TEXTS[language][name].format(**values)
