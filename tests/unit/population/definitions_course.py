"""Courses of care, as the messages show them: what happened to whom? Each excludes the others."""

from collections.abc import Mapping

import polars as pl

from tests.unit.population.telling import GIVEN, KEY, Definition, Told

DAY, BEFORE = "2018-04-01", "2018-03-29"
START, END, REASON = pl.col("Ingangsdatum"), pl.col("Einddatum"), pl.col("RedenIntrekking")
WAS_END, WAS_REASON, WAS_KLASSE = pl.col("Einddatum_old"), pl.col("RedenIntrekking_old"), pl.col("Klasse_old")
TO = pl.col("InstellingBestemming")
SAME_CARE = ["Bsn", "kind", "code", "Leveringsvorm"]
UNCHANGED = END.eq_missing(WAS_END) & REASON.is_null()
WITHDRAWN = WAS_REASON.is_null() & REASON.is_not_null()


def history(told: Told) -> pl.DataFrame:
    """The books, each item with what its oldest version had, and marks: `single` (no other of the same care)."""
    own = told.items.filter(pl.col("sender") == pl.col("Zorgkantoor"))
    oldest = own.sort(*GIVEN, "day").unique(KEY, keep="first").select(*KEY, "Einddatum", "RedenIntrekking", "Klasse")
    books = told.books.join(oldest, on=KEY, suffix="_old")
    single = pl.len().over(SAME_CARE) == 1
    decisions = pl.col("Besluitnummer").n_unique().over("Bsn")
    return books.with_columns(single=single, one=decisions == 1, destinations=TO.is_not_null().sum().over("Bsn"))


def pairs(told: Told) -> pl.DataFrame:
    """Two assignments of the same care, the first starting before the second (columns of which end in `_b`)."""
    books = history(told)
    both = books.join(books, on=SAME_CARE, suffix="_b").filter(pl.col("Ingangsdatum_b") > START)
    day = END.str.to_date()
    return both.with_columns(days=(pl.col("Ingangsdatum_b").str.to_date() - day).dt.total_days())


def item(condition: pl.Expr) -> Definition:
    """Clients with an assignment of which this is true, in one indication and without another of the same care."""
    return lambda told: history(told).filter(pl.col("single") & pl.col("one") & condition.fill_null(value=False))


def pair(condition: pl.Expr) -> Definition:
    """Clients with two assignments of the same care of which this is true."""
    return lambda told: pairs(told).filter(condition.fill_null(value=False))


def equal(*columns: str) -> pl.Expr:
    """Both of a pair have the same."""
    return pl.all_horizontal(pl.col(column).eq_missing(pl.col(f"{column}_b")) for column in columns)


SAME_PARTY = equal("party", "Zorgkantoor", "Besluitnummer")
ELSEWHERE = equal("Zorgkantoor", "Besluitnummer") & ~equal("party")
TWO_OFFICES = ~equal("Zorgkantoor")
OVERLAP = END.is_null() | (pl.col("Ingangsdatum_b") < END)


def _destination(told: Told, *, every: bool) -> pl.DataFrame:
    functies = history(told).filter((pl.col("kind") == "functie") & pl.col("single"))
    named = functies.group_by("Bsn").agg(named=TO.is_not_null().sum(), of=pl.len(), places=TO.n_unique())
    return named.filter(pl.col("named") == pl.col("of") if every else (pl.col("named") == 1) & (pl.col("of") > 1))


COURSES: Mapping[str, Definition] = {
    "ended_before": item(UNCHANGED & (END <= BEFORE) & (END >= START) & (pl.col("ind_end").is_null())),
    "ended_later_told": item(WAS_END.is_null() & (END <= BEFORE) & REASON.is_null()),
    "replaced": pair(ELSEWHERE & (pl.col("days") == 1) & (END < DAY)),
    "transferred": pair(ELSEWHERE & (pl.col("days") == 1) & (END >= DAY) & (pl.col("Instelling_b") == TO)),
    "destination_one": lambda told: _destination(told, every=False),
    "destination_all": lambda told: _destination(told, every=True),
    "ends_later": item(UNCHANGED & (END > DAY) & (START < "2018-03-30") & TO.is_null() & pl.col("ind_end").is_null()),
    "ends_30_march": item(UNCHANGED & (END == "2018-03-30")),
    "ends_31_march": item(UNCHANGED & (END == "2018-03-31")),
    "ends_1_april": item(UNCHANGED & (END == DAY) & (START < DAY)),
    "starts_31_march": item(START == "2018-03-31"),
    "starts_1_april": item((START == DAY) & END.is_null()),
    "starts_later": item((START > DAY) & REASON.is_null() & END.is_null()),
    "only_1_april": item((START == DAY) & (END == DAY)),
    "raised": item((WAS_KLASSE == "KE6") & (pl.col("Klasse") == "KE7")),
    "prolonged": item((WAS_END == "2018-03-31") & END.is_null()),
    "withdrawn": item(WITHDRAWN & END.is_null() & (START < DAY)),
    "withdrawn_future": item(WITHDRAWN & END.is_null() & (START > DAY)),
    "withdrawn_with_end": item(WITHDRAWN & (END > DAY) & (END > START)),
    "withdrawn_with_past_end": item(WITHDRAWN & (END < DAY) & (END > START)),
    "withdrawn_on_start": item(WITHDRAWN & (END == START)),
    "meets_itself": pair(SAME_PARTY & (pl.col("days") == 0)),
    "merges": pair(SAME_PARTY & OVERLAP & (END >= DAY) & equal("Klasse", "Soort", "VoorkeurClient")),
    "gap": pair(SAME_PARTY & (pl.col("days") > 1) & (END >= DAY)),
    "touches": pair(SAME_PARTY & (pl.col("days") == 1) & (END >= DAY) & ~equal("Klasse")),
    "moved": pair(TWO_OFFICES & ~equal("Instelling") & (pl.col("days") == 1)),
    "moved_kept_provider": pair(TWO_OFFICES & equal("Instelling") & (pl.col("days") == 1)),
    "indication_succeeded": pair(~equal("Besluitnummer") & (END < DAY) & END.eq_missing(pl.col("ind_end"))),
    "indication_meets": pair(~equal("Besluitnummer") & (END >= DAY) & (pl.col("days") == 0)),
    "outlasted": item((pl.col("ind_end") >= DAY) & (pl.col("ind_end") < "2019") & END.is_null()),
    "ex03_klasse": item((pl.col("kind") == "zzp") & (pl.col("Klasse") == "KE2")),
    "ex07_indication_ended": item((pl.col("ind_end") < DAY) & END.is_null()),
    "ex08_overlap": pair(SAME_PARTY & OVERLAP & ~equal("Klasse")),
    "ex08_two_indications": pair(~equal("Besluitnummer") & END.is_null() & pl.col("Einddatum_b").is_null()),
    "ex08_moved_not_ended": pair(TWO_OFFICES & equal("Instelling") & END.is_null()),
    "ex09_ends_before_start": item(START > END),
}
"""What happened to whom, but for care that just runs on."""
