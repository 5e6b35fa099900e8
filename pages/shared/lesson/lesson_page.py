"""A lesson's page: the frame first, then what takes a second to import."""

from pages.shared.kit.frame import page, settle


def lesson_page(name: str) -> None:
    """Draw the page of a lesson."""
    page("Lesson")
    from pages.shared.lesson.lesson import lesson

    settle()
    lesson(name)
