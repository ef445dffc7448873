"""Who else matters to the clients: their Relaties, each with its Contact."""

from functools import cache

import polars as pl

from keten.population.drawing.chance import Draw
from keten.population.drawing.words import words
from keten.population.people.addresses import ADDRESS, LAND_1, PHONE_1, addresses, phones
from keten.population.people.clients import BIRTH, CUTOVER, YEAR
from keten.population.people.names import MAN, SURNAME, WOMAN, plain_names
from keten.population.teams import Region

CONTACT = "Contact/"
"""How the names of the columns of a relation's Contact begin."""

BORN_BEFORE = CUTOVER - 2 * int(YEAR)
"""Nobody is born later: no message may name a birth after its own day (CS023)."""

BY_PARTNER, REGISTERED, CORRESPONDENCE = "12", "01", "02"


def relations(draw: Draw, region: Region, traits: pl.DataFrame, born: pl.Series, homes: pl.DataFrame) -> pl.DataFrame:
    """The relations of the clients, in their order: a row each with its `client` and its cells.

    The cells of its Contact have names that begin with `Contact/`. `homes`: the address of each client.
    """
    everyone = pl.concat(
        [traits.with_columns(born=born).with_row_index("client"), homes.select(ADDRESS)], how="horizontal"
    )
    rows = [everyone.filter(trait).with_columns(trait=pl.lit(trait)) for trait in words()["relations"]]
    found = pl.concat(rows).join(_kinds(), on="trait", how="left", maintain_order="left")
    found = found.sort("client", maintain_order=True)
    number = pl.int_range(1, pl.len() + 1).over("client").cast(pl.String)
    cells = found.select(
        "client",
        pl.when(pl.col("trait") == "relation_number_blank").then(pl.lit("")).otherwise(number).alias("Nummer"),
        pl.when(pl.col("soort_of") != BY_PARTNER).then(number).alias("Volgorde"),
        pl.col("soort_of").alias("Soort"),
        _birth(draw, found).alias(BIRTH),
        draw.one_of("relation sex", [MAN, WOMAN], found.height).alias("Geslacht"),
    )
    return pl.concat([cells, _names(draw, found, cells["Geslacht"]), _contact(draw, region, found)], how="horizontal")


@cache
def _kinds() -> pl.DataFrame:
    """The kinds of relations: the trait that brings them, their Soort, how they are reached, and how much older they are."""
    return pl.DataFrame(
        [
            {
                "trait": trait,
                "soort_of": facts["soort"],
                "reached": facts["reached"],
                "from_years": facts.get("older", (None, None))[0],
                "to_years": facts.get("older", (None, None))[1],
            }
            for trait, facts in words()["relations"].items()
        ]
    )


def _names(draw: Draw, found: pl.DataFrame, sex: pl.Series) -> pl.DataFrame:
    """The names of the relations; blank for whom a trait wants that."""
    blank = draw.one_of("relation blank", words()["blanks"], found.height)
    nameless = found.select(
        (pl.col("trait") == "relation_name_blank") | ((pl.col("trait") == "partner") & pl.col("ex04_partner_blank"))
    ).to_series()
    names = plain_names(draw, "relation", sex)
    return names.with_columns(pl.when(nameless).then(blank).otherwise(SURNAME).alias(SURNAME))


def _birth(draw: Draw, found: pl.DataFrame) -> pl.Expr:
    """Birth dates, of the kinds of relations of whom they are known."""
    span = pl.col("to_years") - pl.col("from_years")
    years = pl.col("from_years") + draw.unit("relation older", found.height) * span
    born = pl.col("born") - (years * YEAR).floor().cast(pl.Int32)
    return pl.when(born < BORN_BEFORE).then(born.cast(pl.Date).cast(pl.String))


def _contact(draw: Draw, region: Region, found: pl.DataFrame) -> pl.DataFrame:
    """How the relations are reached: the cells of their Contact."""
    count, reached = found.height, found["reached"]
    theirs = addresses(draw, "relation", region, count)
    number = phones(draw, "relation", count)
    blank = draw.one_of("relation blank land", words()["blanks"], count)
    by_phone = reached.is_in(["phone", "blank"])
    shared = reached == "same"
    address = [pl.when(shared).then(column).when(~by_phone).then(theirs[column]).alias(column) for column in ADDRESS]
    contact = found.select(
        *address,
        pl.when(~shared).then(number[PHONE_1]).alias(PHONE_1),
        pl.when(reached == "blank").then(blank).when(~shared).then(number[LAND_1]).alias(LAND_1),
        pl.when(by_phone | (reached == "organisation"))
        .then(pl.lit(CORRESPONDENCE))
        .otherwise(pl.lit(REGISTERED))
        .alias("Soort"),
        pl.when(reached == "organisation")
        .then(draw.one_of("relation organisation", words()["organisations"], count))
        .alias("Organisatie"),
    )
    return contact.rename(lambda column: CONTACT + column)
