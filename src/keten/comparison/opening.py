"""Opens a book: reads its files, cuts it down to what lies between the two parties, and closes its account."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from keten.comparison.books import Book, File, Told
from keten.comparison.folding import fold
from keten.comparison.reported import read_messages
from keten.comparison.spreadsheets import read_spreadsheets
from keten.comparison.terms import Pair, fields
from keten.comparison.views import viewed
from keten.core import KetenError, UsageError
from keten.core.plain import plain
from keten.messages import MESSAGE, SHEET, find_sources

AGB_DIGITS = 8
MOST_REASONS = 3


class NoBook(UsageError):
    """What was given for a book holds none."""

    hint = "Give messages (.xml), CSV files, or folders or zip files with them; docs/comparison.md tells the columns."


class OpenAccount(KetenError):
    """Rows were lost or made up on the way: a fault of keten, which must not pass for a comparison."""


@dataclass(frozen=True, slots=True)
class Between:
    """Between which providers and zorgkantoren to compare; an empty one stands for all."""

    instelling: tuple[str, ...] = ()
    zorgkantoor: tuple[str, ...] = ()


def open_book(paths: Sequence[str], party: str, pair: Pair, between: Between) -> Book:
    """The book of a party, in what may be compared of it. Raises UnreadablePath, NoBook."""
    found = find_sources(paths, kinds=(MESSAGE, SHEET))
    sheets = [source for source in found.sources if source.kind == SHEET]
    messages = [source for source in found.sources if source.kind == MESSAGE]
    told = [fold(read_messages(messages, pair.reads[party], 0)), read_spreadsheets(sheets, len(messages))]
    files = [file for one in told for file in one.files]
    files += (File(one.name, aside=one.reason) for one in found.aside)
    rejected = pl.concat([one.rejected for one in told])
    _demand_read(told, files, f"There is no book of a {party} in {plain(', '.join(paths))}.")
    names = set[str]().union(*(one.fields for one in told))
    records, kept_out = _between(pl.concat([one.records for one in told]), between, names)
    account = sum((Counter(one.account) for one in told), Counter(kept_out))
    if pair.view:
        records, names, hidden = viewed(records, names, pair.view)
        account.update(hidden)
    _close(account, records.height)
    return Book(
        party,
        records.rechunk(),
        tuple(name for name in fields() if name in names),
        files,
        rejected,
        {**account, "records": records.height},
    )


def _demand_read(told: Sequence[Told], files: Sequence[File], what: str) -> None:
    """Raises NoBook when nothing of what was given could be read: then nothing is known of anybody."""
    rejected = pl.concat([one.rejected for one in told])
    reasons = sorted({f"{plain(file.name)}: {plain(file.refused or file.aside)}" for file in files})
    if rejected.height and not any(one.account["read"] > one.account.get("rejected", 0) for one in told):
        rows = rejected.head(MOST_REASONS).iter_rows(named=True)
        reasons = [f"{plain(row['file'])}, {row['location']}: {plain(row['reason'])}" for row in rows]
    elif not all(file.refused or file.aside for file in files):
        return
    raise NoBook(" ".join((what, *reasons[:MOST_REASONS])))


def _between(records: pl.DataFrame, between: Between, told: set[str]) -> tuple[pl.DataFrame, dict[str, int]]:
    """The records of the providers and zorgkantoren that are asked for; a book need not tell its zorgkantoor."""
    providers = tuple(code.zfill(AGB_DIGITS) for code in between.instelling)
    asked = {"instelling": providers, "zorgkantoor": between.zorgkantoor if "zorgkantoor" in told else ()}
    within = [pl.col(name).is_in(codes) for name, codes in asked.items() if codes]
    kept = records.filter(*within) if within else records
    return kept, {"outside": records.height - kept.height}


def _close(account: Counter[str], records: int) -> None:
    """Every row that was read is a record or accounted for. Raises OpenAccount."""
    rest = sum(count for name, count in account.items() if name != "read")
    if account["read"] != records + rest:
        raise OpenAccount(f"Of {account['read']} rows read, {records} are records and {rest} are accounted for.")
