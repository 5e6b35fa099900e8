"""Words of a lesson in another language: refused unless they say all that the English ones do."""

from collections.abc import Iterator, Mapping

from tradeoffs.errors import InvalidInput
from tradeoffs.language.typography import typeset
from tradeoffs.lessons.texts import Section, Texts, placeholders


def translation(english: Texts, other: Texts, file: str) -> Texts:
    """Return the words of a translation, in the order of the lesson's, set as its language is.

    Args:
        english: the words of the lesson.
        other: those of the translation.
        file: its name, for what is refused; its stem is the language.

    Raises:
        InvalidInput: with the ids that are absent or too many, or whose places in braces differ.
    """
    wanted, found = dict(_texts(english)), dict(_texts(other))
    absent = tuple(one for one in wanted if one not in found)
    more = tuple(one for one in found if one not in wanted)
    if absent or more:
        raise InvalidInput("lesson_half_translated", file=file, absent=absent, more=more)
    for name, text in wanted.items():
        if sorted(placeholders(text)) != sorted(placeholders(found[name])):
            places = tuple(placeholders(text))
            raise InvalidInput("lesson_other_places", file=file, name=name, places=places)
    code = file.partition(".")[0]
    return Texts(
        title=typeset(other.title, code),
        sections=_each(english.sections, other.sections, code),
    )


def _texts(texts: Texts) -> Iterator[tuple[str, str]]:
    """Yield every text by where it stands, with as many items of a list."""
    for name, section in texts.sections.items():
        yield from _of_section(section, name)


def _of_section(section: Section, name: str) -> Iterator[tuple[str, str]]:
    if section.title:
        yield f"{name}: title", section.title
    if section.text:
        yield name, section.text
    for key, text in section.items.items():
        yield f"{name}, {key}", text
    for part, below in section.parts.items():
        yield from _of_section(below, f"{name}, {part}")


def _each(
    english: Mapping[str, Section], others: Mapping[str, Section], code: str
) -> dict[str, Section]:
    """Return sections in the order of the English ones; one that says nothing may be absent."""
    return {name: _set(one, others.get(name, one), code) for name, one in english.items()}


def _set(english: Section, section: Section, code: str) -> Section:
    return Section(
        line=section.line,
        title=typeset(section.title, code),
        text=typeset(section.text, code),
        items={key: typeset(section.items[key], code) for key in english.items},
        lines=section.lines,
        parts=_each(english.parts, section.parts, code),
    )
