"""The lesson “One model for everyone”."""

from pages.shared.lesson.lesson_page import lesson_page

lesson_page("one_model_for_everyone")
