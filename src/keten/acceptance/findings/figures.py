"""The numbers of a judgement: what was read, what was found, per code, zorgkantoor and receiver."""

from collections.abc import Sequence
from typing import Any

import polars as pl

from keten.acceptance.findings.totals import Totals


def figures_of(
    findings: pl.DataFrame, before: pl.DataFrame, after: pl.DataFrame, totals: Sequence[Totals]
) -> dict[str, Any]:
    """The numbers as values for JSON."""
    errors = findings.filter(pl.col("severity") == "error")
    return {
        "clients": {
            "before": sum(one.before for one in totals),
            "to send": sum(one.expected for one in totals),
            "after": sum(one.after for one in totals),
        },
        "messages": {"before": _messages(before), "after": _messages(after)},
        "findings": {"error": errors.height, "differs": findings.height - errors.height},
        "codes": _counted(findings, "code"),
        "zorgkantoren": _zorgkantoren(findings, pl.concat([one.zorgkantoren for one in totals])),
        "receivers": _receivers(pl.concat([one.receivers for one in totals])),
    }


def _messages(files: pl.DataFrame) -> dict[str, int]:
    return {
        "read": files.height,
        "not judged": int(files["refused"].sum()),
        "clients": int(files["clients"].sum()),
        "bytes": int(files["bytes"].sum()),
    }


def _counted(findings: pl.DataFrame, name: str) -> dict[str, int]:
    return dict(findings.group_by(name).len().sort(name).iter_rows())


def _zorgkantoren(findings: pl.DataFrame, counted: pl.DataFrame) -> dict[str, dict[str, Any]]:
    """Per zorgkantoor its numbers and the codes found."""
    summed = counted.group_by("sender", "what", maintain_order=True).agg(pl.col("number").sum())
    by: dict[str, dict[str, Any]] = {}
    for sender, what, number in summed.sort("sender", maintain_order=True).iter_rows():
        by.setdefault(sender, {})[what] = number
    for (sender,), some in findings.sort("zorgkantoor").group_by("zorgkantoor", maintain_order=True):
        by.setdefault(str(sender or ""), {})["codes"] = _counted(some, "code")
    return {sender: {"codes": {}} | facts for sender, facts in sorted(by.items())}


def _receivers(receivers: pl.DataFrame) -> list[dict[str, Any]]:
    """Per sender and receiver the net number of assignments, and how many were superseded, doubled or withdrawn (N6)."""
    wide = receivers.group_by("sender", "receiver", "state").agg(pl.col("number").sum())
    by: dict[tuple[str, str], dict[str, Any]] = {}
    for sender, receiver, state, number in wide.sort("sender", "receiver", "state").iter_rows():
        by.setdefault((sender, receiver), {"sender": sender, "receiver": receiver})[state] = number
    return list(by.values())
