"""The lesson “Privacy for whom?”."""

from pages.shared.lesson.lesson_page import lesson_page

lesson_page("privacy_for_whom")
