"""Sections of the record of a workshop: values, red lines, the vote, and three rules."""

import math
from collections.abc import Iterator, Mapping
from functools import cached_property
from statistics import quantiles
from typing import Any

from tradeoffs.fronts import Objective
from tradeoffs.language.notation import labelled, semicolon_text
from tradeoffs.report.sentences.value_text import value_text, with_range
from tradeoffs.rooms.leaders import leaders
from tradeoffs.rooms.options import Options, spans
from tradeoffs.rooms.record_texts import text
from tradeoffs.rooms.record_writer import Section, Writer, count, loss, points
from tradeoffs.rooms.room_record import form_of, last
from tradeoffs.rooms.rounds import DO_NOT_BUILD


class WorkshopWriter(Writer):
    """Writes what a workshop adds."""

    @cached_property
    def options(self) -> Options:
        """What the room chose from."""
        return Options.from_json(self.record["options"])

    @cached_property
    def _titles(self) -> dict[str, str]:
        """The objectives within a sentence, by name."""
        return {one.name: one.lower for one in self.options.objectives}

    def sections(self) -> list[Section]:
        """Return its sections, some of them empty."""
        return [
            self._values(),
            self._points(),
            self._lines(),
            self._rule(),
            self._vote(),
            self._three(),
            self._settings(),
            self._links(),
        ]

    def short(self) -> Section:
        """Return what the room decided."""
        found = self.record["computed"].get("decision")
        lines = [*self._chosen_rule(), *map(self._short, found["rules"] if found else [])]
        return Section(title=text("short"), lines=lines)

    def _short(self, one: Mapping[str, Any]) -> str:
        rule = text(f"three.{one['rule']}")
        if one["setting"] is None:
            return text("short.no_pick", rule=rule)
        pick, words = self._pick(one), self.options.settings[one["setting"]]["differs"]
        if one["candidate"] in (None, DO_NOT_BUILD) or pick == words:
            return text("short.pick_alone", rule=rule, pick=pick)
        return text("short.pick", rule=rule, pick=pick, setting=words)

    def _chosen_rule(self) -> Iterator[str]:
        found = last(self.record, "rule")
        if not found:
            return
        first = leaders(found["bounds"], found["answered"], exclusive=True)
        if len(first) != 1:
            yield text("short.open")
            return
        rule, seats = text(f"three.{first[0]}"), count(found["bounds"][first[0]])
        yield text("short.rule", rule=rule, seats=seats, all=found["answered"])

    def _values(self) -> Section:
        found = last(self.record, "values")
        rows = []
        for one in spans(self.options) if found else []:
            given = [points[one["name"]] for points in found["profiles"]]
            low, middle, high = (f"{each:.0f}" for each in quantiles(given, method="inclusive"))
            half = text("values.range", low=low, high=high)
            span = text("values.range", low=one["from"], high=one["to"])
            rows.append([one["title"], middle, half, span])
        header = [text(f"values.{part}") for part in ("objective", "middle", "half", "span")]
        more = [text("values.else", text=one["text"]) for one in found.get("else", [])]
        return Section(title=text("values"), lines=more, table=(header, rows) if rows else None)

    def _points(self) -> Section:
        chosen = last(self.record, "point").get("points", [])
        settings = {one for one in chosen if one is not None}
        if not chosen:
            return Section(title=text("points"))
        first = "points.one" if len(settings) == 1 else "points.some"
        none = str(chosen.count(None))
        lines = [
            text(first, answers=len(chosen), settings=len(settings)),
            text("points.none", answers=len(chosen), count=none),
        ]
        return Section(title=text("points"), lines=lines)

    def _lines(self) -> Section:
        found = self.record["computed"].get("overlap")
        if not found:
            return Section(title=text("lines"))
        kept, every = len(found["all"]), found["settings"]
        first = {0: "lines.none", 1: "lines.one", every: "lines.no_line"}.get(kept, "lines.all")
        lines = [text(first, count=kept, settings=every)]
        if found["clash"]:
            told = "lines.clash_one" if len(found["clash"]) == 1 else "lines.clash"
            names = [
                self.options.objectives[self.options.names.index(n)].lower for n in found["clash"]
            ]
            lines.append(text(told, objectives=semicolon_text(names)))
        rows = []
        for one in self.options.objectives:
            drawn = [line[one.name] for line in last(self.record, "lines")["profiles"]]
            given = [value for value in drawn if value is not None]
            strictest = (max if one.better == "high" else min)(given, default=math.nan)
            rows.append([one.title, str(len(given)), _typed(one, strictest) if given else ""])
        header = [text(n) for n in ("values.objective", "lines.drawn", "lines.strictest")]
        return Section(title=text("lines"), lines=lines, table=(header, rows))

    def _rule(self) -> Section:
        found = last(self.record, "rule")
        choices = form_of(self.record, "rule").get("choices", []) if found else []
        rows = [[one["title"], count(found["bounds"][one["name"]])] for one in choices]
        header = [text("rule.name"), text("rule.count")]
        return Section(title=text("rule"), table=(header, rows) if rows else None)

    def _vote(self) -> Section:
        found = last(self.record, "vote")
        if not found:
            return Section(title=text("vote"))
        before = found.get("before", {}).get("approve")
        parts = ["candidate", "why", *(["first"] if before else []), "last"]
        rows = []
        for one in self._candidates():
            first = [count(before[one["name"]])] if before else []
            approvals = count(found["approve"][one["name"]])
            rows.append([one["title"], semicolon_text(one["reasons"]), *first, approvals])
        return Section(title=text("vote"), table=([text(f"vote.{part}") for part in parts], rows))

    def _three(self) -> Section:
        found = self.record["computed"].get("decision")
        if not found:
            return Section(title=text("three"))
        rows = [self._by_rule(one) for one in found["rules"]]
        header = [text("rule.name")] + [
            text(f"three.{part}") for part in ("pick", "largest", "mean", "broken")
        ]
        lines = [*self._remarks(found)]
        lines.append(text("three.units", runs=len(self.options.seeds)))
        return Section(title=text("three"), lines=lines, table=(header, rows))

    def _by_rule(self, one: Mapping[str, Any]) -> list[str]:
        rule = text(f"three.{one['rule']}")
        if one["setting"] is None:
            return [rule, text("three.nothing"), "", "", ""]
        broken = semicolon_text(
            labelled(self._titles[name], count(band))
            for name, band in one.get("broken", {}).items()
            if band is None or band[0] > 0
        )
        if not broken and "broken" in one:
            broken = text("three.broken_none")
        losses = [loss(one[part]) for part in ("largest", "mean")]
        return [rule, self._pick(one), *losses, broken]

    def _pick(self, one: Mapping[str, Any]) -> str:
        titles = {c["name"]: c["title"] for c in self._candidates()}
        if one["candidate"] is not None:
            return titles[one["candidate"]]
        return self.options.settings[one["setting"]]["differs"]

    def _remarks(self, found: Mapping[str, Any]) -> Iterator[str]:
        majority = found["rules"][0]
        titles = {c["name"]: c["title"] for c in self._candidates()}
        if majority["setting"] is None:
            yield text("three.no_majority")
        if len(majority["level"]) > 1:
            names = semicolon_text(titles[name] for name in majority["level"])
            yield text("three.level", candidates=names)
        for one in found["between"]:
            yield from self._between(one)
        for one in found["rules"]:
            rule, alike = text(f"three.{one['rule']}"), len(one.get("alike", []))
            if alike:
                told = "three.alike.one" if alike == 1 else "three.alike.some"
                yield text(told, rule=rule, count=alike)
        if any(one["setting"] == self.options.now for one in found["rules"]):
            yield text("three.not_building")

    def _between(self, found: Mapping[str, Any]) -> Iterator[str]:
        one, two = (text(f"three.{rule}") for rule in found["rules"])
        if found["same"]:
            yield text("three.same", one=one, two=two)
            return
        for part in ("largest", "mean"):
            told = found[part]
            if not told["apart"]:
                yield text(f"three.{part}.tie", one=one, two=two)
                continue
            ends = sorted((abs(told["low"]), abs(told["high"])))
            low, high = map(points, ends)
            way = "more" if told["value"] > 0 else "less"
            size = points(abs(told["value"]))
            yield text(f"three.{part}.{way}", one=one, two=two, size=size, low=low, high=high)

    def _settings(self) -> Section:
        rows = []
        for one in self._candidates():
            row, words, values = one["setting"], one["words"], [""] * len(self.options.objectives)
            if row is not None:
                words = self.options.settings[row]["differs"]
                pairs = enumerate(self.options.objectives)
                values = [with_range(each, self.options.intervals[row, k]) for k, each in pairs]
            rows.append([one["title"], words, *values])
        header = [text("vote.candidate"), text("vote.setting")]
        header += [one.title for one in self.options.objectives]
        lines = [text("settings.intervals")] if rows else []
        return Section(title=text("settings"), lines=lines, table=(header, rows) if rows else None)

    def _links(self) -> Section:
        if not self.options.link and not self.options.settings[self.options.now]["link"]:
            return Section(title=text("links"), lines=[text("links.own")])
        rows = [
            [one["title"], self.options.settings[one["setting"]]["link"]]
            for one in self._candidates()
            if one["setting"] is not None
        ]
        first, final = self.options.seeds[0], self.options.seeds[-1]
        lines = [text("links.seeds", runs=len(self.options.seeds), first=first, last=final)]
        header = [text("vote.candidate"), text("links.link")]
        return Section(title=text("links"), lines=lines, table=(header, rows))

    def _candidates(self) -> list[dict[str, Any]]:
        return form_of(self.record, "vote").get("candidates", [])


def _typed(objective: Objective, value: float) -> str:
    """Return a red line in words; shares are typed in per cent."""
    return value_text(objective, value / 100 if objective.is_share else value)
