"""What a comparison hands over: figures for programs, differences and worklists for people, a page to look at.

The CSV files name clients by their BSN and say where their records stand: they are for the party that has to act. The
figures and the page hold counts only. The same books give the same files.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl

from keten.comparison.books import Book, File
from keten.comparison.comparing import SIDES, Comparison
from keten.comparison.describing import COLUMNS, described
from keten.comparison.matching import EQUAL
from keten.comparison.page import page
from keten.core.data import as_json
from keten.core.folders import filling
from keten.core.plain import plain
from keten.core.sheets import write_sheet

FIGURES, DIFFERENCES, REJECTED, PAGE = "comparison.json", "differences.csv", "rejected.csv", "index.html"
APART, WORKLIST, KIND = "apart.csv", "worklist-{}.csv", "comparison"


def figures_of(comparison: Comparison, listed: pl.DataFrame) -> dict[str, Any]:
    """The figures of a comparison, as they stand in comparison.json; `listed` are its differences, described."""
    books = comparison.books
    return {
        "verdict": "equal" if comparison.equal else "different",
        "blind": comparison.blind,
        "parties": {side: books[side].party for side in SIDES},
        "fields": list(comparison.fields),
        "notCompared": {side: [name for name in books[side].fields if name not in comparison.fields] for side in SIDES},
        "account": {side: dict(account) for side, account in comparison.account.items()},
        "matched": _matched(comparison),
        "kinds": _counts(listed, "kind"),
        "turns": _counts(listed.filter(pl.col("who").is_not_null()), "who"),
        "apart": listed["who"].null_count(),
        "unread": {side: books[side].unread for side in SIDES},
        "input": {side: _input(books[side]) for side in SIDES if not (comparison.blind and side != SIDES[0])},
    }


def hand_over(comparison: Comparison, folder: Path | None) -> dict[str, Any]:
    """The figures of a comparison; with a folder, they and the lists and the page are written there. Raises FolderInUse."""
    listed = described(comparison)
    figures = figures_of(comparison, listed)
    if folder is not None:
        read = [Path(file.name) for side in SIDES for file in comparison.books[side].files if not file.aside]
        with filling(folder, KIND, read) as draft:
            _write_lists(comparison, listed, draft.new)
            _write(draft.new / PAGE, page(figures, comparison.pair))
            _write(draft.new / FIGURES, as_json(figures))
    return figures


def _write_lists(comparison: Comparison, listed: pl.DataFrame, folder: Path) -> None:
    """The differences, a worklist for each party that acts, and what could not be read.

    Blind, a record of the other side is not known here: it is counted, not listed, and its worklist is for the other side.
    """
    known = listed.filter(pl.col("bsn").is_not_null()) if comparison.blind else listed
    write_sheet(known.select(COLUMNS), folder / DIFFERENCES)
    parties = [comparison.books[side].party for side in SIDES]
    for party in parties[:1] if comparison.blind else parties:
        work = known.filter(who=party)
        write_sheet(work.select("do", *COLUMNS), folder / WORKLIST.format(party))
    apart = known.filter(pl.col("who").is_null())
    if apart.height:
        write_sheet(apart.select("do", *COLUMNS), folder / APART)
    rejected = [
        comparison.books[side].rejected.select(pl.lit(comparison.books[side].party).alias("book"), pl.exclude("bsn"))
        for side in (SIDES[:1] if comparison.blind else SIDES)
    ]
    if any(frame.height for frame in rejected):
        write_sheet(pl.concat(rejected), folder / REJECTED)


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def _named(file: File, reason: str) -> Mapping[str, str]:
    return {"name": plain(file.name), "reason": plain(reason)}


def _matched(comparison: Comparison) -> dict[str, int]:
    """How many records were matched by each key; what did not need to be exchanged is equal."""
    equal = comparison.account[SIDES[0]]["equal"]
    others = comparison.match.pairs.filter(pl.col("matched") != EQUAL)
    return {**({EQUAL: equal} if equal else {}), **_counts(others, "matched")}


def _counts(frame: pl.DataFrame, column: str) -> dict[str, int]:
    return dict(frame.group_by(column).len().sort("len", column, descending=[True, False]).iter_rows())


def _input(book: Book) -> Mapping[str, Any]:
    """What was given for a book, and what became of its rows."""
    return {
        "files": len(book.files),
        "refused": [_named(file, file.refused) for file in book.files if file.refused],
        "aside": [_named(file, file.aside) for file in book.files if file.aside],
        "assumed": [_named(file, "; ".join(file.assumed)) for file in book.files if file.assumed],
        "rejected": book.rejected.height,
        "rows": {name: count for name, count in book.account.items() if count},
    }
