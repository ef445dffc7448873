"""What people should look at although it stops nothing: the listings that the rules ask for.

Each listing is a function that gives notes; LISTINGS gives their order.
"""

from collections.abc import Callable

import polars as pl

from keten.conversion.before.books import Books
from keten.conversion.law.deciding import Decision
from keten.conversion.law.packages import AT_HOME, CAK_ONLY, PARTNER_STAY, VERBLIJF, WLZ_INDICEERBAAR
from keten.conversion.law.routes import lineage
from keten.conversion.settings import Settings
from keten.core.days import day, written
from keten.core.periods import islands

SENT_AGAIN = ["converted", "merged", "re-assigned"]
NOTE = pl.Schema(
    {"rule": pl.String, "item": pl.UInt32, "record": pl.UInt32} | dict.fromkeys(("what", "before", "after"), pl.String)
)

Listing = Callable[[Books, Decision, Settings], pl.DataFrame]
"""Gives notes (NOTE): by item, or by the record of a client where `item` is null."""


def notes(books: Books, decision: Decision, settings: Settings) -> pl.DataFrame:
    """All notes, by listing."""
    listed = [listing(books, decision, settings) for listing in LISTINGS]
    return pl.concat([pl.DataFrame(schema=NOTE), *listed])


def _noted(
    frame: pl.DataFrame, rule: str, what: str | pl.Expr, before: pl.Expr | None = None, after: pl.Expr | None = None
) -> pl.DataFrame:
    """A note for each row, which has an item or, where it is about a client, only its record."""
    absent = pl.lit(None, pl.String)
    about = frame if "item" in frame.columns else frame.with_columns(item=None)
    told = about.with_columns(
        rule=pl.lit(rule),
        what=pl.lit(what) if isinstance(what, str) else what,
        before=absent if before is None else before,
        after=absent if after is None else after,
    )
    return told.select(*NOTE).cast(NOTE)


def _period(start: str, end: str) -> pl.Expr:
    """A period as people write it: 2018-04-01..2018-06-30, or 2018-04-01.. without an end."""
    return pl.concat_str(written(pl.col(start)), pl.lit(".."), written(pl.col(end)).fill_null(""))


def _again(decision: Decision) -> pl.DataFrame:
    return decision.items.filter(pl.col("outcome").is_in(SENT_AGAIN))


def cut(_: Books, decision: Decision, __: Settings) -> pl.DataFrame:
    """N2: periods that the indication cut."""
    items = _again(decision).filter(pl.col("cut_start") | pl.col("cut_end"))
    before, after = _period("old_start", "end"), _period("new_start", "new_end")
    return _noted(items, "N2", "cut to the validity of the indication", before, after)


def withdrawn_later(_: Books, decision: Decision, __: Settings) -> pl.DataFrame:
    """B3: withdrawn from a later day on; it runs until then."""
    items = _again(decision).filter("shortened")
    return _noted(
        items, "B3", "withdrawn with an end date: it runs until then, without RedenIntrekking", pl.col("intrekking")
    )


def kept_apart(_: Books, decision: Decision, __: Settings) -> pl.DataFrame:
    """N5: periods that changed so that no two new items for the same care share a day, and what is left out for that."""
    changed = decision.new.filter("shifted").select("start", new_end="end", item=pl.col("items").list.first())
    again = _again(decision)
    stands = again.join(changed, on="item", how="inner", suffix="_new", maintain_order="left")
    gone = again.join(lineage(decision.new), on="item", how="anti")
    before = _period("old_start", "end")
    return pl.concat(
        [
            _noted(stands, "N5", "shares no day with another any more", before, _period("start_new", "new_end_new")),
            _noted(gone, "N5", "nothing is left of it beside another for the same care", before),
        ]
    )


def prefers_home(_: Books, decision: Decision, settings: Settings) -> pl.DataFrame:
    """Z1: stays whose client prefers care at home."""
    stays = _again(decision).filter((pl.col("leveringsvorm") == VERBLIJF) & pl.col("voorkeur").is_in(AT_HOME))
    became = "it became MPT" if settings.home_preference == "mpt" else "it stays Verblijf"
    return _noted(stays, "Z1", f"the client prefers care at home; {became}")


