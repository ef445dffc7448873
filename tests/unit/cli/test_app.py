"""What a command ends with that is stopped by something else than an error of keten."""

import errno
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
import typer

from keten.cli import app
from keten.cli.app import run


def panic() -> None:
    """As Polars does it where memory runs out."""
    pl.Series([1]).new_from_index(0, 2**63)


def leave() -> None:
    """As a library that thinks that it is the program."""
    raise SystemExit(0)


def raising(error: BaseException) -> Callable[[], None]:
    """A command that this stops."""

    def command() -> None:
        raise error

    return command


def ended(command: Callable[[], None], monkeypatch: pytest.MonkeyPatch) -> int:
    """The exit code of a program of this command."""

    def build(_: str | None) -> typer.Typer:
        program = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
        program.command()(command)
        return program

    monkeypatch.setattr(app, "build", build)
    return run([])


@pytest.mark.parametrize(
    ("command", "code", "said"),
    [
        (panic, 3, "The work was given up (PanicException: capacity overflow); memory may have run out."),
        (leave, 3, "The work was given up (SystemExit: 0)"),
        (raising(GeneratorExit()), 3, "The work was given up (GeneratorExit: )"),
        (raising(MemoryError()), 3, "Memory ran out."),
        (raising(OSError(errno.ENOMEM, "Cannot allocate memory")), 3, "Memory ran out."),
        (raising(OSError(errno.ENOSPC, "No space left on device", "out")), 3, "out: No space left on device."),
        (raising(OSError(errno.ENAMETOOLONG, "File name too long", "x")), 2, "x: File name too long."),
        (raising(OSError(errno.ELOOP, "Too many levels of symbolic links", "x")), 2, "x: Too many levels"),
        (raising(OSError(errno.EROFS, "Read-only file system")), 2, "A path: Read-only file system."),
        (raising(ZeroDivisionError()), 3, "An internal fault: ZeroDivisionError."),
    ],
)
def test_whatever_stops_a_command_is_told_and_is_no_verdict(
    command: Callable[[], None],
    code: int,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Exit code 1 would say that what was judged is wrong."""
    assert ended(command, monkeypatch) == code
    assert said in capsys.readouterr().err


def test_a_name_in_an_error_does_nothing_to_the_screen(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever a file is called."""
    odd = tmp_path / "\x1b[31m\u202e.xml"
    odd.write_text("<x/>", encoding="utf-8")
    assert run(["calculate", str(odd)]) == 2
    assert run(["reply", str(odd), "--out", str(tmp_path / "no" / "\x1b[0m" / "\0")]) in (1, 2)
    captured = capsys.readouterr()
    assert "\x1b" not in captured.out + captured.err
