"""Compares items that came with what they must be, element by element; and the data of clients."""

from collections.abc import Iterator

import polars as pl

from keten.acceptance.law.percentages import UNKNOWN, WHOLE
from keten.acceptance.matching.deliveries import PLACE
from keten.acceptance.settings import Settings

PLAIN = (
    ("AC401", "soort"),
    ("AC402", "vorm"),
    ("AC406", "klasse"),
    ("AC407", "opname"),
    ("AC408", "bestemming"),
    ("AC409", "owner"),
    ("AC410", "provider"),
    ("AC411", "opslag"),
    ("AC411", "vervoer"),
)
"""Codes of elements that must be equal."""

MOST_PERCENTAGE = 99_900
PGB = "2"
MPT = "7"
STAYS = ["4", "5"]

FINDING = {
    "code": pl.String, "send": pl.UInt32, "item": pl.UInt32, "expected": pl.String, "found": pl.String,
}  # fmt: skip


def pairs_of(sends: pl.DataFrame, items: pl.DataFrame, pairs: pl.DataFrame) -> pl.DataFrame:
    """What must come beside what came: columns of the latter end in `_found`."""
    left = pairs.join(sends, on="send", how="left", maintain_order="left")
    found = items.rename({name: f"{name}_found" for name in items.columns if name != "item"})
    both = left.join(found, on="item", how="left", maintain_order="left")
    return both.with_columns(pl.col("record_found").alias("record"), pl.col("path_found").alias("path"))


def compare_items(both: pl.DataFrame, settings: Settings) -> pl.DataFrame:
    """What is not as it must be in items that came: a row per item and code."""
    return pl.concat([pl.DataFrame(schema=FINDING), *_compared(both, settings)])


def _compared(both: pl.DataFrame, settings: Settings) -> Iterator[pl.DataFrame]:
    functie_for_package = pl.col("functie") != pl.col("functie_found")
    yield _rows(both, pl.lit("AC405"), functie_for_package, pl.lit("a functie"), pl.lit("a ZZP"))
    same = both.filter(~functie_for_package)
    for code, name in PLAIN:
        expected, found = pl.col(name), pl.col(f"{name}_found")
        yield _rows(same, pl.lit(code), expected.ne_missing(found), expected, found)
    by_law = pl.when(pl.col("rule") != "Z1").then(pl.lit("AC412")).otherwise(pl.lit("AC403"))
    yield _rows(same, by_law, pl.col("code") != pl.col("code_found"), pl.col("code"), pl.col("code_found"))
    yield from _dates(same, settings)
    yield from _percentages(same)


def _dates(same: pl.DataFrame, settings: Settings) -> Iterator[pl.DataFrame]:
    """Periods (N2) and the day and time of assignment (N3, N6)."""
    start, end = pl.col("start_found"), pl.col("end_found")
    early = start < pl.col("valid_from_found")
    until = pl.col("valid_until_found")
    late = until.is_not_null() & (end.is_null() | (end > until))
    outside = pl.lit("AC303")
    yield _rows(
        same, pl.when(early).then(outside).otherwise(pl.lit("AC301")), start != pl.col("start"), pl.col("start"), start
    )
    wrong_end = end.ne_missing(pl.col("end"))
    yield _rows(
        same, pl.when(late).then(outside).otherwise(pl.lit("AC302")), wrong_end, _or_open("end"), _or_open("end_found")
    )
    assigned = pl.col("assigned_found")
    allowed = assigned.is_in(settings.assignable) & (assigned <= pl.col("dagtekening_found"))
    other = assigned != settings.assigned
    code = pl.when(allowed).then(pl.lit("AC305")).otherwise(pl.lit("AC304"))
    yield _rows(same, code, other | ~allowed, pl.lit(str(settings.assigned)), assigned)
    minutes = 60 * 10**9
    odd = (pl.col("moment_found") % minutes != 0) | (pl.col("moment_found") >= 10 * minutes)
    time = pl.col("moment_found").cast(pl.Time, strict=False)
    yield _rows(same, pl.lit("AC306"), odd.fill_null(value=True), pl.lit("00:00:00, of the n-th repeat 00:0n:00"), time)


