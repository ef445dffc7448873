"""What a new version of a table would do to declarations, shown before it takes effect."""

from dataclasses import dataclass

import polars as pl

from keten.calculation.coupling.assignments import Assignments
from keten.calculation.coupling.claims import Claims
from keten.calculation.coupling.judging import Grounds, judge
from keten.calculation.coupling.table import KEY, CouplingTable
from keten.calculation.coupling.testing import lost_couplings


@dataclass(frozen=True, slots=True, eq=False)
class Effect:
    """The difference between two versions for the same declarations.

    `bounces`: what the former accepts and the new version refuses, by the coupling that carried it: KEY, `lost` (the new
    version has no such row on its first day), `number`, `cents`; lost rows that carried nothing count 0. `gains`: number
    and cents of what only the new one accepts. `kept`: what both accept, `refused`: what both refuse. `gaps`: why these
    are not all declarations.
    """

    bounces: pl.DataFrame
    gains: tuple[int, int]
    kept: tuple[int, int]
    refused: tuple[int, int]
    gaps: tuple[str, ...]


def effect_of(
    table: CouplingTable,
    former: CouplingTable,
    claims: Claims,
    assignments: Assignments,
    contracts: pl.DataFrame | None,
) -> Effect:
    """Judge declarations by both versions, by the new one as if they had been made from its first day on."""
    before = judge(claims, Grounds(former, assignments, contracts))
    after = judge(claims, Grounds(table, assignments, contracts, as_if=True))
    both = before.with_columns(
        was=pl.col("reason").is_null(), now=after["reason"].is_null(), cents=claims.rows["cents"]
    )
    bounced = both.filter(pl.col("was") & ~pl.col("now"))
    lost = lost_couplings(table, former).with_columns(lost=pl.lit(value=True))
    carried = bounced.group_by(KEY).agg(number=pl.len().cast(pl.Int64), cents=pl.col("cents").sum())
    bounces = carried.join(lost, on=KEY, how="full", coalesce=True, nulls_equal=True).with_columns(
        pl.col("number", "cents").fill_null(0), pl.col("lost").fill_null(value=False)
    )
    return Effect(
        bounces.sort("cents", *KEY, descending=[True, *[False] * len(KEY)]),
        gains=_sum(both.filter(~pl.col("was") & pl.col("now"))),
        kept=_sum(both.filter(pl.col("was") & pl.col("now"))),
        refused=_sum(both.filter(~pl.col("was") & ~pl.col("now"))),
        gaps=claims.closing.gaps,
    )


def _sum(verdicts: pl.DataFrame) -> tuple[int, int]:
    return verdicts.height, int(verdicts["cents"].sum())
