"""Who the clients are: the cells of the table Client, but for what belongs to their indication."""

from functools import cache

import numpy as np
import polars as pl

from keten.population.drawing.catalogue import catalogue
from keten.population.drawing.chance import Draw, Numbers
from keten.population.drawing.moments import EPOCH, date_text, day_number
from keten.population.drawing.words import words
from keten.population.people.names import client_names
from keten.population.teams import Team
from keten.standard import load

CUTOVER = day_number(EPOCH.replace(year=2018, month=4, day=1))
"""The day on which ages are counted."""

SEXES = {"woman": "2", "man": "1", "sex_unknown": "0"}
YEAR = 365.25
CHILD, CENTENARIAN = (3, 17.9), (100.1, 110)
"""Ages from .. to .., in years."""

BIRTH = "Geboortedatum/Datum"
FIRST_CLIENT_NUMBER = 10_000_000


def people(draw: Draw, team: Team, traits: pl.DataFrame, bsns: pl.Series) -> pl.DataFrame:
    """The cells of each client; `born` besides them is the day of birth as a number."""
    count = traits.height
    sex = traits["sex"].replace_strict(SEXES, return_dtype=pl.String)
    cells = traits.with_columns(
        born=_born(draw, traits),
        Bsn=bsns.cast(pl.String),
        Geslacht=pl.when("ex06_client").then(pl.lit("5")).otherwise(sex),
        Clientnummer=pl.Series(np.arange(count) + FIRST_CLIENT_NUMBER + team.first).cast(pl.String),
        doctor=draw.whole("doctor", 0, 999_999, count).cast(pl.String).str.zfill(6),
        office=draw.one_of("office", _ciz_offices(team.region.code), count),
        language=draw.one_of("language", words()["languages"], count),
        deaf=draw.one_of("deaf", ["2", "3"], count),
        status=draw.one_of("juridical status", words()["juridical"], count),
        bopz=draw.one_of("bopz", ["2", "3", "4", "9"], count),
        issued=draw.whole("bopz issued", CUTOVER - 1000, CUTOVER - 500, count),
        remark=draw.one_of("remark", words()["comments"], count),
        markup=draw.one_of("markup", words()["comments_markup"], count),
        alone=draw.one_of("alone", words()["civil_alone"], count),
        together=draw.one_of("together", words()["civil_together"], count),
    )
    return pl.concat([cells.select("born", *_facts()), client_names(draw, traits, sex)], how="horizontal")


def _born(draw: Draw, traits: pl.DataFrame) -> pl.Series:
    """The day of birth, as a number: of an age that fits the people of the sector, unless a trait says otherwise."""
    count = traits.height
    bins, within = draw.numbers("age group", count), draw.numbers("age", count)
    ages = np.zeros(count)
    for name, facts in catalogue().sectors.items():
        members = (traits["people"] == name).to_numpy()
        ages[members] = _ages(facts["ages"], bins[members], within[members])
    for trait, (low, high) in (("child", CHILD), ("centenarian", CENTENARIAN)):
        members = (traits["age"] == trait).to_numpy()
        ages[members] = low + within[members] * (high - low)
    return pl.Series("born", (CUTOVER - np.floor(ages * YEAR)).astype(np.int32))


def _ages(groups: list[tuple[float, float, float]], bins: Numbers, within: Numbers) -> Numbers:
    """Ages by groups (from, to, weight)."""
    low, high, weight = np.array(groups, dtype=float).T
    group = np.searchsorted(np.cumsum(weight)[:-1] / weight.sum(), bins, side="right")
    return np.asarray(low[group] + within * (high - low)[group])


@cache
def _ciz_offices(region: str) -> list[str]:
    """The CizCodes of a region: those that begin with its number."""
    return [code for code in load("1.2").types["LDT_CizCode"].codes if code[:2] == region[2:]]


def _facts() -> list[pl.Expr]:
    """The cells, in terms of the traits and what was drawn."""
    known = pl.col("birth_date")
    date = pl.col("born").cast(pl.Int32).cast(pl.Date)
    usage = {"birth_day_unknown": "1", "birth_month_unknown": "2", "birth_unknown": "3"}
    birth = (
        pl.when(known == "birth_day_unknown")
        .then(date.dt.truncate("1mo"))
        .when(known == "birth_month_unknown")
        .then(date.dt.truncate("1y"))
        .when(known == "birth_unknown")
        .then(pl.date(1900, 1, 1))
        .otherwise(date)
    )
    remark = pl.when("comment_markup").then("markup").when("comment").then("remark")
    return [
        pl.col("Bsn"),
        _yes("secret").alias("GeheimeClient"),
        pl.when("ciz_code").then("office").alias("CizCode"),
        pl.col("Clientnummer"),
        birth.cast(pl.String).alias(BIRTH),
        known.replace_strict(usage, default=None, return_dtype=pl.String).alias("Geboortedatum/DatumGebruik"),
        pl.col("Geslacht"),
        pl.when("civil_status").then(_civil_status()).alias("BurgerlijkeStaat"),
        _household().alias("Leefeenheid"),
        pl.when("huisarts").then(pl.lit("01") + pl.col("doctor")).alias("Huisarts"),
        pl.when("interpreter").then(pl.lit("1")).when("sign_language").then("deaf").alias("Communicatie/Vorm"),
        pl.when("interpreter").then("language").alias("Communicatie/Taal"),
        pl.when("juridical").then("status").alias("JuridischeStatus"),
        pl.when("bopz_admitted").then(pl.lit("1")).when("bopz_other").then("bopz").alias("Bopz/Verklaring"),
        pl.when("bopz_admitted").then(date_text("issued")).alias("Bopz/DatumAfgifte"),
        remark.alias("Commentaar"),
    ]


def _yes(trait: str) -> pl.Expr:
    """JaNee: 1 or 2."""
    return pl.when(trait).then(pl.lit("1")).otherwise(pl.lit("2"))


def _civil_status() -> pl.Expr:
    """BurgerlijkeStaat; children never had a partner."""
    child = pl.col("age") == "child"
    return pl.when("partner").then("together").when(child).then(pl.lit("1")).otherwise("alone")


def _household() -> pl.Expr:
    """Leefeenheid; 3 and 4 only with a partner (TR004)."""
    others = {"household_children": "4", "household_other": "6", "household_unknown": "9"}
    own = pl.when(pl.col("age") == "child").then(pl.lit("2")).when("partner").then(pl.lit("3")).otherwise(pl.lit("1"))
    other = pl.col("household").replace_strict(others, default=None, return_dtype=pl.String)
    return pl.when("resident").then(pl.lit("7")).otherwise(pl.coalesce(other, own))
