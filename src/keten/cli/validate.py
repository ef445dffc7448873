"""keten validate: is this message right?"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Annotated

import typer

from keten.cli.options import CORES, Agb, AsOf, Jobs, Paths, ReleaseOption, day, messages, register_in, tell_aside
from keten.core import UsageError
from keten.core.files import spare
from keten.validation import (
    MOST_FINDINGS,
    Report,
    WhatIf,
    files_of,
    hand_out,
    validate_all,
    what_if,
    write_text,
)
from keten.validation.forms import FORMS
from keten.validation.forms.what_if import WHAT_IF_FORMS

EXIT_CODES = {"valid": 0, "invalid": 1, "unclear": 3}


def command(
    paths: Paths,
    *,
    release: ReleaseOption = None,
    as_of: AsOf = None,
    against: Annotated[
        list[str] | None, typer.Option(help="What if this release (2.0@1.3) counted? May be repeated.")
    ] = None,
    form: Annotated[str, typer.Option("--format", help=f"The form of the report: {', '.join(FORMS)}.")] = "text",
    out: Annotated[
        Path | None, typer.Option(help="Write to this file; or one report each into this folder or .zip file.")
    ] = None,
    jobs: Jobs = CORES,
    max_findings: Annotated[
        int | None,
        typer.Option(min=0, show_default=f"{MOST_FINDINGS:,}", help="List at most so many findings; 0 for all."),
    ] = None,
    rules: Annotated[
        bool | None,
        typer.Option("--rules/--no-rules", show_default="rules", help="Judge by the rules too, or by structure alone."),
    ] = None,
    agb: Agb = None,
) -> int:
    """Judge messages by structure and rules, of any release, of any size. Exit code 0: all valid; 1: not."""
    forms = WHAT_IF_FORMS if against else FORMS
    if form not in forms:
        raise UsageError(f"There is no form {form!r} for this; there are {', '.join(forms)}.")
    found = messages(paths)
    sources = found.sources
    tell_aside(found.aside, err=True)
    inputs = files_of(sources, agb)
    if out:
        spare(out, inputs)
    if against:
        _refuse({"--rules": rules, "--agb": agb, "--max-findings": max_findings is not None})
        return _try(what_if(sources, against, release=release, as_of=day(as_of), jobs=jobs), form, out, inputs)
    register = register_in(agb)
    reports = validate_all(
        sources,
        release=release,
        as_of=day(as_of),
        jobs=jobs,
        max_findings=MOST_FINDINGS if max_findings is None else max_findings,
        rules=rules is not False,
        register=register,
    )
    codes = [0]
    hand_out(form, _noting(reports, codes), sources, out, inputs)
    return max(codes)


def _refuse(asked: Mapping[str, object]) -> None:
    """Refuse options, with whether each was given, that say nothing of a what-if. Raises UsageError."""
    if given := [name for name, value in asked.items() if value]:
        raise UsageError(
            f"--against goes without {', '.join(given)}: it tries structure alone, and counts instead of listing findings.",
            hint="Leave out what --against goes without, or run validate a second time without --against.",
        )


def _try(outcome: WhatIf, form: str, out: Path | None, inputs: Iterable[Path]) -> int:
    """Show what would be refused."""
    write_text(WHAT_IF_FORMS[form](outcome), out, inputs)
    return 1 if outcome.refused else 0


def _noting(reports: Iterable[Report], codes: list[int]) -> Iterator[Report]:
    """The same reports; the exit codes that they call for are noted as they pass."""
    for report in reports:
        codes[0] = max(codes[0], EXIT_CODES[report.verdict])
        yield report
