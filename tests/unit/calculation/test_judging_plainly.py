"""Declarations judged in columns, against the same law told plainly, day by day."""

from dataclasses import dataclass

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from keten.calculation.coupling.assignments import HOLDER, Assignments
from keten.calculation.coupling.claims import Claims
from keten.calculation.coupling.judging import Grounds, judge
from keten.calculation.coupling.periods import day_of, merged
from keten.calculation.coupling.table import KEY, CouplingTable
from keten.standard import Period, load

CARE, FORMS, CONTRACTS, CODES, WHO = ("ZZP 754", "ZZP 755"), ("5", "7"), ("", "mpt"), ("FX310", "FX410"), ("A", "B")
FIRST, LAST = 5, 25
"""The days on which the version counts."""


@dataclass(frozen=True, slots=True)
class Span:
    """Something that holds on some days."""

    what: tuple[str, ...]
    start: int
    end: int


def spans(*choices: tuple[str, ...]) -> st.SearchStrategy[Span]:
    """Spans of a combination of these."""
    what = st.tuples(*(st.sampled_from(choice) for choice in choices))
    return st.builds(
        lambda w, start, length: Span(w, start, start + length), what, st.integers(0, 25), st.integers(0, 8)
    )


def frame(columns: list[str], found: list[Span]) -> pl.DataFrame:
    """The spans as a table."""
    schema = {**dict.fromkeys(columns, pl.String), "start": pl.Int32, "end": pl.Int32}
    return pl.DataFrame([(*one.what, one.start, one.end) for one in found], schema, orient="row")


def holds(what: tuple[str, ...], days: range, found: list[Span]) -> bool:
    """Whether something holds on all these days."""
    return all(any(one.what == what and one.start <= day <= one.end for one in found) for day in days)


def plainly(claim: Span, assigned: list[Span], rows: list[Span], agreed: list[Span] | None) -> str | None:
    """The reason to refuse a declaration (who, care, prestatie), or None."""
    who, care, code = claim.what
    days = range(claim.start, claim.end + 1)
    if code not in {row.what[3] for row in rows}:
        return "unknown prestatie"
    forms = {one.what[2] for one in assigned if one.what[:2] == (who, care)}
    held = {form for form in forms if holds((who, care, form), days, assigned)}
    keys = {row.what for row in rows if row.what[0] == care and row.what[1] in held and row.what[3] == code}
    valid = {key for key in keys if claim.start >= FIRST and claim.end <= LAST and holds(key, days, rows)}
    allowed = {key for key in valid if agreed is None or not key[2] or holds((who, key[2]), days, agreed)}
    stages = (("not assigned", forms), ("outside assignment", held), ("not coupled", keys), ("outside validity", valid))
    return next((reason for reason, left in (*stages, ("no contract", allowed)) if not left), None)


@given(
    claims=st.lists(spans(WHO, CARE, CODES), max_size=6),
    assigned=st.lists(spans(WHO, CARE, FORMS), max_size=6),
    rows=st.lists(spans(CARE, FORMS, CONTRACTS, CODES), max_size=8),
    agreed=st.none() | st.lists(spans(WHO, ("mpt",)), max_size=3),
)
def test_the_verdicts_are_what_the_law_says(
    claims: list[Span], assigned: list[Span], rows: list[Span], agreed: list[Span] | None
) -> None:
    """Whatever is assigned, coupled, agreed and declared."""
    first, last = day_of(FIRST), day_of(LAST)
    assert first is not None
    coupled = frame(KEY, rows).with_row_index("row", 1).with_columns(fault=pl.lit(None, pl.String))
    table = CouplingTable(
        "t", "t", "1", load("2.0"), "999", Period(first, last), "a test", fictitious=True, rows=coupled
    )
    held = merged(frame(["instelling", "care", "leveringsvorm"], assigned).with_columns(bsn=pl.lit("1")), HOLDER)
    declared = frame(["instelling", "care", "prestatie"], claims).with_row_index("row", 1)
    absent = {name: pl.lit("") for name in ("leveringsvorm", "codelijst")}
    declared = declared.with_columns(bsn=pl.lit("1"), cents=pl.lit(1), fault=pl.lit(None, pl.String), **absent)
    contracts = (
        None if agreed is None else merged(frame(["instelling", "contract"], agreed), ["instelling", "contract"])
    )
    verdicts = judge(Claims("c", declared), Grounds(table, Assignments(held, 1, 0, 0, 0, 0), contracts))
    assert verdicts["reason"].to_list() == [plainly(claim, assigned, rows, agreed) for claim in claims]
