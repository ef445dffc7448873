"""What a conversion hands over beside its messages: figures for programs, worklists for people, a page to look at.

Nothing in it depends on when or where the conversion ran: the same input gives the same files.
"""

from dataclasses import asdict
from pathlib import Path
from typing import Any

import polars as pl

from keten.conversion.account.accounting import Account, total
from keten.conversion.account.conversion import Conversion
from keten.conversion.account.listings import notes
from keten.conversion.account.locations import in_records, paths
from keten.conversion.account.page import page
from keten.conversion.account.percentage_figures import percentages
from keten.conversion.account.tracing import assignments, exceptions
from keten.core.data import as_json
from keten.core.sheets import write_sheet

FIGURES = "conversion.json"
EXCEPTIONS, ASSIGNMENTS, NOTES, PAGE = "exceptions.csv", "assignments.csv", "notes.csv", "index.html"


def report(conversion: Conversion, folder: Path) -> dict[str, Any]:
    """Write figures and worklists into the folder; the figures, as they stand in conversion.json."""
    books, decision = conversion.books, conversion.decision
    found, listed = exceptions(books, decision), _notes(conversion)
    write_sheet(found, folder / EXCEPTIONS)
    write_sheet(assignments(books, decision, conversion.plan, conversion.settings), folder / ASSIGNMENTS)
    write_sheet(listed, folder / NOTES)
    figures = _figures(conversion, found, listed)
    (folder / PAGE).write_text(page(figures), encoding="utf-8")
    (folder / FIGURES).write_text(as_json(figures), encoding="utf-8")
    return figures


def _notes(conversion: Conversion) -> pl.DataFrame:
    """Notes and repairs with the place they are about: rule, file, client, location, what, before, after."""
    books = conversion.books
    listed = notes(books, conversion.decision, conversion.settings)
    stands = listed.join(paths(books).rename({"record": "stood"}), on="item", how="left", maintain_order="left")
    listed = in_records(
        stands.with_columns(record=pl.coalesce("stood", "record"), path=pl.col("path").fill_null("")), books
    )
    repaired = conversion.repairs.with_columns(
        rule=pl.when(pl.col("path").str.ends_with("/VoorkeurClient")).then(pl.lit("Z4")).otherwise(pl.lit("K3")),
        what=pl.when("lossy").then(pl.lit("repaired, lossy")).otherwise(pl.lit("repaired")),
    )
    columns = ["rule", "file", "client", "location", "what", "before", "after"]
    return pl.concat([frame.select(columns) for frame in (listed, in_records(repaired, books))]).sort(
        "file", "client", "location", "rule", "what", "before", "after"
    )


def _figures(conversion: Conversion, found: pl.DataFrame, listed: pl.DataFrame) -> dict[str, Any]:
    accounts = conversion.accounts
    files = conversion.books.files
    return {
        "settings": _settings(conversion),
        "input": {
            "files": files.height,
            "refused": files.filter(pl.col("refused") != "").height,
            "leftAside": files.filter(pl.col("aside") != "").height,
            "clientRecords": int(files["clients"].sum()),
        },
        "account": {
            "total": _account(total(accounts)),
            "zorgkantoren": {sender: _account(one) for sender, one in accounts.items()},
        },
        "percentages": percentages(conversion.decision),
        "exceptions": _counts(found, "code"),
        "repairs": {
            "total": conversion.repairs.height,
            "lossy": int(conversion.repairs["lossy"].sum()),
            "byElement": _counts(
                conversion.repairs.select(element=pl.col("path").str.split("/").list.last()), "element"
            ),
        },
        "notes": _counts(listed, "rule"),
        "messages": _messages(conversion),
    }


def _settings(conversion: Conversion) -> dict[str, Any]:
    settings = conversion.settings
    return {
        "cutover": settings.cutover.isoformat(),
        "assigned": settings.assigned.isoformat(),
        "dagtekening": settings.dagtekening.isoformat(),
        "from": settings.source.reference,
        "to": settings.target.reference,
        "repeat": settings.repeat,
        "homePreference": settings.home_preference,
        "partners": len(settings.partners),
        "tariffs": str(settings.tariffs) if settings.tariffs else None,
    }


def _account(one: Account) -> dict[str, Any]:
    return {"items": one.items, **asdict(one)}


def _counts(frame: pl.DataFrame, column: str) -> dict[str, int]:
    return dict(frame.group_by(column).len().sort(column).iter_rows())


def _messages(conversion: Conversion) -> list[dict[str, Any]]:
    written = {one.out: one for one in conversion.written}
    return [
        {
            "name": row["name"],
            "message": row["message"],
            "sender": row["sender"],
            "receiver": row["receiver"],
            "clients": row["clients"],
            "identificatie": written[row["out"]].identificatie,
            "bytes": written[row["out"]].bytes,
            "sha256": written[row["out"]].sha256,
        }
        for row in conversion.plan.outs.iter_rows(named=True)
    ]
