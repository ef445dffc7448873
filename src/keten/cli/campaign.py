"""keten campaign: the trial conversions of many zorgkantoren, held against criteria: Go or No-go."""

import re
from pathlib import Path
from typing import Annotated

import typer

from keten.bootstrap import executor
from keten.campaign import judge, read_campaign, standard_criteria
from keten.campaign import verify as verify_evidence
from keten.cli.decision import console_for_names, show_decision
from keten.cli.options import CORES, Workers
from keten.cli.progress import steps
from keten.core import UsageError
from keten.core.plain import plain

app = typer.Typer(no_args_is_help=True, help="Trial conversions of many zorgkantoren, ending in a Go or No-go.")
PAGE = "index.html"
SEAL = re.compile(r"[0-9a-f]{64}")


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
    console = console_for_names()
    show_decision(console, judged.figures)
    console.print(f"Report: {plain(str(out / PAGE))}")
    console.print(f"Seal of the evidence: {judged.seal}")
    return 0 if judged.figures["verdict"] == "Go" else 1


@app.command()
def verify(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder that keten campaign judge wrote to.")],
    *,
    seal: Annotated[
        str | None,
        typer.Option(metavar="HEX", help="The seal that judge printed, to compare with that of the evidence."),
    ] = None,
    jobs: Workers = CORES,
) -> int:
    """Tell whether a verdict follows from its evidence, and that is as it was. Exit code 0: it is; 1: something differs."""
    known = None if seal is None else _seal(seal)
    with executor(jobs) as pool, steps() as tell:
        verified = verify_evidence(folder, pool, tell)
    console, found = console_for_names(), verified.differences
    for one in found:
        console.print(f"{one.what:<10} {plain(one.path)}{f' ({plain(one.why)})' if one.why else ''}")
    other = known is not None and known != verified.seal
    if found:
        console.print(f"Differences: {len(found):,}.")
    elif not other:
        console.print("The evidence is as it was when the verdict was given.")
    console.print(f"Seal of the evidence: {verified.seal}")
    if other:
        console.print(f"That is not the seal that was given: {known}. The evidence is not what was sealed then.")
    return 1 if found or other else 0


def _seal(given: str) -> str:
    """A seal as judge prints it. Raises UsageError."""
    known = "".join(given.split()).lower()
    if not SEAL.fullmatch(known):
        raise UsageError("A seal is 64 digits 0-9 and a-f.", hint="Give it as keten campaign judge printed it.")
    return known


@app.command()
def criteria() -> None:
    """Print the criteria that keten proposes, to start your own from."""
    print(standard_criteria(), end="")
