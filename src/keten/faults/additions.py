"""Faults in what is there: clients and assignments that are doubled, or should not be where they are."""

from collections.abc import Iterator
from datetime import date, timedelta

import polars as pl

from keten.faults.plans import Edit, Plan, Row, choosing, own
from keten.faults.rows import add_elsewhere, add_item, copy_file
from keten.faults.world import ZZP, World
from keten.messages import CLIENT

MOST_CLIENTS = 50
RECORD = ["sender", "bsn", "besluit"]
ITEM = ["table", "ZzpCode", "FunctieCode", "Instelling", "Leveringsvorm", "Ingangsdatum"]
"""What tells the assignments of a client record apart."""


def _own(world: World) -> pl.DataFrame:
    return world.items.filter(own())


def _own_packages(world: World) -> pl.DataFrame:
    return _own(world).filter(table=ZZP)


def _into_others(world: World, items: pl.DataFrame) -> pl.DataFrame:
    """Assignments with a record of the same indication (`into_file`, `into_client`) that does not show them."""
    shown = world.items.filter(message="AW33").select(*RECORD, *ITEM, into_file="file", into_client="client")
    records = shown.select(*RECORD, "into_file", "into_client").unique()
    pairs = items.join(records, on=RECORD)
    hidden = pairs.join(shown, on=[*RECORD, *ITEM, "into_file", "into_client"], how="anti", nulls_equal=True)
    return hidden.sort("into_file", "into_client", "file", "table", "row")


def _pgbs(world: World) -> pl.DataFrame:
    return world.items.filter((pl.col("Leveringsvorm") == "2") & (pl.col("message") == "AW33"))


def _with_strangers(world: World) -> pl.DataFrame:
    """Clients that one message tells of, with `other`: a provider of the same zorgkantoor that none tells of them."""
    alone = world.clients.filter((pl.col("message") == "AW33") & (pl.len().over("sender", "bsn") == 1))
    receivers = world.files.filter(message="AW33").select("sender", "receiver").unique().sort("sender", "receiver")
    following = receivers.with_columns(other=pl.col("receiver").shift(-1).over("sender"))
    return alone.join(following, on=["sender", "receiver"], maintain_order="left").drop_nulls("other")


def _show(_: World, row: Row) -> Iterator[Edit]:
    yield add_elsewhere(row, row["into_file"], row["into_client"])


def _send_to_stranger(_: World, row: Row) -> Iterator[Edit]:
    _name, edits = copy_file(row["file"], "stranger", row["client"], Ontvanger=row["other"])
    yield from edits


def _client_again(_: World, row: Row) -> Iterator[Edit]:
    yield Edit("take", row["file"], 0, CLIENT, row["client"], base=row["file"])


def _item_again(_: World, row: Row) -> Iterator[Edit]:
    yield add_item(row)


def _overlapping(_: World, row: Row) -> Iterator[Edit]:
    later = date.fromisoformat(row["Ingangsdatum"]) + timedelta(days=30)
    yield add_item(row, Ingangsdatum=later.isoformat())


def _without_ground(_: World, row: Row) -> Iterator[Edit]:
    yield add_item(row, ZzpCode="822" if row["ZzpCode"] == "820" else "820")


def _to_a_stranger(world: World, row: Row) -> Iterator[Edit]:
    """Of a provider that the client has nothing to do with, if there is one."""
    theirs = set(world.items.filter(bsn=row["bsn"])["Instelling"])
    strangers = sorted(set(world.files.filter(message="AW33")["receiver"]) - theirs)
    if strangers:
        yield add_item(row, Instelling=strangers[0])


PLANS: dict[str, Plan] = {
    "client_to_a_stranger": choosing(_with_strangers, _send_to_stranger),
    "client_twice": choosing(
        lambda world: world.clients.filter((pl.col("message") == "AW33") & (pl.col("clients") < MOST_CLIENTS)),
        _client_again,
        alone=True,
    ),
    "item_twice": choosing(_own, _item_again),
    "item_overlapping": choosing(
        lambda world: _own_packages(world).filter(pl.col("Einddatum").is_null()), _overlapping
    ),
    "item_without_ground": choosing(_own_packages, _without_ground),
    "item_of_a_stranger": choosing(_own_packages, _to_a_stranger),
    "item_shown_to_more": choosing(lambda world: _into_others(world, _own(world)), _show),
    "pgb_shown_to_more": choosing(lambda world: _into_others(world, _pgbs(world)), _show),
}
