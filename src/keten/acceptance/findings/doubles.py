"""M5: assignments that reach their provider by AW33 from two zorgkantoren, told by the messages after alone.

What must come by the rules only says whom to ask to withdraw; a double is found as well where it was to be expected.
"""

from collections.abc import Iterator, Sequence

import polars as pl

from keten.acceptance.matching.expected import Tables
from keten.acceptance.reading.places import subject

CARE = ["bsn", "functie", "code", "provider", "vorm"]
"""Client, zorgeenheid, instelling and leveringsvorm: items alike in these that share a day are the same assignment."""


def doubled(items: pl.DataFrame, must: Tables) -> pl.DataFrame:
    """The items that came to their own provider from several zorgkantoren: as they came, with the `group` of each double.

    Items that name different zorgkantoren as responsible are different ones, if their senders held such before (B1).
    """
    own = items.filter((pl.col("kind") == "AW33") & (pl.col("receiver") == pl.col("provider")))
    shared = own.filter(pl.col("sender").n_unique().over(CARE) > 1)
    held = must.before.items.select("bsn", "sender", "owner", "provider", held=pl.lit(value=True)).unique()
    known = shared.join(held, on=["bsn", "sender", "owner", "provider"], how="left").with_columns(
        pl.col("held").fill_null(value=False)
    )
    met = _grouped(_grouped(known, [*CARE, "owner"], "same"), CARE, "group")
    same = pl.col("sender").n_unique().over("same") > 1
    feigned = (pl.col("sender").n_unique().over("group") > 1) & (~pl.col("held")).any().over("group")
    return met.filter(same | feigned).drop("same")


def _grouped(items: pl.DataFrame, key: Sequence[str], name: str) -> pl.DataFrame:
    """The items with the number of the group of those alike that share days, one with the next."""
    far = pl.col("end").fill_null(pl.date(9999, 12, 31))
    ordered = items.sort(*key, "start", nulls_last=True)
    begins = (pl.col("start") > far.cum_max().shift(1).over(key)).fill_null(value=True)
    return ordered.with_columns(begins.cum_sum().alias(name))


def two_senders(twice: pl.DataFrame, must: Tables) -> Iterator[pl.DataFrame]:
    """A finding for each zorgkantoor too many: who must send it by the rules stays, else who is responsible for it."""
    wanted = must.sends.filter((pl.col("kind") == "AW33") & pl.col("own"))
    expected = wanted.select("sender", *CARE, expected=pl.lit(value=True)).unique()
    stood = wanted.select(*CARE, "was", "was_path").unique(CARE, keep="first", maintain_order=True)
    told = twice.join(expected, on=["sender", *CARE], how="left", nulls_equal=True).join(
        stood, on=CARE, how="left", nulls_equal=True
    )
    ranked = told.with_columns(
        pl.col("expected").fill_null(value=False), responsible=pl.col("owner") == pl.col("sender")
    ).sort(
        "group",
        "expected",
        "held",
        "responsible",
        "sender",
        "record",
        descending=[False, True, True, True, False, False],
    )
    full = ranked.with_columns(
        stays=pl.col("sender").first().over("group"),
        found=pl.col("sender").unique().sort().str.join(" and ").over("group"),
        records=pl.col("record").implode().list.reverse().over("group"),  # who must withdraw it first
        paths=pl.col("path").implode().list.reverse().over("group"),
    )
    yield (
        full.filter(pl.col("sender") != pl.col("stays"))
        .unique(["group", "sender"], keep="first", maintain_order=True)
        .with_columns(
            pl.lit("AC803").alias("code_of"),
            pl.col("sender").alias("zorgkantoor"),
            pl.col("stays").alias("expected"),
            subject().alias("subject"),
        )
        .drop("code")
        .rename({"code_of": "code"})
    )
