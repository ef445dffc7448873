"""What became of everything: every old assignment with its fate, and every exception with its place and who can solve it."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import polars as pl
import yaml

from keten.conversion.account.locations import in_files, in_records, paths
from keten.conversion.after.files_plan import Plan
from keten.conversion.before.books import PGB, Books
from keten.conversion.law.deciding import Decision
from keten.conversion.law.packages import WLZ_INDICEERBAAR
from keten.conversion.law.routes import lineage
from keten.conversion.law.selection import close
from keten.conversion.settings import Settings
from keten.core.days import written

EXCEPTION = ["code", "zorgkantoor", "file", "client", "location", "detail"]
OLD = ["instelling", "code", "leveringsvorm", "klasse", "opslag", "vervoer", "bestemming", "voorkeur"]

RULES = {"zzp": "Z1 Z2", "functie": "F1", "stay": "F2 F3 F7", "mpt": "F2 F4 F7"}
"""The rules that made a new item, by its origin."""

ALWAYS = "N2 N3 N4 N6"
"""The rules that every new item follows."""

UNSENT = {"withdrawn": "B3", "ended": "N1", "pgb not sent": "Z3 M2", "forwarded": "M5", "sent by another": "M5"}
"""The rules by which nothing of its own was made of an item."""


@cache
def explanations() -> dict[str, dict[str, str]]:
    """What each exception means: rule, reason, who can solve it, action."""
    text = (files("keten.conversion.account") / "exceptions.yaml").read_text(encoding="utf-8")
    loaded: dict[str, dict[str, str]] = yaml.load(text, Loader=yaml.CSafeLoader)
    return loaded


def exceptions(books: Books, decision: Decision) -> pl.DataFrame:
    """Every exception (EXCEPTION, then reason, who, action): items, then clients and whole files that are no valid 1.2."""
    found = pl.concat([_items(books, decision), _unread_clients(books), _unread_files(books)])
    told = pl.DataFrame(
        [(code, one["reason"], one["who"], one["action"]) for code, one in explanations().items()],
        ["code", "reason", "who", "action"],
        orient="row",
    )
    return found.sort("file", "client", "location", "code", "detail").join(
        told, on="code", how="left", maintain_order="left"
    )


def assignments(books: Books, decision: Decision, plan: Plan, settings: Settings) -> pl.DataFrame:
    """Every old assignment: what it was and where it stood, how it is closed, what became of it, by which rules and where.

    A row per new item that it became part of; one row where it became none. Where a client goes to several parties, the
    message to the provider is named.
    """
    closed = close(decision.items, settings).select("item", closed_by="rule", closed_on="end", provider_does="provider")
    places = in_records(paths(books), books).drop("sent_by")
    old = decision.items.drop("new_start", "new_end").join(places, on="item").join(closed, on="item", how="left")
    joined = old.join(_became(decision, plan), on="item", how="left").sort(
        "file", "client", "location", "new_start", "new_code", "new"
    )
    dates = {"ingangsdatum": "old_start", "einddatum": "end", "closed_on": "closed_on"}
    new_dates = {"new_ingangsdatum": "new_start", "new_einddatum": "new_end"}
    return joined.select(
        pl.col("sender").alias("zorgkantoor"),
        *("file", "client", "location", *OLD, "old_soort", "outcome"),
        _rules().alias("rules"),
        *(written(pl.col(column)).alias(name) for name, column in {**dates, **new_dates}.items()),
        *("closed_by", "provider_does", "new_code", "new_leveringsvorm", "percentage", "percentage_reason"),
        _dropped().alias("dropped"),
        *("new_file", "new_client"),
    )


def _became(decision: Decision, plan: Plan) -> pl.DataFrame:
    """What items became: item, the new item's description, and the file and client where it is sent to whom it is for."""
    new = decision.new.select(
        *("new", "instelling", "origin", "shifted"),
        *("dossierhouder", "coordinator", "opname", "share"),
        percentage=pl.when(pl.col("instelling").is_not_null()).then("percentage"),
        new_klasse="klasse",
        percentage_reason=pl.when(pl.col("instelling").is_not_null()).then("reason"),
        new_bestemming="bestemming",
        new_code="code",
        new_leveringsvorm="leveringsvorm",
        new_start="start",
        new_end="end",
    )
    for_it = (
        pl.col("instelling").is_null() | (pl.col("receiver") == pl.col("instelling")) | (pl.col("message") == "ZK33")
    )
    sent = decision.deliveries.join(new.select("new", "instelling"), on="new").filter(for_it)
    stands = sent.join(plan.slots, on=["message", "sender", "receiver", "dossier"]).join(plan.outs, on="out")
    placed = stands.select("new", new_file="name", new_client="position").unique(
        "new", keep="first", maintain_order=True
    )
    listed = decision.new.filter(~pl.col("for_information"))  # the others stand where they are sent to their provider
    return lineage(listed).join(new, on="new").join(placed, on="new", how="left").drop("instelling")


