"""Whose reader leaves early ends in silence, with the exit code of its verdict."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.product.test_validate import AW35, INVALID

KETEN = Path(sys.executable).with_name("keten")
FULL = Path("/dev/full")


def left(arguments: Sequence[str | Path], *, both: bool = False, unbuffered: str = "") -> tuple[int, bytes]:
    """Exit code and errors of the program when nobody reads its output, or neither output nor errors (`both`)."""
    reader, writer = os.pipe()
    os.close(reader)
    ended = subprocess.run(
        [KETEN, *arguments],
        stdout=writer,
        stderr=writer if both else subprocess.PIPE,
        env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
        check=False,
        timeout=60,
    )
    os.close(writer)
    return ended.returncode, ended.stderr or b""


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["validate", AW35], 0),
        (["validate", AW35, "--format", "json"], 0),
        (["standard", "list"], 0),
        (["standard", "show", "2.0", "AW33", "--format", "json"], 0),
        (["standard", "diff", "1.2", "2.0"], 1),
        (["--help"], 0),
    ],
    ids=lambda value: " ".join(map(str, value[:2])) if isinstance(value, list) else "",
)
def test_a_reader_who_left_changes_nothing_but_what_is_read(arguments: list[str | Path], code: int) -> None:
    """Whether the output was kept until the end, written piece by piece, or by the maker of tables."""
    assert left(arguments) == (code, b"")
    assert left(arguments, unbuffered="1") == (code, b"")


def test_the_verdict_is_that_of_all_messages_not_of_those_that_were_read(tmp_path: Path) -> None:
    """The wrong one is the last, far behind what a pipe holds."""
    for number in range(100):
        (tmp_path / f"{number:03}.xml").write_bytes(AW35.read_bytes() if number < 99 else INVALID)
    assert left(["validate", tmp_path, "--no-rules", "--format", "json"]) == (1, b"")


def test_wrong_usage_stays_wrong_usage() -> None:
    """When nobody reads the errors either."""
    assert left(["validate", "nowhere.xml"], both=True)[0] == 2
    assert left(["validate", "--nonsense"], both=True)[0] == 2


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("arguments", [["validate", AW35], ["standard", "list"]], ids=["validate", "list"])
@pytest.mark.skipif(not FULL.exists(), reason="there is no device that is always full")
def test_output_that_finds_no_room_is_told_as_such(arguments: list[str | Path], unbuffered: str) -> None:
    """Even if that shows only at the end: then nobody knows what was not written."""
    with FULL.open("wb") as full:
        ended = subprocess.run(
            [KETEN, *arguments],
            stdout=full,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
            text=True,
            check=False,
        )
    assert (ended.returncode, "No space left on device" in ended.stderr) == (3, True)
    assert "Traceback" not in ended.stderr


def test_output_that_was_closed_is_read_by_nobody() -> None:
    """As `>&-` of a shell does it."""
    ended = subprocess.run(
        ["sh", "-c", '"$0" validate "$1" >&-', KETEN, AW35], stderr=subprocess.PIPE, check=False, timeout=60
    )
    assert (ended.returncode, ended.stderr) == (0, b"")


@pytest.mark.parametrize("command", ["validate -", "reply - --out reply.xml", "compare - -"])
@pytest.mark.parametrize(
    ("closed", "said"), [("<&-", "Standard input is closed"), ("0>taken", "Standard input cannot be read")]
)
def test_input_that_cannot_be_read_is_told_as_such(tmp_path: Path, command: str, closed: str, said: str) -> None:
    """That is wrong usage, and no fault of the program."""
    call = f'"$0" {command} {closed}'
    ended = subprocess.run(
        ["sh", "-c", call, KETEN], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60
    )
    assert (ended.returncode, said in ended.stderr) == (2, True), ended.stderr


def test_what_needs_no_input_does_without() -> None:
    """A file that is opened must not get the number of standard input: then workers would read on in it."""
    ended = subprocess.run(
        ["sh", "-c", '"$0" validate "$1" <&-', KETEN, AW35], capture_output=True, check=False, timeout=60
    )
    assert (ended.returncode, ended.stderr) == (0, b"")
