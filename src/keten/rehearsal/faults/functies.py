"""Faults in what functies became: a functie where an MPT must be, and an MPT where a functie must stay."""

from collections.abc import Iterator

import polars as pl

from keten.rehearsal.faults.codes import MPT
from keten.rehearsal.faults.plans import Cells, Edit, Plan, Row, choosing, own
from keten.rehearsal.faults.world import FUNCTIE, ZZP, World

SHARED = (
    "Instelling", "Zorgkantoor", "Soort", "Toewijzingsdatum", "Toewijzingstijd", "Ingangsdatum", "Einddatum",
    "InstellingBestemming",
)  # fmt: skip
"""What functies and ZZPs both say."""


def _instead(where: pl.Expr, table: str, cells: Cells) -> Plan:
    """An assignment of `table` with these further cells stands in the place of one."""

    def edits(_: World, row: Row) -> Iterator[Edit]:
        yield Edit("drop", row["file"], row["client"], row["table"], row["row"])
        yield Edit("add", row["file"], row["client"], table, cells={**{name: row[name] for name in SHARED}, **cells})

    return choosing(lambda world: world.items.filter(own() & where), edits)


MPT_OF_996 = {"ZzpCode": "996", "Leveringsvorm": "7", "ToewijzingPercentage": "10000"}
ADL = (pl.col("table") == FUNCTIE) & (pl.col("FunctieCode") == "91")
TREATMENT = (pl.col("table") == FUNCTIE) & pl.col("FunctieCode").is_in(["61", "62", "63", "64"])

PLANS: dict[str, Plan] = {
    "functie_not_converted": _instead((pl.col("table") == ZZP) & MPT, FUNCTIE, {"FunctieCode": "31", "Klasse": "K3"}),
    "adl_converted": _instead(ADL, ZZP, MPT_OF_996),
    "treatment_converted": _instead(TREATMENT, ZZP, MPT_OF_996),
}
