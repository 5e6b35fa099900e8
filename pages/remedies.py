"""Remedies: alone, with somebody else's model, or together: what each would bring to whom."""

from pages.shared.kit.frame import page, settle


def main() -> None:
    """Draw the page; what takes a second to import comes after the first paint."""
    page("Remedies", charts=False)  # the level "Story" has none
    from pages.shared.remedies.remedies import remedies

    settle()
    remedies()


main()
