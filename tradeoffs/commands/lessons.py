"""Lessons: list them, tell their answers; what teachers take along, and what authors need."""

from tradeoffs.commands import lesson_authoring, lesson_papers
from tradeoffs.commands.arguments import Commands, add_json, as_json, tell
from tradeoffs.commands.lesson_names import NAMED_OR_OWN, own_folder, readable
from tradeoffs.language.translation import say, translate


def add(commands: Commands) -> None:
    """Add the command and its actions."""
    one = commands.add_parser(
        "lessons", help=translate("the paper's examples: list, tell, print, precompute")
    )
    actions = one.add_subparsers(required=True, metavar=translate("ACTION"))
    listed = actions.add_parser(
        "list",
        help=translate("all lessons by section of the paper"),
        description=translate("List all lessons by section of the paper."),
    )
    add_json(listed)
    listed.set_defaults(run=show_list)
    told = actions.add_parser(
        "tell",
        help=translate("what a lesson's steps say, as they open"),
        description=translate("Print what each step of a lesson says before anything is changed."),
    )
    told.add_argument("name", help=translate(NAMED_OR_OWN))
    add_json(told)
    told.set_defaults(run=show_answers)
    lesson_papers.add(actions)
    lesson_authoring.add(actions)


def show_list(*, json: bool) -> int:
    """Print the lessons."""
    fields = ("name", "title", "section", "question", "minutes", "level")
    rows = [{name: getattr(one, name) for name in fields} for one in readable()]
    lines = [f"{row['section']:<12} {row['name']:<22} {row['title']}" for row in rows]
    tell(as_json(rows) if json else "\n".join(lines))
    return 0


def show_answers(*, name: str, json: bool) -> int:
    """Print what a lesson's steps say, from what is shipped."""
    from tradeoffs.lessons.answers import shipped_answer
    from tradeoffs.lessons.catalogue import LESSONS, lesson
    from tradeoffs.report.text import full_stop

    own = own_folder(name)
    entry, steps = lesson(own) if own else LESSONS[name], []
    for place, step in enumerate(entry.steps):
        setting = entry.setting(place)
        table = shipped_answer(step, setting, own)
        says = None  # not computed yet
        if table is not None:
            says = [claim.describe(claim.of(table, setting)) for claim in step.claims]
        steps.append({"title": step.title, "says": says})
    if json:
        tell(as_json({"title": entry.title, "question": entry.question, "steps": steps}))
        return 0
    absent = say("not computed yet: run tradeoffs lessons precompute {name}", name=name)
    lines = [f"{full_stop(entry.title)} {entry.question}"]
    for place, one in enumerate(steps):
        says = [absent] if one["says"] is None else one["says"]
        lines += ["", f"{place + 1}. {one['title']}", *(f"- {text}" for text in says)]
    tell("\n".join(lines))
    return 0
