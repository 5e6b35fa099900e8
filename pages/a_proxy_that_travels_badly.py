"""The lesson “A proxy that travels badly”."""

from pages.shared.lesson.lesson_page import lesson_page

lesson_page("a_proxy_that_travels_badly")
