"""Which client stands in which message, and where (rules M1, M4)."""

from dataclasses import dataclass

import polars as pl

from keten.conversion.before.books import Books
from keten.conversion.law.deciding import Decision

MOST_CLIENTS = 50
"""Clients in one file (runbook 7.3.2)."""

CLIENTS_IN_BATCH = 5_000
PAIR = ["message", "sender", "receiver"]
SERIES = [*PAIR, "series"]


@dataclass(frozen=True, slots=True)
class Plan:
    """The messages to be written.

    `outs`: a row per file: out (its number), batch (files written together), message, sender, receiver, name, clients.
    `slots`: a row per client in a file: out, batch, position (from 1), message, sender, receiver, dossier, bsn, and the
    record, file and number that its content comes from. Both in the order of writing.
    """

    outs: pl.DataFrame
    slots: pl.DataFrame


def plan(decision: Decision, books: Books) -> Plan:
    """Spread the clients over files: by Bsn, a client's k-th indication in the k-th series, at most 50 to a file."""
    dossiers = books.dossiers.select("dossier", "record", "bsn", "besluit")
    clients = decision.deliveries.select(*PAIR, "dossier").unique().join(dossiers, on="dossier")
    clients = clients.join(books.records.select("record", "file", "number"), on="record")
    ranked = clients.with_columns(series=pl.col("besluit").rank("dense").over(*PAIR, "bsn"))
    ordered = ranked.sort(*SERIES, "bsn")
    place = pl.int_range(pl.len()).over(SERIES)
    placed = ordered.with_columns(nr=place // MOST_CLIENTS + 1, position=place % MOST_CLIENTS + 1)
    slots = placed.with_columns(out=pl.struct(*SERIES, "nr").rle_id())
    outs = slots.group_by("out", maintain_order=True).agg(pl.col(*SERIES, "nr").first(), clients=pl.len())
    name = pl.format("{}/{}/{}_{}_{}_{}.xml", "sender", "message", "message", "receiver", "series", "nr")
    # Only messages of one kind are written together, for their tables differ.
    batch = pl.struct("message", pl.col("clients").cum_sum().over("message") // CLIENTS_IN_BATCH).rle_id()
    outs = outs.with_columns(name=name, batch=batch)
    return Plan(
        outs.select("out", "batch", *PAIR, "name", "clients"),
        slots.join(outs.select("out", "batch"), on="out", maintain_order="left").select(
            "out", "batch", "position", *PAIR, "dossier", "bsn", "record", "file", "number"
        ),
    )
