"""The providers of the clients: codes in the form of AGB codes, each of one region and one kind."""

import polars as pl

from keten.population.drawing.catalogue import Facts, catalogue
from keten.population.drawing.chance import Draw
from keten.population.teams import CLIENTS_PER_TEAM, Team

LEAST, NUMBERS = 3, 10_000
"""Providers that a team has of a kind of which there are several, so that a client can have several; numbers there are."""


def providers(draw: Draw, team: Team, clients: pl.DataFrame) -> pl.DataFrame:
    """The `Instelling` of each client per `slot`, in its own region and (`away`) in a neighbouring one: its `place`."""
    own = pl.repeat(team.region.code, clients.height, eager=True)
    return pl.concat(
        [
            *_of_slots(draw, clients, own, _kinds(team, away=False), away=False),
            *_of_slots(draw, clients, clients["near"], _kinds(team, away=True), away=True),
        ]
    )


def _kinds(team: Team, *, away: bool) -> pl.DataFrame:
    """The kinds of providers: the digits of their codes, how many there are to choose from, and the number of the first.

    Of a neighbour's only the first few are chosen, so that they are also those of the neighbour's own clients.
    """
    return pl.DataFrame(
        [
            {
                "kind": name,
                "digits": facts["digits"],
                "size": _size(facts, team, away=away),
                "start": 1 if away else 1 + team.number_in_region * facts["count"],
            }
            for name, facts in catalogue().kinds.items()
        ]
    )


def _size(kind: Facts, team: Team, *, away: bool) -> int:
    count: int = kind["count"]
    least = min(LEAST, count)
    return least if away else max(least, round(count * team.clients / CLIENTS_PER_TEAM))


def _of_slots(
    draw: Draw, clients: pl.DataFrame, region: pl.Series, kinds: pl.DataFrame, *, away: bool
) -> list[pl.DataFrame]:
    """The providers of each slot in a region; another one than in the slot it stands in for."""
    places: dict[str, pl.Series] = {}
    found = []
    for slot, facts in catalogue().slots.items():
        frame = clients.select("client", kind=_kind_of(facts["kind"])).join(
            kinds, on="kind", how="left", maintain_order="left"
        )
        chance = draw.unit(f"provider {slot} {away}", frame.height)
        place = _place(chance, places.get(facts["other"]))
        frame = frame.with_columns(place.cast(pl.Int64).alias("at"), place=region, slot=pl.lit(slot), away=pl.lit(away))
        places[slot] = frame["at"]
        number = ((pl.col("start") + pl.col("at")) % NUMBERS).cast(pl.String).str.zfill(4)
        code = pl.col("digits") + pl.col("place").str.slice(2) + number
        found.append(frame.select("client", "slot", "away", "place", Instelling=code))
    return found


def _kind_of(kind: str) -> pl.Expr:
    """The kind of provider of each client in a slot: the slot's, or that of the client's sector."""
    of_sector = {name: facts["kind"] for name, facts in catalogue().sectors.items()}
    sector = pl.col("sector").replace_strict(of_sector, return_dtype=pl.String)
    return sector if kind == "sector" else pl.lit(kind)


def _place(chance: pl.Series, other: pl.Series | None) -> pl.Expr:
    """A place among the providers of a kind: the first ones more often, or any but the other."""
    size = pl.col("size")
    if other is None:
        return (chance * chance * size).floor()
    return (other + 1 + (chance * (size - 1)).floor()) % size
