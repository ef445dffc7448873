"""Findings about what did not come, and about what came without ground or by another way."""

from collections.abc import Iterator

import polars as pl

from keten.acceptance.findings.finding import told
from keten.acceptance.matching.deliveries import LOGICAL, PLACE, WITHDRAWN, After
from keten.acceptance.matching.expected import Tables
from keten.acceptance.matching.pairing import Matched
from keten.acceptance.reading.places import client_path, subject


def missing_items(matched: Matched, came: After, unread: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """Items that did not come: the client is missing, the assignment is, a copy for information is, or was withdrawn."""
    routes = ["sender", "receiver", "bsn"]
    missing = matched.missing.join(unread.select(routes), on=routes, how="anti", maintain_order="left")
    placed = missing.join(_present(came, matched), on=PLACE, how="left", maintain_order="left")
    placed = placed.with_columns(
        subject().alias("subject"), pl.col("sender").alias("zorgkantoor"), pl.col("receiver").alias("expected")
    )
    absent = placed.filter(pl.col("record").is_null())
    first = absent.sort("send").unique(PLACE, keep="first", maintain_order=True)
    yield told(first.with_columns(pl.lit("AC201").alias("code")), "grave", "found", "records", "paths")
    withdrawn = came.versions.filter(pl.col("state") == WITHDRAWN).select(
        *LOGICAL, pl.lit(value=True).alias("withdrawn")
    )
    holder = pl.when(pl.col("vorm") == "2").then(pl.lit("")).otherwise(pl.col("provider")).alias("holder")
    there = placed.filter(pl.col("record").is_not_null()).with_columns(holder)
    there = there.join(withdrawn, on=LOGICAL, how="left", maintain_order="left")
    code = pl.when("withdrawn").then(pl.lit("AC208")).when("own").then(pl.lit("AC202")).otherwise(pl.lit("AC203"))
    full = there.with_columns(
        code.alias("code"), pl.concat_list("record").alias("records"), pl.concat_list("path").alias("paths")
    )
    yield told(full, "grave", "found")


def _present(came: After, matched: Matched) -> pl.DataFrame:
    """The client records that came, at the place where they belong."""
    here = came.records.select(*PLACE, "record", client_path().alias("path"))
    if not matched.astray.height:
        return here
    found = [f"{name}_found" for name in PLACE[:3]]
    moved = matched.astray.join(here, left_on=[*found, "bsn", "besluit"], right_on=PLACE, maintain_order="left").select(
        *PLACE, "record", "path"
    )
    return pl.concat([here, moved])


def stayed_functies(must: Tables, matched: Matched, came: After) -> pl.DataFrame:
    """Functies that came where a ZZP must."""
    both = matched.stayed.join(must.sends, on="send", maintain_order="left").join(
        came.items.select("item", "record", "path", pl.col("code").alias("functie_code")), on="item"
    )
    return (
        both.group_by("new", maintain_order=True)
        .agg(
            pl.lit("AC404").alias("code_of"),
            pl.col("origin").first().alias("zorgkantoor"),
            pl.col("provider", "was", "was_path").first(),
            subject().first().alias("subject"),
            pl.col("functie_code").unique(maintain_order=True).str.join(", ").alias("found"),
            pl.col("record").alias("records"),
            pl.col("path").alias("paths"),
        )
        .rename({"code_of": "code"})
    )


def extra_items(
    must: Tables, matched: Matched, overlapping: pl.DataFrame, twice: pl.DataFrame
) -> Iterator[pl.DataFrame]:
    """Items that nothing calls for, told apart by why; not those told otherwise, nor a client sent for their sake."""
    otherwise = pl.concat([overlapping.select("item"), twice.select("item")])
    extra = matched.extra.join(otherwise, on="item", how="anti", maintain_order="left")
    excepted = _excepted(must)
    key = ["sender", "bsn", "besluit", "functie", "provider"]
    known = extra.join(excepted.unique(key, keep="first"), on=key, how="left", maintain_order="left")
    known = known.with_columns(
        pl.col("sender").alias("zorgkantoor"),
        subject().alias("subject"),
        pl.col("receiver").alias("found"),
        pl.concat_list("record").alias("records"),
        pl.concat_list("path").alias("paths"),
    )
    exceptions = known.filter(pl.col("exception").is_not_null())
    yield told(exceptions.with_columns(pl.lit("AC207").alias("code"), pl.col("exception").alias("expected")), "grave")
    others = known.filter(pl.col("exception").is_null())
    foreseen = pl.concat(
        [
            must.sends.select(PLACE),
            matched.astray.select(f"{name}_found" if name in PLACE[:3] else name for name in PLACE).rename(
                {f"{name}_found": name for name in PLACE[:3]}
            ),
        ]
    ).unique()
    called_for = pl.concat([foreseen, twice.select(PLACE)])
    unforeseen = others.join(called_for, on=PLACE, how="anti", maintain_order="left")
    clients = unforeseen.unique(PLACE, keep="first", maintain_order=True).with_columns(
        pl.lit("AC206").alias("code"),
        pl.col("paths").list.eval(pl.element().str.replace("/Indicatie.*", "")),
    )
    yield told(clients, "grave", "expected")
    there = others.join(foreseen, on=PLACE, how="semi", maintain_order="left")
    item = ["sender", "bsn", "besluit", "functie", "code", "provider", "vorm", "start"]
    elsewhere = must.sends.select(*item, "was", "was_path").unique(item, keep="first").with_columns(elsewhere=True)
    more = there.drop("was", "was_path").join(elsewhere, on=item, how="left", maintain_order="left")
    code = pl.when("elsewhere").then(pl.lit("AC205")).otherwise(pl.lit("AC204"))
    yield told(more.with_columns(code.alias("code")), "grave", "expected")


def _excepted(must: Tables) -> pl.DataFrame:
    """The exceptions, with the item that each is; a functie may have been sent as one or as a ZZP."""
    rows = must.before.items.with_row_index("source").with_columns(pl.col("source").cast(pl.Int64))
    items = must.excepted.join(rows.drop("bsn"), on="source", maintain_order="left")
    facts = items.select(
        "sender", "bsn", "besluit", "functie", pl.col("holder").alias("provider"), "exception",
        pl.col("record").alias("was"), pl.col("path").alias("was_path"),
    )  # fmt: skip
    return pl.concat([facts, facts.filter("functie").with_columns(pl.lit(value=False).alias("functie"))])


def astray_records(matched: Matched, came: After, must: Tables) -> Iterator[pl.DataFrame]:
    """Client records that went by another way than they must."""
    if not matched.astray.height:
        return
    there = came.records.select(
        *(pl.col(name).alias(f"{name}_found") for name in PLACE[:3]),
        "bsn",
        "besluit",
        "record",
        client_path().alias("path"),
    )
    words = (
        must.sends.filter("own")
        .unique(PLACE, keep="first")
        .select(*PLACE, "provider", subject().alias("subject"), "was", "was_path")
    )
    both = matched.astray.join(there, on=[*(f"{name}_found" for name in PLACE[:3]), "bsn", "besluit"]).join(
        words, on=PLACE
    )
    by_sender = pl.col("sender") != pl.col("sender_found")
    route = "{} to {}"
    yield both.with_columns(
        pl.when(by_sender).then(pl.lit("AC801")).otherwise(pl.lit("AC802")).alias("code"),
        pl.col("sender").alias("zorgkantoor"),
        pl.when(by_sender).then("sender").otherwise(pl.format(route, "kind", "receiver")).alias("expected"),
        pl.when(by_sender)
        .then("sender_found")
        .otherwise(pl.format(route, "kind_found", "receiver_found"))
        .alias("found"),
        pl.concat_list("record").alias("records"),
        pl.concat_list("path").alias("paths"),
    )
