"""What came of judging declarations or testing a table, as figures: the JSON that is handed out and that the forms show.

No Bsn and no reference of a declaration stands in them: a declaration is named by its row in the file.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import polars as pl
import yaml

from keten.calculation.coupling.claims import Claims
from keten.calculation.coupling.effect import Effect
from keten.calculation.coupling.judging import Grounds, judge
from keten.calculation.coupling.periods import day_of
from keten.calculation.coupling.table import KEY, CouplingTable, WrongTable
from keten.calculation.coupling.testing import errors, find_faults, kinds

Figures = dict[str, Any]
Reasons = Mapping[str, Mapping[str, str]]
MOST_LISTED = 10_000
"""Refused declarations that are listed; all are counted."""


@cache
def reasons() -> Reasons:
    """Why a declaration is refused: what each reason says, who can solve it and how (reasons.yaml)."""
    text = (files("keten.calculation.coupling") / "reasons.yaml").read_text(encoding="utf-8")
    known: Reasons = yaml.safe_load(text)
    return known


def judgement(claims: Claims, grounds: Grounds, formers: Sequence[CouplingTable] = ()) -> Figures:
    """Judge declarations; what is refused is judged again as if each of the former versions counted.

    Raises WrongTable when the table has errors: a table is tested before it is used.
    """
    _demand_sound(grounds.table)
    verdicts = judge(claims, grounds).hstack(claims.rows.select("start", "end", "cents", "fault"))
    verdicts = verdicts.with_columns(form=claims.rows["leveringsvorm"], version=pl.lit(None, pl.String))
    for former in formers:
        other = judge(claims, Grounds(former, grounds.assignments, grounds.contracts, as_if=True))
        passes = pl.col("version").is_null() & pl.col("reason").is_not_null() & other["reason"].is_null()
        verdicts = verdicts.with_columns(version=pl.when(passes).then(pl.lit(former.version)).otherwise("version"))
    refused = verdicts.filter(pl.col("reason").is_not_null())
    return {
        "verdict": "refused" if refused.height else "accepted",
        "table": about(grounds.table),
        "formers": [about(former) for former in formers],
        "contracts": grounds.contracts is not None,
        "claims": {"name": claims.name, "aside": claims.aside},
        "assignments": _assignments(grounds),
        "account": {
            "read": _total(verdicts),
            "accepted": _total(verdicts.filter(pl.col("reason").is_null())),
            "refused": _total(refused),
        },
        "reasons": {
            name: _total(refused.filter(reason=name)) for name in reasons() if (refused["reason"] == name).any()
        },
        "acceptedWith": {one.version: _total(refused.filter(version=one.version)) for one in formers},
        "prestaties": _by_prestatie(refused),
        "truncated": refused.height > MOST_LISTED,
        "refusals": [_refusal(row) for row in refused.head(MOST_LISTED).iter_rows(named=True)],
    }


def examination(table: CouplingTable, former: CouplingTable | None = None, effect: Effect | None = None) -> Figures:
    """The faults of a table, and its effect on declarations if that was asked for."""
    faults = find_faults(table, former)
    wrong = errors(faults).height
    bounces = int(effect.bounces["number"].sum()) if effect else 0
    return {
        "verdict": "faulty" if wrong or bounces else "usable",
        "table": about(table),
        "former": about(former) if former else None,
        "rows": table.rows.height,
        "formerRows": former.rows.height if former else None,
        "counts": {name: count for name in kinds() if (count := faults.filter(kind=name).height)},
        "faults": [
            {"kind": kind, "severity": kinds()[kind].severity, "row": row, "what": what}
            for kind, row, what in faults.iter_rows()
        ],
        "effect": _effect(effect) if effect else None,
    }


def about(table: CouplingTable) -> Figures:
    """What a version says of itself."""
    end = table.valid.end
    return {
        "file": table.name,
        "id": table.id,
        "version": table.version,
        "release": table.release.id,
        "from": table.valid.start.isoformat(),
        "to": end.isoformat() if end else None,
        "source": table.source,
        "fictitious": table.fictitious,
    }


def euros(cents: int) -> str:
    """An amount as it is written.

    >>> euros(-1205)
    '-12.05'
    """
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100}.{abs(cents) % 100:02}"


def _demand_sound(table: CouplingTable) -> None:
    wrong = errors(find_faults(table))
    if wrong.height:
        kind, row, what = wrong.row(0)
        raise WrongTable(f"{table.name} cannot be used: {wrong.height} errors, the first in row {row}: {kind}, {what}.")


def _assignments(grounds: Grounds) -> Figures:
    found = grounds.assignments
    return {
        "messages": found.messages,
        "unreadable": found.unreadable,
        "clientsRefused": found.clients_refused,
        "versions": found.versions,
        "count": found.count,
        "aside": [{"name": one.name, "reason": one.reason} for one in found.aside],
    }


def _total(verdicts: pl.DataFrame) -> Figures:
    return {"number": verdicts.height, "amount": euros(int(verdicts["cents"].sum()))}


def _by_prestatie(refused: pl.DataFrame) -> list[Figures]:
    """What is refused by prestatie, the most frequent first; prestaties that cannot be read as one."""
    grouped = refused.group_by("prestatie").agg(number=pl.len(), cents=pl.col("cents").sum())
    ordered = grouped.sort("number", "prestatie", descending=[True, False]).head(20)
    return [
        {"prestatie": code, "number": number, "amount": euros(cents)} for code, number, cents in ordered.iter_rows()
    ]


def _refusal(row: dict[str, Any]) -> Figures:
    start, end = (None if row[edge] is None else day_of(row[edge]) for edge in ("start", "end"))
    return {
        "row": row["row"],
        "reason": row["reason"],
        "detail": row["fault"],
        "care": row["care"],
        "leveringsvorm": row["form"],
        "prestatie": row["prestatie"],
        "from": start.isoformat() if start else None,
        "to": end.isoformat() if end else None,
        "amount": euros(row["cents"]),
        "acceptedWith": row["version"],
    }


def _effect(effect: Effect) -> Figures:
    pairs = {"kept": effect.kept, "refusedByBoth": effect.refused, "newlyAccepted": effect.gains}
    number, cents = (int(effect.bounces[name].sum()) for name in ("number", "cents"))
    return {
        "newlyRefused": {"number": number, "amount": euros(cents)},
        **{name: {"number": count, "amount": euros(sum_)} for name, (count, sum_) in pairs.items()},
        "byCoupling": [
            {
                **{name: row[name] for name in KEY},
                "lost": row["lost"],
                "number": row["number"],
                "amount": euros(row["cents"]),
            }
            for row in effect.bounces.iter_rows(named=True)
        ],
    }
