"""Update: brings the files of a language in line with what the code says, and tells what is open.

`python -m tradeoffs.language.update fr` keeps every translation. Where an English sentence changed
a little, its old translation stands there as a proposal that is marked `fuzzy` and not used.
"""

import io
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

from tradeoffs.language.extract import Text, extract
from tradeoffs.language.notation import locale
from tradeoffs.language.translation import HERE, key

WIDTH = 100
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)  # no date is kept: two translators would collide in it
HEADER = "# {title} of the texts in {domain}; see docs/extend/language.md.\n"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a file of a language is."""

    domain: str
    done: int
    open: tuple[str, ...]  # English texts without a translation, or with a proposal alone


def update(code: str) -> list[Progress]:
    """Write the files of a language; return how far each is."""
    folder = HERE / code
    folder.mkdir(exist_ok=True)
    every = extract()
    known = translations(code)
    for stray in {one.stem for one in folder.glob("*.po")} - every.keys():
        (folder / f"{stray}.po").unlink()
    for domain, texts in every.items():
        catalogue = merge(read(folder / f"{domain}.po", code), texts, known)
        (folder / f"{domain}.po").write_bytes(write(catalogue, domain))
    return progress(code)


def progress(code: str) -> list[Progress]:
    """Return how far each file of a language is; an absent file is all open."""
    found = []
    for domain, texts in extract().items():
        catalogue = read(HERE / code / f"{domain}.po", code)
        left = tuple(one.text for one in texts if not _is_done(catalogue, one))
        found.append(Progress(domain, len(texts) - len(left), left))
    return found


def _is_done(catalogue: Catalog, text: Text) -> bool:
    found = catalogue.get(text.text, text.context or None)
    return found is not None and _says(found)


def read(path: Path, code: str) -> Catalog:
    """Return the catalogue of a file; an empty one where there is none yet."""
    if not path.is_file():
        return Catalog(locale=code)
    with path.open("rb") as file:
        return read_po(file, locale=code)


def translations(code: str) -> dict[str, str]:
    """Return what all files of a language say, before it is typeset."""
    paths = sorted((HERE / code).glob("*.po"))
    every = (one for path in paths for one in read(path, code))
    return {key(str(one.id), one.context or ""): str(one.string) for one in every if _says(one)}


def merge(catalogue: Catalog, texts: Iterable[Text], known: Mapping[str, str]) -> Catalog:
    """Return a catalogue with these texts, in their order, and what it says of them.

    Args:
        catalogue: of one file.
        texts: that belong there now.
        known: what other files say, from which a text may have moved.
    """
    wanted = Catalog(creation_date=EPOCH)
    for one in texts:
        wanted.add(one.text, context=one.context or None, locations=[(one.file, 0)])
    catalogue.update(wanted)
    for one in catalogue:
        if one.id and not _says(one) and (found := known.get(key(str(one.id), one.context or ""))):
            one.string = found
            one.flags.discard("fuzzy")
    return catalogue


def _says(one: Message) -> bool:
    return bool(one.id and one.string and not one.fuzzy)


def write(catalogue: Catalog, domain: str) -> bytes:
    """Return the file of a catalogue; the same catalogue is the same file."""
    into = io.BytesIO()
    write_po(into, catalogue, WIDTH, omit_header=True, ignore_obsolete=True, include_lineno=False)
    code = str(catalogue.locale)
    title = HEADER.format(title=locale(code).get_display_name("en"), domain=domain)
    header = (
        f'{title}msgid ""\nmsgstr ""\n"Language: {code}\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n\n'
    )
    return header.encode() + into.getvalue().strip() + b"\n"


def main(arguments: Sequence[str]) -> None:
    """Update languages and write how far they are."""
    for code in arguments:
        for one in update(code):
            sys.stdout.write(f"{code} {one.domain}: {one.done} done, {len(one.open)} open\n")


if __name__ == "__main__":
    main(sys.argv[1:])
