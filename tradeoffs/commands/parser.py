"""Parser: argparse in the language of the run; what is wrong is told in one line."""

import argparse
from typing import NoReturn

from tradeoffs.language.translation import mark, say, translate
from tradeoffs.messages.wording import LONGEST_MESSAGE, cut

ARGPARSE = {  # what argparse tells by itself, as its source has it
    mark("usage: "),
    mark("positional arguments"),  # a heading: a colon follows, in French after a space
    mark("options"),
    mark("show this help message and exit"),
    mark("argument %(argument_name)s: %(message)s"),
    mark("the following arguments are required: %s"),
    mark("one of the arguments %s is required"),
    mark("not allowed with argument %s"),
    mark("unrecognized arguments: %s"),
    mark("ambiguous option: %(option)s could match %(matches)s"),
    mark("invalid choice: %(value)r (choose from %(choices)s)"),
    mark("invalid %(type)s value: %(value)r"),
    mark("expected one argument"),
    mark("ignored explicit argument %r"),
}


def _told(text: str) -> str:
    return translate(text) if text in ARGPARSE else text


setattr(argparse, "_", _told)  # noqa: B010 - argparse takes it from gettext, which has no French


class Parser(argparse.ArgumentParser):
    """Tells what is wrong in one line, as every other error is told."""

    def error(self, message: str) -> NoReturn:
        """Leave with 2."""
        told = cut(message, LONGEST_MESSAGE - 80)  # argparse repeats whole values
        asked = f"{self.prog} --help"
        self.exit(
            2, say("{prog}: {told}; see {asked}", prog=self.prog, told=told, asked=asked) + "\n"
        )
