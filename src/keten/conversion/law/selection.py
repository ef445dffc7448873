"""Which assignments are sent again, and for what period (rules B3, N1, N2, N4), and how the old ones are closed (C1-C3)."""

import polars as pl

from keten.conversion.before.books import Books
from keten.conversion.settings import Settings
from keten.core.days import FOREVER, day

SOORT = {1: 1, 2: 1, 3: 3, 4: 3, 5: 5}
"""N4: Alternatief becomes Regulier, Transfer becomes Overbrugging."""


def select(books: Books, items: pl.DataFrame, settings: Settings) -> pl.DataFrame:
    """The items with what is decided before any is converted.

    Added columns: `own` (the sender's; not another zorgkantoor's, shown for information or forwarded), `outcome` (null:
    it is sent again), `shortened` (B3: withdrawn from a later day on), `new_start`, `new_end` (N2), `cut_start`,
    `cut_end` (whether the indication cut them), `new_soort` (N4), `old_start`, `old_soort`.
    """
    start, end, cutover = pl.col("start"), pl.col("end"), day(settings.cutover)
    withdrawn = pl.col("intrekking").is_not_null()
    runs_on = withdrawn & (end < FOREVER) & (end > start)
    items = items.join(books.dossiers.select("dossier", "record", "from", "until"), on="dossier")
    items = items.join(_unconvertible(books), on="record", how="left", maintain_order="left").with_columns(
        own=pl.col("zorgkantoor") == pl.col("sender"),
        shortened=runs_on,
        new_start=pl.max_horizontal(start, pl.lit(cutover, pl.Int32), "from"),
        new_end=pl.min_horizontal(end, "until"),
        cut_start=pl.col("from") > pl.max_horizontal(start, pl.lit(cutover, pl.Int32)),
        cut_end=pl.col("until") < end,
        new_soort=pl.col("soort").replace_strict(SOORT, return_dtype=pl.Int8),
    )
    outcome = (
        pl.when("contradictory").then(pl.lit("EX01"))
        .when(withdrawn & ~runs_on).then(pl.lit("withdrawn"))
        .when(end < cutover).then(pl.lit("ended"))
        .when(pl.col("own") & (end < start)).then(pl.lit("EX09"))
        .when(pl.col("own") & (pl.col("new_end") < pl.col("new_start"))).then(pl.lit("EX07"))
        .when(pl.col("unconvertible").is_not_null()).then(pl.lit("EX04"))
    )  # fmt: skip
    return items.with_columns(outcome=outcome, old_start=start, old_soort=pl.col("soort")).drop("unconvertible")


def close(items: pl.DataFrame, settings: Settings) -> pl.DataFrame:
    """How every item that is not withdrawn ends in the books, without messages.

    Columns: item, sender, `rule`, `end` (the new Einddatum in the zorgkantoor's books), `provider`: what the provider
    does with it ("ends" it that day, "removes" it, "keeps" it as it is).
    """
    start, end, eve = pl.col("start"), pl.col("end"), day(settings.eve)
    running, future = (start <= eve) & (end >= eve), start > eve
    return items.filter(pl.col("outcome").ne_missing("withdrawn")).select(
        "item",
        "sender",
        rule=pl.when(running).then(pl.lit("C1")).when(future).then(pl.lit("C2")).otherwise(pl.lit("C3")),
        end=pl.when(running).then(pl.lit(eve, pl.Int32)).when(future).then(start).otherwise(end),
        provider=pl.when(running).then(pl.lit("ends")).when(future).then(pl.lit("removes")).otherwise(pl.lit("keeps")),
    )


def _unconvertible(books: Books) -> pl.DataFrame:
    """Records whose content no rule repairs (EX04)."""
    failed = books.failures.select("file", "number").unique()
    return books.records.join(failed, on=["file", "number"]).select("record", unconvertible=pl.lit(value=True))
