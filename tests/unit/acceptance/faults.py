"""Plants the faults of cases (tests/cases/acceptance/README.md) in messages that a conversion made."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from keten.messages import Layout, Tables, layout_of, read, write
from keten.standard import load
from tests.unit.conversion.building import frame
from tests.unit.conversion.notation import RECEIVERS, SENDER, Case, _case

CASES = Path(__file__).parents[2] / "cases" / "acceptance"
PROVIDERS = ("Instelling", "Dossierhouder", "CoordinatorZorgThuis", "InstellingBestemming", "Ontvanger")
ITEMS = ("ToegewezenZorgzwaartepakket", "ToegewezenFunctie")
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Fault:
    """A case of a code: what stood before, what is done to the messages after, and the codes that must be found."""

    case: Case
    edits: tuple[Mapping[str, Any], ...]
    found: tuple[str, ...]


def faults() -> tuple[Fault, ...]:
    """All cases of faults, numbered through."""
    result: list[Fault] = []
    for path in sorted(CASES.glob("*.yaml")):
        for raw in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader):
            case = _case(len(result), path.stem, {"before": "A zin 754 2017-01-01..", **raw})
            result.append(Fault(case, tuple(raw["fault"]), tuple(sorted(raw["found"]))))
    return tuple(result)


def plant(fault: Fault, folder: Path) -> None:
    """Do what a case does to the messages in a folder."""
    for edit in fault.edits:
        path = _path(fault.case, edit, folder)
        kind = next(name for name in KINDS if name in edit)
        KINDS[kind](fault.case, edit, path)


def _path(case: Case, edit: Mapping[str, Any], folder: Path) -> Path:
    """The message that an edit is about: by its receiver, and its sender if that is not the usual one."""
    at, _, which = str(edit["at"]).partition("#")
    receiver = case.provider(at) if at in RECEIVERS else at
    kind = "AW33" if at in RECEIVERS else "ZK33"
    path = folder / str(edit.get("from", SENDER)) / kind / f"{kind}_{receiver}_1_1.xml"
    return path.with_name(f"{path.stem}#{which}.xml") if which else path


def _text(_: Case, edit: Mapping[str, Any], path: Path) -> None:
    """Replace a piece of the text of a message."""
    before, after = edit["text"]
    text = path.read_text(encoding="utf-8")
    changed, count = re.subn(before, after, text, count=1, flags=re.DOTALL)
    assert count
    path.write_text(changed, encoding="utf-8", newline="")


def _again(_: Case, edit: Mapping[str, Any], path: Path) -> None:
    """Deliver a message once more, under another name."""
    path.with_name(f"{path.stem}#{edit['again']}.xml").write_bytes(path.read_bytes())


def _gone(_: Case, __: Mapping[str, Any], path: Path) -> None:
    """Take a message away."""
    path.unlink()


def _header(case: Case, edit: Mapping[str, Any], path: Path) -> None:
    """Change cells of the header."""

    def change(envelope: Tables, clients: dict[str, list[Row]], layout: Layout) -> Tables:
        del clients
        (row,) = envelope["Header"].to_dicts()
        return {"Header": frame(layout, "Header", [row | _cells(case, edit["header"])])}

    _rewrite(path, change)


def _record(case: Case, edit: Mapping[str, Any], path: Path) -> None:
    """Change the client record of the case: a row of a table, or whether it is there (`client: drop`, `double`)."""

    def change(envelope: Tables, rows: dict[str, list[Row]], layout: Layout) -> Tables:
        del layout
        (client,) = (nr for nr, row in enumerate(rows["Client"]) if row["Bsn"] == case.bsn)
        if edit["record"] == "double":
            _doubled(rows, client)
        elif edit["record"] == "drop":
            rows["Client"][client] = None  # type: ignore[call-overload]
        else:
            table = edit["record"]
            above = "Client" if table == "Client" else "parent"
            for nr, row in enumerate(rows[table]):
                if (nr if above == "Client" else row["parent"]) == client:
                    row.update(_cells(case, edit["set"]))
        return envelope

    _rewrite(path, change)


def _item(case: Case, edit: Mapping[str, Any], path: Path) -> None:
    """Change, drop or double an assigned item of the client, found by cells that it has."""

    def change(envelope: Tables, rows: dict[str, list[Row]], layout: Layout) -> Tables:
        del layout
        (client,) = (nr for nr, row in enumerate(rows["Client"]) if row["Bsn"] == case.bsn)
        wanted = _cells(case, edit["item"])
        found = [
            (table, row)
            for table in ITEMS
            for row in rows[table]
            if row["parent"] == client and all(row.get(name) == value for name, value in wanted.items())
        ]
        ((table, row),) = found[:1] if edit.get("which") == "first" else found
        changed = row | _cells(case, edit.get("set", {}))
        to = edit.get("to", table)
        rows[table] = [other for other in rows[table] if other is not row or edit.get("do") == "double"]
        rows[to] += [changed] if edit.get("do") != "drop" else []
        rows[to].sort(key=lambda one: int(one["parent"]))
        return envelope

    _rewrite(path, change)


KINDS: Mapping[str, Callable[[Case, Mapping[str, Any], Path], None]] = {
    "text": _text,
    "again": _again,
    "gone": _gone,
    "header": _header,
    "record": _record,
    "item": _item,
}


def _cells(case: Case, cells: Mapping[str, str]) -> Row:
    """Cells as they stand in YAML: a letter is a provider, null is absent."""
    values = {
        name: case.provider(value) if name in PROVIDERS and value in RECEIVERS else value
        for name, value in cells.items()
    }
    return {name: None if value == "null" else value for name, value in values.items()}


def _doubled(rows: dict[str, list[Row]], client: int) -> None:
    """The client once more, with its indication and items."""
    last = len(rows["Client"])
    rows["Client"].append(dict(rows["Client"][client]))
    for table, some in rows.items():
        if table != "Client" and table in ("Indicatie", "Client/Contact"):
            some += [dict(row) | {"parent": last} for row in some if row["parent"] == client]
    for table in ("GeindiceerdZorgzwaartepakket", "GeindiceerdeFunctie", *ITEMS):
        rows[table] += [dict(row) | {"parent": last} for row in rows[table] if row["parent"] == client]


def _rewrite(path: Path, change: Callable[[Tables, dict[str, list[Row]], Layout], Tables]) -> None:
    """Read a message, change its rows, and write it back. Items hang on the indication of the same number as the client."""
    target = load("2.0@1.3")
    with path.open("rb") as stream:
        reading = read(stream, pick=lambda _: target)
        (batch,) = reading.batches()
    layout = layout_of(target, path.name[:4])
    rows: dict[str, list[Row]] = {name: table.to_dicts() for name, table in batch.tables.items()}
    envelope = change(reading.header, rows, layout)
    gone = [nr for nr, row in enumerate(rows["Client"]) if row is None]
    tables = {name: frame(layout, name, _left(name, some, gone)) for name, some in rows.items()}
    with path.open("wb") as file:
        write(layout, envelope, [tables], file)


def _left(name: str, rows: list[Row], gone: list[int]) -> list[Row]:
    """The rows without those of clients that were dropped; tables further down than an indication are not used in cases."""
    if not gone:
        return rows
    (client,) = gone
    if name == "Client":
        return [row for row in rows if row is not None]
    return [row | {"parent": row["parent"] - (row["parent"] > client)} for row in rows if row["parent"] != client]
