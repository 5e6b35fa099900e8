"""Commands have a form for each system, and code guards what only some of them have."""

import ast
import re
import subprocess

import pytest

from tradeoffs.paths import PROJECT

README = (PROJECT / "README.md").read_text(encoding="utf-8")
FOLDERS = ("tradeoffs", "server", "pages", "loadtest")
FILES = [PROJECT / "app.py", PROJECT / "serve.py"]
FILES += [path for folder in FOLDERS for path in sorted((PROJECT / folder).rglob("*.py"))]
# Of the standard library, not on Windows.
MODULES = {"fcntl", "grp", "posix", "pty", "pwd", "resource", "syslog", "termios", "tty"}
ATTRIBUTES = {
    "os": {
        *("chown", "fork", "forkpty", "getegid", "geteuid", "getgid", "getloadavg", "getpgid"),
        *("getuid", "killpg", "mkfifo", "nice", "sched_getaffinity", "setsid", "setuid", "sysconf"),
        *("O_NOFOLLOW", "O_NONBLOCK", "WNOHANG", "uname", "wait"),
    },
    "signal": {"SIGALRM", "SIGCHLD", "SIGHUP", "SIGKILL", "SIGPIPE", "SIGUSR1", "SIGUSR2"},
}
LOOP = {"add_signal_handler"}
GUARDS = {"ImportError", "AttributeError", "NotImplementedError", "OSError"}


def block(name: str) -> str:
    """Return the command that the README has between two comments."""
    return README.split(f"<!-- {name} -->")[1].split("```")[1].strip()


def on_windows(command: str) -> str:
    """Return a command of a POSIX shell as PowerShell takes it."""
    parts = command.replace("python3 ", "py ").replace("'", '"')
    return re.sub(r"\.venv/bin/(\w+)", r".venv\\Scripts\\\1", parts)


def only_posix(source: str) -> set[str]:
    """Return the names of a module that Windows lacks and that no guard stands around."""
    found = set()

    def visit(node: ast.AST, guarded: bool) -> None:
        guarded = guarded or guards(node)
        if not guarded:
            found.update(names(node))
        for child in ast.iter_child_nodes(node):
            visit(child, guarded)

    visit(ast.parse(source), False)
    return found


def guards(node: ast.AST) -> bool:
    """Say whether what a node holds may be missing: in try, in suppress, or after a look."""
    if isinstance(node, ast.Try):
        return any(mentions(one.type, GUARDS) for one in node.handlers if one.type)
    if isinstance(node, ast.With):
        return any(mentions(one.context_expr, GUARDS) for one in node.items)
    return isinstance(node, ast.If | ast.IfExp) and mentions(node.test, {"hasattr", "platform"})


def mentions(node: ast.AST, wanted: set[str]) -> bool:
    """Say whether an expression holds one of these names."""
    parts = [part for part in ast.walk(node) if isinstance(part, ast.Name | ast.Attribute)]
    return any((p.id if isinstance(p, ast.Name) else p.attr) in wanted for p in parts)


def names(node: ast.AST) -> set[str]:
    """Return what only POSIX has of one node."""
    if isinstance(node, ast.Import):
        return {one.name for one in node.names} & MODULES
    if isinstance(node, ast.ImportFrom):
        return {str(node.module)} & MODULES
    if isinstance(node, ast.Attribute):
        home = node.value.id if isinstance(node.value, ast.Name) else ""
        return {node.attr} & (ATTRIBUTES.get(home, set()) | LOOP)
    return set()


@pytest.mark.parametrize("name", ["start", "test"])
def test_the_readme_has_each_command_for_windows(name):
    windows = README.split("On Windows (PowerShell 7):")[1].split("```")[1].splitlines()
    assert on_windows(block(name)) in windows


def test_commands_use_nothing_that_macos_or_a_plain_shell_lacks():
    for name in ("start", "test"):
        words = re.split(r" && ", block(name))
        assert [one.split()[0] for one in words][0] == "python3"
        assert all(one.startswith(".venv/bin/") for one in words[1:])
        assert subprocess.run(["sh", "-n", "-c", block(name)]).returncode == 0


def test_code_uses_what_only_posix_has_under_a_guard_alone():
    found = {p.relative_to(PROJECT): only_posix(p.read_text(encoding="utf-8")) for p in FILES}
    assert {path: bad for path, bad in found.items() if bad} == {}


@pytest.mark.parametrize(
    ("source", "bad"),
    [
        ("import fcntl", {"fcntl"}),
        ("def f():\n    from resource import getrusage", {"resource"}),
        ("os.fork()", {"fork"}),
        ("process.send_signal(signal.SIGKILL)", {"SIGKILL"}),
        ("loop.add_signal_handler(signal.SIGTERM, stop)", {"add_signal_handler"}),
        ("try:\n    import resource\nexcept ImportError:\n    pass", set()),
        ("with suppress(AttributeError):\n    os.getloadavg()", set()),
        ("if hasattr(os, 'fork'):\n    os.fork()", set()),
        ("os.getpid(); signal.SIGTERM; self.fork()", set()),
    ],
)
def test_what_is_not_guarded_would_be_seen(source, bad):
    assert only_posix(source) == bad


def test_names_of_files_are_names_on_windows_and_macos():
    listed = subprocess.run(
        ["git", "ls-files"], cwd=PROJECT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert len(listed) > 500
    reserved = re.compile(r"(?i)^(con|prn|aux|nul|com\d|lpt\d)(\.|$)")
    for name in listed:
        assert not re.search(r'[<>:"|?*\\\x00-\x1f]|[ .](/|$)', name), name
        assert not any(reserved.match(part) for part in name.split("/")), name
        assert len(name) <= 150, name
    assert len({name.lower() for name in listed}) == len(listed)
