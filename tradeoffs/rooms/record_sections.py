"""Sections of a record: what its reader is told, in words and tables."""

from collections.abc import Iterator, Mapping
from typing import Any

from tradeoffs.fronts import OBJECTIVES
from tradeoffs.rooms.guess_sentences import measured_value
from tradeoffs.rooms.guess_words import guess_words
from tradeoffs.rooms.record_writer import Section, Writer
from tradeoffs.rooms.room_record import COMMAND, last
from tradeoffs.rooms.shipped_guesses import effect_of
from tradeoffs.rooms.workshop_sections import WorkshopWriter


def title(record: Mapping[str, Any]) -> str:
    """Return what a record is called."""
    return Writer(record).say("record.workshop" if record["options"] else "record.class")


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
            self.say("here.seats", seats=seats)
            if room["heads"] is None
            else self.say("here.heads", seats=seats, heads=room["heads"])
        )
        rows = []
        for one in self.record["rounds"]:
            answers = [f"{found['answered']}" for found in one["attempts"]]
            asks = one["round"]
            rows.append([asks["title"], asks["question"], *(answers + ["", ""])[:2]])
        header = [self.say(f"here.{part}") for part in ("round", "asked", "answers", "again")]
        lines = [first, self.say("here.counts")]
        return Section(title=self.say("here"), lines=lines, table=(header, rows))

    def _guesses(self) -> Section:
        rows = []
        for one in self.record["rounds"]:
            if one["round"]["kind"] == "guess":
                models = self._models(one["round"])
                for n, found in enumerate(one["attempts"]):
                    more = self.record["computed"]["guesses"][one["round"]["name"]][n]
                    told = "; ".join(self._guess(one["round"]["asks"], found, more))
                    rows.append([one["round"]["title"], told or self.say("few"), models])
        header = [self.say(name) for name in ("here.round", "guesses.guess", "guesses.models")]
        return Section(title=self.say("guesses"), table=(header, rows) if rows else None)

    def _models(self, asked: Mapping[str, Any]) -> str:
        """Return what the models answer, with its interval."""
        found = self.record["computed"].get("answers", {}).get(asked["name"])
        if found is None:
            return self.say("models.absent")
        asks, choice, unit = asked["asks"], found["choice"], found["unit"]
        signed = asks["form"] == "choice"
        told = [
            measured_value(effect_of(one), unit, sign=signed) if one else self.say("models.none")
            for one in found["values"]
        ]
        if asks["form"] == "line":
            places = zip(asks["xs"], told, strict=True)
            return "; ".join(self.say("models.place", x=x, value=value) for x, value in places)
        if asks["form"] == "number":
            return told[0]
        if choice is None:
            return self.say("models.open", value=told[0]) if told else self.say("models.undecided")
        name = asks["choices"][choice]
        return self.say("models.choice", choice=name, value=told[0]) if told else name

    def _guess(
        self, asks: Mapping[str, Any], found: Mapping[str, Any], more: Mapping[str, Any]
    ) -> Iterator[str]:
        if "quartiles" in more:
            low, middle, high = (guess_words(asks, one) for one in more["quartiles"])
            yield self.say("guesses.numbers", low=low, middle=middle, high=high)
        if "lines" in found:
            yield self.say("guesses.lines", count=len(found["lines"]))
        for choice, told in more.get("estimates", {}).items():
            if told is not None:
                value, low, high = (f"{100 * min(max(one, 0.0), 1.0):.0f}" for one in told)
                yield self.say("guesses.share", choice=choice, value=value, low=low, high=high)
        if "estimates" not in more:
            for choice, band in found.get("bounds", {}).items():
                yield self.say("guesses.choice", choice=choice, count=self.count(band))

    def _words(self) -> Section:
        lines = []
        for one in last(self.record, "words").get("statements", []):
            joined = one["joined"]
            told = "words.joined" if joined and joined[0] > 0 else "words.text"
            lines.append(self.say(told, text=one["text"], count=self.count(joined)))
        return Section(title=self.say("words"), lines=lines)

    def _open(self) -> Section:
        options, lines = self.record["options"], []
        if self.record["skipped"]:
            lines.append(self.say("open.rounds", titles="; ".join(self.record["skipped"])))
        if options:
            names = [one["name"] for one in options["objectives"]]
            rest = [one.lower for one in OBJECTIVES.values() if one.name not in names]
            if rest:
                lines.append(self.say("open.objectives", objectives="; ".join(rest)))
            if options["left_out"] == 1:
                lines.append(self.say("open.left_out_one"))
            elif options["left_out"]:
                lines.append(self.say("open.left_out", count=options["left_out"]))
        return Section(title=self.say("open"), lines=lines or [self.say("open.nothing")])

    def _absent(self) -> Section:
        lines = [self.record["absent"] or self.say("absent.nothing")]
        if self.record["options"]:
            groups = "; ".join(
                self.say("absent.group", people=f"{one['people']:,}", name=one["name"])
                for one in self.record["options"]["people"]["groups"]
            )
            lines.append(self.say("absent.groups", groups=groups))
        return Section(title=self.say("absent"), lines=lines)

    def _again(self) -> Section:
        options = self.record["options"]
        header = [self.say("again.part"), self.say("again.version")]
        rows = [[*pair] for pair in options["versions"].items()] if options else []
        return Section(
            title=self.say("again"),
            lines=[self.say("again.how")],
            table=(header, rows) if rows else None,
            code=f"{COMMAND} record.json",
        )
