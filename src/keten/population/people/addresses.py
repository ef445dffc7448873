"""Addresses and telephone numbers: the columns of a Contact. All are made up; none of the numbers can be called."""

import polars as pl

from keten.population.drawing.chance import Draw
from keten.population.drawing.words import streets, words
from keten.population.teams import Region

HOUSE = "Adres/Huis/Huisnummer"
LETTER, ADDITION, DESIGNATION = (
    "Adres/Huis/Huisletter",
    "Adres/Huis/HuisnummerToevoeging",
    "Adres/Huis/AanduidingWoonadres",
)
POSTCODE, STREET, PLACE, COUNTRY = "Adres/Postcode", "Adres/Straatnaam", "Adres/Plaatsnaam", "Adres/LandCode"
ADDRESS = ("Adres", HOUSE, LETTER, ADDITION, DESIGNATION, POSTCODE, STREET, PLACE, COUNTRY)
PHONE_1, LAND_1 = "Telefoon/Telefoon01/Telefoonnummer", "Telefoon/Telefoon01/Landnummer"
PHONE_2, LAND_2 = "Telefoon/Telefoon02/Telefoonnummer", "Telefoon/Telefoon02/Landnummer"

UNREACHABLE = "0000"
"""How the telephone numbers begin: no subscriber has such a number."""

LETTERS = "ABCDEGHJKLMNPRTVWXZ"
MOST_HOUSES = 400
ADDITIONS = ("additions_valid", "additions_lower", "additions_lossy", "additions_nothing_left")


def addresses(draw: Draw, topic: str, region: Region, count: int) -> pl.DataFrame:
    """So many addresses in a region: a place, a postcode that could be of that place, a street and a house number."""
    places = [[name, str(digits)] for name, digits in region.places.items()]
    where = draw.one_of(f"{topic} place", [name for name, _ in places], count)
    frame = pl.DataFrame(
        {
            PLACE: where,
            HOUSE: draw.whole(f"{topic} house", 1, MOST_HOUSES, count).cast(pl.String),
            STREET: draw.one_of(f"{topic} street", streets(), count),
            "digits": draw.whole(f"{topic} postcode", 0, 99, count).cast(pl.String).str.zfill(2),
            "first": draw.one_of(f"{topic} first letter", LETTERS, count),
            "second": draw.one_of(f"{topic} second letter", LETTERS, count),
        }
    )
    begin = pl.col(PLACE).replace_strict(*zip(*places, strict=True), return_dtype=pl.String)
    nothing = pl.lit(None, pl.String)
    return frame.with_columns(
        pl.lit(value=True).alias("Adres"),
        (begin + pl.col("digits") + pl.col("first") + pl.col("second")).alias(POSTCODE),
        pl.lit("NL").alias(COUNTRY),
        *(nothing.alias(column) for column in (LETTER, ADDITION, DESIGNATION)),
    ).select(ADDRESS)


def client_addresses(draw: Draw, topic: str, region: Region, traits: pl.DataFrame) -> pl.DataFrame:
    """The address of each client, as its traits want it."""
    drawn = pl.DataFrame(
        [draw.one_of(f"{topic} {kind}", words()[kind], traits.height).alias(kind) for kind in ADDITIONS]
    )
    frame = pl.concat([addresses(draw, topic, region, traits.height), traits, drawn], how="horizontal").with_columns(
        any_letter=draw.one_of(f"{topic} letter", words()["house_letters"], traits.height),
        any_designation=draw.one_of(f"{topic} designation", words()["designations"], traits.height),
    )
    return _abroad(draw, topic, frame.with_columns(*_house(pl.col("house")))).select(ADDRESS)


def _house(kind: pl.Expr) -> list[pl.Expr]:
    additions = {
        "addition_valid": "additions_valid",
        "addition_lower": "additions_lower",
        "addition_lossy": "additions_lossy",
        "addition_nothing_left": "additions_nothing_left",
    }
    return [
        pl.when(kind == "house_letter").then("any_letter").alias(LETTER),
        pl.when(kind == "house_designation").then("any_designation").alias(DESIGNATION),
        pl.coalesce([pl.when(kind == trait).then(column) for trait, column in additions.items()]).alias(ADDITION),
    ]


def _abroad(draw: Draw, topic: str, frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with addresses abroad for those who live there."""
    found = [(country, code, place) for country, (place, codes) in words()["abroad"].items() for code in codes]
    picked = draw.whole(f"{topic} abroad", 0, len(found) - 1, frame.height)
    columns = {COUNTRY: 0, POSTCODE: 1, PLACE: 2}
    return frame.with_columns(
        pl.when("foreign").then(pl.Series([one[part] for one in found]).gather(picked)).otherwise(column).alias(column)
        for column, part in columns.items()
    )


def phones(draw: Draw, topic: str, count: int) -> pl.DataFrame:
    """Two telephone numbers for each of so many people, with the number of the country."""
    columns: dict[str, pl.Series] = {}
    for number, land in ((PHONE_1, LAND_1), (PHONE_2, LAND_2)):
        digits = draw.whole(f"{topic} {number}", 0, 999_999, count).cast(pl.String).str.zfill(6)
        columns[number] = (UNREACHABLE + digits).rename(number)
        columns[land] = draw.one_of(f"{topic} {land}", words()["countries"], count)
    return pl.DataFrame(columns)