def _rules() -> pl.Expr:
    """The rules by which an item became what it became."""
    failed = {code: one["rule"] for code, one in explanations().items()}
    indiceerbaar = ~pl.col("zzp") & pl.col("wlz") & (pl.col("new_code") == WLZ_INDICEERBAAR)
    further = {
        "F5": indiceerbaar,
        "P1": pl.col("percentage").is_not_null(),
        "P2": pl.col("share").is_not_null(),
        "P3": pl.col("percentage_reason").is_not_null(),
        "R1": pl.col("dossierhouder").is_not_null(),
        "R2": pl.col("coordinator").is_not_null(),
        "R3": pl.col("opname").is_not_null(),
    }
    new = _joined([pl.col("origin").replace_strict(RULES, default=None), pl.lit(ALWAYS), *_each(further)])
    made = pl.when(pl.col("origin").is_null()).then(pl.lit("N5")).otherwise(new)
    plain = pl.col("outcome").replace_strict({**UNSENT, **failed}, default=made)
    return _joined([plain, *_each({"B3": pl.col("shortened"), "N5": pl.col("shifted")})])


def _each(conditions: Mapping[str, pl.Expr]) -> list[pl.Expr]:
    """The rules whose condition holds."""
    return [pl.when(holds).then(pl.lit(rule)) for rule, holds in conditions.items()]


def _joined(texts: list[pl.Expr]) -> pl.Expr:
    return pl.concat_str(*texts, separator=" ", ignore_nulls=True)


def _dropped() -> pl.Expr:
    """The values of an old item that its new one has no place for, each with the rule that drops it (Z2, Z4, F7)."""
    functie, pgb = ~pl.col("zzp"), pl.col("leveringsvorm").eq_missing(PGB)
    lost = {
        "F7 FunctieCode": ("code", functie),
        "F7 Instelling": ("instelling", pgb),
        "F7 Klasse": ("klasse", functie | pgb),
        "Z2 Klasse": ("klasse", ~functie & ~pgb & pl.col("new_klasse").is_null()),
        "F7 Opslag": ("opslag", functie),
        "F7 Vervoer": ("vervoer", functie),
        "F7 InstellingBestemming": ("bestemming", pl.col("new_bestemming").is_null()),
        "Z4 VoorkeurClient": ("voorkeur", ~functie),
    }
    said = [
        pl.when(gone).then(pl.concat_str(pl.lit(f"{name} "), pl.col(column))) for name, (column, gone) in lost.items()
    ]
    made_otherwise = pl.col("own") & pl.col("origin").is_in(["zzp", "stay", "mpt"])
    return pl.when(made_otherwise).then(pl.concat_str(*said, separator="; ", ignore_nulls=True))


def _items(books: Books, decision: Decision) -> pl.DataFrame:
    """Items that are exceptions, where they stand; with the values of client or indication that cause it (EX04)."""
    failed = decision.items.filter(pl.col("outcome").str.starts_with("EX")).select("item", "outcome", judged="record")
    stands = failed.join(paths(books), on="item").join(_values(books), on="judged", how="left", maintain_order="left")
    detail = pl.when(pl.col("outcome") == "EX04").then("values")
    return _as_exceptions(in_records(stands, books), pl.col("outcome"), detail)


def _values(books: Books) -> pl.DataFrame:
    """What cannot be repaired, by record: judged, values (each with its place and reason)."""
    records = books.records.select("file", "number", judged="record")
    failures = books.failures.unique(maintain_order=True).join(records, on=["file", "number"], maintain_order="left")
    told = in_files(failures, books).with_columns(
        values=pl.format("{}, {}: {}.", "file", "location", pl.col("reason").str.strip_chars_end("."))
    )
    return told.group_by("judged").agg(pl.col("values").str.join(" "))


def _unread_clients(books: Books) -> pl.DataFrame:
    return _as_exceptions(in_files(books.refused, books), pl.lit("EX06"), pl.col("reason"))


def _as_exceptions(placed: pl.DataFrame, code: pl.Expr, detail: pl.Expr) -> pl.DataFrame:
    return placed.with_columns(code=code, detail=detail, zorgkantoor="sent_by").select(EXCEPTION)


def _unread_files(books: Books) -> pl.DataFrame:
    return books.files.filter(pl.col("refused") != "").select(
        code=pl.lit("EX06"),
        zorgkantoor="sender",
        file="name",
        client=pl.lit(None, pl.UInt32),
        location=pl.lit(None, pl.String),
        detail="refused",
    )
