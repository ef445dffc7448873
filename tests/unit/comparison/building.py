"""Makes books and messages of short notes."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from keten.comparison.books import REJECTED, Book, record_schema
from keten.comparison.terms import fields, logical_key
from keten.messages import Layout, layout_of, write
from keten.standard import load

ALL_FIELDS = tuple(fields())
PARTIES = ("zorgkantoor", "zorgaanbieder")
Row = Mapping[str, str | None]

OF_CLIENT: Mapping[str, Mapping[str, str]] = {
    "1.2": {
        "GeheimeClient": "2",
        "Clientnummer": "1",
        "Naam/Geslachtsnaam/Naam": "Proefpersoon",
        "Leefeenheid": "1",
    },
    "2.0": {
        "GeheimeClient": "2",
        "Naam/Geslachtsnaam/Achternaam": "Proefpersoon",
        "Leefeenheid": "1",
        "Partneropname": "2",
    },
}
OF_ALL = {"Geboortedatum/Datum": "1940-05-01", "Geslacht": "2", "Naam/NaamGebruik": "1", "StatusAanlevering": "1"}
INDICATIE = {"Soort": "1", "Afgiftedatum": "2015-01-01", "Ingangsdatum": "2015-01-01", "Besluitnummer": "100000001"}
CONTACT = {"Soort": "01", "Adres/Huis/Huisnummer": "1", "Adres/Postcode": "1234AB", "StatusAanlevering": "1"}
ITEM = {
    "Zorgkantoor": "5501",
    "Soort": "1",
    "Toewijzingsdatum": "2018-04-01",
    "Toewijzingstijd": "00:00:00",
    "Besluitnummer": "100000001",
    "Leveringsstatus": "4",
    "StatusAanlevering": "1",
}


def note(text: str) -> Row:
    """A record in short: client, provider, code, form and start date, then other fields; `-` is absent.

    >>> sorted(note("1 - 754 2 2018-04-01 soort=1").items())[:3]
    [('bsn', '1'), ('ingangsdatum', '2018-04-01'), ('instelling', None)]
    """
    words = text.split()
    key = dict(zip(logical_key(), words, strict=False))
    rest = dict(word.split("=") for word in words[len(key) :])
    return {name: None if value == "-" else value for name, value in {**key, **rest}.items()}


def book(party: str, rows: Iterable[Row], told: Sequence[str] = ALL_FIELDS) -> Book:
    """A book of some records, each on a line of one file."""
    records = [{**row, "file": 0, "location": f"line {number}"} for number, row in enumerate(rows, 2)]
    frame = pl.DataFrame([{name: row.get(name) for name in record_schema()} for row in records], record_schema())
    return Book(party, frame, tuple(told), (), pl.DataFrame(schema=REJECTED), {})


def write_message(path: Path, message: str, items: Sequence[Mapping[str, Any]], release: str = "2.0") -> None:
    """Write a message with an item per client; an item names its `table`, its `bsn` and cells; `day` is the Dagtekening."""
    layout = layout_of(load(release), message)
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in layout.tables}
    for number, item in enumerate(items):
        cells = {name: str(value) for name, value in item.items() if name not in ("table", "bsn", "day")}
        rows["Client"].append({**OF_ALL, **OF_CLIENT[release], "Bsn": str(item["bsn"])})
        for contact in ("Contact", "Client/Contact"):
            rows.get(contact, []).append({**CONTACT, "parent": number})
        rows.get("Indicatie", []).append(
            {**INDICATIE, **cells, "Soort": "1", "Ingangsdatum": "2015-01-01", "parent": number}
        )
        rows[str(item["table"])].append({**ITEM, **cells, "parent": number})
    day = str(items[0].get("day", "2018-04-03"))
    rows["Header"] = [_header(layout, day)]
    tables = {name: _frame(layout, name, rows[name]) for name in layout.tables}
    with path.open("wb") as file:
        write(layout, {"Header": tables.pop("Header")}, [tables], file)


def _header(layout: Layout, day: str) -> dict[str, str]:
    version = layout.release.message_version or {"BerichtVersie": "4", "BerichtSubversie": "2"}
    partner = {"zorgkantoor": "5501", "zorgaanbieder": "41424344"}
    return {
        "BerichtCode": layout.message.code,
        **version,
        "Afzender": partner[layout.message.sender],
        "Ontvanger": partner.get(layout.message.receiver, ""),
        "BerichtIdentificatie/Identificatie": "1",
        "BerichtIdentificatie/Dagtekening": day,
    }


def _frame(layout: Layout, name: str, rows: list[dict[str, Any]]) -> pl.DataFrame:
    """A table of a layout; what its rows do not say, and what the table has no column for, is absent."""
    table = layout.tables[name]
    schema: dict[str, Any] = {"parent": pl.UInt32} if table.parent else {}
    schema |= {column.name: pl.String if column.type else pl.Boolean for column in table.columns}
    return pl.DataFrame([{key: row.get(key) for key in schema} for row in rows], schema)
