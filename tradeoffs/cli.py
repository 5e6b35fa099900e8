"""The command line: the explorer, sweeps, accounting for privacy, attacks, checks of the data."""

import argparse
import json
import math
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from tradeoffs import __version__
from tradeoffs.data.catalogue import dataset, offered
from tradeoffs.data.own.held import uploads_offered
from tradeoffs.errors import InvalidInput, TradeoffsError
from tradeoffs.paths import APP, local_store
from tradeoffs.scenario import NOTHING, Scenario, Sweep

if TYPE_CHECKING:
    from tradeoffs.data.own.table import Own

FORMATS = (".parquet", ".csv", ".json")
MOST_SEEN = 100_000  # models or seeds that are accounted for together


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0, 1 for an alarm, 2 for unusable input."""
    options = parser().parse_args(arguments)
    try:
        return options.run(options) or 0
    except TradeoffsError as error:
        sys.stderr.write(f"tradeoffs: {error}\n")
        return 2
    except KeyboardInterrupt:
        sys.stderr.write("tradeoffs: stopped; results so far are kept in the store\n")
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return 141


class Parser(argparse.ArgumentParser):
    """Tells what is wrong in one line, as every other error is told."""

    def error(self, message: str) -> NoReturn:
        """Leave with 2."""
        self.exit(2, f"{self.prog}: {message}; see {self.prog} --help\n")


def parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    whole = Parser(prog="tradeoffs", description=__doc__)
    whole.add_argument("--version", action="version", version=f"tradeoffs {__version__}")
    commands = whole.add_subparsers(required=True, metavar="COMMAND")

    one = commands.add_parser("app", help="start the explorer in a browser")
    one.add_argument("--port", type=int, default=8501, help="1 to 65535 (default %(default)s)")
    one.add_argument("--address", default="localhost", help="to listen on (default %(default)s)")
    one.add_argument("--headless", action="store_true", help="do not open a browser")
    one.set_defaults(run=app)

    one = commands.add_parser("sweep", help="train and measure many models")
    one.add_argument("--scenario", type=Path, help="JSON file of the base scenario")
    one.add_argument("--set", action="append", default=[], metavar="FIELD=VALUE")
    one.add_argument("--axis", action="append", default=[], metavar="FIELD=V1,V2,...")
    one.add_argument("--seeds", type=int, default=1, help="replicates of each setting")
    one.add_argument("--out", default="-", help=f"{', '.join(FORMATS)} file, or - for CSV")
    one.add_argument("--no-store", action="store_true", help="neither read nor keep results")
    one.add_argument("--table", type=Path, metavar="CSV", help="of your own; no store is used")
    _add_choices(one)
    one.set_defaults(run=sweep)

    one = commands.add_parser(
        "explain",
        help="explain one person's decision",
        description="Explain one decision. The person is a composite, never a row of the table.",
    )
    who = one.add_mutually_exclusive_group()
    who.add_argument("--row", type=int, metavar="N", help="the N-th composite person, from 1")
    who.add_argument("--case", metavar="NAME", help="the composite person of that name")
    one.add_argument(
        "--person",
        action="append",
        default=[],
        metavar="FEATURE=VALUE",
        help="change the person, or describe one whole: 42, Private or the words of a bin",
    )
    one.add_argument("--set", action="append", default=[], metavar="FIELD=VALUE")
    one.add_argument("--seeds", type=int, default=8, help="trainings of each setting")
    one.add_argument("--json", action="store_true")
    one.set_defaults(run=explain)

    one = commands.add_parser("account", help="convert between epsilon and noise")
    wanted = one.add_mutually_exclusive_group(required=True)
    wanted.add_argument(
        "--epsilon", type=_budget, help="find the noise multiplier that spends it; or none"
    )
    wanted.add_argument("--sigma", type=float, help="find the epsilon it spends")
    one.add_argument("--sample-rate", type=float, required=True)
    one.add_argument("--steps", type=int, required=True)
    one.add_argument("--delta", type=float, required=True)
    one.add_argument("--accountant", default="prv", help="prv, rdp, rdp-classic or gdp")
    one.add_argument("--models", type=int, metavar="K", help="together: K models on shared batches")
    one.add_argument("--seeds", type=int, metavar="S", help="together: S times that, batches apart")
    one.add_argument("--choose", type=float, metavar="K", help="the best of K tries on average")
    one.add_argument("--json", action="store_true")
    one.set_defaults(run=account)

    one = commands.add_parser("audit", help="measure what the engine promises about privacy")
    one.add_argument("--seed", type=int, default=0, help="of all draws (default %(default)s)")
    one.add_argument("--json", action="store_true")
    one.set_defaults(run=audit)

    one = commands.add_parser("attack", help="measure who can be recognised as trained on")
    one.add_argument("--set", action="append", default=[], metavar="FIELD=VALUE")
    one.add_argument(
        "--shadows", type=int, default=64, help="models to train (default %(default)s)"
    )
    one.add_argument("--json", action="store_true")
    one.set_defaults(run=attack)

    one = commands.add_parser("bench", help="measure how fast the engine is on this machine")
    one.add_argument("--quick", action="store_true", help="tiny sizes: only shows that it runs")
    one.add_argument("--json", action="store_true")
    one.set_defaults(run=bench)

    one = commands.add_parser("shifts", help="what a shift moves in a table, and what it does not")
    one.add_argument("dataset")
    one.add_argument(
        "--shift",
        action="append",
        default=[],
        metavar="NAME=INTENSITY",
        help="NAME or NAME.OPTION, intensity in [0, 1]; without any the shifts are listed",
    )
    one.add_argument("--set", action="append", default=[], metavar="FIELD=VALUE")
    one.add_argument("--json", action="store_true")
    one.set_defaults(run=shifts)

    one = commands.add_parser("data", help="the bundled tables, or one of your own")
    actions = one.add_subparsers(required=True, metavar="ACTION")
    for name, told in (("list", "what is bundled"), ("check", "against published figures")):
        two = actions.add_parser(name, help=told)
        two.add_argument("--json", action="store_true")
        two.set_defaults(run=data, action=name)
    two = actions.add_parser("import", help="propose a codebook for a CSV file, and count groups")
    two.add_argument("table", type=Path, metavar="FILE")
    _add_choices(two)
    two.add_argument("--json", action="store_true")
    two.set_defaults(run=data, action="import")
    return whole


def _add_choices(one: argparse.ArgumentParser) -> None:
    """Add what has to be decided about an own table."""
    group = one.add_argument_group("own table")
    group.add_argument("--label", metavar="COLUMN", help="to be predicted")
    group.add_argument("--favourable", metavar="VALUE", help="of the label; or '>=N'")
    group.add_argument("--protected", metavar="A,B", help="columns whose groups are compared")
    group.add_argument("--columns", metavar="A,B", help="that models see (default: all that can)")
    group.add_argument("--codebook", type=Path, metavar="JSON", help="given instead of proposed")


def app(options: argparse.Namespace) -> int:
    """Replace this process by the explorer's server."""
    if not 1 <= options.port <= 65535:
        raise InvalidInput(f"port={options.port} must be in [1, 65535]")
    offered()  # a table that does not exist is told before the server starts
    uploads_offered()
    command = [
        *(sys.executable, "-m", "streamlit", "run", str(APP)),
        *("--server.port", str(options.port), "--server.address", options.address),
    ]
    if options.headless:
        command += ["--server.headless", "true"]
    # The configuration (theme, limits) lies beside app.py; Streamlit looks in the working folder.
    os.chdir(APP.parent)
    sys.stdout.flush()
    if os.name == "nt":  # exec does not keep the console there
        import subprocess

        return subprocess.call(command)
    # Sessions run in threads, and glibc keeps memory apart for each unless told otherwise.
    os.execve(sys.executable, command, os.environ | {"MALLOC_ARENA_MAX": "2"})


