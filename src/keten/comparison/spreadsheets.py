"""Books in CSV: a line per assignment, the columns named as the fields are (docs/comparison.md)."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from keten.comparison.books import REJECTED, File, Told, record_schema
from keten.comparison.forms import EXPECTED, FORMS
from keten.comparison.terms import columns, fields, own_lists
from keten.core.dates import FOR_EVER, read_days
from keten.core.tables import NUMBER, NoTable, Table, first_names, read_table, shape
from keten.messages import Source
from keten.messages.defects import Refused

FILLED = ("bsn", "zorgeenheid", "ingangsdatum")
"""What no assignment can do without."""

ENDS = ("einddatum", "zorgeinde")
"""Days that may be left open."""

KIND, MOST_BYTES = "CSV", 512 << 20
OWN_LIST = "It is a list that keten wrote, and no book."
IN_TWO_WAYS = "a day that may be read in two ways, wanted is one such as 2018-04-01"


@dataclass(frozen=True, slots=True)
class _Values:
    """The values of a table in their one form, those that are `wrong` with why ("" where none is), what was `assumed`."""

    values: pl.DataFrame
    wrong: pl.Series
    assumed: tuple[str, ...]


def read_spreadsheets(sources: Sequence[Source], first: int) -> Told:
    """Read CSV files; their numbers count from `first`."""
    files: list[File] = []
    frames, rejected, told = [pl.DataFrame(schema=record_schema())], [pl.DataFrame(schema=REJECTED)], set[str]()
    for number, source in enumerate(sources, first):
        table = _table(source)
        if isinstance(table, File):
            files.append(table)
            continue
        values = _values(table.rows.drop(NUMBER))
        records, wrong = _records(table, values, number, source.name)
        told |= set(values.values.columns)
        files.append(File(source.name, KIND, assumed=table.assumed + values.assumed))
        frames.append(records)
        rejected.append(wrong)
    records, wrong = pl.concat(frames), pl.concat(rejected)
    account = {"read": records.height + wrong.height, "rejected": wrong.height}
    return Told(records, frozenset(told), files, wrong, account)


def _table(source: Source) -> Table | File:
    """The table in a file; or the file, with why it is refused or left aside."""
    try:
        with source.open() as stream:
            content = stream.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            return File(source.name, KIND, refused=f"It is larger than {MOST_BYTES >> 20} MiB.")
        if first_names(content[: 1 << 16]) & own_lists():
            return File(source.name, KIND, aside=OWN_LIST)
        return read_table(content, columns())
    except (NoTable, Refused) as error:
        return File(source.name, KIND, refused=str(error))


def _values(given: pl.DataFrame) -> _Values:
    """The values of a table, each in its one form."""
    dated = read_days(given.select(name for name in given.columns if fields()[name].form == "date"))
    values = given.select(
        dated.days[name] if name in dated.days.columns else FORMS[fields()[name].form](pl.col(name)).alias(name)
        for name in given.columns
    )
    wrong = given.select(
        pl.concat_str(
            *(_wrong(name, given, values, dated.may_be_two) for name in given.columns), separator=" ", ignore_nulls=True
        )
    ).to_series()
    ended = values.with_columns(pl.col(name).replace(FOR_EVER, None) for name in ENDS if name in values.columns)
    unended = [
        f"{name} {FOR_EVER} is an open end" for name in ENDS if name in values and (values[name] == FOR_EVER).any()
    ]
    zeros = [
        f"leading zeros of {name} are put back"
        for name in given.columns
        if fields()[name].form in ("bsn", "agb") and (values[name].str.len_chars() > given[name].str.len_chars()).any()
    ]
    return _Values(ended, wrong, (*dated.assumed, *unended, *zeros))


def _wrong(name: str, given: pl.DataFrame, values: pl.DataFrame, may_be_two: pl.DataFrame) -> pl.Expr:
    """Why the values of a column are wrong; null where they are not."""
    wanted = EXPECTED[fields()[name].form]
    told = pl.format(
        "No such value for {}: it is written {}, wanted is {}.", pl.lit(name), shape(pl.col(name)), pl.lit(wanted)
    )
    if name in may_be_two.columns:
        two = pl.format(
            "No such value for {}: it is written {}, {}.", pl.lit(name), shape(pl.col(name)), pl.lit(IN_TWO_WAYS)
        )
        told = pl.when(may_be_two[name]).then(two).otherwise(told)
    unread = given[name].is_not_null() & values[name].is_null()
    empty = given[name].is_null() if name in FILLED else pl.lit(value=False)
    missing = pl.lit(f"No value for {name}: wanted is {wanted}.")
    return pl.when(empty).then(missing).when(unread).then(told)


def _records(table: Table, told: _Values, number: int, name: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The records of a file, and the lines (REJECTED) that hold a value in another form than its field has."""
    listed = told.values.with_columns(
        location=pl.format("line {}", table.rows[NUMBER]), file=pl.lit(number, pl.UInt32), reason=told.wrong
    )
    right, wrong = listed.filter(pl.col("reason") == ""), listed.filter(pl.col("reason") != "")
    absent = [pl.lit(None, pl.String).alias(one) for one in fields() if one not in listed.columns]
    return (
        right.with_columns(*absent).select(*record_schema()),
        wrong.with_columns(file=pl.lit(name)).select(*REJECTED),
    )
