"""Where something stands in a message, as a path, and an item in words."""

import polars as pl

from keten.acceptance.reading.frames import FILE_ROOM

FORMS = {"2": "pgb", "4": "Verblijf", "5": "VPT", "7": "MPT"}


def client_path() -> pl.Expr:
    """The path to a client record, from `record` and the `count` of clients in its message."""
    index = pl.format("[{}]", pl.col("record") % FILE_ROOM)
    return pl.concat_str(
        pl.lit("/Bericht/Clienten/Client"), pl.when(pl.col("count") > 1).then(index).otherwise(pl.lit(""))
    )


def item_path() -> pl.Expr:
    """The path to an assigned item, from its client record and its `place` among `of`."""
    inner = (
        pl.when("functie")
        .then(pl.lit("/Indicatie/ToegewezenFuncties/ToegewezenFunctie"))
        .otherwise(pl.lit("/Indicatie/ToegewezenZorgzwaartepakketten/ToegewezenZorgzwaartepakket"))
    )
    index = pl.when(pl.col("of") > 1).then(pl.format("[{}]", "place")).otherwise(pl.lit(""))
    return pl.concat_str(client_path(), inner, index)


def subject() -> pl.Expr:
    """An item in words."""
    what = pl.when("functie").then(pl.lit("Functie")).otherwise(pl.col("vorm").replace(FORMS))
    who = pl.when(pl.col("provider") != "").then(pl.format(" of {}", "provider")).otherwise(pl.lit(""))
    return pl.format("{} {}{} from {}", what, "code", who, pl.col("start").cast(pl.String).fill_null("?"))