def sweep(options: argparse.Namespace) -> int:
    """Run a sweep and write one row a model and split."""
    base = Scenario.from_json(_read(options.scenario)) if options.scenario else Scenario()
    if options.table:
        base = _on_own_table(base, options)
    base = _changed(base, options.set)
    axes = {field: values.split(",") for field, values in map(_assignment, options.axis)}
    scenarios = list(Sweep(base=base, axes=axes, seeds=options.seeds))

    from tradeoffs.figures.looking import together_in_a_line
    from tradeoffs.fronts.remarks import remark_column
    from tradeoffs.jobs.batch import call, run_all
    from tradeoffs.jobs.executor import chosen
    from tradeoffs.jobs.store import Store
    from tradeoffs.jobs.worker import Machine
    from tradeoffs.pipeline.looking import looking, price
    from tradeoffs.pipeline.resolve import resolve
    from tradeoffs.results import CONFIGURATION, table

    metrics = [resolve(scenario).notion.metric for scenario in scenarios]  # before any work
    target = _target(options.out)
    store = None if options.no_store or options.table else Store(local_store())
    executor = chosen(Machine.here())
    results = run_all(scenarios, store, executor, progress=_progress)
    if store is not None and store.notice:
        sys.stderr.write(f"tradeoffs: {store.notice}\n")
    frame = table(zip(results, metrics, strict=True))
    _write(frame.assign(remarks=remark_column(frame, CONFIGURATION)), target)
    seen = looking(scenarios)
    sys.stderr.write(together_in_a_line(seen, call(executor, price, seen)) + "\n")
    return 0


