"""The lesson “Whose fairness?”."""

from pages.shared.lesson.lesson_page import lesson_page

lesson_page("whose_fairness")
