"""The shares of an MPT over its providers, by what their functies cost (rule P2)."""

import polars as pl

from keten.conversion.law.beside import POOL, REGULAR
from keten.conversion.law.costs import budgets, costs
from keten.conversion.law.dividing import divide
from keten.core.periods import totals
from keten.standard.tariffs import Tariffs

MOST_PROVIDERS = 100
"""A hundred providers can have 1% each; the shares of more cannot add up to 100."""


def compute_shares(sets: pl.DataFrame, new: pl.DataFrame, items: pl.DataFrame, tariffs: Tariffs) -> pl.DataFrame:
    """The shares on the first day of MPT items: number, share, ondoelmatig, lacks.

    `sets`: those items whose set (see `beside`) holds nothing but MPTs made of functies, of one ZzpCode. `share`: whole
    percents; null where the table does not price all, which `lacks` names.
    """
    many = pl.col("others") >= MOST_PROVIDERS
    few = sets.filter(~many)
    mpt = new.filter(pl.col("origin") == "mpt")
    members, priced, allowed = _members(few, mpt), costs(mpt, items, tariffs), budgets(few, tariffs)
    lacking = _lacking(members, priced, allowed)
    whole = members.join(lacking, on="set", how="anti").join(allowed.select("budget", set="number"), on="set")
    cost = totals(whole, priced.with_columns(pl.col("cost").fill_null(0)), ["number"], ["cost"])
    own = divide(cost).filter(pl.col("number") == pl.col("set")).select("number", "share", "ondoelmatig")
    crowds = sets.filter(many).select(set="number", lacks=pl.lit(f"a set of more than {MOST_PROVIDERS} providers"))
    lacks = pl.concat([lacking, crowds]).rename({"set": "number"})
    return sets.select("number").join(own, on="number", how="left").join(lacks, on="number", how="left")


def _members(sets: pl.DataFrame, mpt: pl.DataFrame) -> pl.DataFrame:
    """Who is in each set: set (the number of the item it is the set of), start (the day), number, instelling."""
    placed = sets.sort(*POOL, "start").with_row_index("place")
    days = placed.group_by(*POOL, "start").agg(first=pl.col("place").min(), last=pl.col("place").max()).sort("start")
    regular = pl.col("soort") == REGULAR
    pool = pl.concat(
        [mpt.with_columns(only_regular=False), mpt.filter(regular).with_columns(only_regular=True)]
    ).select(*POOL, "number", "instelling", "start", "end")
    since = pool.sort("start").join_asof(
        days.drop("last"), on="start", by=POOL, strategy="forward", check_sortedness=False
    )
    until = (
        since.rename({"start": "from_day", "end": "start"})
        .sort("start")
        .join_asof(days.drop("first"), on="start", by=POOL, strategy="backward", check_sortedness=False)
    )
    covered = until.filter(pl.col("first") <= pl.col("last"))
    within = covered.select("number", "instelling", place=pl.int_ranges("first", pl.col("last") + 1)).explode("place")
    found = within.join(placed.select(set="number", start="start", place=pl.col("place").cast(pl.Int64)), on="place")
    outside = sets.filter(~pl.col("inside")).select("number", "instelling", set="number", start="start")
    return pl.concat(
        [found.select("set", "start", "number", "instelling"), outside.select("set", "start", "number", "instelling")]
    )


def _lacking(members: pl.DataFrame, priced: pl.DataFrame, allowed: pl.DataFrame) -> pl.DataFrame:
    """What the table does not price: set, lacks."""
    unpriced = priced.filter(pl.col("lacks").is_not_null()).with_columns(there=pl.lit(1, pl.Int32))
    asked = members.join(unpriced.select("number", "lacks").unique(), on="number")
    found = totals(asked, unpriced, ["number", "lacks"], ["there"]).filter(pl.col("there") > 0)
    both = [found.select("set", "lacks"), allowed.drop_nulls("lacks").select(set="number", lacks="lacks")]
    return pl.concat(both).group_by("set").agg(pl.col("lacks").unique().sort().str.join(", "))
