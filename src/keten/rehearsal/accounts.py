"""The figures that keten's own conversion gives of itself, per zorgkantoor, and its exceptions as work to do."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl

from keten.conversion.reporting import EXCEPTIONS
from keten.core import UsageError, reason_of
from keten.rehearsal.worklists import WORK


class WrongAccount(UsageError):
    """A conversion.json that no conversion of keten wrote."""

    hint = "Give the conversion.json as keten convert wrote it, or name another `made_by`."


def account_figures(path: Path, zorgkantoor: str) -> dict[str, int]:
    """The figures `conversion.*` of a zorgkantoor in a conversion.json; none if it is not in it. Raises WrongAccount."""
    try:
        given = json.loads(path.read_text(encoding="utf-8"))
        account = given["account"]["zorgkantoren"].get(zorgkantoor)
        return {} if account is None else {**_figures(account), **_percentages(given["percentages"], zorgkantoor)}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise WrongAccount(
            f"{path} is no account of a conversion: {type(error).__name__}, {reason_of(error)}."
        ) from None


def _figures(account: Mapping[str, Any]) -> dict[str, int]:
    return {
        "conversion.read": account["read"],
        "conversion.items": account["items"],
        "conversion.unaccounted": abs(account["read"] - account["items"] - account["repeated"]),
        "conversion.sent": account["sent"],
        **_named("conversion.outcomes", account["outcomes"]),
        **_named("conversion.exceptions", account["exceptions"]),
        **_named("conversion.clients", account["clients"]),
    }


def _percentages(percentages: Mapping[str, Any], zorgkantoor: str) -> dict[str, int]:
    """How many packages got 1%, and why; a zorgkantoor that sent none is not named."""
    given = percentages["byZorgkantoor"].get(zorgkantoor, {"packages": 0, "one": 0, "byReason": {}})
    return {
        "conversion.packages": given["packages"],
        "conversion.one": given["one"],
        **_named("conversion.one-because", given["byReason"]),
    }


def _named(prefix: str, counts: Mapping[str, int]) -> dict[str, int]:
    return {f"{prefix}.{name}": count for name, count in counts.items()}


def account_work(path: Path, zorgkantoor: str) -> pl.DataFrame:
    """The exceptions of a zorgkantoor, beside a conversion.json, as work to do. Raises WrongAccount."""
    listed = path.parent / EXCEPTIONS
    try:
        found = pl.read_csv(listed, infer_schema=False)
        return (
            found.filter(zorgkantoor=zorgkantoor)
            .select(
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
            )
            .cast(WORK)
        )
    except (OSError, pl.exceptions.PolarsError) as error:
        raise WrongAccount(f"{listed} is no list of exceptions: {error}.") from None
