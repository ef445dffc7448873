"""Names as a message writes them: the columns of a CDT_VolledigeNaam, plain or peculiar."""

import polars as pl

from keten.population.drawing.chance import Draw
from keten.population.drawing.words import first_names, long_parts, surnames, words

SURNAME, PREFIX = "Naam/Geslachtsnaam/Naam", "Naam/Geslachtsnaam/Voorvoegsel"
PARTNER, PARTNER_PREFIX = "Naam/Partnernaam/Naam", "Naam/Partnernaam/Voorvoegsel"
FIRST, INITIALS, USE = "Naam/Voornamen", "Naam/Voorletters", "Naam/NaamGebruik"

MAN, WOMAN = "1", "2"
PARTS_OF_LONG = 12
PREFIXED = 0.22
"""Share of relatives, and of partners' names, with a prefix."""

FIRST_NAMES = (0.5, 0.35, 0.15)
"""Shares of the people with one, two and three first names."""

PECULIAR = ("apostrophes", "diacritics", "letters", "blanks", "initials_refused", "initials_nothing_left")


def client_names(draw: Draw, traits: pl.DataFrame, sex: pl.Series) -> pl.DataFrame:
    """The name of each client, as its traits want it."""
    drawn = [
        plain_names(draw, "client", sex).rename(
            {SURNAME: "own", PREFIX: "prefix", FIRST: "first", INITIALS: "letters"}
        ),
        _surnames_and_prefixes(draw, "client's partner", traits.height).rename(
            {SURNAME: "other", PREFIX: "other_prefix"}
        ),
        pl.DataFrame([draw.one_of(name, words()[name], traits.height).alias(f"any_{name}") for name in PECULIAR]),
        _long(draw, traits.height).to_frame("long"),
    ]
    frame = pl.concat(
        [traits, *(part.drop(PARTNER, PARTNER_PREFIX, USE, strict=False) for part in drawn)], how="horizontal"
    )
    return frame.select(*_own_name(), *_partner_name(), *_given_names())


def plain_names(draw: Draw, topic: str, sex: pl.Series) -> pl.DataFrame:
    """Names of people of each sex, without anything peculiar; `topic` keeps them apart from others."""
    nothing = pl.lit(None, pl.String)
    names = _surnames_and_prefixes(draw, topic, len(sex)).with_columns(_first_names(draw, topic, sex).alias(FIRST))
    initials = pl.col(FIRST).str.replace_all(r"(\S)\S*\s*", "$1")
    return names.select(
        SURNAME,
        PREFIX,
        nothing.alias(PARTNER),
        nothing.alias(PARTNER_PREFIX),
        FIRST,
        initials.alias(INITIALS),
        pl.lit("1").alias(USE),
    )


def _surnames_and_prefixes(draw: Draw, topic: str, count: int) -> pl.DataFrame:
    prefixed = draw.unit(f"{topic} prefixed", count) < PREFIXED
    prefixes = draw.one_of(f"{topic} prefix", words()["prefixes"], count)
    return pl.DataFrame({SURNAME: draw.one_of(f"{topic} surname", surnames(), count), PREFIX: prefixes}).with_columns(
        pl.when(prefixed).then(PREFIX).alias(PREFIX)
    )


def _first_names(draw: Draw, topic: str, sex: pl.Series) -> pl.Series:
    """One to three first names of the right sex."""
    count = len(sex)
    names = pl.DataFrame(
        {
            f"{kind} {place}": draw.one_of(f"{topic} first name {kind} {place}", first_names(kind), count)
            for kind in (MAN, WOMAN)
            for place in range(3)
        }
    )
    how_many = pl.Series(draw.chosen(f"{topic} first names", FIRST_NAMES, count))
    given = [
        pl.when(how_many >= place).then(pl.when(sex == MAN).then(f"{MAN} {place}").otherwise(f"{WOMAN} {place}"))
        for place in range(3)
    ]
    return names.select(pl.concat_str(given, separator=" ", ignore_nulls=True).alias(FIRST))[FIRST]


def _long(draw: Draw, count: int) -> pl.Series:
    """Names of a dozen parts."""
    parts = pl.DataFrame([draw.one_of(f"long name {place}", long_parts(), count) for place in range(PARTS_OF_LONG)])
    return parts.select(pl.concat_str(pl.all(), separator="-").alias("long"))["long"]


def _own_name() -> list[pl.Expr]:
    kind = pl.col("surname")
    peculiar = {
        "surname_apostrophe": pl.col("any_apostrophes"),
        "surname_double": pl.col("own") + "-" + pl.col("other"),
        "surname_diacritics": pl.col("any_diacritics"),
        "surname_long": pl.col("long"),
        "surname_letter": pl.col("any_letters"),
        "ex04_surname_blank": pl.col("any_blanks"),
    }
    name = pl.coalesce([*(pl.when(kind == trait).then(words) for trait, words in peculiar.items()), pl.col("own")])
    prefix = pl.when(kind == "surname_prefixed").then(pl.col("prefix").fill_null(pl.lit("van der")))
    return [name.alias(SURNAME), prefix.alias(PREFIX)]


def _partner_name() -> list[pl.Expr]:
    blank, named = pl.col("partner_name_blank"), pl.col("partner_name")
    name = pl.when(blank).then("any_blanks").when(named).then("other")
    return [name.alias(PARTNER), pl.when(named & ~blank).then("other_prefix").alias(PARTNER_PREFIX)]


def _given_names() -> list[pl.Expr]:
    names, letters, use = pl.col("first_names"), pl.col("initials"), pl.col("name_use")
    uses = ["name_use_own", "name_use_partner", "name_use_partner_first", "name_use_own_first"]
    first = pl.when(names == "first_names_given").then("first").when(names == "first_names_blank").then("any_blanks")
    initials = (
        pl.when(letters == "initials_given")
        .then("letters")
        .when(letters == "initials_refused")
        .then("any_initials_refused")
        .when(letters == "initials_nothing_left")
        .then("any_initials_nothing_left")
    )
    return [
        first.alias(FIRST),
        initials.alias(INITIALS),
        use.replace_strict(uses, ["1", "2", "3", "4"], return_dtype=pl.String).alias(USE),
    ]
