"""Faults in what crosses regions: ZK33 messages, and the copies that the executing zorgkantoor makes of them."""

from collections.abc import Iterator

import polars as pl

from keten.faults.dates import ENDS, RUNS
from keten.faults.plans import Edit, Plan, Row, choosing, of_files, of_items, own
from keten.faults.rows import copy_file, drop_client
from keten.faults.world import World

CROSS = pl.col("message") == "ZK33"
COPY = (pl.col("message") == "AW33") & (pl.col("Zorgkantoor") != pl.col("sender")) & pl.col("Instelling").is_not_null()
TO_OWN = COPY & (pl.col("Instelling") == pl.col("receiver"))
ITEM = ["bsn", "besluit", "table", "ZzpCode", "FunctieCode", "Instelling", "Leveringsvorm", "Ingangsdatum"]


def _not_sent(_: World, row: Row) -> Iterator[Edit]:
    yield Edit("remove", row["file"])


def _shown_by_executing(world: World) -> pl.DataFrame:
    """Copies that an executing zorgkantoor shows for information, of what the responsible one sends to its provider."""
    shown = world.items.filter(COPY & (pl.col("Instelling") != pl.col("receiver")))
    sent = world.items.filter(own()).select(*ITEM, Zorgkantoor="sender")
    return shown.join(sent, on=[*ITEM, "Zorgkantoor"], how="semi", nulls_equal=True, maintain_order="left")


def _to_its_provider(_: World, row: Row) -> Iterator[Edit]:
    """The client record goes, as it is, to the provider as well."""
    _name, edits = copy_file(row["file"], "double", row["client"], Ontvanger=row["Instelling"])
    yield from edits


def _by_responsible(_: World, row: Row) -> Iterator[Edit]:
    """The responsible zorgkantoor sends the same client record to the provider."""
    _name, edits = copy_file(row["file"], "double", row["client"], Afzender=row["Zorgkantoor"])
    yield from edits


PLANS: dict[str, Plan] = {
    "zk33_client_missing": choosing(lambda world: world.clients.filter(CROSS), drop_client),
    "zk33_not_sent": of_files(CROSS, _not_sent),
    "copy_end_differs": of_items(COPY & RUNS, Einddatum=ENDS),
    "copy_percentage_differs": of_items(
        COPY & (pl.col("ToewijzingPercentage") == "10000"), ToewijzingPercentage="5000"
    ),
    "executing_sends_too": choosing(_shown_by_executing, _to_its_provider),
    "responsible_sends_too": choosing(lambda world: world.items.filter(TO_OWN), _by_responsible),
}
