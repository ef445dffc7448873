"""keten validate: is this message right?"""

import os
from pathlib import Path
from typing import Annotated

import typer

from keten.core import UsageError
from keten.messages import find_sources
from keten.validation import MOST_FINDINGS, validate
from keten.validation.forms import FORMS

Paths = Annotated[list[str], typer.Argument(help="Files, folders, zip files, or - for standard input.")]
ReleaseOption = Annotated[str | None, typer.Option("--release", help="Judge as this release: 2.0, or 2.0@1.3.")]
Jobs = Annotated[int, typer.Option(min=1, help="Threads that work side by side.")]
CORES = os.cpu_count() or 1


def command(
    paths: Paths,
    *,
    release: ReleaseOption = None,
    form: Annotated[str, typer.Option("--format", help=f"The form of the report: {', '.join(FORMS)}.")] = "text",
    out: Annotated[Path | None, typer.Option(help="Write the report to this file instead of the screen.")] = None,
    jobs: Jobs = CORES,
    max_findings: Annotated[int, typer.Option(min=0, help="List at most so many findings; 0 for all.")] = MOST_FINDINGS,
) -> int:
    """Judge messages: structure of any message of any release, of any size. Exit code 0: all valid; 1: not."""
    if form not in FORMS:
        raise UsageError(f"There is no form {form!r}; there are {', '.join(FORMS)}.")
    sources = list(find_sources(paths))
    if not sources:
        raise UsageError("There is no message (.xml or .zip) in what you gave.")
    reports = [validate(source, release=release, jobs=jobs, max_findings=max_findings) for source in sources]
    text = FORMS[form](reports)
    if out is None:
        print(text)
    else:
        out.write_text(text + "\n", encoding="utf-8")
    return 1 if any(report.verdict != "valid" for report in reports) else 0
