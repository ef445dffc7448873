"""Compares two books: which records both have, which only one has, and in what those of both differ."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from keten.comparison.books import Book
from keten.comparison.matching import EQUAL, Match, in_order, match
from keten.comparison.opening import OpenAccount
from keten.comparison.terms import DOUBLE, MISSING, Pair, fields
from keten.core import UsageError

LEFT, RIGHT = "left", "right"
SIDES = (LEFT, RIGHT)
DIFFERENCE: dict[str, type[pl.DataType]] = {
    "kind": pl.String,
    "at": pl.String,
    "field": pl.String,
    "matched": pl.String,
    LEFT: pl.UInt32,
    RIGHT: pl.UInt32,
}
"""A difference: its kind, the side that lacks the record or has it twice (else null), the field, the key that matched the
records, and the rows of the records in the books."""


@dataclass(frozen=True)
class Comparison:
    """Two books and what a comparison found.

    `fields` are those that both tell. Blind, `right` holds nothing but as many empty records as take part, and
    `untouched` counts the records on each side that were found equal without being exchanged.
    """

    pair: Pair
    left: Book
    right: Book
    fields: tuple[str, ...]
    match: Match
    differences: pl.DataFrame
    untouched: int = 0
    blind: bool = False

    @property
    def books(self) -> Mapping[str, Book]:
        """The books by side."""
        return {LEFT: self.left, RIGHT: self.right}

    @property
    def equal(self) -> bool:
        """Whether the books are the same, as far as everything could be read."""
        return not (self.differences.height or self.left.incomplete or self.right.incomplete)

    @cached_property
    def account(self) -> Mapping[str, Mapping[str, int]]:
        """What became of the records of each side; it adds up. Raises OpenAccount."""
        equal = self.match.pairs.filter(matched=EQUAL).height
        accounts = {}
        for number, side in enumerate(SIDES):
            records = self.books[side].records.height + (self.untouched if self.blind and side == RIGHT else 0)
            ends = {
                "equal": equal + self.untouched,
                "different": self.match.pairs.height - equal,
                "only here": len(self.match.missing[number]),
                "double": len(self.match.doubles[number]),
            }
            if sum(ends.values()) != records:
                raise OpenAccount(f"Of {records} records {sum(ends.values())} are accounted for ({side}).")
            accounts[side] = {"records": records, **ends}
        return accounts


class NothingBetween(UsageError):
    """Both books were cut down to nothing: that would pass for equal."""

    hint = "Check the codes given with --instelling and --zorgkantoor."


def compare(left: Book, right: Book, pair: Pair) -> Comparison:
    """Compare two books. Raises NothingBetween."""
    demand_between(left, right)
    common = tuple(name for name in fields() if name in left.fields and name in right.fields)
    ordered = [replace_records(book, in_order(book.records, common)) for book in (left, right)]
    found = match(ordered[0].records, ordered[1].records, common)
    differing = differences(found, ordered[0].records, ordered[1].records, common)
    return Comparison(pair, ordered[0], ordered[1], common, found, differing)


def demand_between(*books: Book) -> None:
    """Raises NothingBetween when all of the books were cut down to nothing."""
    if all(book.account.get("outside") and not book.records.height for book in books):
        raise NothingBetween("No record of either book concerns the providers and zorgkantoren that were asked for.")


def replace_records(book: Book, records: pl.DataFrame) -> Book:
    """The same book with these records."""
    return Book(book.party, records, book.fields, book.files, book.rejected, book.account)


def differences(found: Match, left: pl.DataFrame, right: pl.DataFrame, common: tuple[str, ...]) -> pl.DataFrame:
    """A row (DIFFERENCE) for each field in which paired records differ, and for each that a side lacks or has twice."""
    unlike = found.pairs.filter(pl.col("matched") != EQUAL)
    mine, theirs = left[unlike[LEFT]], right[unlike[RIGHT]]
    listed = [pl.DataFrame(schema=DIFFERENCE)]
    for name in common:
        rows = unlike.filter(mine[name].ne_missing(theirs[name]))
        listed.append(rows.select(_row(fields()[name].kind, None, name, matched="matched", left=LEFT, right=RIGHT)))
    for number, side in enumerate(SIDES):
        other = SIDES[1 - number]
        for kind, at, single in ((MISSING, other, found.missing[number]), (DOUBLE, side, found.doubles[number])):
            listed.append(pl.DataFrame({side: single}).select(_row(kind, at, None, **{side: side})))
    return pl.concat(listed).sort(LEFT, RIGHT, "kind", "field", nulls_last=True, maintain_order=True)


def _row(kind: str, at: str | None, field: str | None, **columns: str) -> list[pl.Expr]:
    """The columns of DIFFERENCE; those that are not named are absent."""
    fixed = {"kind": kind, "at": at, "field": field}
    return [
        (pl.col(columns[name]) if name in columns else pl.lit(fixed.get(name))).cast(dtype).alias(name)
        for name, dtype in DIFFERENCE.items()
    ]
