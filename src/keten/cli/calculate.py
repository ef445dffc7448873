"""keten calculate: what does this care cost, who gets which share of the budget, and may that be asked for?"""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from keten.calculation import shares
from keten.calculation.shares import page, text
from keten.cli.output import Forms, ReportFile, ReportForm, as_json, hand_over, room_for
from keten.core import UsageError
from keten.core.files import NotWritable, writing_whole
from keten.core.plain import plain
from keten.core.scratch import scratch
from keten.standard.tariffs import load_tariffs, tariffs_on
from keten.validation import validate

FORMS: Forms = {"text": text.render, "json": as_json, "html": page.render}
LIST = "list"


def command(
    source: Annotated[
        Path | None,
        typer.Argument(metavar="[INPUT.json]", help="What is planned, or with --practice the answer to a case."),
    ] = None,
    *,
    tariffs: Annotated[
        list[Path] | None,
        typer.Option(
            help="A tariff table; given more than once: side by side (default: the one of keten for the day)."
        ),
    ] = None,
    form: ReportForm = "text",
    out: ReportFile = None,
    aat: Annotated[Path | None, typer.Option(help="Write the AAT, an AW39 of 2.0, to this file.")] = None,
    practice: Annotated[
        str | None, typer.Option(help="Show a practice case, or mark the answer to it; `list` names the cases.")
    ] = None,
) -> int:
    """Calculate the shares of a budget. Exit code 0: within the budget; 1: not, or an AAT refused, or a wrong answer."""
    if practice is not None:
        return _practise(practice, source)
    if source is None:
        raise UsageError("Give the file that says what is planned, or --practice NAME for a case to practise with.")
    files = [source, *(tariffs or [])]
    _distinct(out, aat, files)
    plan = shares.plan_of(shares.read_json(source))
    tables = [load_tariffs(path) for path in tariffs or []] or [tariffs_on(plan.period.start)]
    figures = shares.report(plan, tables)
    refused = aat is not None and not _asked(plan, shares.calculate(plan, tables[0]), aat, files)
    hand_over(FORMS[form](figures), out, files)
    return 1 if refused or figures["verdict"] == shares.ONDOELMATIG else 0


def _practise(name: str, answer: Path | None) -> int:
    if name == LIST:
        print("\n".join(f"{case.name:<24}{case.title}" for case in shares.cases().values()))
        return 0
    case = shares.find_case(name)
    if answer is None:
        print(text.render_case(case))
        return 0
    marks = shares.mark(case, shares.read_json(answer))
    print(text.render_marks(case, marks))
    return 0 if all(one.good for one in marks) else 1


def _distinct(out: Path | None, aat: Path | None, files: list[Path]) -> None:
    """Look before the work whether both files can be written. Raises NotWritable."""
    room_for(out, files)
    room_for(aat, files)
    if out and aat and out.absolute() == aat.absolute():
        raise NotWritable(f"{plain(str(out))} cannot hold both the report and the AAT.", hint="Give another --aat.")


def _asked(plan: shares.Plan, calculation: shares.Calculation, path: Path, files: list[Path]) -> bool:
    """Write the AAT, if it may be sent and validates; otherwise say why not."""
    asked = shares.ask(plan, calculation)
    reasons = asked.reasons if isinstance(asked, shares.Refusal) else _written(asked, path, files)
    console = Console(stderr=True, highlight=False, soft_wrap=True, markup=False)
    for reason in reasons:
        console.print(f"No AAT: {plain(reason)}")
    return not reasons


def _written(asked: shares.Asked, path: Path, files: list[Path]) -> tuple[str, ...]:
    """Judge a message and write it, if it is valid; what is wrong is told."""
    with scratch() as folder:
        judged = folder / "aat.xml"
        judged.write_bytes(asked.message)
        findings = validate(judged, release=asked.release).findings
    if not findings:
        with writing_whole(path, files) as stream:
            stream.write(asked.message)
    return tuple(f"{finding.code}, {finding.text}" for finding in findings)