def explain(options: argparse.Namespace) -> int:
    """Print one person's explanation at a setting: for a person, or as JSON for a specialist."""
    scenario = _changed(Scenario(), options.set)
    needed = list(Sweep(base=scenario, axes={}, seeds=options.seeds))
    title, bins = _person(options, scenario.dataset)

    from tradeoffs.figures.explained import told
    from tradeoffs.jobs.executor import chosen
    from tradeoffs.jobs.store import Store
    from tradeoffs.jobs.worker import Machine
    from tradeoffs.jobs.worker import explain as work
    from tradeoffs.pipeline.resolve import resolve
    from tradeoffs.pipeline.sections import untouched

    needed += [untouched(one) for one in needed]
    known = Store(local_store()).weights(resolve(one).model_key for one in needed)
    executor = chosen(Machine.here())
    person = tuple(bins.items())
    found = executor.submit(work, scenario, person, tuple(known.items()), options.seeds).result()
    if options.json:
        document = {"scenario": scenario.model_dump(), "title": title} | found.to_dict()
        sys.stdout.write(json.dumps(document) + "\n")
    else:
        lines = [f"{title[0].upper()}{title[1:]}.", *told(found, scenario)]
        sys.stdout.write("\n".join(lines) + "\n")
    return 0


def account(options: argparse.Namespace) -> int:
    """Print sigma and epsilon of one subsampled Gaussian mechanism, and of several seen together.

    What several models or a choice cost is computed by the tightest accountant that can, named in
    the answer.
    """
    from tradeoffs.values.privacy.accountants import Spend, epsilon, noise_multiplier

    run = {"sample_rate": options.sample_rate, "steps": options.steps}
    named = {"delta": options.delta, "accountant": options.accountant}
    sigma = options.sigma
    if options.epsilon == math.inf:
        epsilon((Spend(sigma=1.0, **run),), **named)  # checks the other values
        sigma, spent = 0.0, math.inf
        named["accountant"] = "none"
    else:
        if sigma is None:
            sigma = noise_multiplier(options.epsilon, **run, **named)
        spent = epsilon((Spend(sigma=sigma, **run),), **named)
    told = {"sigma": sigma, "epsilon": spent, **run, **named} | _seen(sigma, run, options)
    if options.json:
        finite = {k: str(v) if v == math.inf else v for k, v in told.items()}  # JSON has no inf
        sys.stdout.write(json.dumps(finite) + "\n")
    else:
        sys.stdout.write("".join(f"{name:12} {value}\n" for name, value in told.items()))
    if not sigma:
        sys.stderr.write("no mechanism: epsilon is infinite\n")
    return 0


