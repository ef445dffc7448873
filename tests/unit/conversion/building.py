"""Makes real 1.2 messages of cases, one file per message and indication."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl

from keten.messages import Layout, Tables, layout_of, write
from keten.standard import load
from tests.unit.conversion.notation import Case, Rows, Sent, Shown

DEFAULTS: Mapping[str, Mapping[str, Any]] = {
    "Client": {
        "GeheimeClient": "2",
        "Clientnummer": "1",
        "Geboortedatum/Datum": "1940-05-01",
        "Geslacht": "2",
        "Naam/Geslachtsnaam/Naam": "Jansen",
        "Naam/NaamGebruik": "1",
        "Leefeenheid": "1",
    },
    "Client/Contact": {"Soort": "01", "Adres/Huis/Huisnummer": "1", "Adres/Postcode": "1234AB"},
    "Relatie/Contact": {"Soort": "01", "Adres/Huis/Huisnummer": "1", "Adres/Postcode": "1234AB"},
    "Relatie": {"Nummer": "1", "Soort": "10", "Naam/Geslachtsnaam/Naam": "Bakker", "Naam/NaamGebruik": "1"},
    "Indicatie": {"Soort": "1"},
    "Stoornis": {"Grondslag": "01", "DiagnoseCodelijst": "014", "ZiektebeeldStoornis": "F00"},
    "StoornisScore": {"Score": "1"},
    "Beperking": {},
    "BeperkingScore": {"Score": "1"},
}
OF_CLIENT = ("Client/Contact", "Relatie")


class Placed(NamedTuple):
    """A file that was written: its case, the message it is, and its items by table, in their order."""

    case: Case
    sent: Sent
    indication: int
    labels: Mapping[str, tuple[str, ...]]


def write_cases(cases: list[Case], folder: Path) -> dict[str, Placed]:
    """Write the messages of cases into a folder; what is in each file, by its name."""
    release = load("1.2")
    placed: dict[str, Placed] = {}
    for case in cases:
        for number, sent in enumerate(case.messages):
            layout = layout_of(release, sent.kind)
            for indication in case.indications:
                shown = [_of(case, one, indication) for one in sent.clients]
                if not any(one.labels for one in shown):
                    continue
                path = folder / f"{case.number:04}-{number}-{indication}.xml"
                with path.open("wb") as file:
                    write(layout, header(layout, sent), [_tables(layout, case, indication, shown)], file)
                placed[path.name] = Placed(case, sent, indication, _labels(case, shown))
    return placed


def header(layout: Layout, sent: Sent) -> Tables:
    """The header of a message."""
    version = layout.release.message_version or {"BerichtVersie": "4", "BerichtSubversie": "2"}
    cells = {
        "BerichtCode": layout.message.code,
        **version,
        "Afzender": sent.sender,
        "Ontvanger": sent.receiver,
        "BerichtIdentificatie/Identificatie": sent.identification,
        "BerichtIdentificatie/Dagtekening": sent.day,
    }
    return {"Header": frame(layout, "Header", [cells])}


def frame(layout: Layout, name: str, rows: list[dict[str, Any]]) -> pl.DataFrame:
    """The table of a layout with these rows; what they do not say is absent."""
    table = layout.tables[name]
    schema: dict[str, Any] = {"parent": pl.UInt32} if table.parent else {}
    schema |= {column.name: pl.String if column.type else pl.Boolean for column in table.columns}
    flags = [column.name for column in table.columns if column.type is None]
    there = [
        {flag: True for flag in flags if any(row.get(key) and key.startswith(flag) for key in row)} for row in rows
    ]
    full = [row | flag for row, flag in zip(rows, there, strict=True)]
    return pl.DataFrame([{key: row.get(key) for key in schema} for row in full], schema)


def client_tables(layout: Layout, rows: Rows) -> Tables:
    """All tables of clients, from rows by table."""
    return {name: frame(layout, name, rows.get(name, [])) for name in layout.client_tables}


def _of(case: Case, shown: Shown, indication: int) -> Shown:
    """What a message shows of one indication."""
    return Shown(tuple(one for one in shown.labels if case.items[one].indication == indication), shown.cells)


def _labels(case: Case, shown: list[Shown]) -> dict[str, tuple[str, ...]]:
    every = [case.items[label] for one in shown for label in one.labels]
    return {
        table: tuple(item.label for item in every if item.table == table)
        for table in ("ToegewezenFunctie", "ToegewezenZorgzwaartepakket")
    }


def _tables(layout: Layout, case: Case, indication: int, shown: list[Shown]) -> Tables:
    """The tables of the clients of one file."""
    rows: Rows = {name: [] for name in layout.client_tables}
    for number, one in enumerate(shown):
        for name, row in _client(case, indication, one, number):
            rows[name].append(row)
            for inner, more in _within(name, row, len(rows[name]) - 1):
                rows[inner].append(more)
    return client_tables(layout, rows)


def _client(case: Case, indication: int, shown: Shown, number: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """The rows of one client, table by table, those within Relatie and Beperking apart."""
    given = {**case.raw.get("old", {}), **shown.cells}
    own = {name: value for name, value in given.items() if not isinstance(value, list)}
    own = {name: None if value == "null" else value for name, value in own.items()}
    yield "Client", {**DEFAULTS["Client"], **own, "Bsn": case.bsn}
    start, end = case.indications[indication]
    dated = {"Besluitnummer": str(indication), "Afgiftedatum": start, "Ingangsdatum": start, "Einddatum": end or None}
    prefix = "Indicatie/"
    theirs = {name.removeprefix(prefix): value for name, value in own.items() if name.startswith(prefix)}
    yield "Indicatie", {**DEFAULTS["Indicatie"], **dated, **theirs, "parent": number}
    listed = {"Client/Contact": [{}]} | {name: value for name, value in given.items() if isinstance(value, list)}
    for name, some in (listed | case.indicated[indication]).items():
        for row in some:
            yield name, {**DEFAULTS.get(name, {}), **_cells(row), "parent": number}
    for label in shown.labels:
        item = case.items[label]
        yield item.table, {**item.cells, "parent": number}


def _cells(row: dict[str, Any]) -> dict[str, Any]:
    """Cells as they stand in YAML: null is absent, true a flag."""
    meant = {"null": None, "true": True}
    return {name: meant.get(value, value) if isinstance(value, str) else value for name, value in row.items()}


def _within(name: str, row: dict[str, Any], number: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """The rows within a Relatie (its Contact) or a Beperking (its scores)."""
    if name == "Relatie":
        contact = {key.removeprefix("Contact/"): cell for key, cell in row.items() if key.startswith("Contact/")}
        yield "Relatie/Contact", {**DEFAULTS["Relatie/Contact"], **contact, "parent": number}
    for score in row.get("BeperkingScore", ()):
        yield "BeperkingScore", {**DEFAULTS["BeperkingScore"], **score, "parent": number}
