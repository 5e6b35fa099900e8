"""The lesson “Who labelled this?”."""

from pages.shared.lesson.lesson_page import lesson_page

lesson_page("who_labelled_this")
