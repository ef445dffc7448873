"""What is in force beside each new ZZP item on its first day in its dossier: the set of the item (rule P1)."""

import polars as pl

from keten.conversion.before.books import PGB
from keten.core.periods import totals

REGULAR = 1
COUNTED = ["EX01", "EX02", "EX03", "EX04", "EX05"]
"""Exceptions that stand in the way of others' 100%."""

POOL = ["dossier", "only_regular"]
"""What an item's set is drawn from: all that is in force in the dossier, or what has Soort 1 of it."""


def sets(new: pl.DataFrame, items: pl.DataFrame) -> pl.DataFrame:
    """For each new ZZP item (`number`, `start`, ...) what its set holds.

    `only_regular`: its set is drawn from those of Soort 1, and `inside`: it is one of these itself. `others`,
    `exceptions`, `pgbs`: how many there are beside it; `other_forms`, `other_codes`: how many differ from it in
    leveringsvorm or ZzpCode, exceptions apart; `without_functies`: how many of the set, itself included, are no MPT made
    of functies.
    """
    mine = new.filter("zzp").with_columns(regular=pl.col("soort") == REGULAR)
    pool = _pool(mine, items)
    regular = totals(mine.select("number", "dossier", "start"), pool.filter("regular"), ["dossier"], ["one"])
    beside = mine.with_columns(only_regular=regular["one"] > 0).with_columns(
        inside=pl.col("regular") | ~pl.col("only_regular")
    )
    both = pl.concat([pool.with_columns(only_regular=False), pool.filter("regular").with_columns(only_regular=True)])
    counted = totals(beside, both, POOL, ["one", "exception", "pgb", "bare"])
    plain = both.filter(pl.col("exception") == 0).select(*POOL, "start", "end", "code", "form", "one")
    form, code = (
        totals(beside.select(*POOL, "start", pl.col(name)), plain, [*POOL, name], ["one"])["one"]
        for name in ("form", "code")
    )
    itself = pl.col("inside").cast(pl.Int32)
    outside = (~pl.col("inside")).cast(pl.Int32)
    return counted.with_columns(
        others=pl.col("one") - itself,
        exceptions=pl.col("exception"),
        pgbs=pl.col("pgb") - itself * (pl.col("form") == PGB),
        other_forms=pl.col("one") - pl.col("exception") - form,
        other_codes=pl.col("one") - pl.col("exception") - code,
        without_functies=pl.col("bare") + outside * (pl.col("origin") != "mpt"),
    ).drop("one", "exception", "pgb", "bare")


def _pool(mine: pl.DataFrame, items: pl.DataFrame) -> pl.DataFrame:
    """The new ZZP items, and the exceptions that count beside them."""
    standing = items.filter(pl.col("own") & pl.col("outcome").is_in(COUNTED)).select(
        "dossier",
        "code",
        start="new_start",
        end="new_end",
        form="leveringsvorm",
        regular=pl.col("new_soort") == REGULAR,
        exception=pl.lit(1, pl.Int32),
        bare=pl.lit(1, pl.Int32),
    )
    made = mine.select(
        "dossier",
        "code",
        "start",
        "end",
        "form",
        "regular",
        exception=pl.lit(0, pl.Int32),
        bare=(pl.col("origin") != "mpt").cast(pl.Int32),
    )
    is_pgb = (pl.col("form") == PGB).fill_null(value=False).cast(pl.Int32)
    return pl.concat([made, standing]).with_columns(one=pl.lit(1, pl.Int32), pgb=is_pgb)
