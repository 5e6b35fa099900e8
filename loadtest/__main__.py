"""`python -m loadtest OPTIONS`: what `tradeoffs loadtest` starts, with its options as JSON."""

import json
import sys
from collections.abc import Callable
from typing import Any

from loadtest import locked, room
from loadtest.figures import figures, report
from loadtest.run import Options, run
from loadtest.serving import NoServer


def main() -> int:
    """Print the figures; return 1 if nothing was answered, and 2 if there is no explorer."""
    options = Options(**json.loads(sys.argv[1]))
    measure, in_words = _measured(options)
    try:
        found = measure(options)
    except NoServer as error:
        sys.stderr.write(f"tradeoffs: {error}\n")
        return 2
    except KeyboardInterrupt:
        sys.stderr.write("tradeoffs: stopped before anything was measured\n")
        return 130
    sys.stdout.write((json.dumps(found) if options.json else in_words(found)) + "\n")
    return 0 if found["answered"] else 1


def _measured(
    options: Options,
) -> tuple[Callable[[Options], dict[str, Any]], Callable[[dict[str, Any]], str]]:
    """Return what measures what is asked for, and what tells it in words."""
    if options.locked:
        return locked.measure, locked.told
    if options.phones:
        return room.measure, room.told
    return lambda one: figures(run(one)), report


sys.exit(main())
