"""Differences in words and places: what each side tells, where, and whose turn it is."""

import polars as pl

from keten.comparison.books import Book
from keten.comparison.comparing import LEFT, RIGHT, SIDES, Comparison
from keten.comparison.terms import MISSING, logical_key

PLACES = [f"{side}_{what}" for side in SIDES for what in ("file", "location")]
COLUMNS = ["kind", "field", *SIDES, "matched", *logical_key(), *PLACES]
"""Of differences.csv: the values on each side, the key that matched the records, and the logical key as the left has it, or
else the right."""

OF_CLIENT = "Do nothing yet: of this client not all could be read in the book of the {}."
OF_BOOK = "Do nothing yet: the record may be in what could not be read in the book of the {}."


def described(comparison: Comparison) -> pl.DataFrame:
    """The differences as they are listed for people: COLUMNS, `who` and `do`; in the order of client and key.

    Where `who` is null, `do` says why nobody should act.
    """
    found = comparison.differences
    sides = [_side(comparison.books[side], found[side], side) for side in SIDES]
    named = pl.concat([_named(comparison), *sides], how="horizontal")
    values = {
        side: pl.coalesce(pl.when(field=name).then(f"{side}:{name}") for name in comparison.fields) for side in SIDES
    }
    key = {name: pl.coalesce(f"{LEFT}:{name}", f"{RIGHT}:{name}") for name in logical_key()}
    listed = _held(named.select("kind", "field", "matched", "who", "do", *PLACES, **values, **key), comparison)
    ordered = listed.sort(*logical_key(), "kind", "field", *PLACES, nulls_last=True, maintain_order=True)
    return ordered.select(*COLUMNS, "who", "do")


def _named(comparison: Comparison) -> pl.DataFrame:
    """Kind, field, key that matched, who and do of every difference."""
    parties = {side: comparison.books[side].party for side in SIDES}
    at = pl.col("at").replace(parties)
    kind = pl.when(at.is_null()).then("kind").otherwise(pl.format("{} at {}", "kind", at))
    turns = comparison.pair.turns
    who, do = ({name: getattr(turn, told) for name, turn in turns.items()} for told in ("who", "do"))
    return comparison.differences.select("field", "matched", kind=kind).with_columns(
        who=pl.col("kind").replace_strict(who, return_dtype=pl.String),
        do=pl.col("kind").replace_strict(do, return_dtype=pl.String),
    )


def _held(listed: pl.DataFrame, comparison: Comparison) -> pl.DataFrame:
    """The differences; nobody is to act (`who`) on one that may be none, for not all of a book could be read."""
    for side in SIDES:
        book = comparison.books[side]
        client = pl.col("bsn").is_in(book.rejected["bsn"].drop_nulls().unique().implode())
        lacks = pl.lit(book.has_gaps) & (pl.col("kind") == f"{MISSING} at {book.party}")
        held = (client | lacks).fill_null(value=False)
        why = pl.when(client).then(pl.lit(OF_CLIENT.format(book.party))).otherwise(pl.lit(OF_BOOK.format(book.party)))
        listed = listed.with_columns(who=pl.when(~held).then("who"), do=pl.when(held).then(why).otherwise("do"))
    return listed


def _side(book: Book, rows: pl.Series, side: str) -> pl.DataFrame:
    """What one side tells in these rows (null: it has none), its columns named after the side, and the place."""
    files = pl.DataFrame(
        list(enumerate(file.name for file in book.files)), {"file": pl.UInt32, "name": pl.String}, orient="row"
    )
    records = book.records.join(files, on="file", how="left", maintain_order="left").drop("file")
    told = pl.DataFrame({"row": rows}).join(records.with_row_index("row"), on="row", how="left", maintain_order="left")
    places = {"name": f"{side}_file", "location": f"{side}_location"}
    return told.drop("row").rename(lambda name: places.get(name, f"{side}:{name}"))
