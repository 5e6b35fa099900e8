"""The lesson “The same illness, another face”."""

from pages.shared.lesson.lesson_page import lesson_page

lesson_page("the_same_illness")
