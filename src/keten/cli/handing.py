"""Hands out a report: in one of its forms, on screen or as a file."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from keten.core import UsageError

Forms = Mapping[str, Callable[[dict[str, Any]], str]]
"""What writes figures, by the form of the report."""

ReportForm = Annotated[
    Literal["text", "json", "html"], typer.Option("--format", help="Text for people, JSON for programs, or a page.")
]
ReportFile = Annotated[Path | None, typer.Option("--out", help="Write the report to this file instead of the screen.")]


def as_json(figures: dict[str, Any]) -> str:
    """Figures for programs."""
    return json.dumps(figures, indent=1, ensure_ascii=False)


def room_for(out: Path | None) -> None:
    """Look whether a report can be written there, before long work. Raises UsageError."""
    if out is not None and (out.is_dir() or not out.parent.is_dir()):
        raise UsageError(f"{out} cannot be written: it is a folder, or in none.", hint="Give another --out.")


def hand_over(report: str, out: Path | None) -> None:
    """Print a report, or write it to a file. Raises UsageError."""
    if out is None:
        print(report)
        return
    try:
        out.write_text(report + "\n", encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{out} cannot be written: {error.strerror}.", hint="Give another --out.") from None
