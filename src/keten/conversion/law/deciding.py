"""The rules in their order: from the books before to the new items, who gets them, and what became of every old one."""

from dataclasses import dataclass

import polars as pl

from keten.conversion.before.books import PGB, Books
from keten.conversion.law.clashes import settle_clashes
from keten.conversion.law.forwarding import PGB_NOT_SENT, copy_forwarded
from keten.conversion.law.functies import judge_functies, stay_functies
from keten.conversion.law.merging import merge_functies
from keten.conversion.law.packages import convert_packages, judge_packages
from keten.conversion.law.percentages import assign_percentages
from keten.conversion.law.roles import assign_roles
from keten.conversion.law.routes import across_regions, inform, lineage, to_providers
from keten.conversion.law.selection import select
from keten.conversion.settings import Settings


@dataclass(frozen=True, slots=True)
class Decision:
    """What the rules decide.

    `items`: every old item with its `outcome`: withdrawn, ended, converted, merged, re-assigned, forwarded, sent by
    another, pgb not sent, or the code of an exception. `new`: the new items, with `new` (their number), roles, percentage,
    `reason` and `ondoelmatig`; those that clash are not sent; `copy_of` marks copies of another zorgkantoor's, of which
    those `for_information` do not go to their own provider. `deliveries`: message, sender, receiver, dossier, new.
    """

    items: pl.DataFrame
    new: pl.DataFrame
    deliveries: pl.DataFrame


def decide(books: Books, items: pl.DataFrame, settings: Settings) -> Decision:
    """Apply the rules to the books and their items."""
    items = judge_packages(select(books, items, settings), settings)
    items = judge_functies(items, books, settings)
    packages = convert_packages(items, settings)
    merged = merge_functies(items, packages, books.indicated)
    new = settle_clashes(pl.concat([packages, stay_functies(items), merged]))
    new = assign_roles(assign_percentages(new, items, settings.tariffs)).sort(
        "dossier", "zzp", "code", "instelling", "leveringsvorm", "start"
    )
    new = new.with_row_index("new")
    sent = new.filter(~pl.col("clashes"))
    crossing = across_regions(sent, books)
    by_zk33 = inform(crossing, sent, books)
    copies, items = copy_forwarded(items, sent, by_zk33, to_providers(sent, crossing), books)
    new = _with_copies(new, copies)
    sent = new.filter(~pl.col("clashes"))
    by_aw33 = inform(to_providers(sent.filter(~pl.col("for_information")), crossing), sent, books)
    deliveries = pl.concat([by_aw33, by_zk33])
    return Decision(_outcomes(items, new, deliveries), new, deliveries)


def _with_copies(new: pl.DataFrame, copies: pl.DataFrame) -> pl.DataFrame:
    """The new items and the copies, numbered on."""
    numbered = copies.with_row_index("new", offset=new.height)
    own = new.with_columns(copy_of=pl.lit(None, pl.UInt32), for_information=pl.lit(value=False))
    return pl.concat([own, numbered.select(own.columns)])


def _outcomes(items: pl.DataFrame, new: pl.DataFrame, deliveries: pl.DataFrame) -> pl.DataFrame:
    """The old items with their outcome, for those that no rule has decided before."""
    made = lineage(new.filter(pl.col("copy_of").is_null())).join(new.select("new", "clashes", "origin"), on="new")
    delivered = pl.col("new").is_in(deliveries["new"].unique().implode())
    became = (
        made.with_columns(delivered=delivered)
        .group_by("item")
        .agg(pl.col("clashes").any(), pl.col("delivered").any(), pl.col("origin").first(), pl.col("new").min())
    )
    joined = items.join(became, on="item", how="left", maintain_order="left")
    first = pl.col("item") == pl.col("item").min().over("new", "zzp")
    outcome = (
        pl.when(pl.col("outcome").is_not_null()).then("outcome")
        .when("clashes").then(pl.lit("EX08"))
        .when(pl.col("origin") == "functie").then(pl.when(first).then(pl.lit("re-assigned")).otherwise(pl.lit("merged")))
        .when(pl.col("leveringsvorm").eq_missing(PGB) & ~pl.col("delivered")).then(pl.lit(PGB_NOT_SENT))
        .when(pl.col("zzp") & (pl.col("origin") == "zzp") & first).then(pl.lit("converted"))
        .otherwise(pl.lit("merged"))
    )  # fmt: skip
    return joined.with_columns(outcome=outcome).drop("clashes", "delivered", "origin", "new")
