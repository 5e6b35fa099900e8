"""The lesson “Representative of what?”."""

from pages.shared.lesson.lesson_page import lesson_page

lesson_page("representative_of_what")
