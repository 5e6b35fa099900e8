"""The lesson “Small town, big city”."""

from pages.shared.lesson.lesson_page import lesson_page

lesson_page("small_town")
