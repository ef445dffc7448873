"""The books before the conversion: which assignments a zorgkantoor had made, by what it had sent (rules B1-B5)."""

from dataclasses import dataclass

import polars as pl

from keten.conversion.before.extraction import Extract
from keten.conversion.before.message_days import parsed
from keten.messages.values import as_number

KEY = ["dossier", "zzp", "code", "provider", "leveringsvorm", "start"]
"""What makes an assignment the same one (B2). `provider` is the instelling, but none for a pgb."""

STAMP = ["assigned", "assigned_at", "dagtekening"]
"""What makes a version of it the later one (B2)."""

PGB = "2"
CROSS_REGIONAL = "ZK33"


@dataclass(frozen=True, slots=True)
class Books:
    """All that was sent, sorted out.

    A dossier is an indication of a client in the messages of one zorgkantoor. Tables:

    `files`: as extracted, `file` counting through.
    `records`: a client in a message: record, file, number, dossier, sender, receiver, cross (a ZK33), bsn, besluit, from,
    until (of the indication), rank (B4: the higher, the later).
    `dossiers`: dossier, sender, bsn, besluit, record (whose content counts, B4), from, until.
    `occurrences`: where an item stood: item, zzp, record, place, beside, and whether that version `counts`.
    `indicated`: of the record that counts: dossier, zzp, code, financiering, start, end.
    `failures`, `refused`: as extracted.
    """

    files: pl.DataFrame
    records: pl.DataFrame
    dossiers: pl.DataFrame
    occurrences: pl.DataFrame
    indicated: pl.DataFrame
    failures: pl.DataFrame
    refused: pl.DataFrame


def keep_books(extract: Extract) -> tuple[Books, pl.DataFrame]:
    """Sort out what counts of all that was read.

    The table is that of the items, an assignment in the version that counts each: item, dossier, sender, bsn, besluit and
    the columns of ITEM; `contradictory` where its versions contradict each other (EX01).
    """
    on = ["file", "number"]
    records = _records(extract.files, extract.records)
    versions = extract.items.join(records, on=on, maintain_order="left")
    versions = versions.with_columns(provider=pl.when(pl.col("leveringsvorm").ne_missing(PGB)).then("instelling"))
    versions = versions.sort(*KEY, *STAMP, "rank", "place", nulls_last=True).with_columns(item=pl.struct(KEY).rle_id())
    versions = versions.with_columns(counts=_equals_last(STAMP))
    dossiers = _dossiers(records)
    indicated = extract.indicated.join(records, on=on, maintain_order="left")
    books = Books(
        files=extract.files,
        records=records,
        dossiers=dossiers,
        occurrences=versions.select("item", "zzp", "record", "place", "beside", "counts"),
        indicated=indicated.join(dossiers, on="record", how="semi").select(
            "dossier", "zzp", "code", "financiering", "start", "end"
        ),
        failures=extract.failures,
        refused=extract.refused,
    )
    return books, _items(versions)


def _records(files: pl.DataFrame, records: pl.DataFrame) -> pl.DataFrame:
    """The records with the header of their message, in the order of B4."""
    headers = files.select(
        *("file", "sender", "receiver", "identificatie"),
        cross=pl.col("message") == CROSS_REGIONAL,
        dagtekening=parsed(pl.col("dagtekening")),
    )
    ordered = records.join(headers, on="file").sort(
        *("dagtekening", "identificatie", "cross", "file", "number"),
        descending=[False, False, True, False, False],
        nulls_last=True,  # a date beyond the year 9999 is the latest
    )
    return (
        ordered.with_row_index("rank")
        .sort("file", "number")
        .with_row_index("record")
        .with_columns(dossier=pl.struct("sender", "bsn", "besluit").rank("dense").cast(pl.UInt32) - 1)
        .drop("identificatie")
    )


def _dossiers(records: pl.DataFrame) -> pl.DataFrame:
    """Each dossier with the record that counts for it (B4)."""
    latest = records.sort("rank").group_by("dossier").last()
    return latest.select("dossier", "sender", "bsn", "besluit", "record", "from", "until").sort("dossier")


def _equals_last(columns: list[str]) -> pl.Expr:
    """Whether a row equals the last of its item in these columns."""
    return pl.all_horizontal(pl.col(name).eq_missing(pl.col(name).last().over("item")) for name in columns)


def _items(versions: pl.DataFrame) -> pl.DataFrame:
    """One row per item: the version that counts.

    Of contradictory ones (EX01) the lowest Soort, the latest end, and the sender as zorgkantoor if any says so.
    """
    kept = ["instelling", "intrekking", "klasse", "opslag", "vervoer", "bestemming", "voorkeur"]
    owner, sender = pl.col("zorgkantoor"), pl.col("sender")
    compared = [
        "instelling",
        "zorgkantoor",
        "soort",
        "end",
        "intrekking",
        "klasse",
        "vervoer",
        "bestemming",
        "voorkeur",
    ]
    content = pl.struct(*compared, as_number(pl.col("opslag")))
    return (
        versions.filter("counts")
        .group_by("item", maintain_order=True)
        .agg(
            pl.col("sender", "bsn", "besluit", *KEY, *kept).last(),
            zorgkantoor=pl.when((owner == sender).any()).then(sender.last()).otherwise(owner.last()),
            soort=pl.col("soort").min(),
            end=pl.col("end").max(),
            contradictory=content.n_unique() > 1,
        )
    )
