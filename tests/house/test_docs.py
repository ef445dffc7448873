"""The documentation names every command and option that there is, and its links lead somewhere."""

import re
from pathlib import Path

import pytest
from typer.main import get_command

from keten.cli.app import COMMANDS, build

ROOT = Path(__file__).parents[2]
PAGES = (ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md")))
SECTION = re.compile(r"^## ([\w-]+)\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
SECTIONS = dict(SECTION.findall((ROOT / "docs" / "commands.md").read_text(encoding="utf-8")))
"""The text of each command in docs/commands.md."""

LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_is_documented(name: str) -> None:
    """docs/commands.md has a section `## NAME` with each option of the command, and of its subcommands, in backticks."""
    commands = [get_command(build(name)).commands[name]]  # type: ignore[attr-defined]  # typer does not publish the type
    for command in commands:
        commands += getattr(command, "commands", {}).values()
    missing = [
        option
        for command in commands
        for parameter in command.params
        for option in (*parameter.opts, *parameter.secondary_opts)
        if option.startswith("--") and option != "--help" and not re.search(rf"`{option}[` ]", SECTIONS.get(name, ""))
    ]
    subcommands = [command.name for command in commands[1:] if f"keten {name} {command.name}" not in SECTIONS[name]]
    assert name in SECTIONS
    assert missing + subcommands == []


def test_what_is_documented_is_there() -> None:
    """docs/commands.md has no section for a command that the program has not."""
    assert set(SECTIONS) <= set(COMMANDS)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    """Every relative link leads to a file or folder of the project."""
    links = [link for link in LINK.findall(page.read_text(encoding="utf-8")) if "://" not in link]
    assert [link for link in links if not (page.parent / link).exists()] == []
