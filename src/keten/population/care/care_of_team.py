"""The care of a team's clients as the books hold it: indications, what is indicated, what is assigned."""

from dataclasses import dataclass

import polars as pl

from keten.population.care.assignments import assignments
from keten.population.care.dating import dated
from keten.population.care.indicated import units
from keten.population.care.indications import clients_of, indications
from keten.population.care.providers import providers
from keten.population.care.rounds import calendar_of
from keten.population.drawing.catalogue import catalogue
from keten.population.drawing.chance import Draw
from keten.population.drawing.moments import date_text
from keten.population.teams import Team


@dataclass(frozen=True, slots=True)
class Care:
    """Tables of the care of a team's clients.

    `indications`: a row each, with its `client`, its days and its cells. `units`: what is indicated, by `indication`.
    `versions`: what is assigned, a row for each version of each `item`, with its cells, the zorgkantoor that is
    responsible (`Zorgkantoor`) and that of the provider's region (`place`), the rounds in which it stands (`since`, and
    `until`, not included), and its last day (`stops`).
    """

    indications: pl.DataFrame
    units: pl.DataFrame
    versions: pl.DataFrame


def care(draw: Draw, team: Team, traits: pl.DataFrame, born: pl.Series) -> Care:
    """Make the care of a team's clients, from their traits."""
    clients = clients_of(draw, team, traits, born)
    found = indications(draw, calendar_of(draw), team, clients)
    items = _placed(dated(draw, assignments(draw, found)), providers(draw, team, clients), team)
    return Care(found, units(draw, found), _versions(items).select(*_cells()))


def _placed(items: pl.DataFrame, places: pl.DataFrame, team: Team) -> pl.DataFrame:
    """The items with their provider, the one they may go to, and their zorgkantoor."""
    others = {name: facts["other"] for name, facts in catalogue().slots.items()}
    destinations = places.filter(~pl.col("away")).select("client", other="slot", destination_code="Instelling")
    return (
        items.with_columns(other=pl.col("slot").replace_strict(others, return_dtype=pl.String))
        .join(places, on=["client", "slot", "away"], how="left", maintain_order="left")
        .join(destinations, on=["client", "other"], how="left", maintain_order="left")
        .with_columns(Zorgkantoor=pl.when("away_zk").then("near").otherwise(pl.lit(team.region.code)))
        .with_row_index("item")
    )


def _versions(items: pl.DataFrame) -> pl.DataFrame:
    """Each item in its newest version, and before it, for those told later, as it stood at first."""
    nothing = pl.lit(None)
    newest = items.with_columns(since=pl.coalesce("changed", "since"), until=nothing.cast(pl.Int32))
    first = items.filter("later").with_columns(
        until=pl.col("changed").cast(pl.Int32),
        stops="before_stops",
        given="before_given",
        at="before_at",
        Klasse=pl.coalesce("course_before_klasse", "Klasse"),
        RedenIntrekking=nothing.cast(pl.String),
        destination=pl.lit(value=False),
    )
    return pl.concat([newest, first], how="vertical_relaxed").sort("item", "since")


def _cells() -> list[pl.Expr]:
    time = pl.from_epoch(pl.col("at"), time_unit="s").dt.strftime("%H:%M:%S")
    return [
        *(pl.col(name) for name in ("item", "client", "indication", "kind", "since", "until", "stops", "place")),
        pl.col("unit_code").alias("FunctieCode"),
        pl.col("unit_code").alias("ZzpCode"),
        *(pl.col(name) for name in ("Instelling", "Zorgkantoor", "Soort")),
        date_text("given").alias("Toewijzingsdatum"),
        time.alias("Toewijzingstijd"),
        date_text("starts").alias("Ingangsdatum"),
        date_text("stops").alias("Einddatum"),
        *(pl.col(name) for name in ("RedenIntrekking", "Klasse", "Opslag", "Vervoer")),
        pl.when("destination").then("destination_code").alias("InstellingBestemming"),
        pl.col("form").alias("Leveringsvorm"),
        pl.col("VoorkeurClient"),
        pl.col("starts"),
    ]
