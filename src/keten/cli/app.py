"""The program: its commands, and what happens when one fails."""

import errno
import os
import signal
import sys
from importlib import import_module

import typer
from rich.console import Console
from typer.exceptions import Abort, TyperException

from keten.cli.broken_pipe import keep_input_taken, let_readers_leave
from keten.core import KetenError, Panic
from keten.core.plain import plain

COMMANDS = (
    "validate",
    "reply",
    "convert",
    "accept",
    "calculate",
    "couple",
    "population",
    "compare",
    "blind",
    "rehearse",
    "campaign",
    "standard",
)
"""The commands in the order of the help: each a module of this room, with `app` (several in one) or `command`."""

WRONG_USAGE, COULD_NOT_JUDGE = 2, 3
MOST_SHOWN = 200
"""Characters of what is wrong in a name."""

INTERRUPTED = 130
"""What typer makes of Ctrl-C."""

WRONG_PATH = frozenset(
    {
        errno.EACCES,
        errno.EEXIST,
        errno.EISDIR,
        errno.ELOOP,
        errno.ENAMETOOLONG,
        errno.ENOENT,
        errno.ENOTDIR,
        errno.ENOTEMPTY,
        errno.EPERM,
        errno.EROFS,
    }
)
"""What the system answers when a path is wrong, and not the work."""


def build(wanted: str | None = None) -> typer.Typer:
    """The program with one command, or with all of them: a command that is not used need not be loaded."""
    app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)

    @app.callback()
    def keten() -> None:
        """Runs the iWlz care message standard and moves its chain from one release to the next."""

    for name in (wanted,) if wanted in COMMANDS else COMMANDS:
        module = import_module(f"keten.cli.{name}")
        if hasattr(module, "app"):
            app.add_typer(module.app, name=name)
        else:
            app.command(name)(module.command)
    return app


def main() -> None:
    """Run a command. Bad input never ends in a traceback; set KETEN_DEBUG to see one for an internal fault."""
    # Who is told to stop clears up and ends its workers first, as for Ctrl-C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    let_readers_leave()
    keep_input_taken()
    try:
        code = run(sys.argv[1:])
    except MemoryError:  # there was not even enough to say so
        os.write(2, b"Memory ran out. There is no verdict.\n")
        code = COULD_NOT_JUDGE
    sys.exit(code)


def run(arguments: list[str]) -> int:
    """Run the command of these arguments; its exit code (docs/commands.md)."""
    console = Console(stderr=True, highlight=False, soft_wrap=True, markup=False)
    try:
        code = build(next(iter(arguments), None))(arguments, standalone_mode=False)
        sys.stdout.flush()  # what is not written yet may find the disk full
    except TyperException as error:
        error.show()  # type: ignore[attr-defined]  # typer does not publish the type that has it
        return WRONG_USAGE
    except (KeyboardInterrupt, Abort):
        code = INTERRUPTED
    except BaseException as error:
        code, what, hint = _explain(error if isinstance(error, Exception) else Panic.of(error))
        if code == COULD_NOT_JUDGE and os.environ.get("KETEN_DEBUG"):
            raise
        console.print(plain(what), style="red")  # it may tell names of files, which may hold anything
        console.print(plain(hint))
    if code == INTERRUPTED:
        console.print("Interrupted: there is no verdict.")
        code = COULD_NOT_JUDGE
    return int(code or 0)


def _explain(error: Exception) -> tuple[int, str, str]:
    """What a command ends with that is stopped by an error, what is wrong, and what to do."""
    match error:
        case KetenError():
            return error.exit_code, str(error), error.hint
        case MemoryError() | OSError(errno=errno.ENOMEM):
            return COULD_NOT_JUDGE, "Memory ran out. There is no verdict.", Panic.hint
        case UnicodeEncodeError():
            hint = "Give names and options in UTF-8."
            return (
                WRONG_USAGE,
                f"A name or an option holds bytes that are no UTF-8: {error.object!r}."[:MOST_SHOWN],
                hint,
            )
        case OSError() if error.errno in WRONG_PATH:
            hint = "Give another path, or make this one readable and writable."
            return WRONG_USAGE, f"{error.filename or 'A path'}: {error.strerror}.", hint
        case OSError():
            hint = "The work stopped there. See that the disk has room and can be written to, then run it again."
            return COULD_NOT_JUDGE, f"{error.filename or 'A file'}: {error.strerror or error}.", hint
        case _:
            fault = f"An internal fault: {type(error).__name__}. There is no verdict."
            return COULD_NOT_JUDGE, fault, KetenError.hint
