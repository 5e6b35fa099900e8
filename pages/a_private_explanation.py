"""The lesson “A private explanation”."""

from pages.shared.lesson.lesson_page import lesson_page

lesson_page("a_private_explanation")
