"""keten convert: assignments of 1.2 as assignments of 2.0."""

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from keten.bootstrap import executor
from keten.cli.options import (
    CORES,
    Certificates,
    Cluster,
    Workers,
    messages,
    named_day,
    tell_aside,
    whole_files,
)
from keten.cli.progress import steps
from keten.conversion import Settings, converting, with_file
from keten.core.plain import plain
from keten.faults import ANSWERS, rates
from keten.faults import plant as plant_faults
from keten.standard.tariffs import load_tariffs

DEFAULTS = Settings()


def command(
    source: Annotated[str, typer.Argument(help="A folder, file or zip file with AW33 and ZK33 messages of 1.2.")],
    *,
    out: Annotated[Path, typer.Option(help="The folder to write to; it must be empty or hold an earlier conversion.")],
    to: Annotated[str, typer.Option(help="The release to convert to: 2.0, or 2.0@1.4.")] = DEFAULTS.to,
    cutover: Annotated[str, typer.Option(help="From this day the new assignments hold.")] = str(DEFAULTS.cutover),
    assigned: Annotated[str, typer.Option(help="The Toewijzingsdatum (default: the cut-over).")] = "",
    dagtekening: Annotated[str, typer.Option(help="The date of the messages.")] = str(DEFAULTS.dagtekening),
    tariffs: Annotated[
        Path | None, typer.Option(help="A tariff table (docs/tariffs.md) to compute the shares of an MPT with.")
    ] = None,
    settings: Annotated[
        Path | None, typer.Option(help="A TOML file with further settings (docs/conversion.md).")
    ] = None,
    plant: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME=RATE", help="Plant a fault in what comes out (docs/faults.md); may be repeated."),
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="Another seed plants the faults elsewhere.")] = 0,
    jobs: Workers = CORES,
    cluster: Cluster = None,
    certificates: Certificates = None,
) -> int:
    """Convert assignments. Exit code 0: all went over; 1: there are exceptions to solve."""
    first = named_day(cutover)
    chosen = Settings(
        cutover=first,
        assigned=named_day(assigned) if assigned else first,
        dagtekening=named_day(dagtekening),
        to=to,
        tariffs=load_tariffs(tariffs) if tariffs else None,
    )
    chosen = with_file(chosen, settings) if settings else chosen
    found = whole_files(messages([source]))
    faults = rates(plant or [])
    inputs = [path for path in (tariffs, settings) if path is not None]
    with (
        executor(jobs, cluster, certificates) as pool,
        steps() as tell,
        converting(found.sources, out, chosen, pool, tell, inputs=inputs) as made,
    ):
        planted = plant_faults(made.folder, faults, pool, tell, seed=seed) if faults else {}
    _show(made.figures, out)
    tell_aside(found.aside)
    if faults:
        _show_planted(planted, out)
    return 1 if made.figures["exceptions"] else 0


def _show_planted(planted: dict[str, int], out: Path) -> None:
    """What was planted on purpose."""
    table = Table(title="Planted on purpose", show_header=False, title_justify="left")
    table.add_column()
    table.add_column(justify="right")
    for name, count in planted.items():
        table.add_row(name, f"{count:,}")
    console = Console(highlight=False, soft_wrap=True, markup=False, emoji=False)
    console.print(table)
    console.print(f"These messages are wrong on purpose; where: {plain(str(out / ANSWERS))}")


def _show(figures: dict[str, Any], out: Path) -> None:
    """The account on screen."""
    total = figures["account"]["total"]
    table = Table(title="What became of the assignments", show_header=False, title_justify="left")
    table.add_column()
    table.add_column(justify="right")
    table.add_row("read", f"{total['read']:,}")
    table.add_row("  repeated or superseded", f"{total['repeated']:,}")
    for name, count in {**total["outcomes"], **total["exceptions"]}.items():
        table.add_row(f"  {name}", f"{count:,}")
    table.add_section()
    table.add_row("new assignments sent", f"{total['sent']:,}")
    table.add_row("messages written", f"{len(figures['messages']):,}")
    console = Console(highlight=False, soft_wrap=True, markup=False, emoji=False)
    console.print(table)
    exceptions = sum(figures["exceptions"].values())
    if exceptions:
        console.print(f"Exceptions that need somebody: {exceptions:,}, see {plain(str(out / 'exceptions.csv'))}")
    console.print(f"The whole account: {plain(str(out / 'index.html'))}")
