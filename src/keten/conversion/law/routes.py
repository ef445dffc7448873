"""Which new item goes to whom: to its provider, across regions, and for information (rules M1, M2, M5).

A delivery is a row: message (AW33 or ZK33), sender, receiver, dossier, new (the item).
"""

import polars as pl

from keten.conversion.before.books import CROSS_REGIONAL, Books

ASSIGNMENT = "AW33"
DELIVERY = ["message", "sender", "receiver", "dossier", "new"]
TO = ["message", "sender", "receiver", "dossier"]


def across_regions(new: pl.DataFrame, books: Books) -> pl.DataFrame:
    """Deliveries by ZK33: what stood in one before, of a provider that never got an AW33 from the zorgkantoor (M5)."""
    sent = books.records.filter("cross").select("record", "receiver")
    stood = books.occurrences.join(sent, on="record").select("item", "receiver")
    routes = lineage(new).join(stood, on="item").select("new", "receiver").unique()
    provided = new.filter(pl.col("instelling").is_not_null()).select("new", "sender", "dossier", "instelling")
    own = provided.join(routes, on="new").join(served(books), on=["sender", "instelling"], how="anti")
    return own.select(pl.lit(CROSS_REGIONAL).alias("message"), *DELIVERY[1:])


def to_providers(new: pl.DataFrame, crossing: pl.DataFrame) -> pl.DataFrame:
    """Deliveries by AW33: every item to its provider (M1), but for those that cross regions."""
    own = new.filter(pl.col("instelling").is_not_null()).join(crossing, on="new", how="anti")
    return own.select(pl.lit(ASSIGNMENT).alias("message"), "sender", "dossier", "new", receiver="instelling").select(
        DELIVERY
    )


def inform(own: pl.DataFrame, new: pl.DataFrame, books: Books) -> pl.DataFrame:
    """The deliveries, with what each receiver's latest old message of that kind showed of other providers (M2)."""
    message = pl.when("cross").then(pl.lit(CROSS_REGIONAL)).otherwise(pl.lit(ASSIGNMENT))
    records = books.records.with_columns(message=message).sort("rank")
    latest = records.group_by(TO, maintain_order=True).last().select(*TO, "record")
    shown = own.select(TO).unique().join(latest, on=TO).join(books.occurrences.select("record", "item"), on="record")
    others = new.select("new", "instelling").join(lineage(new), on="new")
    seen = shown.join(others, on="item").filter(pl.col("instelling").ne_missing(pl.col("receiver"))).select(DELIVERY)
    return pl.concat([own, seen]).unique().sort(DELIVERY)


def lineage(new: pl.DataFrame) -> pl.DataFrame:
    """New item by old item: new, item."""
    return new.select("new", item="items").explode("item")


def served(books: Books) -> pl.DataFrame:
    """The providers that ever got an AW33 from a zorgkantoor: sender, instelling."""
    sent = books.files.filter(pl.col("message") == ASSIGNMENT, pl.col("refused") == "")
    return sent.select("sender", instelling="receiver").unique()
