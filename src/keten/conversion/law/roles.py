"""Who holds the file of a client, and who coordinates the care at home (rules R1, R2, R3)."""

import polars as pl

from keten.conversion.law.packages import MPT, VERBLIJF, VPT
from keten.core.periods import islands

ADMINISTRATIVE = 5


def assign_roles(new: pl.DataFrame) -> pl.DataFrame:
    """The new items with `dossierhouder`, `coordinator` and `opname` (null where the item has no place for it).

    A role group is what is linked by overlapping periods in a dossier, stays with VPT and MPT apart. Items that clash
    hold no role, and get none. `new` has the computed `share` of each item.
    """
    numbered = new.with_row_index("number")
    at_home = pl.col("leveringsvorm") == MPT
    eligible = pl.col("zzp") & ~pl.col("clashes") & pl.col("leveringsvorm").is_in([VERBLIJF, VPT, MPT])
    grouped = islands(numbered.filter(eligible).with_columns(at_home=at_home), ["dossier", "at_home"], gap=0)
    holders = _holders(grouped).rename({"instelling": "holder"})
    held = grouped.join(holders, on="island").select("number", "holder")
    joined = numbered.join(held, on="number", how="left", maintain_order="left").drop("number")
    stay = pl.col("leveringsvorm") == VERBLIJF
    return joined.with_columns(
        dossierhouder=pl.when(~at_home).then("holder"),
        coordinator=pl.when(at_home).then("holder"),
        opname=pl.when(stay).then(pl.when(pl.col("origin") == "zzp").then(pl.lit("1")).otherwise(pl.lit("2"))),
    ).drop("holder")


def _holders(grouped: pl.DataFrame) -> pl.DataFrame:
    """The provider that holds the role of each group (island, instelling).

    Candidates have an item in force on the group's first day. Of those, for stays: one with an item that was a ZZP, then
    with one of Soort 5, then with one whose old Soort was Regulier; for MPT, where the shares of all candidates are
    computed, the largest; for both kinds: the earliest, then the lowest code.
    """
    stays, begins = ~pl.col("at_home"), pl.col("start") == pl.col("first_day")
    candidates = (
        grouped.with_columns(first_day=pl.col("start").min().over("island"))
        .group_by("island", "instelling")
        .agg(
            present=begins.any(),
            share=pl.col("share").filter(begins).max(),
            was_zzp=(stays & (pl.col("origin") == "zzp")).any(),
            administrative=(stays & (pl.col("soort") == ADMINISTRATIVE)).any(),
            regular=(stays & pl.col("old_regular")).any(),
            earliest=pl.col("old_start").min(),
        )
    )
    present = candidates.filter("present").with_columns(
        share=pl.when(pl.col("share").is_not_null().all().over("island")).then("share").otherwise(0)
    )
    order = ["island", "was_zzp", "administrative", "regular", "share", "earliest", "instelling"]
    ranked = present.sort(order, descending=[False, True, True, True, True, False, False])
    return ranked.group_by("island", maintain_order=True).first().select("island", "instelling")
