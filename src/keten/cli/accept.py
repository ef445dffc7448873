"""keten accept: is this conversion right, whoever made it?"""

from pathlib import Path
from typing import Annotated

import typer

from keten.acceptance import Settings, accept, with_file
from keten.acceptance.forms import FORMS
from keten.bootstrap import executor
from keten.cli.options import CORES, Workers, named_day, tell_aside, whole_files
from keten.cli.output import ReportFile, hand_over, room_for
from keten.cli.progress import steps
from keten.core import UsageError
from keten.messages import find_sources
from keten.standard.tariffs import load_tariffs

DEFAULTS = Settings()


def command(
    *,
    before: Annotated[str, typer.Option(help="A folder, file or zip file with the AW33 and ZK33 messages of 1.2.")],
    after: Annotated[str, typer.Option(help="The same with the messages after conversion, of all deliveries.")],
    cutover: Annotated[str, typer.Option(help="From this day the new assignments hold.")] = str(DEFAULTS.cutover),
    assigned: Annotated[str, typer.Option(help="The agreed Toewijzingsdatum (default: the cut-over).")] = "",
    dagtekening: Annotated[str, typer.Option(help="The agreed date of the messages.")] = str(DEFAULTS.dagtekening),
    to: Annotated[str, typer.Option(help="The release that was converted to: 2.0, or 2.0@1.4.")] = DEFAULTS.to,
    tariffs: Annotated[
        Path | None, typer.Option(help="The tariff table (docs/tariffs.md) that shares of an MPT were computed with.")
    ] = None,
    settings: Annotated[
        Path | None, typer.Option(help="A TOML file with further settings (docs/acceptance.md).")
    ] = None,
    form: Annotated[str, typer.Option("--format", help=f"The form of the report: {', '.join(FORMS)}.")] = "text",
    out: ReportFile = None,
    jobs: Workers = CORES,
) -> int:
    """Judge a conversion against what stood before. Exit code 0: nothing is wrong; 1: something is."""
    if form not in FORMS:
        raise UsageError(f"There is no form {form!r}; there are {', '.join(FORMS)}.")
    first = named_day(cutover)
    chosen = Settings(
        cutover=first,
        assigned=named_day(assigned) if assigned else first,
        dagtekening=named_day(dagtekening),
        to=to,
        tariffs=load_tariffs(tariffs) if tariffs else None,
    )
    chosen = with_file(chosen, settings) if settings else chosen
    was, came = (whole_files(find_sources([path])) for path in (before, after))
    tell_aside((*was.aside, *came.aside), err=True)
    inputs = [source.path for source in (*was, *came) if source.path]
    inputs += [path for path in (tariffs, settings) if path is not None]
    room_for(out, inputs)
    with executor(jobs) as pool, steps() as tell:
        judgement = accept(was.sources, came.sources, chosen, pool, tell)
    hand_over(FORMS[form](judgement), out, inputs)
    return 0 if judgement.accepted else 1
