"""keten rehearse: trial conversions of synthetic regions, with and without faults, ending in a Go or No-go."""

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from keten.bootstrap import executor
from keten.cli.decision import console_for_names, show_decision
from keten.cli.options import CORES, Certificates, Cluster, Workers
from keten.cli.progress import steps
from keten.core.plain import plain
from keten.rehearsal import PAGE, Rehearsal, rehearse, scenarios


def command(
    *,
    clients: Annotated[int, typer.Option(min=1, help="How many clients.")] = 2_500,
    regions: Annotated[int, typer.Option(min=1, help="Over how many regions they are spread.")] = 3,
    scenario: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="A scenario to try (docs/campaign.md); all if not given.")
    ] = None,
    seed: Annotated[int, typer.Option(min=0, max=2**63 - 1, help="Another seed, another population.")] = 0,
    out: Annotated[Path, typer.Option(help="The folder to write to.")] = Path("out/rehearsal"),
    jobs: Workers = CORES,
    cluster: Cluster = None,
    certificates: Certificates = None,
) -> int:
    """Rehearse the move of synthetic regions from 1.2 to 2.0 in trials. Exit code 0: Go for the last one; 1: No-go."""
    wanted = scenarios(scenario or ())
    with executor(jobs, cluster, certificates) as pool, steps() as tell:
        rehearsal = rehearse(out.absolute(), wanted, pool, tell, clients=clients, regions=regions, seed=seed)
    _show(rehearsal, out / PAGE)
    return 0 if rehearsal.verdict == "Go" else 1


def _show(rehearsal: Rehearsal, report: Path) -> None:
    """The rehearsal on screen: what was tried, each trial, the verdict."""
    total = rehearsal.conversion["account"]["total"]
    shares = rehearsal.conversion["percentages"]
    table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    table.add_column()
    table.add_column(justify="right")
    table.add_column()
    rows = [
        ("fictitious clients", rehearsal.population.clients, f"seed {rehearsal.population.seed}"),
        ("assignments read", total["read"], f"{total['items']:,} of them different"),
        ("new assignments sent", total["sent"], f"{shares['one']:,} with 1%"),
        ("exceptions", sum(total["exceptions"].values()), "each with its reason and who can solve it"),
    ]
    for name, count, remark in rows:
        table.add_row(name, f"{count:,}", remark)
    console = console_for_names()
    console.print(table)
    for one in rehearsal.rounds:
        console.print(f"\nTrial {one.judged.figures['campaign']['trial']}: {one.scenario.words}")
        if one.planted.faults:
            console.print(
                f"{sum(one.planted.faults.values()):,} faults of {len(one.planted.faults)} kinds were planted."
            )
        show_decision(console, one.judged.figures)
        for said in one.surprises:
            console.print(said, style="red")
    unsound = "" if rehearsal.sound else ": a trial did not come out as it must, so no verdict of it can be relied on"
    console.print(f"\n{rehearsal.verdict}{unsound}. It took {sum(rehearsal.seconds.values()):.0f} s.", style="bold")
    console.print(f"Report: {plain(str(report))}")
