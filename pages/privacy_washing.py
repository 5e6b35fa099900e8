"""The lesson “Privacy washing”."""

from pages.shared.lesson.lesson_page import lesson_page

lesson_page("privacy_washing")
