"""keten reply: the message that answers a message."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import typer

from keten.cli.options import CORES, Agb, AsOf, Jobs, Paths, ReleaseOption, day, messages, register_in, tell_aside
from keten.core import KetenError, UsageError
from keten.core.files import spare, writing_whole
from keten.core.plain import plain
from keten.messages import Source
from keten.validation import (
    NoReply,
    NotAnswered,
    Register,
    Reply,
    file_names,
    files_of,
    filing,
    reply,
)


def command(
    paths: Paths,
    *,
    out: Annotated[Path, typer.Option(help="The file to write; for more messages, the folder.")],
    release: ReleaseOption = None,
    as_of: AsOf = None,
    identificatie: Annotated[str | None, typer.Option(help="IdentificatieRetour (default: from the digest).")] = None,
    dagtekening: Annotated[str | None, typer.Option(help="DagtekeningRetour (default: that of the message).")] = None,
    clients: Annotated[
        Literal["rejected", "all"], typer.Option(help="Which clients go back: the rejected ones, or all of them.")
    ] = "rejected",
    jobs: Jobs = CORES,
    agb: Agb = None,
) -> int:
    """Write the reply that a message calls for. Exit code 0: it accepts; 1: it rejects something, or cannot be written."""
    found = messages(paths)
    tell_aside(found.aside)
    sources = found.sources
    inputs = files_of(sources, agb)
    one = len(sources) == 1 and not out.is_dir()
    if one:
        spare(out, inputs)
    elif out.exists() and not out.is_dir():
        raise UsageError(
            f"{plain(str(out))} is one file, but there are {len(sources)} messages to answer.", hint="Give a folder."
        )
    asked = _Asked(
        day(as_of),
        day(dagtekening),
        release,
        identificatie,
        clients == "all",
        jobs,
        register_in(agb),
    )
    if one:
        return _answer(sources[0], out, out, asked, inputs)
    return _answer_all(sources, out, asked, inputs)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked of every reply."""

    as_of: date | None
    dagtekening: date | None
    release: str | None
    identificatie: str | None
    every_client: bool
    jobs: int
    register: Register | None


def _answer_all(sources: Sequence[Source], folder: Path, asked: _Asked, inputs: list[Path]) -> int:
    """Answer messages into a folder; one that cannot be answered does not stand in the way of the others."""
    names, code = file_names(sources, "reply.xml"), 0
    with filing(folder, names, inputs) as new:
        for source, name in zip(sources, names, strict=True):
            try:
                code |= _answer(source, new / name, folder / name, asked)
            except NotAnswered as error:
                if len(sources) == 1:
                    raise
                code = _not_answered(source, error)
    return code


def _answer(source: Source, path: Path, shown: Path, asked: _Asked, inputs: Iterable[Path] = ()) -> int:
    """Write the reply to a message, which will stand where it is shown, and say so; the exit code. Raises NotAnswered."""
    try:
        with writing_whole(path, inputs) as stream:
            answer = reply(
                source,
                stream,
                release=asked.release,
                as_of=asked.as_of,
                identificatie=asked.identificatie,
                dagtekening=asked.dagtekening,
                every_client=asked.every_client,
                jobs=asked.jobs,
                register=asked.register,
            )
    except NoReply as error:
        return _not_answered(source, error)
    print(plain(f"{source.name}: {_said(answer)} {answer.message} in {shown}."))
    return 0 if answer.accepted else 1


def _not_answered(source: Source, error: KetenError) -> int:
    print(plain(f"{source.name}: no reply. {error} {error.hint}"))
    return 1


def _said(answer: Reply) -> str:
    """The verdict in a sentence; codes and numbers only, nothing about a person."""
    if answer.accepted:
        return f"accepted, {answer.report.clients} clients."
    codes = ", ".join(f"{code} {count}" for code, count in sorted(answer.report.by_code.items()))
    if answer.technical:
        return f"rejected as a whole, for technical reasons ({codes})."
    return f"{answer.rejected} of {answer.report.clients} clients rejected ({codes})."