def _seen(sigma: float, run: dict, options: argparse.Namespace) -> dict[str, object]:
    """Return what several models cost together, and the best of some tries, as far as asked."""
    from tradeoffs.values.privacy.accountants import Spend, require
    from tradeoffs.values.privacy.choosing import best_of, gamma
    from tradeoffs.values.privacy.joint import joint, tightest

    told: dict[str, object] = {}
    if options.models is not None or options.seeds is not None:
        models, seeds = (1 if n is None else n for n in (options.models, options.seeds))
        for name, value in (("models", models), ("seeds", seeds)):
            require(1 <= value <= MOST_SEEN, name, value, f"in [1, {MOST_SEEN}]")
        together, accountant = math.inf, "none"
        if sigma:
            (shared,) = joint([("one seed", Spend(sigma=sigma, **run))] * models)
            together, accountant = tightest(joint((s, shared) for s in range(seeds)), options.delta)
        told |= {"models": models, "seeds": seeds, "joint_epsilon": together}
        told["joint_accountant"] = accountant
    if options.choose is not None:
        gamma(options.choose, 1)  # checks it, with a mechanism or without
        history = (Spend(sigma=sigma, **run),) if sigma else ()
        best = best_of([history], options.choose, options.delta) if history else math.inf
        told |= {"choose": options.choose, "best_epsilon": best}
    return told


def audit(options: argparse.Namespace) -> int:
    """Print what the audit of the engine found; 1 if anything is not as expected."""
    from tradeoffs.attacks import audit as module

    findings = module.audit(options.seed)
    told = json.dumps(module.as_json(findings)) if options.json else module.report(findings)
    sys.stdout.write(told + "\n")
    return 0 if all(finding.ok for finding in findings) else 1


def attack(options: argparse.Namespace) -> int:
    """Print how well members are recognised; 1 if better than the declared epsilon allows."""
    scenario = _changed(Scenario(), options.set)

    from tradeoffs.figures.leak import ATTACKER, sentences
    from tradeoffs.figures.roc import roc_table
    from tradeoffs.pipeline.attack import measure_leak

    leak = measure_leak(scenario, options.shadows)
    if options.json:
        told = json.dumps(leak.as_json())
    else:
        numbers = roc_table(leak).query("fpr in (.001, .01, .1)")
        numbers = numbers.to_string(index=False, na_rep="-", float_format="%.4g")
        told = "\n".join([*sentences(leak), ATTACKER, "", numbers])
    sys.stdout.write(told + "\n")
    return 1 if leak.alarms else 0


def bench(options: argparse.Namespace) -> int:
    """Print how fast the engine is, beside the libraries it stands in for; some minutes."""
    from tradeoffs.bench import bench as module
    from tradeoffs.bench.sizes import FULL, QUICK

    figures = module.bench(QUICK if options.quick else FULL)
    sys.stdout.write((json.dumps(figures) if options.json else module.report(figures)) + "\n")
    return 0


def shifts(options: argparse.Namespace) -> int:
    """Print what shifts at deployment do to a dataset, or list them."""
    from tradeoffs.figures.shifted import catalogue_table, parts_table, sentences
    from tradeoffs.pipeline.fitting import moved
    from tradeoffs.pipeline.shifted import shifted

    base, _ = moved(Scenario(), options.dataset)
    scenario = base.but(
        shift_intensity=0,
        **dict(_assignment(text) for text in options.set),
        other_shifts=[_assignment(text) for text in options.shift],
    )
    if not options.shift:
        book = dataset(scenario.dataset).codebook
        table = catalogue_table(book, scenario.protected)
        told = table.to_json(orient="records", force_ascii=False)
        if not options.json:
            short = table.loc[:, ["shift", "family", "at", "options"]]
            told = short.to_string(index=False, max_colwidth=70)
        sys.stdout.write(f"{told}\n")
        return 0
    report = shifted(scenario)
    if options.json:
        told = json.dumps(report.as_json(), ensure_ascii=False)
    else:
        numbers = parts_table(report).to_string(index=False, na_rep="-", float_format="%.3g")
        told = "\n".join([*sentences(report), "", numbers])
    sys.stdout.write(told + "\n")
    return 0


def data(options: argparse.Namespace) -> int:
    """List the bundled tables, compare them with published figures, or import one."""
    if options.action == "import":
        from tradeoffs.data.own.report import document, report

        own = _own_table(options)
        told = json.dumps(document(own), ensure_ascii=False) if options.json else report(own)
        sys.stdout.write(told + "\n")
        return 0
    if options.action == "list":
        from tradeoffs.data import listing

        found = listing.listing()
        told = json.dumps(found, ensure_ascii=False) if options.json else listing.report(found)
        sys.stdout.write(told + "\n")
        return 0
    from tradeoffs.data.check import check, report

    checks = check()
    told = json.dumps([asdict(line) for line in checks]) if options.json else report(checks)
    sys.stdout.write(told + "\n")
    return 0 if all(line.ok for line in checks) else 2


