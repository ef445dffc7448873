"""Faults in what functies became: a functie where an MPT must be, and an MPT where a functie must stay."""

from collections.abc import Iterator

import polars as pl

from keten.faults.codes import MPT
from keten.faults.plans import Edit, Plan, Row, choosing, own
from keten.faults.world import FUNCTIE, ZZP, World

SHARED = (
    "Instelling", "Zorgkantoor", "Soort", "Toewijzingsdatum", "Toewijzingstijd", "Ingangsdatum", "Einddatum",
    "InstellingBestemming",
)  # fmt: skip
"""What functies and ZZPs both say."""


def _instead(row: Row, table: str, **cells: str) -> Iterator[Edit]:
    """An assignment of `table` with these further cells stands in the place of one."""
    yield Edit("drop", row["file"], row["client"], row["table"], row["row"])
    yield Edit("add", row["file"], row["client"], table, cells={**{name: row[name] for name in SHARED}, **cells})


def _unconverted(world: World) -> pl.DataFrame:
    """MPTs with a functie that they were made of."""
    mpt = world.items.filter(own() & MPT)
    same = ["file", "client", "Instelling", "ZzpCode"]
    first = world.functies.unique(same, keep="first", maintain_order=True)
    return mpt.join(first, on=same, maintain_order="left")


def _as_functie(_: World, row: Row) -> Iterator[Edit]:
    yield from _instead(row, FUNCTIE, FunctieCode=row["functie_code"], Klasse=row["functie_klasse"])


def _as_mpt(_: World, row: Row) -> Iterator[Edit]:
    yield from _instead(row, ZZP, ZzpCode="996", Leveringsvorm="7", ToewijzingPercentage="10000")


def _staying(codes: list[str]) -> Plan:
    """A functie that must stay became an MPT."""
    stays = (pl.col("table") == FUNCTIE) & pl.col("FunctieCode").is_in(codes)
    return choosing(lambda world: world.items.filter(own() & stays), _as_mpt)


PLANS: dict[str, Plan] = {
    "functie_not_converted": choosing(_unconverted, _as_functie),
    "adl_converted": _staying(["91"]),
    "treatment_converted": _staying(["61", "62", "63", "64"]),
}
