"""What percentages were assigned, and why so many are 1%: in all, per zorgkantoor, per provider, and per reason."""

from typing import Any

import polars as pl

from keten.conversion.law.deciding import Decision
from keten.conversion.law.percentages import WHOLE


def percentages(decision: Decision) -> dict[str, Any]:
    """How many of the packages sent in natura got 100%, a computed share, and 1% for want of knowledge.

    Packages that are over budget (`ondoelmatig`) have a computed share. `byProvider` names those with any 1%, by the
    zorgkantoor that sent them, the most first.
    """
    sent = decision.new.join(decision.deliveries.select("new").unique(), on="new", how="semi")
    packages = sent.filter(pl.col("zzp") & pl.col("instelling").is_not_null())
    unknown = packages.filter(pl.col("reason").is_not_null())
    return {
        "packages": packages.height,
        "whole": packages.filter(percentage=WHOLE).height,
        "computed": packages.filter(pl.col("share").is_not_null()).height,
        "ondoelmatig": packages.filter("ondoelmatig").height,
        "one": unknown.height,
        "oneByReason": dict(unknown.group_by("reason").len().sort("reason").iter_rows()),
        "byZorgkantoor": {
            row["sender"]: {**_share(row), "byReason": dict(_reasons(unknown, row["sender"]))}
            for row in _counted(packages, "sender").sort("sender").iter_rows(named=True)
        },
        "byProvider": [
            {"zorgkantoor": row["sender"], "provider": row["instelling"], **_share(row)}
            for row in _counted(packages, "sender", "instelling")
            .filter(pl.col("one") > 0)
            .sort("one", "sender", "instelling", descending=[True, False, False])
            .iter_rows(named=True)
        ],
    }


def _counted(packages: pl.DataFrame, *by: str) -> pl.DataFrame:
    return packages.group_by(by).agg(packages=pl.len(), one=pl.col("reason").is_not_null().sum())


def _share(row: dict[str, Any]) -> dict[str, int]:
    return {"packages": row["packages"], "one": row["one"]}


def _reasons(unknown: pl.DataFrame, sender: str) -> list[tuple[str, int]]:
    return list(unknown.filter(sender=sender).group_by("reason").len().sort("reason").iter_rows())
