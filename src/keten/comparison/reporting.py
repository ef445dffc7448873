"""What a comparison hands over: figures for programs, differences and worklists for people, a page to look at.

The CSV files name clients by their BSN and say where their records stand: they are for the party that has to act. The
figures and the page hold counts only. The same books give the same files.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl

from keten.comparison.books import Book
from keten.comparison.comparing import SIDES, Comparison
from keten.comparison.describing import COLUMNS, described
from keten.comparison.matching import EQUAL
from keten.comparison.page import page
from keten.core import FolderInUse

FIGURES, DIFFERENCES, REJECTED, PAGE = "comparison.json", "differences.csv", "rejected.csv", "index.html"
WORKLIST = "worklist-{}.csv"


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
        "turns": _counts(listed, "who"),
        "input": {side: _input(books[side]) for side in SIDES if not (comparison.blind and side != SIDES[0])},
    }


def hand_over(comparison: Comparison, folder: Path | None) -> dict[str, Any]:
    """The figures of a comparison; with a folder, they and the lists and the page are written there. Raises FolderInUse."""
    listed = described(comparison)
    figures = figures_of(comparison, listed)
    if folder is not None:
        _make_room(folder)
        _write_lists(comparison, listed, folder)
        (folder / PAGE).write_text(page(figures, comparison.pair), encoding="utf-8")
        (folder / FIGURES).write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return figures


def _make_room(folder: Path) -> None:
    """Take away what an earlier comparison wrote; nothing else may stand there."""
    if folder.exists() and not folder.is_dir():
        raise FolderInUse(f"{folder} is a file, not a folder.")
    folder.mkdir(parents=True, exist_ok=True)
    ours = (folder / FIGURES).is_file()
    if not ours and any(folder.iterdir()):
        raise FolderInUse(f"The folder {folder} holds something that is no comparison.")
    for name in (FIGURES, DIFFERENCES, REJECTED, PAGE):
        (folder / name).unlink(missing_ok=True)
    for path in folder.glob(WORKLIST.format("*")):
        path.unlink()


def _write_lists(comparison: Comparison, listed: pl.DataFrame, folder: Path) -> None:
    """The differences, a worklist for each party that acts, and what could not be read.

    Blind, a record of the other side is not known here: it is counted, not listed, and its worklist is for the other side.
    """
    known = listed.filter(pl.col("bsn").is_not_null()) if comparison.blind else listed
    known.select(COLUMNS).write_csv(folder / DIFFERENCES)
    parties = [comparison.books[side].party for side in SIDES]
    for party in parties[:1] if comparison.blind else parties:
        work = known.filter(who=party)
        work.select("do", *COLUMNS).write_csv(folder / WORKLIST.format(party))
    rejected = [
        comparison.books[side].rejected.select(pl.lit(comparison.books[side].party).alias("book"), pl.all())
        for side in SIDES
    ]
    if any(frame.height for frame in rejected):
        pl.concat(rejected).write_csv(folder / REJECTED)


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
        "refused": [{"name": file.name, "reason": file.refused} for file in book.files if file.refused],
        "aside": [{"name": file.name, "reason": file.aside} for file in book.files if file.aside],
        "rejected": book.rejected.height,
        "rows": {name: count for name, count in book.account.items() if count},
    }
