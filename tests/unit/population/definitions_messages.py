"""Traits of the messages themselves: to whom were they sent, how often, and what did they show?"""

from collections.abc import Mapping

import polars as pl

from tests.unit.population.telling import GIVEN, KEY, Definition, Told


def days_told(told: Told) -> pl.DataFrame:
    """On how many days messages told of each client."""
    return told.clients.group_by("Bsn").agg(days=pl.col("day").n_unique())


def rounds(number: int) -> Definition:
    """Clients that messages told of on so many days."""
    return lambda told: days_told(told).filter(pl.col("days") == number)


def home_of(told: Told) -> pl.DataFrame:
    """The zorgkantoor of each provider: the one that sends to it."""
    to_providers = told.clients.filter(pl.col("message") == "AW33")
    return to_providers.select("sender", Instelling="receiver").unique()


def routed(told: Told) -> pl.DataFrame:
    """Per client: how many of its providers are of another zorgkantoor than is responsible, and whether ZK33 went there."""
    zk33 = told.clients.filter(pl.col("message") == "ZK33")["Bsn"].unique()
    items = told.items.join(home_of(told).rename({"sender": "office"}), on="Instelling")
    away = pl.col("Instelling").filter(pl.col("office") != pl.col("Zorgkantoor")).n_unique()
    per_client = items.group_by("Bsn").agg(away=away, all=pl.col("Instelling").n_unique())
    return per_client.with_columns(forwarded=pl.col("Bsn").is_in(zk33.implode()))


def route(condition: pl.Expr) -> Definition:
    """Clients of whose providers this is true."""
    return lambda told: routed(told).filter(condition)


def _contradicted(told: Told) -> pl.DataFrame:
    own = told.items.filter(pl.col("sender") == pl.col("Zorgkantoor"))
    return own.group_by(*KEY, *GIVEN, "day").agg(ends=pl.col("Einddatum").n_unique()).filter(pl.col("ends") > 1)


def _addresses(told: Told) -> pl.DataFrame:
    address = pl.struct("^Adres/.*$")
    registered = told.of("Client/Contact").filter(pl.col("Soort") == "01")
    return registered.group_by("Bsn").agg(addresses=address.n_unique()).filter(pl.col("addresses") > 1)


def _views(told: Told) -> pl.DataFrame:
    """What each record shows, as one text."""
    line = pl.concat_str("kind", "code", "Instelling", "Ingangsdatum", pl.col("Einddatum").fill_null(""))
    seen = told.items.sort("record", "kind", "code", "Ingangsdatum").group_by("record", maintain_order=True)
    return told.clients.join(seen.agg(shows=line.str.join(";"), parties=pl.col("Instelling").unique()), on="record")


def _narrow(told: Told) -> pl.DataFrame:
    """Receivers on one day, each shown only its own, who were shown different things."""
    views = _views(told).filter(pl.col("parties").list.len() == 1)
    return views.group_by("Bsn", "sender", "day").agg(pl.col("shows").n_unique()).filter(pl.col("shows") > 1)


def _added(told: Told) -> pl.DataFrame:
    """Clients who have more providers in the last messages about them than in the first."""
    parties = told.items.group_by("Bsn", "day").agg(pl.col("Instelling").n_unique()).sort("day")
    change = parties.group_by("Bsn").agg(first=pl.col("Instelling").first(), last=pl.col("Instelling").last())
    return change.filter(pl.col("last") > pl.col("first"))


def _repeated(told: Told) -> pl.DataFrame:
    """Clients of whom a receiver was told the same on two days."""
    times = _views(told).group_by("Bsn", "sender", "receiver", "shows").agg(days=pl.col("day").n_unique())
    return times.filter(pl.col("days") > 1)


MESSAGES: Mapping[str, Definition] = {
    "cross_regional": route((pl.col("away") == 1) & pl.col("forwarded")),
    "cross_regional_both": route((pl.col("away") > 1) & (pl.col("away") == pl.col("all")) & pl.col("forwarded")),
    "ex10_no_zk33": route((pl.col("away") > 0) & ~pl.col("forwarded")),
    "two_rounds": rounds(2),
    "three_rounds": rounds(3),
    "added_later": _added,
    "repeated": _repeated,
    "address_changed": _addresses,
    "narrow_view": _narrow,
    "ex01_contradiction": _contradicted,
}
"""Who has each trait of messages, but for what is told once, to providers at home."""
