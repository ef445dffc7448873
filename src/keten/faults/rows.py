"""What faults do to whole rows: an assignment taken away, added, or put elsewhere; and files made of others."""

import hashlib
from base64 import b32encode
from collections.abc import Iterator

from keten.faults.plans import Edit, Row
from keten.faults.world import FUNCTIE, HEADER, ZZP, World
from keten.messages import CLIENT

OF_BOTH = (
    "Instelling", "Zorgkantoor", "Soort", "Toewijzingsdatum", "Toewijzingstijd", "Ingangsdatum", "Einddatum",
    "RedenIntrekking", "Klasse", "InstellingBestemming",
)  # fmt: skip
CELLS = {
    ZZP: (
        "ZzpCode",
        "Leveringsvorm",
        "ToewijzingPercentage",
        "Dossierhouder",
        "CoordinatorZorgThuis",
        "Opname",
        *OF_BOTH,
    ),
    FUNCTIE: ("FunctieCode", "Opslag", "Vervoer", *OF_BOTH),
}
"""The cells of an assignment."""

IDENTIFICATIE = "BerichtIdentificatie/Identificatie"
LONGEST_ID = 12


def drop_client(_: World, row: Row) -> Iterator[Edit]:
    """The client is not in the message."""
    yield Edit("drop", row["file"], row["client"], CLIENT)


def drop_item(_: World, row: Row) -> Iterator[Edit]:
    """The assignment is not in the client record."""
    yield Edit("drop", row["file"], row["client"], row["table"], row["row"])


def add_item(row: Row, **changes: str | None) -> Edit:
    """An assignment like that of a row stands, with changes, beside it."""
    return add_elsewhere(row, row["file"], row["client"], **changes)


def add_elsewhere(row: Row, file: str, client: int, **changes: str | None) -> Edit:
    """An assignment like that of a row stands, with changes, in another client record."""
    same = {name: row[name] for name in CELLS[row["table"]]}
    return Edit("add", file, client, row["table"], cells={**same, **changes})


def copy_file(base: str, word: str, client: int = 0, **header: str) -> tuple[str, list[Edit]]:
    """Another file of all clients of a file, or of one, with an Identificatie of its own: its name, and the edits."""
    name = f"{base.removesuffix('.xml')}_{word}{f'_{client}' if client else ''}.xml"
    cells = {IDENTIFICATIE: identification(name), **header}
    return name, [Edit("copy", name, row=client, base=base), Edit("set", name, table=HEADER, cells=cells, base=base)]


def identification(name: str) -> str:
    """An Identificatie that follows from the name of a file."""
    return b32encode(hashlib.sha256(name.encode()).digest()).decode()[:LONGEST_ID]
