"""Where in the messages something stands, as people look it up: file, client in the file, XPath."""

import polars as pl

from keten.conversion.before.books import Books
from keten.conversion.before.extract_tables import FUNCTIE, ZZP

CLIENTEN = "/Bericht/Clienten/Client"
FUNCTIES, ZZPS = f"/Indicatie/ToegewezenFuncties/{FUNCTIE}", f"/Indicatie/ToegewezenZorgzwaartepakketten/{ZZP}"


def paths(books: Books) -> pl.DataFrame:
    """Where each item stands in the latest message with the version that counts: item, record, path in the client."""
    ranks = books.records.select("record", "rank")
    latest = books.occurrences.filter("counts").join(ranks, on="record").sort("rank").group_by("item").last()
    index = pl.when(pl.col("beside") > 1).then(pl.format("[{}]", "place")).otherwise(pl.lit(""))
    element = pl.when("zzp").then(pl.lit(ZZPS)).otherwise(pl.lit(FUNCTIES))
    return latest.select("item", "record", path=pl.concat_str(element, index))


def in_records(frame: pl.DataFrame, books: Books) -> pl.DataFrame:
    """Rows with `record` and `path`: with `file` (its name), `client` (its number) and `location` instead."""
    numbers = books.records.select("record", "file", "number")
    return in_files(frame.join(numbers, on="record", maintain_order="left").drop("record"), books)


def in_files(frame: pl.DataFrame, books: Books) -> pl.DataFrame:
    """Rows with `file`, `number` and `path`: with `file` (its name), `sent_by`, `client` and `location` instead."""
    named = books.files.select("file", "name", sent_by="sender", several=pl.col("clients") > 1)
    index = pl.when("several").then(pl.format("[{}]", "number")).otherwise(pl.lit(""))
    joined = frame.join(named, on="file", maintain_order="left")
    place = {
        "file": pl.col("name"),
        "client": pl.col("number"),
        "location": pl.concat_str(pl.lit(CLIENTEN), index, "path"),
    }
    return joined.with_columns(**place).drop("name", "number", "path", "several")
