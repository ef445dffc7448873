"""Two books in CSV that differ in known ways: a hundredth of the records with each kind of difference."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from keten.population.people.identifiers import bsns

SHARE = 100
"""One record in so many gets each kind of difference."""

PROVIDERS, FIRST_PROVIDER = 900, 30_000_000
STRIDE = 7_919
"""A prime: steps through the clients in an order in which the kinds are spread over all of them."""

DAY = "%Y-%m-%d"


def _later(name: str) -> pl.Expr:
    return (pl.col(name).str.to_date(DAY) + pl.duration(days=3)).dt.to_string(DAY)


OTHER_VALUES: Mapping[str, tuple[str, pl.Expr]] = {
    "ingangsdatum": ("start date", _later("ingangsdatum")),
    "einddatum": ("end date", pl.coalesce(_later("einddatum"), pl.lit("2019-12-31"))),
    "percentage": ("percentage", pl.lit("1")),
    "dossierhouder": ("role", pl.lit("29999999")),
    "coordinator": ("role", pl.lit("29999998")),
    "opname": ("role", pl.lit(None, pl.String)),
    "zorgeenheid": ("code", pl.lit("998")),
    "leveringsvorm": ("delivery form", pl.lit("9")),
    "instelling": ("provider", pl.lit("29999997")),
    "klasse": ("klasse", pl.lit("KE6")),
    "soort": ("soort", pl.lit("5")),
    "zorgkantoor": ("zorgkantoor", pl.lit("5599")),
    "besluitnummer": ("decision", pl.lit("1")),
    "zorgbegin": ("start of care", _later("zorgbegin")),
    "zorgeinde": ("end of care", pl.lit("2019-06-30")),
}
"""What becomes of a field in the book of the zorgaanbieder, and the kind of difference that it is."""

ROWS = ("missing at zorgaanbieder", "missing at zorgkantoor", "double at zorgaanbieder", "double at zorgkantoor")


@dataclass(frozen=True, slots=True)
class Planted:
    """Two files, and the differences between them: kind, field and bsn."""

    left: Path
    right: Path
    differences: pl.DataFrame


def plant(folder: Path, records: int) -> Planted:
    """Write two books of about so many records, always the same ones."""
    whole = _records(records).with_columns(plan=_plan(records))
    kinds = [*OTHER_VALUES, *ROWS]
    doubled = {kind: whole.filter(plan=kinds.index(kind)) for kind in ROWS}
    left = whole.filter(pl.col("plan") != kinds.index("missing at zorgkantoor"))
    right = whole.filter(pl.col("plan") != kinds.index("missing at zorgaanbieder")).with_columns(
        pl.when(plan=number).then(OTHER_VALUES[kind][1]).otherwise(pl.col(kind)).alias(kind)
        for number, kind in enumerate(OTHER_VALUES)
    )
    files = {"zorgkantoor": left, "zorgaanbieder": right.reverse()}
    for party, book in files.items():
        pl.concat([book, doubled[f"double at {party}"]]).drop("plan").write_csv(folder / f"{party}.csv")
    named = [(OTHER_VALUES[kind][0], kind) if kind in OTHER_VALUES else (kind, None) for kind in kinds]
    listed = pl.DataFrame(named, {"kind": pl.String, "field": pl.String}, orient="row").with_row_index("plan")
    planted = whole.join(listed.with_columns(pl.col("plan").cast(pl.Int64)), on="plan").select("kind", "field", "bsn")
    return Planted(folder / "zorgkantoor.csv", folder / "zorgaanbieder.csv", planted)


def _clients(records: int) -> int:
    """Four clients have five records: one in four has two."""
    return records * 4 // 5


def _plan(records: int) -> pl.Series:
    """Which kind of difference each record gets, by its number; -1 for none. Only the first record of a client gets one."""
    each, clients = records // SHARE, _clients(records)
    row = pl.int_range(records)
    place = row * STRIDE % clients // each
    kinds = len(OTHER_VALUES) + len(ROWS)
    return pl.select(plan=pl.when(row < clients, place < kinds).then(place).otherwise(-1).cast(pl.Int64))["plan"]


def _records(records: int) -> pl.DataFrame:
    """The records that both books are made of: the first ones are of one client each, the others their second ones."""
    clients = _clients(records)
    row = pl.int_range(records)
    numbered = pl.select(client=row % clients, second=(row >= clients).cast(pl.Int64))
    client, second, at_home = pl.col("client"), pl.col("second"), pl.col("client") % 3 == 0
    provider = (FIRST_PROVIDER + (client * 7 + second) % PROVIDERS).cast(pl.String)
    start = pl.date(2018, 4, 1) + pl.duration(days=client % 270)
    one_in_two = client % 2 == 0
    return numbered.select(
        bsn=pl.Series(bsns(clients)).cast(pl.String).gather(numbered["client"]),
        instelling=provider,
        zorgeenheid=pl.format("75{}", client % 7),
        leveringsvorm=pl.when(at_home).then(pl.lit("7")).otherwise(pl.lit("4")),
        ingangsdatum=start.dt.to_string(DAY),
        einddatum=pl.when(one_in_two).then((start + pl.duration(days=400)).dt.to_string(DAY)),
        percentage=pl.when(second == 1).then(pl.lit("33.5")).otherwise(pl.lit("100")),
        dossierhouder=pl.when(~at_home).then(provider),
        coordinator=pl.when(at_home).then(provider),
        opname=pl.lit("1"),
        klasse=pl.when(~at_home).then(pl.lit("KE5")),
        soort=pl.lit("1"),
        zorgkantoor=(5501 + client % 32).cast(pl.String),
        besluitnummer=(200_000_000 + client).cast(pl.String),
        zorgbegin=start.dt.to_string(DAY),
        zorgeinde=pl.when(one_in_two).then((start + pl.duration(days=90)).dt.to_string(DAY)),
    )
