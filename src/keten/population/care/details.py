"""Klasse and Vervoer of functies, and klassen of ZZPs, as the rules on them (TR008, CD022, CS074) have it."""

import polars as pl

from keten.population.drawing.catalogue import catalogue
from keten.population.drawing.chance import Draw


def functie_klasse(draw: Draw, topic: str, rows: pl.DataFrame) -> pl.Series:
    """A klasse for each row by its `unit_code`, low ones more often than high ones; null for a ZZP."""
    even = draw.unit(f"{topic} klasse", rows.height)
    chance = even * (even + 1) / 2
    klassen = catalogue().klassen
    known = pl.DataFrame({"unit_code": list(klassen), "klassen": list(klassen.values())})
    found = rows.select("unit_code").join(known, on="unit_code", how="left", maintain_order="left")
    place = (chance * pl.col("klassen").list.len()).floor().cast(pl.Int64)
    return found.select(pl.col("klassen").list.get(place))["klassen"]


def highest_klasse(codes: pl.Series) -> pl.Series:
    """The highest klasse of each functie; null for a ZZP."""
    highest = {code: klassen[-1] for code, klassen in catalogue().klassen.items()}
    return codes.replace_strict(highest, default=None, return_dtype=pl.String)


def other_klasse(codes: pl.Series, klasse: pl.Series) -> pl.Series:
    """Another klasse than a row has: of a functie the next one (after the highest: the lowest), of a ZZP KE5 or KE7."""
    following = {
        f"{code} {one}": klassen[(place + 1) % len(klassen)]
        for code, klassen in catalogue().klassen.items()
        for place, one in enumerate(klassen)
    }
    found = (codes + " " + klasse).replace_strict(following, default=None, return_dtype=pl.String)
    of_zzp = pl.when(klasse == "KE5").then(pl.lit("KE7")).otherwise(pl.lit("KE5"))
    return pl.select(pl.coalesce(found, of_zzp)).to_series()


def transport(draw: Draw, topic: str, rows: pl.DataFrame) -> pl.Expr:
    """Vervoer, which functies in a group have (CD022)."""
    needed = draw.one_of(f"{topic} transport", ["1", "2"], rows.height)
    return pl.when(pl.col("unit_code").is_in(catalogue().with_vervoer)).then(needed)
