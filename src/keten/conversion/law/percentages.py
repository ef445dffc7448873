"""The share of the budget that a new item is assigned (rules P1-P3), in hundredths of a percent."""

import polars as pl

from keten.conversion.law.beside import sets
from keten.conversion.law.packages import MPT
from keten.conversion.law.shares import compute_shares
from keten.standard.tariffs import Tariffs

WHOLE, ONE_PERCENT = 10_000, 100


def assign_percentages(new: pl.DataFrame, items: pl.DataFrame, tariffs: Tariffs | None) -> pl.DataFrame:
    """The new items with `percentage` (null for a functie) and, where it is 1% for want of knowledge, the `reason`.

    The set of an item is what is in force on its first day in its dossier; alone in its set it gets 100%. Where the
    tariff table prices all of an MPT, its `share` is computed (null elsewhere); `ondoelmatig` where it is over budget.
    """
    numbered = new.with_columns(form="leveringsvorm").with_row_index("number")
    found = sets(numbered, items)
    computed = _computed(found, numbered, items, tariffs)
    alone = (pl.col("others") == 0).fill_null(value=False)
    known = found.select("number", "others", _obstacle()).join(computed, on="number", how="left")
    joined = numbered.join(known, on="number", how="left", maintain_order="left")
    unknown = pl.col("zzp") & ~alone & pl.col("share").is_null()
    lacks = pl.coalesce("lacks", pl.lit("an MPT that was not made of functies"))
    unpriced = pl.format("not priced: {}", lacks) if tariffs else pl.lit("no tariff table")
    return joined.with_columns(
        percentage=pl.when("zzp").then(
            pl.coalesce("share", pl.when(alone).then(WHOLE).otherwise(ONE_PERCENT)).cast(pl.Int64)
        ),
        reason=pl.when(unknown).then(pl.coalesce("obstacle", unpriced)),
        ondoelmatig=pl.col("ondoelmatig").fill_null(value=False),
    ).drop("number", "form", "others", "obstacle", "lacks")


def _computed(found: pl.DataFrame, new: pl.DataFrame, items: pl.DataFrame, tariffs: Tariffs | None) -> pl.DataFrame:
    """The shares that the table gives: number, share, ondoelmatig, lacks."""
    if tariffs is None:
        schema = {"number": pl.UInt32, "share": pl.Int64, "ondoelmatig": pl.Boolean, "lacks": pl.String}
        return pl.DataFrame(schema=schema)
    homely = found.filter((pl.col("form") == MPT) & _obstacle().is_null() & (pl.col("without_functies") == 0))
    shares = compute_shares(homely, new, items, tariffs)
    within = (pl.col("others") == 0) & ~pl.col("ondoelmatig")  # alone and within budget: 100% by P1, nothing computed
    return (
        shares.join(homely.select("number", "others"), on="number")
        .with_columns(share=pl.when(~within).then(pl.col("share") * ONE_PERCENT))
        .drop("others")
    )


def _obstacle() -> pl.Expr:
    """Why no share can be computed, whatever the tariffs (P3); null where there is nothing in the way."""
    return (
        pl.when(pl.col("exceptions") > 0).then(pl.lit("an exception beside"))
        .when((pl.col("other_forms") > 0) | (pl.col("pgbs") > 0)).then(pl.lit("another leveringsvorm or pgb beside"))
        .when(pl.col("form") != MPT).then(pl.lit("several providers of Verblijf or VPT"))
        .when(pl.col("other_codes") > 0).then(pl.lit("several ZZPs"))
        .alias("obstacle")
    )  # fmt: skip