def _own_table(options: argparse.Namespace) -> "Own":
    from tradeoffs.data.own.table import Choices, own_table

    for name in ("label", "favourable", "protected"):
        if getattr(options, name) is None:
            raise InvalidInput(f"an own table needs --{name}")
    columns = None if options.columns is None else _listed(options.columns)
    choices = Choices(
        label=options.label,
        favourable=options.favourable,
        protected=_listed(options.protected),
        columns=columns,
    )
    given = None if options.codebook is None else _bytes(options.codebook)
    return own_table(_bytes(options.table), choices, given)


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split(",") if part.strip())


def _on_own_table(base: Scenario, options: argparse.Namespace) -> Scenario:
    """Return a scenario moved to the table of a file, which is held for this command."""
    from tradeoffs.data.own.held import hold
    from tradeoffs.pipeline.fitting import moved

    own = _own_table(options)
    for warning in own.warnings:
        sys.stderr.write(f"tradeoffs: {warning}\n")
    hold("command line", own.whole)
    return moved(base, own.book.name)[0]


def _bytes(path: Path) -> bytes:
    """Return the content of a file, no more of it than can be used."""
    from tradeoffs.data.own.reading import MEGABYTE, MOST_MEGABYTES

    try:
        with path.open("rb") as file:
            return file.read(MOST_MEGABYTES * MEGABYTE + 1)
    except OSError as error:
        raise InvalidInput(f"cannot read {path}: {error.strerror}") from None


def _budget(text: str) -> float:
    if text.strip().lower() in NOTHING:
        return math.inf
    try:
        return float(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is neither a number nor none") from None


def _person(options: argparse.Namespace, dataset: str) -> tuple[str, dict[str, int]]:
    """Return who is to be explained, in words and as bins: a composite, or typed in whole."""
    from tradeoffs.data.cases import load_cases, person

    typed = dict(_assignment(text) for text in options.person)
    if typed and options.case is None and options.row is None:
        return "a person described by hand", person(dataset, typed)
    cases = load_cases(dataset)
    number = 1 if options.row is None else options.row
    case = cases.row(number) if options.case is None else cases.case(options.case)
    title = f"{case.title}, changed" if typed else case.title
    return title, person(dataset, dict(case.values) | typed)


def _changed(base: Scenario, assignments: Sequence[str]) -> Scenario:
    """Return a scenario with some fields changed; another dataset brings its own defaults along."""
    from tradeoffs.pipeline.fitting import moved

    fields = dict(_assignment(text) for text in assignments)
    if "dataset" in fields:
        base, _ = moved(base, fields["dataset"])
    return base.but(**fields)


def _assignment(text: str) -> tuple[str, str]:
    field, sign, value = text.partition("=")
    if not sign or not field:
        raise InvalidInput(f"{text!r} is not of the form FIELD=VALUE")
    return field.strip(), value.strip()


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInput(f"cannot read {path}: {error}") from None


def _target(out: str) -> Path | None:
    """Return where to write, checked before any work; None is standard output."""
    if out == "-":
        return None
    path = Path(out)
    if path.suffix not in FORMATS:
        raise InvalidInput(f"out={out!r} must end in {', '.join(FORMATS)}, or be -")
    try:
        with path.open("ab"):  # creates it, or leaves what is there
            pass
    except OSError as error:
        raise InvalidInput(f"cannot write {out}: {error.strerror}") from None
    return path


def _write(frame, target: Path | None) -> None:
    from tradeoffs.figures.export import csv_text

    try:
        if target is None:
            sys.stdout.write(csv_text(frame))
        elif target.suffix == ".parquet":
            frame.to_parquet(target, index=False)
        elif target.suffix == ".csv":
            target.write_text(csv_text(frame), encoding="utf-8", newline="")
        else:
            frame.to_json(target, orient="records", double_precision=15)
    except OSError as error:
        raise InvalidInput(f"cannot write {target}: {error.strerror}") from None


def _progress(done: int, total: int) -> None:
    end = "\n" if done == total else ""
    sys.stderr.write(f"\r{done} of {total} models{end}")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main())
