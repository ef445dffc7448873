"""The tables of messages: what is known of clients and care, once for every record in which it stands."""

import polars as pl

from keten.messages import Layout, Table, Tables
from keten.population.people.relations import CONTACT
from keten.population.told.dossiers import Dossiers
from keten.population.told.messages import Records

PARENT = "parent"
KNOWN = "_known"
"""Suffix of columns that a table shares with the records."""


def tables_of(layout: Layout, found: Records, known: Dossiers) -> Tables:
    """The tables of some records: a client each, in their order."""
    rows = _numbered(found.records.select("record", "client", "indication", "era"))
    of_relations = _spread(rows, known.relations, "client")
    reached = _spread(rows, known.contacts, "client")
    by_indication = {name: _spread(rows, frame, "indication") for name, frame in known.by_indication.items()}
    lines = found.lines.join(rows.select("record", PARENT), on="record", maintain_order="left")
    frames = {
        "Client": _spread(rows, known.people, "client"),
        "Relatie": of_relations,
        "Relatie/Contact": _contact_of(of_relations),
        "Client/Contact": reached.filter(pl.col(f"era{KNOWN}").is_null() | (pl.col(f"era{KNOWN}") == pl.col("era"))),
        **by_indication,
        "BeperkingScore": _scores_of(by_indication["Beperking"], known.restriction_scores),
        "ToegewezenFunctie": lines.filter(pl.col("kind") == "functie"),
        "ToegewezenZorgzwaartepakket": lines.filter(pl.col("kind") == "zzp"),
    }
    return {name: _fitted(frames[name], table) for name, table in layout.client_tables.items()}


def _numbered(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with the number of each row, for the rows that hang on it."""
    return frame.with_columns(pl.int_range(pl.len(), dtype=pl.UInt32).alias(PARENT))


def _spread(rows: pl.DataFrame, frame: pl.DataFrame, by: str) -> pl.DataFrame:
    """The rows of a table for each record of their client or indication, in the order of the records."""
    return rows.join(frame, on=by, maintain_order="left_right", suffix=KNOWN)


def _contact_of(of_relations: pl.DataFrame) -> pl.DataFrame:
    """The one Contact of each relation."""
    cells = [name for name in of_relations.columns if name.startswith(CONTACT)]
    return _numbered(of_relations.select(cells).rename(lambda name: name.removeprefix(CONTACT)))


def _scores_of(restrictions: pl.DataFrame, scores: pl.DataFrame) -> pl.DataFrame:
    """The scores of each Beperking."""
    above = _numbered(restrictions.select("indication", "Beperking"))
    return above.join(scores, on=["indication", "Beperking"], maintain_order="left_right")


def _fitted(frame: pl.DataFrame, table: Table) -> pl.DataFrame:
    """The columns of a table of the layout; what is not known is absent."""
    kinds = {column.name: pl.Boolean if column.type is None else pl.String for column in table.columns}
    cells = [
        (pl.col(name) if name in frame.columns else pl.lit(None)).cast(kind).alias(name) for name, kind in kinds.items()
    ]
    return frame.select(*([PARENT] if table.parent else []), *cells)
