"""The lesson “The week after”."""

from pages.shared.lesson.lesson_page import lesson_page

lesson_page("the_week_after")
