"""The lesson “Not every group needs the same remedy”."""

from pages.shared.lesson.lesson_page import lesson_page

lesson_page("not_every_group")
