"""Answers a message: writes the reply that the findings call for, in two readings and with bounded memory.

The first reading judges and keeps a few bytes per wrong record; the second, only when clients go back, copies those.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO

import polars as pl

from keten.core import UsageError
from keten.messages import Layout, Source, clients_xml, headers_xml, layout_of, read, twice, write_xml
from keten.standard import load
from keten.validation.dating import DAGTEKENING
from keten.validation.reply_header import NoReply, heading, schema_texts
from keten.validation.reply_marks import Marked, Marks
from keten.validation.reply_tables import returned
from keten.validation.reply_texts import says
from keten.validation.report import Report
from keten.validation.rules import Register
from keten.validation.validating import validate


class NotAnswered(UsageError):
    """A message that has no reply: it is one."""

    hint = "Give the message that is to be answered."


@dataclass(frozen=True, slots=True)
class Reply:
    """What a reply says: the message it is, whether all is rejected for technical reasons, how many clients go back.

    `accepted`: there is nothing wrong. `report` is that of the message it answers.
    """

    message: str
    accepted: bool
    technical: bool
    rejected: int
    report: Report


def reply(
    source: Source | Path | str,
    out: BinaryIO,
    *,
    release: str | None = None,
    as_of: date | None = None,
    identificatie: str | None = None,
    dagtekening: date | None = None,
    every_client: bool = False,
    jobs: int = 1,
    register: Register | None = None,
) -> Reply:
    """Judge a message and write its reply.

    Args:
        source: the message: a path, or a Source.
        out: where the reply is written.
        release: as for `validate`.
        as_of: as for `validate`.
        identificatie: IdentificatieRetour; without it, one made from the digest of the message.
        dagtekening: DagtekeningRetour; without it `as_of`, or else the Dagtekening of the message.
        every_client: right clients go back too.
        jobs: threads that read side by side.
        register: as for `validate`.

    Raises:
        NoReply: nothing is written, for the message does not say what the reply must repeat.
        NotAnswered: the message is itself a reply.
        UnknownRelease: there is no such release.
        UnreadablePath: the source cannot be opened.
    """
    opened = source if isinstance(source, Source) else Source(str(source), Path(source))
    with twice(opened) as message:
        marks = Marks()
        report = validate(message, release=release, as_of=as_of, jobs=jobs, register=register, tell=marks.add)
        own = {
            "IdentificatieRetour": f"R{report.input.sha256[:11].upper()}" if identificatie is None else identificatie,
            "DagtekeningRetour": str(dagtekening or as_of or report.input.header.get(DAGTEKENING, "")),
        }
        return answer(message, report, marks, out, own=own, every_client=every_client, jobs=jobs)


def answer(
    source: Source,
    report: Report,
    marks: Marks,
    out: BinaryIO,
    *,
    own: Mapping[str, str],
    every_client: bool = False,
    jobs: int = 1,
) -> Reply:
    """Write the reply to a message that was judged before: `marks` was told of every finding.

    `own` is what the reply says of itself: IdentificatieRetour and DagtekeningRetour. Raises NoReply and NotAnswered.
    """
    layouts, marked = _layouts(report), marks.marked()
    head = heading(layouts[1], report.input.header, {**own, **_versions(layouts[1])}, _header_codes(marks))
    copies = not marks.technical and (every_client or len(marked.clients) > 0)
    clients = _clients(source, layouts, marked, every=every_client, jobs=jobs) if copies else iter(())
    (header,) = headers_xml(layouts[1], head)
    write_xml(layouts[1], header, clients, out)
    accepted = not (marks.technical or marks.header or len(marked.clients))
    return Reply(layouts[1].message.name, accepted, marks.technical, len(marked.rejected), report)


def _layouts(report: Report) -> tuple[Layout, Layout]:
    """The layouts of the message and of its reply."""
    if report.message is None or report.release is None:
        raise NoReply(f"{report.input.name} is no message that can be read. {report.findings[0].text}")
    release = load(f"{report.release}@{report.schema_version}")
    answer = release.messages[report.message].answered_by
    if answer is None:
        raise NotAnswered(f"{report.input.name} is an {report.message}, a reply; replies are not answered.")
    return layout_of(release, report.message), layout_of(release, answer)


def _header_codes(marks: Marks) -> list[str]:
    codes = says()["codes"]
    return [codes["rejected"]] if marks.technical else list(marks.header) or [codes["accepted"]]


def _versions(layout: Layout) -> dict[str, str]:
    """By which rules and schemas the message was judged."""
    rule_set: str | None = says()["rule_sets"].get(layout.release.id)
    return {**({"XsltVersie": rule_set} if rule_set else {}), **schema_texts(layout.release)}


def _clients(
    source: Source, layouts: tuple[Layout, Layout], marked: Marked, *, every: bool, jobs: int
) -> Iterator[pl.Series]:
    """The clients that go back, as XML, batch by batch."""
    with source.open() as stream:
        reading = read(stream, pick=lambda _: layouts[0].release)
        for batch in reading.batches(jobs=jobs):
            if not len(batch.numbers):
                continue
            marks = marked.among(int(batch.numbers[0]), int(batch.numbers[-1]))
            if every or len(marks.clients):
                yield clients_xml(layouts[1], returned(layouts, batch, marks, says()["codes"], every=every))
