"""Faults in what crosses regions: ZK33 messages, and the copies that the executing zorgkantoor makes of them."""

from collections.abc import Iterator

import polars as pl

from keten.rehearsal.faults.dates import ENDS, RUNS
from keten.rehearsal.faults.plans import Edit, Plan, Row, choosing, of_files, of_items
from keten.rehearsal.faults.rows import drop_client
from keten.rehearsal.faults.world import World

CROSS = pl.col("message") == "ZK33"
COPY = (pl.col("message") == "AW33") & (pl.col("Zorgkantoor") != pl.col("sender")) & pl.col("Instelling").is_not_null()


def _not_sent(_: World, row: Row) -> Iterator[Edit]:
    yield Edit("remove", row["file"])


PLANS: dict[str, Plan] = {
    "zk33_client_missing": choosing(lambda world: world.clients.filter(CROSS), drop_client),
    "zk33_not_sent": of_files(CROSS, _not_sent),
    "copy_end_differs": of_items(COPY & RUNS, Einddatum=ENDS),
    "copy_percentage_differs": of_items(
        COPY & (pl.col("ToewijzingPercentage") == "10000"), ToewijzingPercentage="5000"
    ),
}
