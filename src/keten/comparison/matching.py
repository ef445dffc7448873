"""Finds which records of two books belong together: by all they tell, by the logical key, then by weaker keys in turn.

Works on any two tables of texts whose rows stand in the order of their content, on each side by itself: on books, and on
digests of books (blind). Every step sorts or joins one to one, so that no client, however large, makes it quadratic.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from keten.comparison.terms import keys, logical_key

ROW, RANK = "row", "rank"
EQUAL, LOGICAL = "equal", "logical key"

Two = tuple[pl.DataFrame, pl.DataFrame]


@dataclass(frozen=True, slots=True)
class Match:
    """Rows of the left and right table that belong together.

    `pairs`: left, right, matched (the name of the key, or EQUAL). `doubles` and `missing`, of the left and of the right
    table: rows that stand there once too often, and rows that the other table does not have.
    """

    pairs: pl.DataFrame
    doubles: tuple[pl.Series, pl.Series]
    missing: tuple[pl.Series, pl.Series]


def in_order(records: pl.DataFrame, fields: Sequence[str]) -> pl.DataFrame:
    """The records in the order of their content, so that what is paired does not depend on where they stood."""
    return records.sort(*fields, "file", "location")


def match(left: pl.DataFrame, right: pl.DataFrame, fields: Sequence[str]) -> Match:
    """Pair the rows of two tables by the fields that both tell; the logical key must be among them."""
    rests = _numbered(left, fields), _numbered(right, fields)
    known = {name: key for name, key in keys().items() if set(key) <= set(fields)}
    pairs = []
    for name, key in {EQUAL: tuple(fields), LOGICAL: known.pop(LOGICAL)}.items():
        found, rests = _pair(rests, key, name)
        pairs.append(found)
    doubles = _doubles(_numbered(left, fields), rests[0]), _doubles(_numbered(right, fields), rests[1])
    rests = _without(rests[0], doubles[0]), _without(rests[1], doubles[1])
    for name, key in known.items():
        found, rests = _pair(rests, key, name)
        pairs.append(found)
    return Match(pl.concat(pairs), doubles, (rests[0][ROW], rests[1][ROW]))


def _numbered(table: pl.DataFrame, fields: Sequence[str]) -> pl.DataFrame:
    return table.select(fields).with_row_index(ROW)


def _pair(rests: Two, key: Sequence[str], name: str) -> tuple[pl.DataFrame, Two]:
    """The first row with a key to the first with it on the other side, the second to the second, and so on; what is left."""
    left, right = (rest.with_columns(pl.int_range(pl.len()).over(key).alias(RANK)) for rest in rests)
    joined = left.join(right, on=[*key, RANK], nulls_equal=True, maintain_order="left")
    found = joined.select(left=ROW, right=f"{ROW}_right", matched=pl.lit(name))
    return found, (_without(rests[0], found["left"]), _without(rests[1], found["right"]))


def _without(rest: pl.DataFrame, rows: pl.Series) -> pl.DataFrame:
    return rest.filter(~pl.col(ROW).is_in(rows.implode()))


def _doubles(table: pl.DataFrame, rest: pl.DataFrame) -> pl.Series:
    """The rows left whose logical key another row of their own table has, which is paired or stands before them."""
    left = pl.col(ROW).is_in(rest[ROW].implode())
    ordered = table.select(*logical_key(), ROW, left=left).sort("left", ROW)
    return ordered.filter("left", pl.int_range(pl.len()).over(logical_key()) > 0)[ROW]
