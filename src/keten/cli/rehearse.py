"""keten rehearse: a trial conversion of a synthetic region."""

import os
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from keten.bootstrap import executor
from keten.cli.progress import steps
from keten.rehearsal import Rehearsal, page, rehearse

CORES = os.cpu_count() or 1


def command(
    *,
    clients: Annotated[int, typer.Option(min=1, help="How many clients.")] = 2_500,
    regions: Annotated[int, typer.Option(min=1, help="Over how many regions they are spread.")] = 1,
    seed: Annotated[int, typer.Option(min=0, help="Another seed, another population.")] = 0,
    out: Annotated[Path, typer.Option(help="The folder to write to.")] = Path("out/rehearsal"),
    jobs: Annotated[int, typer.Option(min=1, help="Processes that work side by side.")] = CORES,
) -> int:
    """Rehearse the move of a synthetic region from 1.2 to 2.0. Exit code 0: all is sound; 1: it is not."""
    out.mkdir(parents=True, exist_ok=True)
    with executor(jobs) as pool, steps() as tell:
        rehearsal = rehearse(out, pool, tell, clients=clients, regions=regions, seed=seed)
    report = out / "index.html"
    report.write_text(page(rehearsal), encoding="utf-8")
    _show(rehearsal, report)
    return 0 if rehearsal.sound else 1


def _show(rehearsal: Rehearsal, report: Path) -> None:
    """The rehearsal on screen."""
    total = rehearsal.conversion["account"]["total"]
    shares = rehearsal.conversion["percentages"]
    table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    table.add_column()
    table.add_column(justify="right")
    table.add_column()
    rows = [
        ("fictitious clients", rehearsal.population.clients, "seed " + str(rehearsal.population.seed)),
        ("messages of 1.2", rehearsal.before.messages, f"{len(rehearsal.before.refused)} not valid"),
        ("assignments read", total["read"], f"{total['items']:,} of them different"),
        ("new assignments sent", total["sent"], f"{shares['one']:,} with 1%"),
        ("exceptions", sum(total["exceptions"].values()), "each with its reason and who can solve it"),
        ("messages of 2.0", rehearsal.after.messages, f"{len(rehearsal.after.refused)} not valid"),
    ]
    for name, count, remark in rows:
        table.add_row(name, f"{count:,}", remark)
    console = Console()
    console.print(table)
    verdict = (
        "[green]Sound[/]: every message is valid and the account closes." if rehearsal.sound else "[red]Not sound[/]."
    )
    console.print(f"{verdict} It took {sum(rehearsal.seconds.values()):.0f} s.")
    console.print(f"Report: {report}")
