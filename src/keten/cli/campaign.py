"""keten campaign: the trial conversions of many zorgkantoren, held against criteria: Go or No-go."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from keten.bootstrap import executor
from keten.cli.asking import CORES, Workers
from keten.cli.decision import show_decision
from keten.cli.progress import steps
from keten.rehearsal import judge, read_campaign, seal, standard_criteria
from keten.rehearsal import verify as verify_evidence

app = typer.Typer(no_args_is_help=True, help="Trial conversions of many zorgkantoren, ending in a Go or No-go.")
PAGE = "index.html"


@app.command("judge")
def judge_round(
    campaign: Annotated[Path, typer.Argument(help="A TOML file that names the deliveries (docs/campaign.md).")],
    *,
    out: Annotated[Path, typer.Option(help="The folder to write to; it must be empty or hold an earlier judgement.")],
    criteria: Annotated[Path | None, typer.Option(help="Criteria instead of those that the file names.")] = None,
    jobs: Workers = CORES,
) -> int:
    """Judge a round of trial conversions. Exit code 0: Go; 1: No-go."""
    chosen = read_campaign(campaign, criteria=criteria)
    with executor(jobs) as pool, steps() as tell:
        judged = judge(chosen, out, pool, tell)
    console = Console(highlight=False)
    show_decision(console, judged.figures)
    console.print(f"Report: {out / PAGE}", soft_wrap=True)
    console.print(f"Seal of the evidence: {judged.seal}", soft_wrap=True)
    return 0 if judged.figures["verdict"] == "Go" else 1


@app.command()
def verify(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder that keten campaign judge wrote to.")],
    jobs: Workers = CORES,
) -> int:
    """Tell whether the evidence of a verdict is as it was. Exit code 0: it is; 1: something changed."""
    with executor(jobs) as pool, steps() as tell:
        found = verify_evidence(folder, pool, tell)
    console = Console(soft_wrap=True, highlight=False, markup=False)
    for one in found:
        console.print(f"{one.what:<10} {one.path}")
    console.print(f"Differences: {len(found):,}." if found else "The evidence is as it was when the verdict was given.")
    console.print(f"Seal of the evidence: {seal(folder)}")
    return 1 if found else 0


@app.command()
def criteria() -> None:
    """Print the criteria that keten proposes, to start your own from."""
    print(standard_criteria(), end="")
