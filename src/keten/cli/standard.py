"""keten standard: the releases, their messages and schemas."""

from pathlib import Path
from typing import Annotated

import typer

from keten.standard import load
from keten.standard.xsd import write_schemas

app = typer.Typer(help="The standard: its releases, what they consist of and how they differ.", no_args_is_help=True)

Reference = Annotated[str, typer.Argument(metavar="R", help="A release, 2.0, or one of its schema versions, 2.0@1.3.")]


@app.command()
def xsd(release: Reference, out: Annotated[Path, typer.Option(help="The folder to write to.")]) -> None:
    """Write the XML schemas of a release: one for the common types, one per message."""
    written = write_schemas(load(release), out)
    print(f"{len(written)} schemas of {load(release).reference} written to {out}")
