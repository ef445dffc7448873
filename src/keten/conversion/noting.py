"""What people should look at although it stops nothing: the listings that the rules ask for.

Each listing is a function that gives notes; LISTINGS gives their order.
"""

from collections.abc import Callable

import polars as pl

from keten.conversion.books import Books
from keten.conversion.days import day
from keten.conversion.deciding import Decision
from keten.conversion.packages import AT_HOME, CAK_ONLY, PARTNER_STAY, VERBLIJF
from keten.conversion.settings import Settings

SENT_AGAIN = ["converted", "merged", "re-assigned"]
NOTE = ["rule", "item", "record", "what"]

Listing = Callable[[Books, Decision, Settings], pl.DataFrame]
"""Gives notes (NOTE): by item, or by the record of a client where `item` is null."""


def notes(books: Books, decision: Decision, settings: Settings) -> pl.DataFrame:
    """All notes, by listing."""
    schema = pl.Schema({"rule": pl.String, "item": pl.UInt32, "record": pl.UInt32, "what": pl.String})
    listed = [listing(books, decision, settings).select(*NOTE).cast(schema) for listing in LISTINGS]
    return pl.concat([pl.DataFrame(schema=schema), *listed])


def _of_items(items: pl.DataFrame, rule: str, what: str) -> pl.DataFrame:
    return items.select(pl.lit(rule).alias("rule"), "item", "record", pl.lit(what).alias("what"))


def _again(decision: Decision) -> pl.DataFrame:
    return decision.items.filter(pl.col("outcome").is_in(SENT_AGAIN))


def cut(_: Books, decision: Decision, __: Settings) -> pl.DataFrame:
    """N2: periods that the indication cut."""
    return _of_items(
        _again(decision).filter(pl.col("cut_start") | pl.col("cut_end")), "N2", "cut to the validity of the indication"
    )


def withdrawn_later(_: Books, decision: Decision, __: Settings) -> pl.DataFrame:
    """B3: withdrawn from a later day on; it runs until then."""
    return _of_items(_again(decision).filter("shortened"), "B3", "withdrawn with an end date: it runs until then")


def prefers_home(_: Books, decision: Decision, settings: Settings) -> pl.DataFrame:
    """Z1: stays whose client prefers care at home."""
    stays = _again(decision).filter((pl.col("leveringsvorm") == VERBLIJF) & pl.col("voorkeur").is_in(AT_HOME))
    became = "it became MPT" if settings.home_preference == "mpt" else "it stays Verblijf"
    return _of_items(stays, "Z1", f"the client prefers care at home; {became}")


def cak_code(_: Books, decision: Decision, __: Settings) -> pl.DataFrame:
    """Z1: the code that is for the CAK only."""
    return _of_items(_again(decision).filter(pl.col("code") == CAK_ONLY), "Z1", "ZzpCode 997 became 996")


def missing_from_latest(books: Books, decision: Decision, _: Settings) -> pl.DataFrame:
    """B5: items that the receiver's latest AW33 of the client no longer showed."""
    stood = books.occurrences.select("item", "record").join(books.records.filter(~pl.col("cross")), on="record")
    last = pl.col("rank").max().over("sender", "receiver", "dossier")
    latest = books.records.filter(~pl.col("cross")).filter(pl.col("rank") == last)
    shown = stood.join(latest.select("record"), on="record", how="semi").select("item", "receiver")
    gone = stood.join(shown, on=["item", "receiver"], how="anti").join(
        _again(decision).select("item"), on="item", how="semi"
    )
    return _of_items(
        gone.unique(["item", "receiver"], maintain_order=True),
        "B5",
        "the latest AW33 to the same receiver no longer showed it",
    )


def partners(books: Books, decision: Decision, settings: Settings) -> pl.DataFrame:
    """K2: clients who may be admitted as a partner."""
    stays = decision.items.filter((pl.col("code") == PARTNER_STAY) & (pl.col("end") >= day(settings.cutover)))
    indicated = books.indicated.filter(
        pl.col("zzp") & (pl.col("code") == PARTNER_STAY) & (pl.col("end") >= day(settings.cutover))
    )
    dossiers = pl.concat([stays.select("dossier"), indicated.select("dossier")]).unique()
    records = books.dossiers.join(dossiers, on="dossier", how="semi").select("record")
    return records.with_columns(
        rule=pl.lit("K2"), item=None, what=pl.lit("ZZP 999: name the client in the settings if admitted as a partner")
    )


def nobodys(books: Books, decision: Decision, _: Settings) -> pl.DataFrame:
    """M1: clients in old messages to a receiver that is nobody's instelling."""
    providers = decision.items.select("sender", receiver="instelling").unique()
    lost = books.records.filter(~pl.col("cross")).join(providers, on=["sender", "receiver"], how="anti")
    return lost.select("record").with_columns(
        rule=pl.lit("M1"), item=None, what=pl.lit("the receiver is the instelling of no assignment")
    )


LISTINGS: tuple[Listing, ...] = (
    cut,
    withdrawn_later,
    prefers_home,
    cak_code,
    missing_from_latest,
    partners,
    nobodys,
)