def cak_code(_: Books, decision: Decision, __: Settings) -> pl.DataFrame:
    """Z1: the code that is for the CAK only."""
    items = _again(decision).filter(pl.col("zzp") & (pl.col("code") == CAK_ONLY))
    return _noted(items, "Z1", "ZzpCode that only the CAK may use", pl.col("code"), pl.lit(WLZ_INDICEERBAAR))


def missing_from_latest(books: Books, decision: Decision, _: Settings) -> pl.DataFrame:
    """B5: items that the receiver's latest AW33 of the client no longer showed."""
    stood = books.occurrences.select("item", "record").join(books.records.filter(~pl.col("cross")), on="record")
    last = pl.col("rank").max().over("sender", "receiver", "dossier")
    latest = books.records.filter(~pl.col("cross")).filter(pl.col("rank") == last)
    shown = stood.join(latest.select("record"), on="record", how="semi").select("item", "receiver")
    gone = stood.join(shown, on=["item", "receiver"], how="anti").join(
        _again(decision).select("item"), on="item", how="semi"
    )
    each = gone.unique(["item", "receiver"], maintain_order=True)
    return _noted(each, "B5", "the latest AW33 to the same receiver no longer showed it", pl.col("receiver"))


def partners(books: Books, decision: Decision, settings: Settings) -> pl.DataFrame:
    """K2: clients who may be admitted as a partner."""
    valid = pl.col("zzp") & (pl.col("code") == PARTNER_STAY) & (pl.col("end") >= day(settings.cutover))
    stays = decision.items.filter(valid & (pl.col("outcome") != "withdrawn"))
    dossiers = pl.concat([frame.filter(valid).select("dossier") for frame in (stays, books.indicated)]).unique()
    records = books.dossiers.join(dossiers, on="dossier", how="semi").select("record")
    return _noted(records, "K2", "ZZP 999: name the client in the settings if admitted as a partner")


def nobodys(books: Books, decision: Decision, _: Settings) -> pl.DataFrame:
    """M1: clients in old messages to a receiver that is nobody's instelling."""
    providers = decision.items.select("sender", receiver="instelling").unique()
    lost = books.records.filter(~pl.col("cross")).join(providers, on=["sender", "receiver"], how="anti")
    return _noted(lost, "M1", "the receiver is the instelling of no assignment", pl.col("receiver"))


def over_budget(_: Books, decision: Decision, __: Settings) -> pl.DataFrame:
    """P2: packages at home that cost more than the budget of their ZZP; at the first of the items they were made of."""
    over = decision.new.filter(pl.col("ondoelmatig") & ~pl.col("clashes") & pl.col("copy_of").is_null())
    made = over.select("code", "share", item=pl.col("items").list.min()).join(decision.items, on="item")
    what = "ondoelmatig: the care of this day costs more than the budget of ZZP {}; assigned {}%"
    return _noted(made, "P2", pl.format(what, "code", pl.col("share") // 100))


def claimed_twice(_: Books, decision: Decision, __: Settings) -> pl.DataFrame:
    """M5: the same care of a provider in the books of two zorgkantoren, each its own (B1): the provider gets both."""
    sent = decision.deliveries.filter(message="AW33").join(decision.new.drop("sender", "dossier"), on="new")
    own = sent.filter(pl.col("receiver") == pl.col("instelling"))
    alike = islands(own, ["bsn", "zzp", "code", "instelling", "leveringsvorm"], gap=0)
    several = alike.filter(pl.col("sender").n_unique().over("island") > 1)
    named = several.with_columns(senders=pl.col("sender").unique().sort().str.join(" and ").over("island"))
    items = named.select("senders", item="items").explode("item").unique(maintain_order=True)
    what = "its provider gets it from two zorgkantoren that each name themselves responsible"
    listed = items.join(decision.items.select("item", "record"), on="item")
    return _noted(listed.sort("item"), "M5", what, None, pl.col("senders"))


LISTINGS: tuple[Listing, ...] = (
    cut,
    withdrawn_later,
    kept_apart,
    prefers_home,
    cak_code,
    missing_from_latest,
    partners,
    nobodys,
    over_budget,
    claimed_twice,
)
