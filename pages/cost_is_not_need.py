"""The lesson “Cost is not need”."""

from pages.shared.lesson.lesson_page import lesson_page

lesson_page("cost_is_not_need")
