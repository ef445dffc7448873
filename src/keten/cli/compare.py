"""keten compare: the books of two parties, brought in line."""

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from rich.console import Console
from rich.table import Table

from keten.comparison import Between, Pair, compare, hand_over, open_book, pair_of
from keten.core import UsageError
from keten.core.plain import plain
from keten.messages import Aside, told_aside

PARTIES = "zorgkantoor,zorgaanbieder"
MOST_NAMES = 10
BOOK = "messages, CSV files, or folders or zip files with them"

As = Annotated[str, typer.Option("--as", help="The parties: zorgkantoor,zorgaanbieder or zorgkantoor,cak.")]
Instelling = Annotated[list[str] | None, typer.Option(help="Only what concerns this provider; may be repeated.")]
Zorgkantoor = Annotated[list[str] | None, typer.Option(help="Only what concerns this zorgkantoor; may be repeated.")]
Form = Annotated[Literal["text", "json"], typer.Option("--format", help="Text for people, JSON for programs.")]
Out = Annotated[
    Path | None, typer.Option(help="The folder for lists and page; it must be empty or hold an earlier comparison.")
]


def command(
    left: Annotated[str, typer.Argument(help=f"The book of the first party: {BOOK}.")],
    right: Annotated[str, typer.Argument(help="The book of the other party, likewise.")],
    *,
    parties: As = PARTIES,
    instelling: Instelling = None,
    zorgkantoor: Zorgkantoor = None,
    out: Out = None,
    form: Form = "text",
) -> int:
    """Compare two parties' books. Exit code 0: they are equal; 1: they differ, or not all of them could be read."""
    pair = parties_of(parties)
    between = between_of(instelling, zorgkantoor)
    mine = open_book([left], pair.left, pair, between)
    comparison = compare(mine, open_book([right], pair.right, pair, between), pair)
    figures = hand_over(comparison, out)
    show(figures, form, out)
    return 0 if comparison.equal else 1


def parties_of(text: str) -> Pair:
    """The terms between the two parties that an option names."""
    named = [party.strip() for party in text.split(",")]
    if len(named) != 2:  # noqa: PLR2004 a comparison is between two
        raise UsageError(f"{text!r} does not name two parties; write them as {PARTIES}.")
    return pair_of(*named)


def between_of(instelling: Sequence[str] | None, zorgkantoor: Sequence[str] | None) -> Between:
    """The providers and zorgkantoren to compare between."""
    return Between(tuple(instelling or ()), tuple(zorgkantoor or ()))


def show(figures: dict[str, Any], form: str, out: Path | None) -> None:
    """The account on screen: counts and files, never a client."""
    for file in [file for one in figures["input"].values() for file in one["assumed"]][:MOST_NAMES]:
        print(f"{file['name']}: {file['reason']}.", file=sys.stderr)
    if form == "json":
        print(json.dumps(figures, indent=1, ensure_ascii=False))
        return
    console = Console(markup=False, emoji=False, highlight=False, soft_wrap=True)
    console.print(_accounts(figures))
    for kind, count in figures["kinds"].items():
        console.print(f"  {kind}: {count:,}")
    _show_unread(console, figures)
    console.print(f"Verdict: {figures['verdict']}.")
    if out is not None:
        console.print(f"Lists and page: {plain(str(out / 'index.html'))}")


def _show_unread(console: Console, figures: dict[str, Any]) -> None:
    """What could not be read, what that keeps from being acted on, and what was left aside."""
    if figures["apart"]:
        console.print(f"  for nobody to act on yet, for not all about them could be read: {figures['apart']:,}")
    for side, count in figures["unread"].items():
        if count:
            console.print(f"  not readable in the book of the {figures['parties'][side]}: {count:,}")
    for side, one in figures["input"].items():
        _show_files(console, f"refused in the book of the {figures['parties'][side]}", one["refused"])
    if aside := [Aside(**one) for side in figures["input"].values() for one in side["aside"]]:
        console.print(told_aside(aside, "assignments"))


def _show_files(console: Console, what: str, files: Sequence[Mapping[str, str]]) -> None:
    """The files of which there is something to say: how many, and what of the first."""
    if files:
        console.print(f"  {what}: {len(files):,}")
    for file in files[:MOST_NAMES]:
        console.print(f"    {file['name']}: {file['reason']}")
    if len(files) > MOST_NAMES:
        console.print("    ...")


def _accounts(figures: dict[str, Any]) -> Table:
    table = Table(title="What became of the records", title_justify="left")
    table.add_column()
    for side in figures["account"]:
        table.add_column(figures["parties"][side], justify="right")
    for name in next(iter(figures["account"].values())):
        table.add_row(name, *(f"{account[name]:,}" for account in figures["account"].values()))
    return table
