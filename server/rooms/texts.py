"""Texts of the phone's page, by id: whole sentences with named placeholders."""

from collections.abc import Mapping

from tradeoffs.language.notation import localise
from tradeoffs.language.translation import say

TEXTS: Mapping[str, str] = {
    "enter_title": "Enter a room",
    "enter_code": "Code of the room",
    "enter_help": "It has {signs} signs, and stands on the screen of whoever runs the room.",
    "enter_button": "Enter",
    "room_title": "Room {code}",
    "arrive_title": "You are about to enter room {code}",
    "arrive_button": "Take part",
    "arrive_table": "Your table",
    "arrive_no_table": "no table",
    "privacy": (
        "Nobody here can see which answer is yours; with fewer than 5 answers nothing is "
        "shown. All is deleted on {moment}."
    ),
    "moment_server": "{date} at {hour} (clock of this room's machine, {zone})",
    "moment_phone": "{date} at {hour} (clock of this phone)",
    "kept": (
        "What is kept until then: your answers, your table, and a random number that lets "
        "this phone come back. No name, no address and no time."
    ),
    "seated_title": "You are in room {code}",
    "seated": "The first question appears here when it is asked.",
    "wait": "The next question appears here when it is asked.",
    "place": "Question {place} of {places}",
    "again": "Answer once more, after talking. Your first answer is kept beside it.",
    "answered": "Your answer has arrived. You can change it until the question is closed.",
    "send": "Send",
    "change": "Change my answer",
    "closed": "Answers are closed. The result follows on the large screen.",
    "revealed": "The result is on the large screen.",
    "your_answer": "Your answer: {answer}",
    "sent_answer": "What was sent, perhaps replaced at random: {answer}",
    "sent_once": (
        "Your choice has arrived. Because it may have been replaced, it is sent only once."
    ),
    "no_answer": "You did not answer this question.",
    "gone_title": "There is no room {code} here",
    "gone": "The code may have a slip in it, or the room has ended and was deleted.",
    "wrong_title": "There is no such page here",
    "wrong": "The address may have a slip in it.",
    "another_code": "Enter another code",
    "look_again": "Look again",
    "foreign": (
        "{signs} in what you typed is in no code: a code has the signs {known} alone. Look at the "
        "screen again."
    ),
    "lost": (
        "The connection is interrupted. This page tries again by itself; do not close it "
        "before your answer has arrived."
    ),
    "failed_title": "That did not work",
    "back": "Back to the room",
    "number_help": "From {low} to {high}",
    "line_help": "Give a number from {low} to {high} at each place, or draw the line.",
    "points_span": "From {worst} (worst) to {best} (best)",
    "points_left": "Points left: {n}",
    "else_label": "Something else matters to me (not counted in points)",
    "limit_least": "{title}: at least",
    "limit_most": "{title}: at most",
    "limit_least_is": "{title}: at least {value}",
    "limit_most_is": "{title}: at most {value}",
    "limit_help": "From {low} to {high}; empty is no limit",
    "point_yours": "Your values pick this",
    "point_without_values": "You gave no points, so no setting follows from them.",
    "same": "The same for all settings: {same}.",
    "point_none": "None of these",
    "words_label": "Your statement, at most {most} characters",
    "words_help": "It is shown without your name, after whoever runs the room has approved it.",
    "words_join": "Statements that you can join",
    "join": "I join",
    "randomised": (
        "This room chose ε = {epsilon}: your phone may replace your choice at random before "
        "it is sent. {kept} of 100 are sent as they are."
    ),
    "results_title": "What the room answered",
    "results_few": "Fewer than {least} answered, so nothing is shown.",
    "results_few_phones": (
        "Fewer than {least} answered on a phone: their answers would follow from all and those on "
        "paper, so nothing is shown."
    ),
    "results_later": "The counts are shown after the second vote.",
    "losses_title": "What you lose",
    "losses": "How far each rule's setting is from yours, in your own 100 points:",
    "loss": "{value} (95 % interval: {low} to {high})",
    "results_why": (
        "Counts below {least} are hidden, and others with them from which they would follow."
    ),
    "results_share": "{share} % (95 % interval: {low} to {high} %)",
    "results_median": (
        "The middle half of {n} answers lies from {low} to {high}, and the middle one is {median}."
    ),
    "door_title": "This explorer is open on its own machine alone",
    "door_way": "Enter a room",
    "none": "none",
}


def write(name: str, /, **values: object) -> str:
    """Return a text with its values, in the language of the run.

    >>> write("room_title", code="AB3DE")
    'Room AB3DE'
    """
    return say(TEXTS[name], **values)


def number(value: float, form: str = ",.10g") -> str:
    """Return a number in the language's notation, with a true minus and no negative zero.

    >>> number(1234.5), number(0.25, ".1f"), number(-6.84, ".1f")
    ('1,234.5', '0.2', '−6.8')
    """
    return localise(format(float(value), f"z{form}").replace("-", "−"))
