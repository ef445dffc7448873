"""Divides a whole over providers by their costs: whole percents that add up (rule P2). All in whole numbers."""

import polars as pl

HUNDRED, MOST = 100, 999


def divide(costs: pl.DataFrame) -> pl.DataFrame:
    """Rows of set, instelling, cost and budget with their `share`, in percents, and whether the set is `ondoelmatig`.

    Within budget the shares of a set are parts of its cost and add up to 100; over budget they are parts of the budget.
    """
    ordered = costs.sort("set", "instelling", "number").with_columns(total=pl.col("cost").sum().over("set"))
    over = ordered.with_columns(ondoelmatig=pl.col("total") > pl.col("budget"))
    doubled = 2 * pl.col("budget")
    of_budget = ((2 * HUNDRED * pl.col("cost") + pl.col("budget")) // doubled).clip(1, MOST)
    return pl.concat(
        [
            over.filter("ondoelmatig").with_columns(share=of_budget),
            _at_least_one(_largest_remainder(over.filter(~pl.col("ondoelmatig")))),
        ]
    )


def _largest_remainder(costs: pl.DataFrame) -> pl.DataFrame:
    """Percents that add up to 100: rounded down, the rest to the largest remainders, of equal ones the lowest code."""
    exact = HUNDRED * pl.col("cost")
    rounded = costs.with_columns(share=exact // pl.col("total"), remainder=exact % pl.col("total"))
    left = HUNDRED - pl.col("share").sum().over("set")
    rank = pl.col("remainder").rank("ordinal", descending=True).over("set")
    return rounded.with_columns(share=pl.col("share") + (rank <= left).cast(pl.Int64)).drop("remainder")


def _at_least_one(shares: pl.DataFrame) -> pl.DataFrame:
    """Who has none gets 1, taken from the largest (of equal ones the lowest code), one after the other."""
    nothing = pl.col("share") == 0
    while shares["share"].eq(0).any():
        first = nothing & (nothing.cast(pl.Int32).cum_sum().over("set") == 1)
        largest = pl.int_range(pl.len()).over("set") == pl.col("share").arg_max().over("set")
        gives = largest & nothing.any().over("set")
        shares = shares.with_columns(share=pl.col("share") + first.cast(pl.Int64) - gives.cast(pl.Int64))
    return shares
