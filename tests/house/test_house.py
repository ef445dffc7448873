"""The code base keeps its own rules."""

import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from typer import Typer
from typer.main import get_command

from keten.cli.app import build

ROOT = Path(__file__).parents[2]
ROOMS = {path.parent.name for path in (ROOT / "src" / "keten").glob("*/__init__.py")}
TEXTS = (".py", ".md", ".toml", ".yaml", ".yml", ".cfg", ".sh", ".html", ".css", ".txt", "Makefile", "run", ".json")
OF_A_MACHINE = re.compile(r"(?<![\w.])(/(home|Users|work|root|tmp|opt|mnt|private)/\w|[A-Z]:\\\w|localhost:(?!9/)\d)")
"""Places that exist on one machine only. (Port 9 discards what it gets: a test asks that nobody goes there.)"""


def files() -> list[Path]:
    """The text files of the project, as its version control knows them."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("what belongs to the project can only be told in a checkout")
    return [path for name in listed.stdout.splitlines() if (path := ROOT / name).is_file() and name.endswith(TEXTS)]


def test_every_room_is_in_the_plan_of_the_house() -> None:
    """The layers in pyproject.toml; import-linter sees to who may know whom."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    planned = {
        room for contract in contracts for layer in contract.get("layers", []) for room in re.findall(r"\w+", layer)
    }
    assert planned >= ROOMS


def test_every_room_says_in_a_sentence_what_it_is_for() -> None:
    """The first line of its door."""
    doors = {room: (ROOT / "src" / "keten" / room / "__init__.py").read_text(encoding="utf-8") for room in ROOMS}
    assert [room for room, text in doors.items() if not re.match(r'"""[A-Z][^"]{20,}', text)] == []


def test_every_command_has_help() -> None:
    """What it does, and what each of its arguments and options means."""
    mute = [f"{name} {parameter}" for name, parameter in without_help(build())]
    assert mute == []


def without_help(app: Typer) -> list[tuple[str, str]]:
    """Commands without a sentence, and parameters without help, by the name of their command."""
    found: list[tuple[str, str]] = []
    waiting = [("keten", get_command(app))]
    while waiting:
        name, command = waiting.pop()
        if not command.help:
            found.append((name, ""))
        found += (
            (name, str(one.name)) for one in command.params if one.name != "help" and not getattr(one, "help", None)
        )
        waiting += ((f"{name} {inner}", one) for inner, one in getattr(command, "commands", {}).items())
    return found


def cut_off(data: object) -> Iterator[str]:
    """Keys of several words without a value: the rest of a text within braces that holds a comma and no quotation marks."""
    values = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    if isinstance(data, dict):
        yield from (key for key, value in data.items() if value is None and " " in str(key))
    for value in values:
        yield from cut_off(value)


def test_no_text_of_the_data_is_cut_off_at_a_comma() -> None:
    """`{ does: it is wrong, and how }` would say only that it is wrong."""
    assert list(cut_off(yaml.safe_load("{ does: it is wrong, and how }"))) == ["and how"]
    found = {
        path.name: cut
        for path in sorted((ROOT / "src").rglob("*.yaml"))
        if (cut := list(cut_off(yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader))))
    }
    assert not found


def test_nothing_of_a_machine_is_in_the_project() -> None:
    """No paths of a developer's machine, no hosts."""
    texts = {path: path.read_text(encoding="utf-8") for path in files() if path != Path(__file__)}
    found = {
        str(path.relative_to(ROOT)): match[0] for path, text in texts.items() if (match := OF_A_MACHINE.search(text))
    }
    assert found == {}
