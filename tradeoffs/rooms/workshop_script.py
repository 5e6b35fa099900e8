"""Script: the fifty minutes of a workshop, what happens in each part and what the host can say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tradeoffs.language.translates import translates


@translates("title", "do", "say")
@dataclass(frozen=True, kw_only=True, slots=True)
class Scene:
    """A part of a workshop.

    Attributes:
        name: of the round, or of what happens without one.
        title: in a few words.
        minutes: that it takes.
        do: what the host does, in sentences.
        say: what the host can say, in sentences.
    """

    name: str
    title: str
    minutes: int
    do: Sequence[str]
    say: Sequence[str]


SCENES = (
    Scene(
        name="arrive",
        title="Arrive",
        minutes=4,
        do=(
            "Show the code. People join with a phone, or share one, and pick their table.",
            "Count heads: the screen compares them with the seats.",
            "Give each table its stakeholder card, and lock the room when everybody is in.",
        ),
        say=(
            "We are here to decide which model, if any, we would use. Nobody has to agree at the "
            "end.",
            "Nobody here can see which answer is yours. With fewer than five answers, nothing is "
            "shown.",
            "You speak for yourself, and not for your table's card: the card helps you to think of "
            "somebody else.",
        ),
    ),
    Scene(
        name="values",
        title="Values first",
        minutes=5,
        do=(
            "Open the round before any chart was on the screen.",
            "Close it, reveal it, and let people look in silence for a moment.",
        ),
        say=(
            "You have 100 points. Give more of them to what matters more to you.",
            "Your phone tells the worst and the best of each that can be had here. Points are "
            "about that distance, and not about how important a word sounds.",
            "If something else matters to you, write it: it goes into the record once approved.",
        ),
    ),
    Scene(
        name="point",
        title="Your point",
        minutes=4,
        do=("Open the round. After the reveal, each dot on the chart is one seat.",),
        say=(
            "Your phone shows the setting that fits your points best. Look at what it does to "
            "1,000 people, and keep it, take a neighbour, or say that it is none of these.",
            "“None of these” is an answer. We will count it.",
        ),
    ),
    Scene(
        name="lines",
        title="Red lines",
        minutes=6,
        do=(
            "Open the round. After the reveal, shade shows what lines exclude.",
            "Read out how many settings break somebody's line.",
        ),
        say=(
            "What would you not accept, whatever else it brought? Every line may stay empty.",
            "If no setting is inside all lines, that is a result, too: somebody's line will be "
            "broken by any of these models.",
        ),
    ),
    Scene(
        name="rule",
        title="Which rule?",
        minutes=2,
        do=("Open the round before anybody knows what each rule would pick.",),
        say=(
            "How should a room decide? By what most approve of, by what the one who loses most "
            "loses least by, or by what loses least in total?",
            "Choose the rule before you know what it picks.",
        ),
    ),
    Scene(
        name="vote",
        title="Vote",
        minutes=3,
        do=("Open the round, and close it. Reveal it, or talk first and reveal after.",),
        say=(
            "Approve of every candidate that you could live with. There may be several, or one.",
            "Two candidates are always there: the model without constraint and privacy, and not "
            "building it.",
        ),
    ),
    Scene(
        name="talk",
        title="Talk",
        minutes=10,
        do=(
            "Start the timer. Tables talk; go round and listen.",
            "Ask for somebody whose line is broken, and let them speak first.",
        ),
        say=(
            "Tell your table which candidate you could not live with, and why.",
            "Then say what would have to change so that you could.",
        ),
    ),
    Scene(
        name="revote",
        title="Vote again",
        minutes=3,
        do=("Press “Again”: the first vote is kept, and the chart shows what moved.",),
        say=("The same candidates. You may answer as before.",),
    ),
    Scene(
        name="rules",
        title="Three rules side by side",
        minutes=6,
        do=(
            "Show what each rule picks, who loses most by it, and which lines it breaks.",
            "Start with the rule that the room chose.",
        ),
        say=(
            "Each dot is one seat's regret: what it loses against the setting that its own points "
            "pick.",
            "Where the intervals overlap, the numbers do not decide between the rules, and we "
            "have to.",
        ),
    ),
    Scene(
        name="words",
        title="Minority statements",
        minutes=4,
        do=(
            "Open the round, and read each statement before you approve it.",
            "Refuse only what names or hurts somebody.",
        ),
        say=(
            "If you do not agree, write what the record has to say about it, or join a statement.",
        ),
    ),
    Scene(
        name="record",
        title="Record",
        minutes=3,
        do=(
            "Write down who was not in the room, and print the record.",
            "Tell when all answers are deleted, or delete them now.",
        ),
        say=(
            "The record has every count and every pick, and a command by which anybody can compute "
            "them again.",
            "Who should have been here and was not?",
        ),
    ),
)
BY_NAME: Mapping[str, Scene] = {one.name: one for one in SCENES}
MINUTES = sum(one.minutes for one in SCENES)


def script_text() -> str:
    """Return the script as Markdown, a heading a scene, with the minute at which it begins."""
    parts, begins = [], 0
    for one in SCENES:
        heading = f"### {begins} to {begins + one.minutes} minutes: {one.title}"
        do, say = " ".join(one.do), "\n".join(f"> {text}\n>" for text in one.say).rstrip("\n>")
        parts.append(f"{heading}\n\n{do}\n\n{say}")
        begins += one.minutes
    return "\n\n".join(parts)
