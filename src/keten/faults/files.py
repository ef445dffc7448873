"""Faults of whole files: sent again, to the wrong party, too large, or of 1.2."""

from collections.abc import Iterator

import polars as pl

from keten.faults.additions import MOST_CLIENTS
from keten.faults.plans import Edit, Plan, Row, choosing, of_files, own, whole_files
from keten.faults.rows import IDENTIFICATIE, copy_file
from keten.faults.world import HEADER, ZZP, World
from keten.messages import CLIENT
from keten.standard import load

TO_PROVIDER = pl.col("message") == "AW33"
VOORKEUR = {f"</{ZZP}>": f"<VoorkeurClient>4</VoorkeurClient>\r\n</{ZZP}>"}
"""An element that assigned ZZPs had in 1.2."""


def _copied(word: str) -> Plan:
    """The whole file goes once more, with an Identificatie of its own."""

    def edits(_: World, row: Row) -> Iterator[Edit]:
        yield from copy_file(row["file"], word)[1]

    return of_files(TO_PROVIDER, edits)


def _twice(_: World, row: Row) -> Iterator[Edit]:
    """The same file once more, to the last byte."""
    yield copy_file(row["file"], "twice")[1][0]


def _resent(world: World, row: Row) -> Iterator[Edit]:
    """The client goes once more, later, all of it right but for the end of one assignment."""
    name, made = copy_file(row["file"], "resent", row["client"])
    yield from made
    for one in world.items.filter(file=row["file"], client=row["client"]).iter_rows(named=True):
        wrong = {"Einddatum": "2018-12-31"} if (one["table"], one["row"]) == (row["table"], row["row"]) else {}
        cells = {"Toewijzingstijd": "00:01:00", **wrong}
        yield Edit("set", name, 1, one["table"], one["row"], cells, row["file"])


def _header(column: str, value: pl.Expr) -> Plan:
    """A cell of the header is another; where it is that of the file before, the clients of that one are touched too."""

    def edits(_: World, row: Row) -> Iterator[Edit]:
        yield Edit("set", row["file"], table=HEADER, cells={column: row["value"]})

    def candidates(world: World) -> pl.DataFrame:
        ordered = whole_files(world).filter(TO_PROVIDER).sort("sender", "file")
        before = pl.col("bsns").shift(1).over("sender")
        return ordered.with_columns(value=value, bsns=pl.concat_list("bsns", before)).drop_nulls(["value", "bsns"])

    return Plan(candidates, edits, alone=True)


def _to_a_stranger(world: World, row: Row) -> Iterator[Edit]:
    """The file goes to the first provider of the zorgkantoor that has nothing to do with any of its clients."""
    theirs = world.items.filter(pl.col("bsn").is_in(row["bsns"]))["Instelling"]
    receivers = world.files.filter(TO_PROVIDER, sender=row["sender"])["receiver"]
    strangers = sorted(set(receivers) - set(theirs))
    if strangers:
        yield Edit("set", row["file"], table=HEADER, cells={"Ontvanger": strangers[0]})


def _without_end(world: World) -> pl.DataFrame:
    open_end = pl.col("Einddatum").is_null() & (pl.col("Ingangsdatum") < "2018-12-31")
    return world.items.filter(own() & open_end)


def _first_packages(world: World) -> pl.DataFrame:
    return world.items.filter(own() & (pl.col("table") == ZZP) & (pl.col("row") == 1))


def _room_for_one_more(world: World) -> pl.DataFrame:
    """Full files, with a client (`taken`) of another file to the same receiver."""
    same = ["message", "sender", "receiver"]
    files = whole_files(world)
    first = world.clients.filter((pl.col("client") == 1) & (pl.col("clients") > 1)).select(
        *same, taken="file", whom="bsn"
    )
    pairs = files.filter(pl.col("clients") == MOST_CLIENTS).join(first, on=same, maintain_order="left_right")
    apart = pairs.filter((pl.col("file") != pl.col("taken")) & ~pl.col("bsns").list.contains(pl.col("whom")))
    return apart.with_columns(bsns=pl.concat_list("bsns", "whom"))


def _one_more(_: World, row: Row) -> Iterator[Edit]:
    yield Edit("take", row["file"], 0, CLIENT, 1, base=row["taken"])
    yield Edit("drop", row["taken"], 1, CLIENT)


def _namespaces(world: World, row: Row) -> Iterator[Edit]:
    """The message has the namespaces of 1.2, and its content is still that of 2.0."""
    new, old = load(world.release), load("1.2")
    message = row["message"]
    spaces = {new.messages[message].namespace: old.messages[message].namespace, new.namespace: old.namespace}
    yield Edit("text", row["file"], cells=spaces)


def _element(_: World, row: Row) -> Iterator[Edit]:
    yield Edit("text", row["file"], row["client"], ZZP, 1, VOORKEUR)


FORMER_ID = pl.col("identificatie").shift(1).over("sender")
OTHER_SENDER = pl.when(pl.col("sender") == "5532").then(pl.lit("5531")).otherwise(pl.lit("5532"))

PLANS: dict[str, Plan] = {
    "file_twice": of_files(TO_PROVIDER, _twice),
    "file_again": _copied("again"),
    "resend_wrong": choosing(_without_end, _resent),
    "identificatie_twice": _header(IDENTIFICATIE, FORMER_ID),
    "dagtekening_early": _header("BerichtIdentificatie/Dagtekening", pl.lit("2018-04-02")),
    "receiver_wrong": of_files(TO_PROVIDER, _to_a_stranger),
    "sender_wrong": _header("Afzender", OTHER_SENDER),
    "file_of_51": Plan(_room_for_one_more, _one_more, alone=True),
    "message_of_1_2": of_files(TO_PROVIDER, _namespaces),
    "element_of_1_2": choosing(_first_packages, _element),
}
