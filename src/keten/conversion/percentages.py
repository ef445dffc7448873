"""The share of the budget that a new item is assigned (rules P1, P3), in hundredths of a percent."""

import polars as pl

from keten.conversion.books import PGB
from keten.conversion.packages import MPT

WHOLE, ONE_PERCENT = 10_000, 100
REGULAR = 1
COUNTED = ["EX01", "EX02", "EX03", "EX04", "EX05"]
"""Exceptions that stand in the way of others' 100%."""


def assign_percentages(new: pl.DataFrame, items: pl.DataFrame) -> pl.DataFrame:
    """The new items with `percentage` (null for a functie) and, where it is 1%, the `reason`.

    The set of an item is what is in force on its first day in its dossier; alone in its set it gets 100%. Computing
    other shares needs a table of tariffs; until there is one, all others get 1%.
    """
    numbered = new.with_row_index("number")
    beside = _beside(numbered, items)
    sets = beside.group_by("number").agg(
        exception=pl.col("exception").any(),
        other_form=(pl.col("form_other") != pl.col("form")).any() | (pl.col("form_other") == PGB).any(),
        at_home=(pl.col("form") == MPT).first(),
        several_zzps=(pl.col("code_other") != pl.col("code")).any(),
    )
    joined = numbered.join(sets, on="number", how="left", maintain_order="left").drop("number")
    alone = pl.col("exception").is_null()
    return joined.with_columns(
        percentage=pl.when("zzp").then(pl.when(alone).then(WHOLE).otherwise(ONE_PERCENT)),
        reason=pl.when(pl.col("zzp") & ~alone).then(_reason()),
    ).drop("exception", "other_form", "at_home", "several_zzps")


def _reason() -> pl.Expr:
    """Why the right percentage is not known (P3)."""
    return (
        pl.when("exception").then(pl.lit("an exception beside"))
        .when("other_form").then(pl.lit("another leveringsvorm or pgb beside"))
        .when(~pl.col("at_home")).then(pl.lit("several providers of Verblijf or VPT"))
        .when("several_zzps").then(pl.lit("several ZZPs"))
        .otherwise(pl.lit("no tariff table"))
    )  # fmt: skip


def _beside(numbered: pl.DataFrame, items: pl.DataFrame) -> pl.DataFrame:
    """For each new ZZP item what else is in force on its first day: number and the columns that the reasons ask for."""
    mine = numbered.filter("zzp").select("number", "dossier", "start", "soort", "code", form="leveringsvorm")
    others = pl.concat([_of_new(numbered), _of_exceptions(items)])
    pairs = mine.join(others, on="dossier", suffix="_other").filter(
        (pl.col("number_other").ne_missing(pl.col("number")))
        & (pl.col("start_other") <= pl.col("start"))
        & (pl.col("end") >= pl.col("start"))
    )
    regular = (pl.col("soort") == REGULAR) | (pl.col("soort_other") == REGULAR).any().over("number")
    return pairs.filter(~regular | (pl.col("soort_other") == REGULAR))


def _of_new(numbered: pl.DataFrame) -> pl.DataFrame:
    new = numbered.filter("zzp").with_columns(number=pl.col("number").cast(pl.Int64))
    return new.select(
        "dossier", "number", "start", "end", "soort", "code", form="leveringsvorm", exception=pl.lit(value=False)
    )


def _of_exceptions(items: pl.DataFrame) -> pl.DataFrame:
    standing = items.filter(pl.col("own") & pl.col("outcome").is_in(COUNTED))
    return standing.select(
        "dossier",
        number=pl.lit(None, pl.Int64),
        start="new_start",
        end="new_end",
        soort="new_soort",
        code="code",
        form="leveringsvorm",
        exception=pl.lit(value=True),
    )
