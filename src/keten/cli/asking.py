"""What several commands ask in the same way: days, and the messages to work on."""

import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from keten.core import UsageError
from keten.core.folders import finished
from keten.messages import Source, find_sources

Paths = Annotated[
    list[str], typer.Argument(metavar="PATH...", help="Files, folders, zip files, or - for standard input.")
]
ReleaseOption = Annotated[str | None, typer.Option("--release", help="Judge as this release: 2.0, or 2.0@1.3.")]
AsOf = Annotated[str | None, typer.Option(help="Judge as on this day: by the schemas and releases of then.")]
Agb = Annotated[Path | None, typer.Option(help="A CSV file of AGB codes, for the rules about them.")]
Jobs = Annotated[int, typer.Option(min=1, help="Threads that work side by side.")]
Workers = Annotated[int, typer.Option("--jobs", min=1, help="Processes that work side by side.")]
Cluster = Annotated[
    str | None,
    typer.Option(metavar="URL", help="Work on a cluster (docs/clusters.md) instead, such as tcp://scheduler:8786."),
]
CORES = os.cpu_count() or 1
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


def finished_sources(path: str) -> list[Source]:
    """The messages in a path. Raises UsageError when a command was stopped while it put its results there."""
    sources = list(find_sources([path]))
    within = {source.path.parent for source in sources if source.path is not None} | {Path(path).absolute()}
    for folder in {above for one in within for above in (one, *one.parents)}:
        finished(folder)
    return sources


def messages(paths: Sequence[str]) -> list[Source]:
    """The messages in the paths. Raises UsageError when there are none, or standard input is asked for twice."""
    sources = list(find_sources(paths))
    if not sources:
        raise UsageError(f"There is no message in {', '.join(paths)}.", hint=OF_MESSAGES)
    if sum(source.path is None for source in sources) > 1:
        raise UsageError("Standard input can be read only once.", hint="Give - once.")
    return sources