def _percentages(same: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """Percentages against P1 and P3, as far as an item alone tells."""
    expected, found = pl.col("percentage"), pl.col("percentage_found")
    pgb = pl.col("vorm") == PGB
    there = expected.is_not_null() & found.is_not_null()
    in_range = (found % UNKNOWN == 0) & found.is_between(UNKNOWN, MOST_PERCENTAGE)
    code = (
        pl.when(~there).then(pl.lit("AC501"))
        .when(pgb).then(pl.lit("AC506"))
        .when(~in_range).then(pl.lit("AC501"))
        .when((pl.col("alone") | pl.col("computed")) & (found == UNKNOWN)).then(pl.lit("AC502"))
        .when(pl.col("alone") & (expected == WHOLE)).then(pl.lit("AC503"))
        .when(found == WHOLE).then(pl.lit("AC504"))
        .otherwise(pl.lit("AC507"))
    )  # fmt: skip
    yield _rows(same, code, expected.ne_missing(found), _percent(expected), _percent(found))


def _percent(value: pl.Expr) -> pl.Expr:
    hundredths = value % UNKNOWN != 0
    return pl.when(hundredths).then(pl.format("{}%", value / UNKNOWN)).otherwise(pl.format("{}%", value // UNKNOWN))


def _or_open(name: str) -> pl.Expr:
    return pl.col(name).cast(pl.String).fill_null("open")


def _rows(both: pl.DataFrame, code: pl.Expr, wrong: pl.Expr, expected: pl.Expr, found: pl.Expr) -> pl.DataFrame:
    return both.filter(wrong.fill_null(value=False)).select(
        code.alias("code"),
        "send",
        "item",
        expected.cast(pl.String).fill_null("nothing").alias("expected"),
        found.cast(pl.String).fill_null("nothing").alias("found"),
    )


def compare_roles(both: pl.DataFrame) -> pl.DataFrame:
    """Who holds the role of a group (R1, R2): on the right items, one of the providers, one for all, the one of the rule."""
    same = both.filter(pl.col("functie") == pl.col("functie_found"))
    stay, mpt = pl.col("vorm_found").is_in(STAYS), pl.col("vorm_found") == MPT
    dossier, coordinator = pl.col("dossierhouder_found"), pl.col("coordinator_found")
    misplaced = (dossier.is_not_null() != stay) | (coordinator.is_not_null() != mpt)
    where = pl.when(stay).then(pl.lit("a Dossierhouder only")).when(mpt).then(pl.lit("a CoordinatorZorgThuis only"))
    there = pl.concat_str(
        pl.when(dossier.is_not_null()).then(pl.lit("a Dossierhouder")),
        pl.when(coordinator.is_not_null()).then(pl.lit("a CoordinatorZorgThuis")),
        separator=" and ",
        ignore_nulls=True,
    ).replace("", "nothing")
    found = [_rows(same, pl.lit("AC601"), misplaced, where.otherwise(pl.lit("no role")), there)]
    held = same.filter(~misplaced & pl.col("role").is_not_null() & (stay | mpt))
    held = held.with_columns(pl.coalesce(dossier, coordinator).alias("holder_named"))
    named = pl.col("holder_named")
    group = ["bsn", "origin", "besluit", pl.col("vorm") == MPT, "group"]
    held = held.with_columns(named.is_in(pl.col("candidates")).alias("insider"))
    insiders = pl.when("insider").then(named).drop_nulls().n_unique().over(group)
    held = held.with_columns((insiders > 1).alias("several"))
    code = (
        pl.when(~pl.col("insider")).then(pl.lit("AC603"))
        .when("several").then(pl.lit("AC602"))
        .otherwise(pl.lit("AC604"))
    )  # fmt: skip
    found.append(_rows(held, code, named != pl.col("role"), pl.col("role"), named))
    return pl.concat(found)


def compare_content(before: pl.DataFrame, after: pl.DataFrame, names: tuple[str, ...]) -> pl.DataFrame:
    """Elements and classes of a client or indication that are not what they were (K4): a row per record and name."""
    keys = ["sender", "bsn", "besluit"]
    both = after.select(*PLACE, "record", *names).join(
        before.select(*keys, pl.col("record").alias("was"), *names), on=keys, suffix="_was"
    )
    different = [
        both.filter(pl.col(name) != pl.col(f"{name}_was")).select(
            "sender", "receiver", "bsn", "besluit", "record", "was", pl.lit(name).alias("part")
        )
        for name in names
    ]
    return pl.concat(different)
