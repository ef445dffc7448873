"""keten reply: the message that answers a message."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal

import typer

from keten.cli.asking import CORES, Agb, AsOf, Jobs, Paths, ReleaseOption, day, messages, register_in, tell_aside
from keten.core import UsageError
from keten.messages import Source
from keten.validation import NoReply, NotAnswered, Reply, file_names, reply, spare, writing_whole
from keten.validation.forms.wording import plain


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
    asked, dated, register = day(as_of), day(dagtekening), register_in(agb)
    found = messages(paths)
    tell_aside(found.aside)
    code, targets = 0, _targets(found.sources, out)
    for source, target in targets:
        try:
            with writing_whole(target) as stream:
                answer = reply(
                    source,
                    stream,
                    release=release,
                    as_of=asked,
                    identificatie=identificatie,
                    dagtekening=dated,
                    every_client=clients == "all",
                    jobs=jobs,
                    register=register,
                )
        except (NoReply, NotAnswered) as error:
            if isinstance(error, NotAnswered) and len(targets) == 1:
                raise
            print(plain(f"{source.name}: no reply. {error} {error.hint}"))
            code = 1
            continue
        print(plain(f"{source.name}: {_said(answer)} {answer.message} in {target}."))
        code = code if answer.accepted else 1
    return code


def _targets(sources: Sequence[Source], out: Path) -> list[tuple[Source, Path]]:
    """Where the reply to each message goes."""
    if len(sources) == 1 and not out.is_dir():
        spare(sources, out)
        return [(sources[0], out)]
    if out.exists() and not out.is_dir():
        raise UsageError(f"{out} is one file, but there are {len(sources)} messages to answer.", hint="Give a folder.")
    return [(source, out / name) for source, name in zip(sources, file_names(sources, "reply.xml"), strict=True)]


def _said(answer: Reply) -> str:
    """The verdict in a sentence; codes and numbers only, nothing about a person."""
    if answer.accepted:
        return f"accepted, {answer.report.clients} clients."
    codes = ", ".join(f"{code} {count}" for code, count in sorted(answer.report.by_code.items()))
    if answer.technical:
        return f"rejected as a whole, for technical reasons ({codes})."
    return f"{answer.rejected} of {answer.report.clients} clients rejected ({codes})."
