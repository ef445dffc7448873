"""Every option and argument of every command, as the program itself tells them, with odd values: never an internal fault."""

import io
import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from keten.cli.app import COMMANDS, build
from tests.product.edges import CALLS, prepare
from tests.product.running import run

WRONG_USAGE = 2
NUMBERS = ("", "-1", "0", "1", "1.5", "1e3", "٣", str(10**9), str(10**20), "9" * 5000)
DAYS = ("0001-01-01", "0001-01-02", "9999-12-30", "9999-12-31", "10000-01-01", "2018-02-30", "01-04-2018", "2018-W14-1")
NAMES = (
    "",
    " ",
    "-1",
    "1.2",
    "2.1",
    "2.0@",
    "2.0@9.9",
    "@",
    ",",
    "=",
    "=1",
    "x=1",
    "x=nan",
    "[/b]",
    "\x1b[31m",
    "\udcff",
)
LONG = ("x" * 300, "x" * 300 + "/below", "below/" * 1000, "a\0b")
LINKS = ("loop", "loop/below", "plan.json/below", "nowhere/below")
PATHS = ("", " ", "-", ".", "/dev/null", "plan.json", "empty", "tcp://x", *LINKS, *LONG)

LONG_WORK = ("rehearse", "campaign judge")
"""Commands that take many seconds where they do work: they get only values that they must refuse."""


def odd_values(words: str, parameter: Any) -> Sequence[str]:  # noqa: ANN401  # typer does not publish the type
    """The values to try, by what an option or argument takes; texts may be days, names or paths."""
    takes = parameter.type_descriptor.annotation
    if words in LONG_WORK:
        return ("", "-1", "1.5", "9" * 5000) if takes is int else (*LINKS[:3], *LONG[:4])
    if takes is int:
        return NUMBERS
    return PATHS if takes is Path else (*DAYS, *NAMES, *PATHS)


def places() -> Iterator[tuple[str, Any]]:
    """The words of every command, with each of its options and arguments that take a value."""
    for name in COMMANDS:
        command = get_command(build(name)).commands[name]  # type: ignore[attr-defined]  # as in tests/house/test_docs.py
        below = getattr(command, "commands", {})
        for words, one in (
            {f"{name} {sub}": each for sub, each in below.items()}.items() if below else [(name, command)]
        ):
            yield from ((words, parameter) for parameter in one.params if not getattr(parameter, "is_flag", False))


def call(words: str, place: str, value: str) -> list[str]:
    """The call of a command in which an option or argument has another value, whether it had one or not."""
    given = CALLS[words]
    if place in given:
        at = given.index(place)
        given = [*given[:at], *given[at + 2 :]]
    named = dict(word[1:].split(">=", 1) for word in given if word.startswith("<"))
    options = [word for word in given if not word.startswith("<")]
    if place.startswith("-"):
        return [*words.split(), *options, f"{place}={value}", "--", *named.values()]
    return [*words.split(), *options, "--", *{**named, place: value}.values()]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with all that the calls name."""
    folder = tmp_path_factory.mktemp("edges")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        prepare(folder)
    return folder


@pytest.mark.slow
@pytest.mark.parametrize(("words", "parameter"), list(places()), ids=lambda one: getattr(one, "name", one))
def test_odd_values_are_told_in_words(prepared: Path, tmp_path: Path, words: str, parameter: Any) -> None:  # noqa: ANN401
    """Exit code 0 or 1 where the value makes sense, or else 2 with what is wrong."""
    here = shutil.copytree(prepared, tmp_path / "here", symlinks=True)
    place, broken = parameter.opts[0], {}
    for value in odd_values(words, parameter):
        code, said = tried(here, call(words, place, value))
        if code not in {0, 1, 2} or "internal fault" in said or "None" in said or (code == WRONG_USAGE and not said):
            broken[value[:40]] = (code, said)
    assert broken == {}


def tried(folder: Path, arguments: Sequence[str]) -> tuple[int, str]:
    """How a call in a folder ends, with nothing on its standard input: its exit code and errors."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO()))
        patch.setattr(sys, "stdout", io.StringIO())
        patch.setattr(sys, "stderr", said := io.StringIO())
        return run(*arguments), said.getvalue()


def test_every_command_has_a_call() -> None:
    """One that is added must be tried too."""
    assert {words for words, _ in places()} <= set(CALLS)
