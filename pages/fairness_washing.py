"""The lesson “Fairness washing”."""

from pages.shared.lesson.lesson_page import lesson_page

lesson_page("fairness_washing")
