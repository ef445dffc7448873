"""Judges declarations: each is accepted, or refused for the first reason that stands in its way (reasons.yaml).

A declaration passes stages, together with all that could carry it: the assignments of its care, the couplings of these,
the contracts that those demand. The stage at which the last of them falls away is the reason.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from keten.calculation.coupling.assignments import HOLDER, Assignments
from keten.calculation.coupling.claims import Claims
from keten.calculation.coupling.periods import day_number, merged, numbered, within
from keten.calculation.coupling.table import KEY, CouplingTable

AT_ONCE = 250_000
"""Declarations that are judged together: what could carry them is a few times as many rows."""

COUPLING = ["care", "leveringsvorm", "prestatie"]
CONTRACT = ["instelling", "contract"]


@dataclass(frozen=True, slots=True, eq=False)
class Grounds:
    """What declarations are judged by; without `contracts` none is demanded.

    With `as_if`, the table's own validity is not looked at, as if this version counted: declarations from before its first
    day are judged as if made on that day.
    """

    table: CouplingTable
    assignments: Assignments
    contracts: pl.DataFrame | None = None
    as_if: bool = False


def judge(claims: Claims, grounds: Grounds) -> pl.DataFrame:
    """The verdict on each declaration, in their order: `reason` (null: accepted), and the coupling that it was accepted by.

    Columns: row, reason, care, leveringsvorm, contract, prestatie (the last three of the coupling; null when refused).
    """
    stages = _Stages(grounds)
    parts = [stages.judge(claims.rows[place : place + AT_ONCE]) for place in range(0, claims.rows.height, AT_ONCE)]
    return pl.concat(parts) if parts else stages.judge(claims.rows)


class _Stages:
    """The tables of the grounds, made ready to be searched once."""

    def __init__(self, grounds: Grounds) -> None:
        self.grounds = grounds
        held = grounds.assignments.periods
        self.held = _islands(pl.concat([held, held.with_columns(instelling=pl.lit(""))]), HOLDER)
        rows = grounds.table.rows.filter(pl.col("fault").is_null())
        self.coupled = _islands(rows if grounds.as_if else _in_force(rows, grounds.table), KEY)
        self.couplings = numbered(rows, KEY)
        self.prestaties = rows["prestatie"].unique()
        contracts = grounds.contracts
        self.contracts = None if contracts is None else _islands(contracts, CONTRACT)
        types = grounds.table.release.types
        self.care = [f"ZZP {code}" for code in types["LDT_ZzpCode"].codes] + [
            f"functie {code}" for code in types["LDT_FunctieCode"].codes
        ]
        self.leveringsvormen = ["", *types["LDT_Leveringsvorm"].codes]

    def judge(self, rows: pl.DataFrame) -> pl.DataFrame:
        """The verdicts on some declarations."""
        verdicts = rows.select("row", "care", "prestatie", reason=self._written())
        carried = rows.filter(verdicts["reason"].is_null())
        left = carried
        for reason, left in self._passed(carried):
            refused = pl.col("reason").is_null() & ~pl.col("row").is_in(left["row"].unique().implode())
            verdicts = verdicts.with_columns(reason=pl.when(refused).then(pl.lit(reason)).otherwise("reason"))
        carrying = left.sort("row", "leveringsvorm", "contract").unique("row", keep="first", maintain_order=True)
        carrying = carrying.select("row", "leveringsvorm", "contract")
        return verdicts.join(carrying, on="row", how="left", maintain_order="left").select("row", "reason", *KEY)

    def _written(self) -> pl.Expr:
        """Reasons that need no assignments: what is written cannot be read, or no list has it."""
        table = self.grounds.table
        other_list = ~pl.col("codelijst").is_in(["", table.codelijst])
        return (
            pl.when(pl.col("fault").is_not_null()).then(pl.lit("unreadable"))
            .when(~pl.col("care").is_in(self.care) | ~pl.col("leveringsvorm").is_in(self.leveringsvormen))
            .then(pl.lit("unknown code"))
            .when(other_list | ~pl.col("prestatie").is_in(self.prestaties.implode()))
            .then(pl.lit("unknown prestatie"))
        )  # fmt: skip

    def _passed(self, claims: pl.DataFrame) -> Iterator[tuple[str, pl.DataFrame]]:
        """What is left of all that could carry the declarations after each stage, and the reason of who has nothing left."""
        keys, islands = self.held
        given = claims.select(
            "row", "bsn", "instelling", "care", "prestatie", "start", "end", asked="leveringsvorm"
        )  # fmt: skip
        left = given.join(keys, on=HOLDER[:3]).filter(
            (pl.col("asked") == "") | (pl.col("asked") == pl.col("leveringsvorm"))
        )
        yield "not assigned", left
        left = left.filter(within(left, islands)).drop("key")
        yield "outside assignment", left
        left = left.join(self.couplings.drop("key"), on=COUPLING)
        yield "not coupled", left
        keys, islands = self.coupled
        left = left.join(keys, on=KEY)
        left = left.filter(within(self._asked(left), islands)).drop("key")
        yield "outside validity", left
        if self.contracts is not None:
            free, bound = left.filter(contract=""), left.filter(pl.col("contract") != "")
            keys, islands = self.contracts
            bound = bound.join(keys, on=CONTRACT)
            left = pl.concat([free, bound.filter(within(bound, islands)).select(free.columns)])
        yield "no contract", left

    def _asked(self, left: pl.DataFrame) -> pl.DataFrame:
        """The days on which the coupling must hold."""
        if not self.grounds.as_if:
            return left
        first = pl.lit(day_number(self.grounds.table.valid.start), pl.Int32)
        moved = left.with_columns(start=pl.max_horizontal("start", first))
        return moved.with_columns(end=pl.max_horizontal("start", "end"))


def _islands(frame: pl.DataFrame, key: list[str]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The different keys with their numbers, and the merged periods of each number."""
    keys = numbered(frame, key)
    return keys, merged(frame.join(keys, on=key), ["key"])


def _in_force(rows: pl.DataFrame, table: CouplingTable) -> pl.DataFrame:
    """The rows on the days of their version."""
    start, end = day_number(table.valid.start), day_number(table.valid.end)
    cut = rows.with_columns(
        start=pl.max_horizontal("start", pl.lit(start, pl.Int32)), end=pl.min_horizontal("end", pl.lit(end, pl.Int32))
    )
    return cut.filter(pl.col("start") <= pl.col("end"))
