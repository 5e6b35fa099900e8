"""The Explorer: move a slider, and the fronts between the four objectives redraw."""

from pages.shared.kit.frame import page, settle


def main() -> None:
    """Draw the page; what takes a second to import comes after the first paint."""
    page("Explorer", charts=False)  # the level "Story" has none
    from pages.shared.explorer.explorer import explorer

    settle()
    explorer()


main()
