"""Texts of candidates and of the record of a room, by id; one sentence a case."""

from collections.abc import Mapping

from tradeoffs.language.translation import say

TEXTS: Mapping[str, str] = {
    "baseline": "Baseline: no constraint on the gap, no privacy",
    "do_not_build": "Do not build it",
    "do_not_build.words": (
        "Decisions go on as they are made today. How well they are made is not measured here: "
        "where losses are compared, this counts as the baseline does."
    ),
    "of_thousand": "Of 1,000 {units}, it predicts {correct} correctly.",
    "highest": "Highest {objective}",
    "lowest": "Lowest {objective}",
    "higher": "Higher {objective}",
    "lower": "Lower {objective}",
    "reason.majority": "By the points, no other setting is the first choice of more seats",
    "reason.worst_off_first": "With no other setting does the seat that loses most lose less",
    "reason.compromise": "With no other setting do all seats together lose less",
    "reason.lines": "No setting keeps the red lines of more seats",
    "setting": "Setting {letter}",
    "setting.measured": "Measured: {measured}.",
    "setting.same": "The same for all settings: {same}.",
    "setting.words": "{setting}. Measured: {measured}.",
    "record.class": "Record of a class",
    "record.workshop": "Record of a workshop",
    "here": "Who was here",
    "here.seats": "{seats} seats.",
    "here.heads": "{seats} seats; the host counted {heads} people.",
    "here.counts": (
        "Counts below five, and counts that would give one of those away, are not shown. "
        "Answers that are shown one by one are in random order and bear no name."
    ),
    "here.round": "round",
    "here.asked": "what was asked",
    "here.answers": "answers",
    "here.again": "answers to the second vote",
    "few": "fewer than five",
    "short": "In short",
    "short.rule": (
        "The room chose “{rule}” as its rule before it saw what that picks: {seats} of {all} seats."
    ),
    "short.open": "Which rule most seats chose cannot be told from the counts that are shown.",
    "short.pick": "By “{rule}”, the room picks “{pick}”: {setting}.",
    "short.pick_alone": "By “{rule}”, the room picks “{pick}”.",
    "short.no_pick": "By “{rule}”, the room picks nothing.",
    "guesses": "What was guessed",
    "guesses.numbers": (
        "the middle guess is {middle}; half of the guesses lie between {low} and {high}"
    ),
    "guesses.share": "{choice}: {value} % ({low} to {high}), estimated",
    "guesses.lines": "{count} lines were drawn",
    "guesses.guess": "guesses",
    "guesses.models": "the models",
    "models.absent": "not in this record",
    "models.none": "not measurable",
    "models.open": "the data cannot tell the direction: {value}",
    "models.undecided": "the data cannot tell",
    "values": "What matters to the room",
    "values.objective": "objective",
    "values.middle": "points: the middle seat",
    "values.half": "half of the seats give",
    "values.span": "worst to best setting",
    "values.range": "{low} to {high}",
    "values.else": "Something else matters: “{text}”",
    "points": "The settings that seats chose",
    "points.one": "{answers} seats answered; those that chose a setting chose the same one.",
    "points.some": "{answers} seats answered, and chose {settings} different settings.",
    "points.none": "None of these: {count} of the {answers} seats.",
    "lines": "Red lines",
    "lines.all": "{count} of {settings} settings keep everybody's red lines.",
    "lines.one": "One of {settings} settings keeps everybody's red lines.",
    "lines.no_line": "No setting breaks anybody's red line.",
    "lines.none": "No setting keeps everybody's red lines.",
    "lines.clash": "No setting keeps the strictest lines for these together: {objectives}.",
    "lines.clash_one": "No setting keeps the strictest line for this alone: {objectives}.",
    "lines.drawn": "seats with a line",
    "lines.strictest": "strictest line",
    "rule": "The rule, chosen before its pick was seen",
    "rule.name": "rule",
    "rule.count": "seats",
    "vote": "The vote",
    "vote.candidate": "candidate",
    "vote.setting": "setting",
    "vote.why": "why it is here",
    "vote.first": "approvals, first vote",
    "vote.last": "approvals",
    "count.at_least": "{low} or more",
    "count.at_most": "fewer than {high}",
    "count.hidden": "hidden",
    "three": "Three rules side by side",
    "three.majority": "majority",
    "three.worst_off_first": "worst-off first",
    "three.compromise": "compromise",
    "three.pick": "it picks",
    "three.largest": "the seat that loses most loses",
    "three.mean": "seats lose on average",
    "three.broken": "seats whose red line it breaks",
    "three.interval": "{value} ({low} to {high})",
    "three.broken_none": "none",
    "three.nothing": "nothing",
    "three.no_majority": ("Majority picks nothing: no candidate is known to have five approvals."),
    "three.level": (
        "As far as counts are shown, these have equally many approvals: {candidates}. Majority "
        "takes the one by which the seats lose least in total."
    ),
    "three.same": "“{one}” and “{two}” pick the same setting.",
    "three.largest.more": (
        "The seat that loses most loses {size} points more by “{two}” than by “{one}” ({low} "
        "to {high})."
    ),
    "three.largest.less": (
        "The seat that loses most loses {size} points less by “{two}” than by “{one}” ({low} "
        "to {high})."
    ),
    "three.largest.tie": (
        "What the seat that loses most loses by “{one}” and by “{two}” cannot be told apart."
    ),
    "three.mean.more": (
        "On average, seats lose {size} points more by “{two}” than by “{one}” ({low} to {high})."
    ),
    "three.mean.less": (
        "On average, seats lose {size} points less by “{two}” than by “{one}” ({low} to {high})."
    ),
    "three.mean.tie": (
        "What seats lose on average by “{one}” and by “{two}” cannot be told apart."
    ),
    "three.alike.one": (
        "One other setting cannot be told apart from what “{rule}” picks, in what that rule "
        "makes as small as it can."
    ),
    "three.alike.some": (
        "{count} other settings cannot be told apart from what “{rule}” picks, in what that "
        "rule makes as small as it can."
    ),
    "three.not_building": (
        "Where losses are compared, not building counts as the baseline does: no such rule can "
        "tell the two apart, and only the vote can."
    ),
    "three.units": (
        "A loss is in the seat's own 100 points: by how many of them the pick falls further "
        "behind than the seat's own setting does. Settings are picked on one half of the test "
        "people, and losses measured on the other. Intervals are 95 % over {runs} training "
        "runs, without the test people."
    ),
    "words": "What the record should say, in the words of those who were there",
    "words.joined": "“{text}” Joined by {count} others.",
    "open": "What was not asked",
    "open.objectives": "Nobody was asked to weigh: {objectives}.",
    "open.rounds": "These rounds were prepared and not held: {titles}.",
    "open.left_out": (
        "{count} settings of the front were not on offer, because they are not measured in "
        "every objective."
    ),
    "open.left_out_one": (
        "One setting of the front was not on offer, because it is not measured in every objective."
    ),
    "open.nothing": "Everything that was prepared was asked.",
    "absent": "Who was not in the room",
    "absent.nothing": "Nobody wrote down who was missing.",
    "absent.groups": "Decided about, among the test people: {groups}.",
    "settings": "The settings that were voted on",
    "settings.intervals": "In brackets: 95 % intervals over seeds and test rows.",
    "links": "Links to the settings",
    "links.link": "query of the explorer's address",
    "links.own": "The table is somebody's own, so the settings have no link.",
    "links.seeds": (
        "Each was trained {runs} times, with the seeds {first} to {last}; all versions are "
        "listed below."
    ),
    "again": "Compute it again",
    "again.how": (
        "Save this record as JSON. The command says whether every number follows from what the "
        "record holds; with --retrain it trains the settings again, too."
    ),
    "again.part": "part",
    "again.version": "version",
}


def text(name: str, /, **values: object) -> str:
    """Return a text with its values, in the language of the run.

    >>> text("highest", objective="accuracy")
    'Highest accuracy'
    """
    return say(TEXTS[name], **values)
