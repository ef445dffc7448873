"""Makes real files of short notations: assignments as an AW33, a coupling table, contracts and declarations as CSV."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from keten.messages import layout_of, write
from keten.standard import load
from tests.unit.conversion.building import DEFAULTS, client_tables, frame

BSN = "999990019"
PROVIDERS = {"A": "00000101", "B": "00000102", "C": "00000103", "-": ""}
ASSIGNED = re.compile(
    r"(?P<who>\w) (?P<what>\S+) (?P<start>\S+?)\.\.(?P<end>\S*)(?: (?P<bsn>\d+))?(?P<withdrawn> withdrawn)?"
)
ROW = re.compile(r"(?P<what>\S+) (?P<prestatie>\S+) (?P<start>\S+?)\.\.(?P<end>\S*)(?: (?P<contract>\S+))?")
CONTRACT = re.compile(r"(?P<who>\w) (?P<contract>\S+) (?P<start>\S+?)\.\.(?P<end>\S*)")
CLAIM = re.compile(r"(?P<who>\S) (?P<what>\S+) (?P<prestatie>\S+) (?P<start>\S+?)\.\.(?P<end>\S+)(?: (?P<bedrag>\S+))?")


@dataclass(frozen=True, slots=True)
class Care:
    """What is assigned: a package in a leveringsvorm, or a functie."""

    zzp: str
    functie: str
    leveringsvorm: str


def care(what: str) -> Care:
    """From `755/7` or `f31`."""
    if what.startswith("f"):
        return Care("", what[1:], "")
    zzp, _, form = what.partition("/")
    return Care(zzp, "", form)


def parts(pattern: re.Pattern[str], line: str) -> dict[str, str]:
    """What a notation says; "" for what it does not say."""
    match = pattern.fullmatch(line)
    assert match, line
    return {name: value or "" for name, value in match.groupdict().items()}


def table_text(
    rows: Iterable[str],
    *,
    valid: str = "2018-04-01..",
    version: str = "test",
    release: str = "2.0",
    separator: str = ",",
) -> str:
    """A coupling table."""
    start, end = valid.split("..")
    headings = {"id": "t", "version": version, "release": release, "codelijst": "999", "from": start, "to": end}
    lines = [
        f"# {name}: {value}" for name, value in {**headings, "source": "a test", "fictitious": "yes"}.items() if value
    ]
    lines.append(
        separator.join(("zzp", "functie", "leveringsvorm", "contract", "prestatie", "ingangsdatum", "einddatum"))
    )
    for line in rows:
        row = parts(ROW, line)
        what = care(row["what"])
        cells = (
            what.zzp,
            what.functie,
            what.leveringsvorm,
            row["contract"],
            row["prestatie"],
            row["start"],
            row["end"],
        )
        lines.append(separator.join(cells))
    return "\n".join(lines) + "\n"


def contracts_text(lines: Iterable[str]) -> str:
    """A list of contracts."""
    rows = (parts(CONTRACT, line) for line in lines)
    cells = [f"{PROVIDERS[row['who']]},{row['contract']},{row['start']},{row['end']}" for row in rows]
    return "\n".join(["instelling,contract,ingangsdatum,einddatum", *cells]) + "\n"


COLUMNS = (
    "bsn", "instelling", "zzp", "functie", "leveringsvorm", "codelijst", "prestatie", "begindatum", "einddatum", "bedrag"
)  # fmt: skip


def claim_cells(line: str, cells: Mapping[str, str] | None = None) -> dict[str, str]:
    """A declaration, 100 euro unless said."""
    claim = parts(CLAIM, line)
    what = care(claim["what"])
    return {
        "bsn": BSN,
        "instelling": PROVIDERS[claim["who"]],
        "zzp": what.zzp,
        "functie": what.functie,
        "leveringsvorm": what.leveringsvorm,
        "codelijst": "999",
        "prestatie": claim["prestatie"],
        "begindatum": claim["start"],
        "einddatum": claim["end"],
        "bedrag": claim["bedrag"] or "100.00",
        **(cells or {}),
    }


def claims_text(claims: Iterable[Mapping[str, str]]) -> str:
    """Declarations as CSV."""
    lines = [";".join(one[name] for name in COLUMNS) for one in claims]
    return "\n".join([";".join(COLUMNS), *lines]) + "\n"


def assignments(
    lines: Sequence[str], *, release: str = "2.0", sent: str = "2018-04-03", assigned: str = "2018-04-01"
) -> bytes:
    """An AW33 with these assignments of one client, or of the Bsn that a line names."""
    layout = layout_of(load(release), "AW33")
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in layout.client_tables}
    for number, (bsn, theirs) in enumerate(_by_client(lines).items()):
        rows["Client"].append({**DEFAULTS["Client"], **_client_of(release), "Bsn": bsn})
        rows["Client/Contact"].append({**DEFAULTS["Client/Contact"], "parent": number})
        indication = {"Besluitnummer": "1", "Soort": "1", "Afgiftedatum": "2016-01-01", "Ingangsdatum": "2016-01-01"}
        rows["Indicatie"].append({**indication, "parent": number})
        for row in theirs:
            name, cells = _item(row, assigned)
            rows[name].append({**cells, "parent": number})
    version = layout.release.message_version or {"BerichtVersie": "4", "BerichtSubversie": "2"}
    schemas = {f"XsdVersie/{name}": "1.0.0" for name in ("BasisschemaXsdVersie", "BerichtXsdVersie")}
    header = {
        "BerichtCode": layout.message.code, **version, **schemas, "Afzender": "5501", "Ontvanger": PROVIDERS["A"],
        "BerichtIdentificatie/Identificatie": "1", "BerichtIdentificatie/Dagtekening": sent,
    }  # fmt: skip
    stream = BytesIO()
    write(layout, {"Header": frame(layout, "Header", [header])}, [client_tables(layout, rows)], stream)
    return stream.getvalue()


def _by_client(lines: Sequence[str]) -> dict[str, list[dict[str, str]]]:
    clients: dict[str, list[dict[str, str]]] = {}
    for row in (parts(ASSIGNED, line) for line in lines):
        clients.setdefault(row["bsn"] or BSN, []).append(row)
    return clients or {"999990020": []}


def _client_of(release: str) -> dict[str, Any]:
    if release == "1.2":
        return {}
    return {"Naam/Geslachtsnaam/Achternaam": "Jansen", "Partneropname": "2", "Clientnummer": None}


def _item(row: Mapping[str, str], assigned: str) -> tuple[str, dict[str, Any]]:
    what = care(row["what"])
    common = {
        "Instelling": PROVIDERS[row["who"]], "Zorgkantoor": "5501", "Soort": "1", "Toewijzingsdatum": assigned,
        "Toewijzingstijd": "00:00:00", "Ingangsdatum": row["start"], "Einddatum": row["end"] or None,
        "RedenIntrekking": "1" if row["withdrawn"] else None,
    }  # fmt: skip
    if what.functie:
        return "ToegewezenFunctie", {**common, "FunctieCode": what.functie, "Klasse": "K3"}
    return "ToegewezenZorgzwaartepakket", {
        **common,
        "ZzpCode": what.zzp,
        "Klasse": "KE7",
        "VoorkeurClient": "5",
        "Leveringsvorm": what.leveringsvorm,
    }


def written(path: Path, content: str | bytes) -> Path:
    """A file with this content."""
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path
