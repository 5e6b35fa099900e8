"""Sections of a record: what its reader is told, in words and tables."""

from collections.abc import Iterator, Mapping
from typing import Any

from tradeoffs.fronts import OBJECTIVES
from tradeoffs.language.notation import Number, labelled, quote, semicolon_text
from tradeoffs.rooms.guess_sentences import measured_value
from tradeoffs.rooms.guess_words import guess_words
from tradeoffs.rooms.record_texts import text
from tradeoffs.rooms.record_writer import Section, Writer, count
from tradeoffs.rooms.room_record import COMMAND, last
from tradeoffs.rooms.shipped_guesses import effect_of
from tradeoffs.rooms.workshop_sections import WorkshopWriter


def title(record: Mapping[str, Any]) -> str:
    """Return what a record is called."""
    return text("record.workshop" if record["options"] else "record.class")


def sections(record: Mapping[str, Any]) -> list[Section]:
    """Return the sections of a record that have something to tell."""
    writer, workshop = _Common(record), WorkshopWriter(record)
    told = [*writer.before(), *writer.after()]
    if record["options"]:
        told = [workshop.short(), *writer.before(), *workshop.sections(), *writer.after()]
    return [one for one in told if one.lines or one.table]


class _Common(Writer):
    """Writes what every record has."""

    def before(self) -> list[Section]:
        """Return what stands before the sections of a workshop, some of it empty."""
        return [self._here(), self._guesses()]

    def after(self) -> list[Section]:
        """Return what stands after them, some of it empty."""
        return [self._words(), self._open(), self._absent(), self._again()]

    def _here(self) -> Section:
        room, seats = self.record["room"], self.record["seats"]
        first = (
            text("here.seats", seats=seats)
            if room["heads"] is None
            else text("here.heads", seats=seats, heads=room["heads"])
        )
        rows = []
        for one in self.record["rounds"]:
            answers = [f"{found['answered']}" for found in one["attempts"]]
            asks = one["round"]
            rows.append([asks["title"], asks["question"], *(answers + ["", ""])[:2]])
        header = [text(f"here.{part}") for part in ("round", "asked", "answers", "again")]
        lines = [first, text("here.counts")]
        return Section(title=text("here"), lines=lines, table=(header, rows))

    def _guesses(self) -> Section:
        rows = []
        for one in self.record["rounds"]:
            if one["round"]["kind"] == "guess":
                models = self._models(one["round"])
                for n, found in enumerate(one["attempts"]):
                    more = self.record["computed"]["guesses"][one["round"]["name"]][n]
                    told = semicolon_text(self._guess(one["round"]["asks"], found, more))
                    rows.append([one["round"]["title"], told or text("few"), models])
        header = [text(name) for name in ("here.round", "guesses.guess", "guesses.models")]
        return Section(title=text("guesses"), table=(header, rows) if rows else None)

    def _models(self, asked: Mapping[str, Any]) -> str:
        """Return what the models answer, with its interval."""
        found = self.record["computed"].get("answers", {}).get(asked["name"])
        if found is None:
            return text("models.absent")
        asks, choice, unit = asked["asks"], found["choice"], found["unit"]
        signed = asks["form"] == "choice"
        told = [
            measured_value(effect_of(one), unit, sign=signed) if one else text("models.none")
            for one in found["values"]
        ]
        if asks["form"] == "line":
            places = zip(asks["xs"], told, strict=True)
            return semicolon_text(labelled(x, value) for x, value in places)
        if asks["form"] == "number":
            return told[0]
        if choice is None:
            return text("models.open", value=told[0]) if told else text("models.undecided")
        name = asks["choices"][choice]
        return labelled(name, told[0]) if told else name

    def _guess(
        self, asks: Mapping[str, Any], found: Mapping[str, Any], more: Mapping[str, Any]
    ) -> Iterator[str]:
        if "quartiles" in more:
            low, middle, high = (guess_words(asks, one) for one in more["quartiles"])
            yield text("guesses.numbers", low=low, middle=middle, high=high)
        if "lines" in found:
            yield text("guesses.lines", count=len(found["lines"]))
        for choice, told in more.get("estimates", {}).items():
            if told is not None:
                value, low, high = (f"{100 * min(max(one, 0.0), 1.0):.0f}" for one in told)
                yield text("guesses.share", choice=choice, value=value, low=low, high=high)
        if "estimates" not in more:
            for choice, band in found.get("bounds", {}).items():
                yield labelled(choice, count(band))

    def _words(self) -> Section:
        lines = []
        for one in last(self.record, "words").get("statements", []):
            joined = one["joined"]
            some = bool(joined) and joined[0] > 0
            told = text("words.joined", text=one["text"], count=count(joined))
            lines.append(told if some else quote(one["text"]))
        return Section(title=text("words"), lines=lines)

    def _open(self) -> Section:
        options, lines = self.record["options"], []
        if self.record["skipped"]:
            lines.append(text("open.rounds", titles=semicolon_text(self.record["skipped"])))
        if options:
            names = [one["name"] for one in options["objectives"]]
            rest = [one.lower for one in OBJECTIVES.values() if one.name not in names]
            if rest:
                lines.append(text("open.objectives", objectives=semicolon_text(rest)))
            if options["left_out"] == 1:
                lines.append(text("open.left_out_one"))
            elif options["left_out"]:
                lines.append(text("open.left_out", count=options["left_out"]))
        return Section(title=text("open"), lines=lines or [text("open.nothing")])

    def _absent(self) -> Section:
        lines = [self.record["absent"] or text("absent.nothing")]
        if self.record["options"]:
            groups = semicolon_text(
                f"{Number(one['people']):,} {one['name']}"
                for one in self.record["options"]["people"]["groups"]
            )
            lines.append(text("absent.groups", groups=groups))
        return Section(title=text("absent"), lines=lines)

    def _again(self) -> Section:
        options = self.record["options"]
        header = [text("again.part"), text("again.version")]
        rows = [[*pair] for pair in options["versions"].items()] if options else []
        return Section(
            title=text("again"),
            lines=[text("again.how")],
            table=(header, rows) if rows else None,
            code=f"{COMMAND} record.json",
        )
