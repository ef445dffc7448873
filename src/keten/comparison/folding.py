"""Makes records of what messages tell: the version of an assignment that counts, with the start and end of its care."""

from collections import Counter
from collections.abc import Sequence

import polars as pl

from keten.comparison.books import Told, record_schema
from keten.comparison.reported import Heard
from keten.comparison.terms import fields, logical_key

STAMP = ("day", "moment", "dagtekening")
"""What makes a version of an assignment the later one; of two reports of care the later dagtekening counts."""

ENDS = ("02", "17", "19", "20", "21")
"""Mutatiecodes that end care; the others (12, 18) say that it has not begun."""

REMOVED = "3"
"""StatusAanlevering of a report that takes back an earlier one."""


def fold(heard: Heard) -> Told:
    """The records that messages tell of.

    What becomes of a row that was `read`: it is a record, `repeated` (superseded by a later version), `withdrawn`,
    `removed` (a report taken back), `joined` (a start or end of care, told with its assignment), `no end` (a MUT that ends
    nothing) or `loose` (an end of care that was never told to begin).
    """
    account = Counter(read=heard.events.height)
    events = heard.events.with_row_index("event")
    records = _assigned(events.filter(part="assignment"), account)
    records = _with_start(records, _latest(events.filter(part="start"), account), account)
    ends = events.filter(part="end")
    ending = ends.filter(pl.col("mutatie").is_in(ENDS))
    account["no end"] = ends.height - ending.height
    records = _with_end(records, _latest(ending, account), account)
    return Told(records.select(*record_schema()), heard.fields, heard.files, heard.rejected, account)


def _assigned(versions: pl.DataFrame, account: Counter[str]) -> pl.DataFrame:
    """The assignments in the version that counts. Versions of the same moment that differ stay: they are doubles."""
    same = [*logical_key(), "besluitnummer"]
    ordered = versions.sort(*STAMP, "event")
    counts = pl.all_horizontal(pl.col(name).eq_missing(pl.col(name).last().over(same)) for name in STAMP)
    latest = ordered.filter(counts).unique([*fields(), "intrekking"], keep="last", maintain_order=True)
    runs_on = (pl.col("einddatum") > pl.col("ingangsdatum")).fill_null(value=False)
    kept = latest.filter(pl.col("intrekking").is_null() | runs_on)
    account["repeated"] += versions.height - latest.height
    account["withdrawn"] += latest.height - kept.height
    return kept


def _latest(reports: pl.DataFrame, account: Counter[str]) -> pl.DataFrame:
    """The last report for each key, unless it takes back the earlier ones.

    A correction is a removal and a new report; of those that stand in one message, the new one counts in either order.
    """
    stands = pl.col("status").ne_missing(REMOVED)
    ordered = reports.sort("dagtekening", "file", stands, "event")
    latest = ordered.unique(logical_key(), keep="last", maintain_order=True)
    kept = latest.filter(stands)
    account["repeated"] += reports.height - latest.height
    account["removed"] += latest.height - kept.height
    return kept


def _with_start(assigned: pl.DataFrame, started: pl.DataFrame, account: Counter[str]) -> pl.DataFrame:
    """The assignments with the start of their care, and the starts that are told without an assignment."""
    alone = started.join(assigned, on=logical_key(), how="anti", nulls_equal=True, maintain_order="left")
    account["joined"] += started.height - alone.height
    return pl.concat([_completed(assigned, started, logical_key()), alone])


def _with_end(records: pl.DataFrame, ended: pl.DataFrame, account: Counter[str]) -> pl.DataFrame:
    """The records with the end of their care. An end that names no package counts for the one of its other keys."""
    without = [name for name in logical_key() if name != "zorgeenheid"]
    named = pl.col("zorgeenheid").is_not_null()
    for ends, on in ((ended.filter(named), logical_key()), (ended.filter(~named), without)):
        loose = ends.join(records, on=on, how="anti", nulls_equal=True)
        account["joined"] += ends.height - loose.height
        account["loose"] += loose.height
        records = _completed(records, ends, on)
    return records


def _completed(records: pl.DataFrame, reports: pl.DataFrame, on: Sequence[str]) -> pl.DataFrame:
    """The records, what they do not tell taken from the report with the same key."""
    told = reports.select(*on, *(pl.col(name).alias(f"{name}+") for name in fields() if name not in on))
    joined = records.join(told, on=on, how="left", nulls_equal=True, maintain_order="left")
    filled = {name: pl.coalesce(name, f"{name}+") for name in fields() if name not in on}
    return joined.with_columns(**filled).select(records.columns)
