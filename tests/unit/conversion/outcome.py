"""Runs cases through the whole conversion, and reads what came out back into the notation of the cases."""

import csv
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from keten.conversion import Settings, convert
from keten.messages import find_sources, layout_of, read
from keten.standard import load
from keten.standard.tariffs import SHIPPED, load_tariffs
from keten.validation import validate
from tests.unit.conversion.building import Placed, write_cases
from tests.unit.conversion.notation import CASES, SENDER, Case, in_order
from tests.unit.threads import threads

TARIFFS = CASES.parent / "tariffs"
FORMS = {"2": "pgb", "4": "verblijf", "5": "vpt", "7": "mpt"}
WORDS = {"Dossierhouder": "dossierhouder", "CoordinatorZorgThuis": "coordinator", "InstellingBestemming": "bestemming"}
LOCATION = re.compile(r".*/(?P<table>\w+?)(?:\[(?P<place>\d+)\])?")
Row = dict[str, Any]


@dataclass(slots=True)
class Came:
    """What came out for one case.

    `items`: new items in the notation; `old`: rows of assignments.csv by sender and label; `notes`, `exceptions`: rows of
    the worklists; `clients`: the content of each client that was written, rows by table; `headers`; `order`: its items in
    the order of the file, per file.
    """

    items: list[str] = field(default_factory=list)
    old: dict[tuple[str, str], Row] = field(default_factory=dict)
    notes: list[Row] = field(default_factory=list)
    exceptions: list[Row] = field(default_factory=list)
    clients: list[dict[str, list[Row]]] = field(default_factory=list)
    headers: list[Row] = field(default_factory=list)
    order: list[list[str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Ran:
    """A conversion of cases: what came out by case number, its figures, and the files in which nothing valid stands."""

    came: Mapping[int, Came]
    figures: Mapping[str, Any]
    placed: Mapping[str, Placed]
    invalid: tuple[str, ...]


def settings_of(case: Case) -> Settings:
    """The settings that a case asks for."""
    options = dict(case.raw.get("options", {}))
    days = {"cutover": "cutover", "assigned": "assigned", "dagtekening": "dated"}
    given: Row = {name: date.fromisoformat(options.pop(key)) for name, key in days.items() if key in options}
    wishes = dict(case.raw.get("settings", {}))
    if "repeat" in wishes:
        given["repeat"] = int(wishes.pop("repeat"))
    if wishes.pop("partners", None):
        given["partners"] = frozenset([case.bsn])
    if "tariffs" in case.raw:
        own = TARIFFS / f"{case.raw['tariffs']}.yaml"
        given["tariffs"] = load_tariffs(own if own.exists() else SHIPPED / own.name)
    return replace(Settings(), **given, **options, **wishes)


def run(cases: list[Case], settings: Settings, folder: Path) -> Ran:
    """Convert cases together; each has a client and providers of its own."""
    (folder / "in").mkdir(parents=True)
    placed = write_cases(cases, folder / "in")
    sources = list(find_sources([str(folder / "in")]))
    with threads(1) as pool:
        figures = convert(sources, folder / "out", settings, pool, lambda *_: None)
    came = {case.number: Came() for case in cases}
    _read_back(cases, folder / "out", settings, came)
    _read_lists(folder / "out", placed, came)
    written = json.loads((folder / "out" / "conversion.json").read_text(encoding="utf-8"))
    assert written == figures
    messages = sorted((folder / "out").rglob("*.xml"))
    judged = {path.name: validate(path, release=settings.target.reference, rules=False).verdict for path in messages}
    return Ran(came, figures, placed, tuple(name for name, verdict in judged.items() if verdict != "valid"))


def _read_back(cases: list[Case], folder: Path, settings: Settings, came: Mapping[int, Came]) -> None:
    by_bsn = {case.bsn: case for case in cases}
    receivers: dict[tuple[int, int, tuple[str, ...]], set[str]] = {}
    for path in sorted(folder.rglob("*.xml")):
        with path.open("rb") as stream:
            reading = read(stream, pick=lambda _: settings.target)
            tables = next(iter(reading.batches())).tables
        header = reading.header["Header"].row(0, named=True)
        for number, client in enumerate(tables["Client"].iter_rows(named=True)):
            case = by_bsn[client["Bsn"]]
            rows = _rows_of(tables, number)
            came[case.number].clients.append(rows)
            came[case.number].headers.append(header)
            at, words = int(rows["Indicatie"][0]["Besluitnummer"]), list(_items(case, rows, header, settings))
            came[case.number].order.append([" ".join(some) for some in words])
            for some in words:
                receivers.setdefault((case.number, at, tuple(some)), set()).add(case.letters(header["Ontvanger"]))
    for (case_number, at, item), to in receivers.items():
        came[case_number].items.append(in_order(at, list(item), to))


def _rows_of(tables: Mapping[str, pl.DataFrame], client: int) -> dict[str, list[Row]]:
    """The rows of one client by table; `parent` counts within the client."""
    kept: dict[str, list[int]] = {"Client": [client]}
    parents = {name: table.parent for name, table in _layout().items()}
    rows: dict[str, list[Row]] = {}
    for name, above in parents.items():
        if above is not None:
            found = tables[name]["parent"].to_list()
            kept[name] = [nr for nr, parent in enumerate(found) if parent in kept[above]]
        rows[name] = [tables[name].row(nr, named=True) for nr in kept[name]]
        for row in rows[name] if above is not None else ():
            row["parent"] = kept[str(above)].index(row["parent"])
    return rows


def _layout() -> Mapping[str, Any]:
    return layout_of(load("2.0"), "AW33").client_tables


def _items(case: Case, rows: Mapping[str, list[Row]], header: Row, settings: Settings) -> Iterator[list[str]]:
    """The items of a client in the words of the notation."""
    usual = {"zk": SENDER, "from": SENDER, "toegewezen": f"{settings.cutover}T00:00:00", "soort": "1"}
    for name in ("ToegewezenFunctie", "ToegewezenZorgzwaartepakket"):
        for row in rows[name]:
            period = f"{row['Ingangsdatum']}..{row['Einddatum'] or ''}"
            if name == "ToegewezenFunctie":
                words = [case.letters(row["Instelling"]), "functie", row["FunctieCode"], period]
            else:
                provider = [case.letters(row["Instelling"])] if row["Instelling"] else []
                words = [*provider, FORMS[row["Leveringsvorm"]], row["ZzpCode"], period]
            said = {
                "zk": row["Zorgkantoor"],
                "from": header["Afzender"],
                "toegewezen": f"{row['Toewijzingsdatum']}T{row['Toewijzingstijd']}",
            }
            words += [f"{key}={value}" for key, value in said.items() if value != usual[key]]
            yield words + list(_further(case, row))


def _further(case: Case, row: Row) -> Iterator[str]:
    percentage = row.get("ToewijzingPercentage")
    yield from (row["Klasse"],) if row["Klasse"] else ()
    yield from (f"S{row['Soort']}",) if row["Soort"] != "1" else ()
    yield from (f"{int(percentage) // 100}%",) if percentage is not None else ()
    for name, word in WORDS.items():
        if row.get(name):
            yield f"{word}={case.letters(row[name])}"
    if row.get("Opname"):
        yield f"opname={'Ja' if row['Opname'] == '1' else 'Nee'}"
    for name in ("Opslag", "Vervoer", "RedenIntrekking"):
        if row.get(name):
            yield f"{name.lower()}={row[name]}"


def _read_lists(folder: Path, placed: Mapping[str, Placed], came: Mapping[int, Came]) -> None:
    """The worklists, by case."""
    for row in _csv(folder / "assignments.csv"):
        file = placed[Path(row["file"]).name]
        match = LOCATION.fullmatch(row["location"])
        assert match is not None, row["location"]
        label = file.labels[match["table"]][int(match["place"] or 1) - 1]
        assert came[file.case.number].old.setdefault((row["zorgkantoor"], label), row)["outcome"] == row["outcome"]
    for row in _csv(folder / "notes.csv"):
        came[placed[Path(row["file"]).name].case.number].notes.append(row)
    for row in _csv(folder / "exceptions.csv"):
        came[placed[Path(row["file"]).name].case.number].exceptions.append(row)


def _csv(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
