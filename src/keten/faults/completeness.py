"""Faults in what is there: clients and assignments that are missing."""

import polars as pl

from keten.faults.plans import Plan, choosing, own
from keten.faults.rows import drop_client, drop_item
from keten.faults.world import World


def _sent_once(world: World) -> pl.DataFrame:
    """Client records of a client that no other message of the same zorgkantoor tells of."""
    return world.clients.filter((pl.col("message") == "AW33") & (pl.len().over("sender", "bsn") == 1))


def _beside_own(world: World) -> pl.DataFrame:
    """Assignments to a provider whose client record holds another one to it: without the one, the client is still sent."""
    mine = world.items.filter(own())
    return mine.filter(pl.len().over("file", "client") > 1)


def _for_information(world: World) -> pl.DataFrame:
    """Assignments that a provider is shown of another."""
    shown = (pl.col("message") == "AW33") & (pl.col("Instelling") != pl.col("receiver"))
    return world.items.filter(shown & (pl.col("Zorgkantoor") == pl.col("sender")))


PLANS: dict[str, Plan] = {
    "client_missing": choosing(_sent_once, drop_client),
    "item_missing": choosing(_beside_own, drop_item),
    "information_missing": choosing(_for_information, drop_item),
}
