"""What several commands ask in the same way: days, and the messages to work on."""

import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from keten.core import UsageError
from keten.core.plain import plain
from keten.messages import Aside, Found, find_sources, told_aside
from keten.validation import Register, read_register

Paths = Annotated[
    list[str], typer.Argument(metavar="PATH...", help="Files, folders, zip files, or - for standard input.")
]
ReleaseOption = Annotated[str | None, typer.Option("--release", help="Judge as this release: 2.0, or 2.0@1.3.")]
AsOf = Annotated[str | None, typer.Option(help="Judge as on this day: by the schemas and releases of then.")]
Agb = Annotated[Path | None, typer.Option(help="A CSV file of AGB codes, for the rules about them.")]
MOST_JOBS = 1024
"""More would only wait for each other, and each takes memory."""

Jobs = Annotated[int, typer.Option(min=1, max=MOST_JOBS, help="Threads that work side by side.")]
Workers = Annotated[int, typer.Option("--jobs", min=1, max=MOST_JOBS, help="Processes that work side by side.")]
Cluster = Annotated[
    str | None,
    typer.Option(metavar="URL", help="Work on a cluster (docs/clusters.md) instead, such as tls://10.0.0.1:8786."),
]
Certificates = Annotated[
    Path | None,
    typer.Option("--cluster-certificates", metavar="DIR", help="The folder with ca.pem, cert.pem and key.pem for it."),
]
CORES = min(os.cpu_count() or 1, MOST_JOBS)
OF_MESSAGES = "Give messages (.xml), or folders or zip files with them."


def day(text: str | None) -> date | None:
    """The day that an option names, if it is given. Raises UsageError."""
    return None if text is None else named_day(text)


def named_day(text: str) -> date:
    """The day that a text names. Raises UsageError."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{text!r} is not a date.", hint="Write it as 2018-04-01.") from None


def messages(paths: Sequence[str]) -> Found:
    """The messages in the paths. Raises UsageError when there are none, or standard input is asked for twice."""
    found = find_sources(paths)
    if not found.sources:
        raise UsageError(f"There is no message in {', '.join(paths)}.{_instead(found.aside)}", hint=OF_MESSAGES)
    if sum(source.path is None for source in found) > 1:
        raise UsageError("Standard input can be read only once.", hint="Give - once.")
    return found


def register_in(path: Path | None) -> Register | None:
    """The register of AGB codes that was asked for, if any; what was assumed to read it is told on screen."""
    register = read_register(path) if path else None
    if register and register.assumed:
        print(f"{plain(str(path))}: {'; '.join(register.assumed)}.", file=sys.stderr)
    return register


def whole_files(found: Found) -> Found:
    """The same, when each can be read more than once. Raises UsageError for standard input, a pipe or a device."""
    if once := [source.name for source in found if source.once]:
        raise UsageError(
            f"{once[0]} can be read only once, and messages are read more often here.",
            hint="Give a file, folder or zip file.",
        )
    return found


def tell_aside(aside: Sequence[Aside], *, err: bool = False) -> None:
    """Say on screen what lay among the messages and is none, if anything did."""
    if aside:
        print(told_aside(aside), file=sys.stderr if err else sys.stdout)


def _instead(aside: Sequence[Aside]) -> str:
    return f" {told_aside(aside)}" if aside else ""
