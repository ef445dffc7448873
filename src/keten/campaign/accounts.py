"""The figures that keten's own conversion gives of itself, per zorgkantoor, and its exceptions as work to do."""

from collections.abc import Mapping
from pathlib import Path

import polars as pl
from pydantic import Field

from keten.campaign.values import Count, Counts, Part
from keten.campaign.worklists import WORK
from keten.core import UsageError
from keten.core.data import from_json, read_plain
from keten.core.plain import plain

LISTED = ("code", "zorgkantoor", "file", "client", "location", "detail", "reason", "who", "action")
"""The columns of a list of exceptions that worklists are made of."""


class WrongAccount(UsageError):
    """A conversion.json that no conversion of keten wrote."""

    hint = "Give the conversion.json as keten convert wrote it, or name another `made_by`."


class _Account(Part):
    read: Count
    items: Count
    repeated: Count
    sent: Count
    outcomes: Counts
    exceptions: Counts
    clients: Counts


class _Packages(Part):
    packages: Count = 0
    one: Count = 0
    because: Counts = Field(default_factory=dict, alias="byReason")


class _Accounts(Part):
    zorgkantoren: dict[str, _Account]


class _Percentages(Part):
    by_zorgkantoor: dict[str, _Packages] = Field(alias="byZorgkantoor")


class _Conversion(Part):
    account: _Accounts
    percentages: _Percentages


def account_figures(path: Path, copy: Path, zorgkantoor: str) -> dict[str, int]:
    """The figures `conversion.*` of a zorgkantoor in a conversion.json; none if it is not in it. Raises WrongAccount.

    It is read from a copy.
    """
    given = from_json(read_plain(copy, WrongAccount), _Conversion, str(path), WrongAccount)
    account = given.account.zorgkantoren.get(zorgkantoor)
    if account is None:
        return {}
    return {**_figures(account), **_percentages(given.percentages.by_zorgkantoor.get(zorgkantoor, _Packages()))}


def _figures(account: _Account) -> dict[str, int]:
    return {
        "conversion.read": account.read,
        "conversion.items": account.items,
        "conversion.unaccounted": abs(account.read - account.items - account.repeated),
        "conversion.sent": account.sent,
        **_named("conversion.outcomes", account.outcomes),
        **_named("conversion.exceptions", account.exceptions),
        **_named("conversion.clients", account.clients),
    }


def _percentages(given: _Packages) -> dict[str, int]:
    """How many packages got 1%, and why; a zorgkantoor that sent none is not named."""
    return {
        "conversion.packages": given.packages,
        "conversion.one": given.one,
        **_named("conversion.one-because", given.because),
    }


def _named(prefix: str, counts: Mapping[str, int]) -> dict[str, int]:
    return {f"{prefix}.{name}": count for name, count in counts.items()}


def account_work(path: Path, copy: Path, zorgkantoor: str) -> pl.DataFrame:
    """The exceptions of a zorgkantoor in a list of them, as work to do; read from a copy. Raises WrongAccount."""
    try:
        found = pl.read_csv(copy, infer_schema=False)
        if lacking := [name for name in LISTED if name not in found.columns]:
            raise WrongAccount(f"{plain(str(path))} is no list of exceptions: it has no column {', '.join(lacking)}.")
        return _work(found.filter(zorgkantoor=zorgkantoor))
    except (OSError, pl.exceptions.PolarsError) as error:
        why = plain(" ".join(str(error).split()))
        raise WrongAccount(f"{plain(str(path))} is no list of exceptions: {why[:300]}.") from None


def _work(found: pl.DataFrame) -> pl.DataFrame:
    return found.select(
        kind=pl.lit("exception"),
        code="code",
        provider=pl.lit(None, pl.String),
        before_file="file",
        before_client=pl.col("client").cast(pl.Int64),
        before_location="location",
        after_file=pl.lit(None, pl.String),
        after_client=pl.lit(None, pl.Int64),
        after_location=pl.lit(None, pl.String),
        also_in=pl.lit(None, pl.String),
        what=pl.concat_str(pl.col("reason"), pl.col("detail"), separator=" ", ignore_nulls=True),
        action=pl.format("{}: {}", pl.col("who"), pl.col("action")),
    ).cast(WORK)
