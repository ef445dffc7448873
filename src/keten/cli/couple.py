"""keten couple: do these declarations go with what is assigned, and is a coupling table fit for use?"""

from pathlib import Path
from typing import Annotated

import typer

from keten.calculation import coupling
from keten.calculation.coupling import page, text
from keten.cli.output import Forms, ReportFile, ReportForm, as_json, hand_over, room_for
from keten.core import UsageError
from keten.messages import find_sources

FORMS: Forms = {"text": text.render, "json": as_json, "html": page.render}


def command(
    claims: Annotated[
        Path | None, typer.Argument(help="Declarations: a CSV file, or an AW319 with its prestatierecords.")
    ] = None,
    *,
    table: Annotated[Path, typer.Option(help="The coupling table to judge by, or to test.")],
    assignments: Annotated[
        str | None, typer.Option(help="A file, folder or zip file with AW33 and ZK33 messages of any release.")
    ] = None,
    former: Annotated[
        list[Path] | None,
        typer.Option(help="An earlier version of the table; may be given more than once, latest first."),
    ] = None,
    contracts: Annotated[Path | None, typer.Option(help="A CSV file of which provider has which contract.")] = None,
    provider: Annotated[str, typer.Option(help="Whose declarations these are, where the file does not say.")] = "",
    check: Annotated[
        bool, typer.Option("--check", help="Test the table; with declarations, show what it would do to them.")
    ] = False,
    form: ReportForm = "text",
    out: ReportFile = None,
) -> int:
    """Judge declarations by a coupling table, or test the table. Exit code 0: all accepted, fit for use; 1: not."""
    if claims is None and not check:
        raise UsageError("Give a file of declarations to judge, or --check to test the table.")
    if claims is None and (assignments or contracts or provider):
        raise UsageError("Without a file of declarations, --assignments, --contracts and --provider have no use.")
    if claims is not None and assignments is None:
        raise UsageError("Declarations are judged against what is assigned: give --assignments too.")
    files = _files(claims, table, assignments, former or [], contracts)
    room_for(out, files)
    version, formers = coupling.load_table(table), [coupling.load_table(path) for path in former or []]
    if check and claims is not None and not formers:
        raise UsageError("What a table would do to declarations is told against its --former version.")
    judged = None
    if claims is not None and assignments is not None:
        agreed = coupling.read_contracts(contracts) if contracts else None
        judged = coupling.read_claims(claims, provider), coupling.read_assignments(assignments), agreed
    if check:
        effect = coupling.effect_of(version, formers[0], *judged) if judged else None
        figures = coupling.examination(version, formers[0] if formers else None, effect)
    else:
        assert judged is not None
        declared, assigned, agreed = judged
        figures = coupling.judgement(declared, coupling.Grounds(version, assigned, agreed), formers)
    hand_over(FORMS[form](figures), out, files)
    return 0 if figures["verdict"] in ("accepted", "usable") else 1


def _files(
    claims: Path | None, table: Path, assignments: str | None, former: list[Path], contracts: Path | None
) -> list[Path]:
    """All that is read."""
    messages = find_sources([assignments]).sources if assignments is not None else ()
    found = [claims, table, *former, contracts, *(one.path for one in messages)]
    return [one for one in found if one is not None]
