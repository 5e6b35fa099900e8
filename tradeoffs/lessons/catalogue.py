"""The lessons, in the order of the paper's sections; each is read when it is asked for."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from tradeoffs.catalogue import Catalogue, require_known
from tradeoffs.errors import InvalidInput
from tradeoffs.language.current import ENGLISH, language
from tradeoffs.lessons.builder import build_lesson
from tradeoffs.lessons.folder import STRUCTURE, WORDS, read_folder, words_file
from tradeoffs.lessons.lesson import Lesson
from tradeoffs.lessons.own_answers import folders
from tradeoffs.lessons.page_check import markup, own_python, slider_starts, studies
from tradeoffs.lessons.references import references
from tradeoffs.settings import LESSONS as OWN

HERE = Path(__file__).parent
TEMPLATE = HERE / "template"  # of a new one
ORDER = (  # of the paper's sections; a new lesson is a line here and a folder
    "small_town",
    "three_hundred_thousand_times",
    "privacy_for_whom",
    "not_everybodys_privacy",
    "a_coin_of_your_own",
    "a_private_explanation",
    "whose_fairness",
    "not_every_group",
    "the_week_after",
    "representative_of_what",
    "which_problem",
    "ten_rounds_later",
    "cost_is_not_need",
    "a_proxy_that_travels_badly",
    "the_same_illness",
    "who_labelled_this",
    "a_thousand_votes",
    "fairness_washing",
    "privacy_washing",
    "the_auditors_turn",
    "one_model_for_everyone",
    "refused_everywhere",
    "who_keeps_control",
    "learning_by_heart",
    "a_seat_at_the_table",
    "synthetic_people",
    "ours_to_lend",
    "somebody_elses_model",
    "small_enough_for_us",
    "together_or_alone",
    "who_pays_for_disagreeing",
    "what_the_server_sees",
)


class Lessons(Catalogue[Lesson]):
    """The lessons of the project, and those of a folder of one's own behind them."""

    def __init__(self) -> None:
        """Keep the order; nothing is read yet."""
        super().__init__("lesson", ())

    def __getitem__(self, name: str) -> Lesson:
        """Return a lesson.

        Raises:
            InvalidInput: there is none, or its folder cannot be read: with file, line and cure.
        """
        return lesson(folder_of(name))

    def get(self, name: str, default: Lesson | None = None) -> Lesson | None:  # type: ignore[override]
        """Return a lesson, or the default if there is none."""
        try:
            return self[name]
        except InvalidInput:
            return default

    def __contains__(self, name: object) -> bool:
        """Say whether there is a lesson of that name."""
        return name in tuple(self)

    def __iter__(self) -> Iterator[str]:
        """Yield the names in order."""
        folder = OWN.read()
        own = [one.name for one in folders(folder)] if folder else []
        return iter(dict.fromkeys([*ORDER, *own]))

    def __len__(self) -> int:
        """Return the number of lessons."""
        return sum(1 for _ in self)


def folder_of(name: str) -> Path:
    """Return the folder of a lesson; InvalidInput with the known names if there is none."""
    require_known("lesson", name, tuple(LESSONS))
    folder = OWN.read()
    if folder is None or name in ORDER:
        return HERE / name
    return next(one for one in folders(folder) if one.name == name)


def lesson(path: Path) -> Lesson:
    """Return the lesson of a folder, as its files are now, in the language of the run.

    It is in English where it has no words in that language. InvalidInput as `LESSONS[name]`.
    """
    own = words_file(language())
    code = language() if (path / own).is_file() else ENGLISH
    times = [
        (path / name).stat().st_mtime_ns if (path / name).is_file() else 0
        for name in (STRUCTURE, WORDS, own)
    ]
    return _read(path, code, *times)


@lru_cache(maxsize=200)
def _read(path: Path, code: str, *times: int) -> Lesson:
    del times  # of the last changes: another time is another lesson
    folder = read_folder(path, code)
    for fault in references(folder):
        raise fault
    if folder.of_project:
        return build_lesson(folder)
    for fault in (*markup(folder), *studies(folder), *own_python(folder)):
        raise fault
    found = build_lesson(folder)
    for fault in slider_starts(folder, found):
        raise fault
    return found


LESSONS = Lessons()
