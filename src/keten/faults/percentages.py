"""Faults in the percentage of a package."""

from collections.abc import Iterator

import polars as pl

from keten.faults.codes import MPT
from keten.faults.plans import Edit, Plan, Row, choosing, of_items, of_packages
from keten.faults.world import ZZP, World

SHARE = pl.col("ToewijzingPercentage")
WHOLE, UNKNOWN = SHARE == "10000", SHARE == "100"


def _sets(world: World) -> pl.DataFrame:
    """Clients who have several MPTs, all of them 1%, that begin on one day: a row per client and indication."""
    packages = world.items.filter((pl.col("table") == ZZP) & (pl.col("message") == "AW33"))
    sets = packages.group_by("sender", "bsn", "besluit").agg(
        (UNKNOWN & MPT).all().alias("equal"),
        several=pl.col("Instelling").n_unique() > 1,
        together=pl.col("Ingangsdatum").n_unique() == 1,
        ours=(pl.col("Zorgkantoor") == pl.col("sender")).all(),
        file=pl.col("file").min(),
        client=pl.lit(1, pl.Int64),
    )
    return sets.filter(pl.all_horizontal("equal", "several", "together", "ours")).sort("sender", "bsn", "besluit")


def _all(share: str) -> Plan:
    """Every package of a set gets this share, in every message that shows it."""

    def edits(world: World, row: Row) -> Iterator[Edit]:
        mine = world.items.filter(bsn=row["bsn"], besluit=row["besluit"], sender=row["sender"], table=ZZP)
        for one in mine.iter_rows(named=True):
            yield Edit("set", one["file"], one["client"], ZZP, one["row"], {"ToewijzingPercentage": share})

    return choosing(_sets, edits)


PLANS: dict[str, Plan] = {
    "percentage_zero": of_packages(SHARE.is_not_null(), ToewijzingPercentage="0"),
    "percentage_not_whole": of_packages(WHOLE, ToewijzingPercentage="9950"),
    "percentage_half": of_packages(WHOLE, ToewijzingPercentage="5000"),
    "percentage_one_unneeded": of_packages(WHOLE, ToewijzingPercentage="100"),
    "percentage_missing": of_packages(SHARE.is_not_null(), ToewijzingPercentage=None),
    "percentage_whole_beside": of_packages(UNKNOWN, ToewijzingPercentage="10000"),
    "percentage_of_pgb": of_items(
        (pl.col("Leveringsvorm") == "2") & (pl.col("message") == "AW33"), ToewijzingPercentage="10000"
    ),
    "percentages_too_low": _all("1000"),
    "percentages_too_high": _all("8000"),
}
