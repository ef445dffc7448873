"""Faults in who holds the file of a client, and who coordinates the care at home."""

from collections.abc import Callable, Iterator

import polars as pl

from keten.faults.codes import MPT, STAY, VPT
from keten.faults.plans import Edit, Plan, Row, choosing, of_packages, own
from keten.faults.world import ZZP, World

HOLDER, COORDINATOR = "Dossierhouder", "CoordinatorZorgThuis"


def _another_provider(world: World, role: str) -> pl.DataFrame:
    """Packages with the role, with `other`: another provider of the same client with the role too, from the same day on."""
    packages = world.items.filter((pl.col("table") == ZZP) & pl.col(role).is_not_null() & (pl.col("message") == "AW33"))
    same = ["sender", "bsn", "besluit", "Leveringsvorm", "Ingangsdatum"]
    others = packages.filter(own()).select(*same, other="Instelling").unique(maintain_order=True)
    joined = packages.filter(own()).join(others, on=same, maintain_order="left_right")
    return joined.filter(pl.col("other") != pl.col(role)).unique(["file", "client", "row"], maintain_order=True)


def _strangers(world: World) -> pl.DataFrame:
    """Packages of a Dossierhouder, with `other`: a provider that has nothing to do with the client."""
    stays = world.items.filter((pl.col("table") == ZZP) & pl.col(HOLDER).is_not_null() & own())
    known = world.items.select("bsn", "Instelling").drop_nulls().unique()
    providers = sorted(known["Instelling"].unique())
    following = dict(zip(providers, providers[1:] + providers[:1], strict=True))
    strange = stays.with_columns(other=pl.col(HOLDER).replace_strict(following, default=None))
    return strange.join(known.rename({"Instelling": "other"}), on=["bsn", "other"], how="anti", maintain_order="left")


def _in_one_place(role: str) -> Plan:
    """The role goes to another in one record only."""

    def edits(_: World, row: Row) -> Iterator[Edit]:
        yield Edit("set", row["file"], row["client"], ZZP, row["row"], {role: row["other"]})

    return choosing(lambda world: _another_provider(world, role), edits)


def _everywhere(role: str, candidates: Callable[[World], pl.DataFrame]) -> Plan:
    """The role goes to another in all messages about the client."""

    def edits(world: World, row: Row) -> Iterator[Edit]:
        theirs = world.items.filter(bsn=row["bsn"], besluit=row["besluit"], table=ZZP).filter(pl.col(role) == row[role])
        for one in theirs.iter_rows(named=True):
            yield Edit("set", one["file"], one["client"], ZZP, one["row"], {role: row["other"]})

    return choosing(candidates, edits)


PLANS: dict[str, Plan] = {
    "dossierhouder_missing": of_packages(STAY | VPT, Dossierhouder=None),
    "dossierhouder_two": _in_one_place(HOLDER),
    "dossierhouder_stranger": _everywhere(HOLDER, _strangers),
    "dossierhouder_on_mpt": of_packages(MPT, Dossierhouder=pl.col(COORDINATOR)),
    "coordinator_missing": of_packages(MPT, CoordinatorZorgThuis=None),
    "coordinator_two": _in_one_place(COORDINATOR),
    "coordinator_other": _everywhere(COORDINATOR, lambda world: _another_provider(world, COORDINATOR)),
    "coordinator_on_stay": of_packages(STAY | VPT, CoordinatorZorgThuis=pl.col(HOLDER)),
}
