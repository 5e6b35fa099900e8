"""`python -m loadtest OPTIONS`: what `tradeoffs loadtest` starts, with its options as JSON."""

import json
import sys

from loadtest import room
from loadtest.figures import figures, report
from loadtest.run import Options, run
from loadtest.serving import NoServer


def main() -> int:
    """Print the figures; return 1 if nothing was answered, and 2 if there is no explorer."""
    options = Options(**json.loads(sys.argv[1]))
    try:
        found = room.measure(options) if options.phones else figures(run(options))
    except NoServer as error:
        sys.stderr.write(f"tradeoffs: {error}\n")
        return 2
    except KeyboardInterrupt:
        sys.stderr.write("tradeoffs: stopped before anything was measured\n")
        return 130
    in_words = room.told if options.phones else report
    sys.stdout.write((json.dumps(found) if options.json else in_words(found)) + "\n")
    return 0 if found["answered"] else 1


sys.exit(main())
