"""keten validate: is this message right?"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated

import typer

from keten.cli.asking import CORES, AsOf, Jobs, Paths, ReleaseOption, day, messages
from keten.core import UsageError
from keten.validation import MOST_FINDINGS, Report, hand_out, validate_all
from keten.validation.forms import FORMS

EXIT_CODES = {"valid": 0, "invalid": 1, "unclear": 3}


def command(
    paths: Paths,
    *,
    release: ReleaseOption = None,
    as_of: AsOf = None,
    form: Annotated[str, typer.Option("--format", help=f"The form of the report: {', '.join(FORMS)}.")] = "text",
    out: Annotated[
        Path | None, typer.Option(help="Write to this file; or one report each into this folder or .zip file.")
    ] = None,
    jobs: Jobs = CORES,
    max_findings: Annotated[int, typer.Option(min=0, help="List at most so many findings; 0 for all.")] = MOST_FINDINGS,
) -> int:
    """Judge messages: structure of any message of any release, of any size. Exit code 0: all valid; 1: not."""
    if form not in FORMS:
        raise UsageError(f"There is no form {form!r}; there are {', '.join(FORMS)}.")
    sources = messages(paths)
    reports = validate_all(sources, release=release, as_of=day(as_of), jobs=jobs, max_findings=max_findings)
    codes = [0]
    hand_out(form, _noting(reports, codes), sources, out)
    return max(codes)


def _noting(reports: Iterable[Report], codes: list[int]) -> Iterator[Report]:
    """The same reports; the exit codes that they call for are noted as they pass."""
    for report in reports:
        codes[0] = max(codes[0], EXIT_CODES[report.verdict])
        yield report
