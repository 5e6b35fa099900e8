"""What a field is: the term for it, plain words, what a control offers, and how values are told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, Self

from annotated_types import Ge, Le
from pydantic import BaseModel

from tradeoffs.language.current import ENGLISH, in_language
from tradeoffs.language.notation import semicolon_text
from tradeoffs.language.translates import original, translates
from tradeoffs.language.translation import say

Axis = Literal["", "Data", "Resources", "Values", "Lab", "Screen"]  # where a control stands
Level = Literal["story", "explore", "lab"]  # of the screen, the simplest first
LEVELS: tuple[Level, ...] = ("story", "explore", "lab")
KEPT = object()  # a baseline differs from a setting in other fields than this


@translates(
    *("title", "help", "control", "ends", "words", "phrase", "phrases", "caption", "captions"),
    *("formula", "unit", "direction", "limits", "seen", "also"),
)
@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """One thing that is set: of a scenario, or of the screen alone.

    Type, bounds and default are those of the model's attribute that this annotates.

    Attributes:
        name: of the attribute; in addresses, files, columns and on the command line.
        default: of the attribute.
        low: the smallest number it can be, and `high` the largest; None where it is no number.
        title: the field's term.
        help: what it is, in plain words.
        control: the label of its control where that says more than the title, with `{called}` for
            what the notion of fairness calls its number.
        axis: where its control stands; "" where it has none.
        level: the simplest one with its control.
        ends: what the left end of a slider means, and the right one; None where it is no slider.
        values: on offer where neither a catalogue nor another field decides.
        coarse: values of the coarse grid over all settings; () where it is not varied there.
        words: of values that are no number, or are told otherwise than as one.
        phrase: a value in a sentence, at `{}`; "" where no sentence tells it.
        phrases: of values that a sentence tells otherwise.
        caption: what a value means, below its control; like `phrase`.
        captions: of values whose meaning is told otherwise.
        baseline: its value in the model that settings are compared with; KEPT: as in the setting.
        deployment: whether it tells where a model is used, not how it is trained.
        of_stage: whether it means something only where the chosen stage names it among its fields.
        optional: whether results are named as if there were no such field while it has its default.
        group: of its glossary entry; "" where a catalogue has the entry.
        formula: of the glossary entry; so are `direction`, `source` and `limits`.
        unit: of its values.
        seen: where else than in the Explorer it is met.
        also: other names of it.
    """

    name: str = ""
    default: Any = None
    low: float | None = None
    high: float | None = None
    title: str
    help: str
    control: str = ""
    axis: Axis = ""
    level: Level = "explore"
    ends: tuple[str, str] | None = None
    values: Sequence[Any] = ()
    coarse: tuple[Any, ...] = ()
    words: Mapping[Any, str] = field(default_factory=dict)
    phrase: str = ""
    phrases: Mapping[Any, str] = field(default_factory=dict)
    caption: str = ""
    captions: Mapping[Any, str] = field(default_factory=dict)
    baseline: Any = KEPT
    deployment: bool = False
    of_stage: bool = False
    optional: bool = False
    group: str = ""
    formula: str = ""
    unit: str = ""
    direction: str = ""
    source: str = ""
    limits: str = ""
    seen: str = ""
    also: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """The label of its control, `{called}` not yet filled in."""
        return self.control or self.title

    @property
    def seen_at(self) -> str:
        """Where its control is, and where else it is met."""
        if not self.axis:
            return self.seen
        if self.level == "lab":
            control = say("Explorer, level Lab, control {title}", title=self.title)
        else:
            control = say("Explorer, control {title}", title=self.title)
        return semicolon_text(filter(None, (control, self.seen)))

    @property
    def is_share(self) -> bool:
        """Whether its values are shares, which a reader is shown in per cent."""
        return original(self, "unit").startswith("share")

    @property
    def lower(self) -> str:
        """The title within a sentence."""
        return self.title[0].lower() + self.title[1:]

    @classmethod
    def among(cls, metadata: list[Any]) -> Self:
        """Return the field among what annotates an attribute."""
        return next(one for one in metadata if isinstance(one, cls))


def fields_of(model: type[BaseModel]) -> dict[str, Field]:
    """Return the fields that annotate the attributes of a model, with their bounds and defaults."""
    with in_language(ENGLISH):  # a copy is of what was written
        return {
            name: replace(
                Field.among(info.metadata),
                name=name,
                default=info.default,
                low=next((one.ge for one in info.metadata if isinstance(one, Ge)), None),
                high=next((one.le for one in info.metadata if isinstance(one, Le)), None),
            )
            for name, info in model.model_fields.items()
        }
