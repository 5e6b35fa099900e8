"""The lesson “Which problem are we solving?”."""

from pages.shared.lesson.lesson_page import lesson_page

lesson_page("which_problem")
