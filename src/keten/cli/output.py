"""Hands out a report: in one of its forms, on screen or as a file."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from keten.core import data
from keten.core.files import NotWritable, spare, writing_whole
from keten.core.plain import plain

Forms = Mapping[str, Callable[[dict[str, Any]], str]]
"""What writes figures, by the form of the report."""

ReportForm = Annotated[
    Literal["text", "json", "html"], typer.Option("--format", help="Text for people, JSON for programs, or a page.")
]
ReportFile = Annotated[Path | None, typer.Option("--out", help="Write the report to this file instead of the screen.")]


def as_json(figures: dict[str, Any]) -> str:
    """Figures for programs."""
    return data.as_json(figures).removesuffix("\n")


def room_for(out: Path | None, inputs: Iterable[Path] = ()) -> None:
    """Look whether a report can be written there, before long work. Raises NotWritable."""
    if out is None:
        return
    if out.is_dir() or not out.parent.is_dir():
        raise NotWritable(f"{plain(str(out))} cannot be written: it is a folder, or in none.")
    spare(out, inputs)


def hand_over(report: str, out: Path | None, inputs: Iterable[Path] = ()) -> None:
    """Print a report, or write it to a file that is none of the inputs. Raises NotWritable."""
    room_for(out, inputs)
    if out is None:
        print(report)
        return
    with writing_whole(out, inputs) as stream:
        stream.write(f"{report}\n".encode())
