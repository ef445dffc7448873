"""What the executing zorgkantoor does with another's items: it copies the new ones from the ZK33 2.0 (rule M5)."""

import polars as pl

from keten.conversion.before.books import PGB, Books
from keten.conversion.law.clashes import SAME_CARE
from keten.conversion.law.routes import lineage, served

SAME_ITEM = ["bsn", "besluit", "zzp", "code", "provider", "leveringsvorm", "start"]


FORWARDED, SENT_BY_ANOTHER, PGB_NOT_SENT = "forwarded", "sent by another", "pgb not sent"


def copy_forwarded(
    items: pl.DataFrame, new: pl.DataFrame, by_zk33: pl.DataFrame, to_providers: pl.DataFrame, books: Books
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The copies, as new items of the executing zorgkantoor, and the items with what became of those of others.

    `by_zk33`, `to_providers`: the deliveries of the responsible ones. An item of another becomes `forwarded`, EX07 (the
    copy lies outside the own record of the indication), EX08 (it shares a day with an own item), EX10 (no such ZK33),
    `sent by another` (to its provider; the copy is `for_information`), or for a pgb `pgb not sent`.
    """
    foreign = items.filter(~pl.col("own") & pl.col("outcome").is_null())
    made = _made(foreign, items, new, books)
    judged = _told_by_one(_judge(_received(made, by_zk33), new, books), new, books)
    outcomes = pl.concat([judged.select("item", "verdict"), _sent_by_responsible(made, to_providers)])
    verdicts = outcomes.group_by("item").agg(pl.col("verdict").min())  # exceptions first, then "forwarded"
    without = pl.when(pl.col("leveringsvorm").eq_missing(PGB)).then(pl.lit(PGB_NOT_SENT)).otherwise(pl.lit("EX10"))
    joined = items.join(verdicts, on="item", how="left", maintain_order="left")
    undecided = ~pl.col("own") & pl.col("outcome").is_null()
    outcome = pl.when(undecided).then(pl.coalesce("verdict", without)).otherwise("outcome")
    return _copies(judged, new), joined.with_columns(outcome=outcome).drop("verdict")


def _copies(judged: pl.DataFrame, new: pl.DataFrame) -> pl.DataFrame:
    """The new items that are copied, each with the items of the executing zorgkantoor that it comes from."""
    copied = judged.filter(pl.col("verdict").is_in([FORWARDED, SENT_BY_ANOTHER]))
    made = copied.group_by("dossier", "sender", "new").agg(
        items=pl.col("item").sort(), for_information=(pl.col("verdict") == SENT_BY_ANOTHER).any()
    )
    copies = made.rename({"new": "copy_of"}).join(
        new.drop("dossier", "sender", "items"), left_on="copy_of", right_on="new", maintain_order="left"
    )
    return copies.sort("dossier", "copy_of")


def _made(foreign: pl.DataFrame, items: pl.DataFrame, new: pl.DataFrame, books: Books) -> pl.DataFrame:
    """What the responsible zorgkantoor made of items of others: item, sender, dossier, zorgkantoor, new, served.

    `served`: the provider ever got an AW33 from the responsible one.
    """
    responsible = items.filter("own").select(*SAME_ITEM, zorgkantoor="sender", origin="item")
    originals = foreign.select("item", "sender", "dossier", "zorgkantoor", *SAME_ITEM).join(
        responsible, on=["zorgkantoor", *SAME_ITEM], nulls_equal=True
    )
    made = originals.join(lineage(new).rename({"item": "origin"}), on="origin")
    known = served(books).rename({"sender": "zorgkantoor"}).with_columns(served=pl.lit(value=True))
    provided = made.join(new.select("new", "instelling"), on="new").join(
        known, on=["zorgkantoor", "instelling"], how="left"
    )
    return provided.select(
        "item", "sender", "dossier", "zorgkantoor", "new", pl.col("served").fill_null(value=False)
    ).unique()


def _received(made: pl.DataFrame, by_zk33: pl.DataFrame) -> pl.DataFrame:
    """Those that a ZK33 2.0 of the responsible zorgkantoor brings."""
    sent = by_zk33.select("new", zorgkantoor="sender", sender="receiver")
    return made.join(sent, on=["new", "zorgkantoor", "sender"], how="semi")


def _sent_by_responsible(made: pl.DataFrame, to_providers: pl.DataFrame) -> pl.DataFrame:
    """The items that the responsible zorgkantoor sends to a provider that it served before: item, verdict."""
    sent = made.filter("served").join(to_providers, on="new", how="semi")
    return sent.select("item", verdict=pl.lit(SENT_BY_ANOTHER))


def _judge(received: pl.DataFrame, new: pl.DataFrame, books: Books) -> pl.DataFrame:
    """The copies with their verdict: forwarded, EX07, EX08, or sent by another."""
    described = received.join(new.select("new", "start", "end", *SAME_CARE[1:]), on="new")
    described = described.join(books.dossiers.select("dossier", "from", "until"), on="dossier")
    beside = described.join(new.select(*SAME_CARE, "start", "end"), on=SAME_CARE, nulls_equal=True, suffix="_own")
    shared = beside.filter((pl.col("start") <= pl.col("end_own")) & (pl.col("end") >= pl.col("start_own")))
    outside = (pl.col("start") < pl.col("from")) | (pl.col("end") > pl.col("until"))
    clashes = pl.struct("item", "new").is_in(shared.select(pair=pl.struct("item", "new"))["pair"].implode())
    verdict = (
        pl.when(outside).then(pl.lit("EX07")).when(clashes).then(pl.lit("EX08"))
        .when("served").then(pl.lit(SENT_BY_ANOTHER)).otherwise(pl.lit(FORWARDED))
    )  # fmt: skip
    return described.select("item", "sender", "dossier", "new", "instelling", verdict=verdict)


def _told_by_one(judged: pl.DataFrame, new: pl.DataFrame, books: Books) -> pl.DataFrame:
    """The copies, of several executing zorgkantoren that could send one to its provider only one that does.

    First who told the provider of it before, then who got the latest ZK33 with it.
    """
    could = judged.filter((pl.col("verdict") == FORWARDED) & pl.col("instelling").is_not_null())
    several = could.filter(pl.col("sender").n_unique().over("new") > 1)
    if several.is_empty():
        return judged
    stood = books.occurrences.join(books.records.select("record", "receiver", "cross", "rank"), on="record")
    telling = stood.filter(~pl.col("cross")).select("item", instelling="receiver", told=pl.lit(value=True)).unique()
    latest = lineage(new).join(stood.filter("cross"), on="item").group_by("new", sender="receiver").agg("rank")
    known = several.join(telling, on=["item", "instelling"], how="left").group_by("new", "sender").agg("told")
    ranked = known.join(latest, on=["new", "sender"]).select(
        "new", "sender", pl.col("told").list.any().fill_null(value=False), pl.col("rank").list.max()
    )
    chosen = ranked.sort("new", "told", "rank", descending=[False, True, True]).unique(
        "new", keep="first", maintain_order=True
    )
    others = ranked.join(chosen, on=["new", "sender"], how="anti").select("new", "sender", other=pl.lit(value=True))
    told = judged.join(others, on=["new", "sender"], how="left", maintain_order="left")
    verdict = pl.when("other").then(pl.lit(SENT_BY_ANOTHER)).otherwise("verdict")
    return told.with_columns(verdict=verdict).drop("other")
