"""What the executing zorgkantoor does with another's items: it copies the new ones from the ZK33 2.0 (rule M5)."""

import polars as pl

from keten.conversion.books import PGB, Books
from keten.conversion.clashes import SAME_CARE
from keten.conversion.routes import lineage

SAME_ITEM = ["bsn", "besluit", "zzp", "code", "provider", "leveringsvorm", "start"]


FORWARDED, PGB_NOT_SENT = "forwarded", "pgb not sent"


def copy_forwarded(
    items: pl.DataFrame, new: pl.DataFrame, crossing: pl.DataFrame, books: Books
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The copies, as new items of the executing zorgkantoor, and the items with what became of those of others.

    `crossing`: the deliveries by ZK33. An item of another becomes `forwarded`, EX07 (the copy lies outside the own record
    of the indication), EX08 (it shares a day with an own item), EX10 (no such ZK33), or for a pgb `pgb not sent`.
    """
    foreign = items.filter(~pl.col("own") & pl.col("outcome").is_null())
    judged = _judge(_find(foreign, items, new, crossing), new, books)
    verdicts = judged.group_by("item").agg(pl.col("verdict").min())  # an exception comes before "forwarded"
    without = pl.when(pl.col("leveringsvorm").eq_missing(PGB)).then(pl.lit(PGB_NOT_SENT)).otherwise(pl.lit("EX10"))
    joined = items.join(verdicts, on="item", how="left", maintain_order="left")
    undecided = ~pl.col("own") & pl.col("outcome").is_null()
    outcome = pl.when(undecided).then(pl.coalesce("verdict", without)).otherwise("outcome")
    made = (
        judged.filter(pl.col("verdict") == FORWARDED)
        .group_by("dossier", "sender", "new")
        .agg(items=pl.col("item").sort())
    )
    copies = made.rename({"new": "copy_of"}).join(
        new.drop("dossier", "sender", "items"), left_on="copy_of", right_on="new", maintain_order="left"
    )
    return copies.sort("dossier", "copy_of"), joined.with_columns(outcome=outcome).drop("verdict")


def _find(foreign: pl.DataFrame, items: pl.DataFrame, new: pl.DataFrame, crossing: pl.DataFrame) -> pl.DataFrame:
    """The new items that the responsible zorgkantoor sent for items of others: item, sender, dossier, new."""
    responsible = items.filter("own").select(*SAME_ITEM, zorgkantoor="sender", origin="item")
    originals = foreign.select("item", "sender", "dossier", "zorgkantoor", *SAME_ITEM).join(
        responsible, on=["zorgkantoor", *SAME_ITEM], nulls_equal=True
    )
    made = originals.join(lineage(new).rename({"item": "origin"}), on="origin")
    sent = crossing.select("new", zorgkantoor="sender", sender="receiver")
    return made.join(sent, on=["new", "zorgkantoor", "sender"], how="semi").select("item", "sender", "dossier", "new")


def _judge(found: pl.DataFrame, new: pl.DataFrame, books: Books) -> pl.DataFrame:
    """The copies with their verdict: forwarded, EX07 or EX08."""
    described = found.join(new.select("new", "start", "end", *SAME_CARE[1:]), on="new")
    described = described.join(books.dossiers.select("dossier", "from", "until"), on="dossier")
    beside = described.join(new.select(*SAME_CARE, "start", "end"), on=SAME_CARE, nulls_equal=True, suffix="_own")
    shared = beside.filter((pl.col("start") <= pl.col("end_own")) & (pl.col("end") >= pl.col("start_own")))
    outside = (pl.col("start") < pl.col("from")) | (pl.col("end") > pl.col("until"))
    clashes = pl.struct("item", "new").is_in(shared.select(pair=pl.struct("item", "new"))["pair"].implode())
    verdict = pl.when(outside).then(pl.lit("EX07")).when(clashes).then(pl.lit("EX08")).otherwise(pl.lit(FORWARDED))
    return described.select("item", "sender", "dossier", "new", verdict=verdict)
