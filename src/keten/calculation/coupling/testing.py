"""Tests a coupling table before it is used: what contradicts, overlaps, is unknown, and what the former version had."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import polars as pl
import yaml

from keten.calculation.coupling.periods import day_number, day_of, merged
from keten.calculation.coupling.table import KEY, CouplingTable, WrongTable
from keten.core.days import FOREVER

FAULT = {"kind": pl.String, "row": pl.UInt32, "what": pl.String}
LOST = "row lost"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of fault: whether it is an error or a warning, and what it is in words."""

    severity: str
    says: str


@cache
def kinds() -> Mapping[str, Kind]:
    """The kinds of faults, errors first (faults.yaml)."""
    text = (files("keten.calculation.coupling") / "faults.yaml").read_text(encoding="utf-8")
    return {name: Kind(**kind) for name, kind in yaml.safe_load(text).items()}


def find_faults(table: CouplingTable, former: CouplingTable | None = None) -> pl.DataFrame:
    """The faults of a table, in the order of their kinds and rows: kind, row (null for what is not there), what."""
    sound = table.rows.filter(pl.col("fault").is_null())
    found = [
        table.rows.filter(pl.col("fault").is_not_null()).select(kind=pl.lit("unreadable"), row="row", what="fault"),
        _unknown_codes(sound, table),
        _contradictions(sound),
        *_between_rows(sound),
        _never_in_force(sound, table),
        _without_rows(sound, table),
    ]
    if former is not None:
        found += [_version_gap(table, former), _lost_rows(table, former)]
    order = list(kinds())
    every = pl.concat([frame.select(pl.col(name).cast(kind) for name, kind in FAULT.items()) for frame in found])
    place = pl.col("kind").replace_strict({name: number for number, name in enumerate(order)}, return_dtype=pl.Int8)
    return every.sort(place, "row", "what", nulls_last=True, maintain_order=True)


def errors(faults: pl.DataFrame) -> pl.DataFrame:
    """Those that stand in the way of using the table."""
    return faults.filter(pl.col("kind").is_in([name for name, kind in kinds().items() if kind.severity == "error"]))


def lost_couplings(table: CouplingTable, former: CouplingTable) -> pl.DataFrame:
    """The couplings (KEY) of the former version's last day that this one does not have on its first.

    One that begins on the same day takes the place of the former: then that day is compared. Raises WrongTable.
    """
    first, begins = day_number(table.valid.start), day_number(former.valid.start)
    if begins > first:
        raise WrongTable(
            f"{former} is no former version: it counts from {former.valid.start}, {table} from {table.valid.start}.",
            hint="Give the new version with --table and the one before it with --former.",
        )
    last = max(begins, min(day_number(former.valid.end), first - 1))
    return _on(former, last).join(_on(table, first), on=KEY, how="anti").sort(KEY)


def described() -> pl.Expr:
    """A coupling in words."""
    form = pl.when(pl.col("leveringsvorm") != "").then(pl.format(", leveringsvorm {}", "leveringsvorm"))
    contract = pl.when(pl.col("contract") != "").then(pl.format(", contract {}", "contract"))
    return pl.concat_str(
        pl.format("{} on {}", "prestatie", "care"), form.otherwise(pl.lit("")), contract.otherwise(pl.lit(""))
    )


def written(day: pl.Expr) -> pl.Expr:
    """A day as text."""
    return day.cast(pl.Date).dt.to_string("%Y-%m-%d")


def _on(table: CouplingTable, day: int) -> pl.DataFrame:
    """The couplings that hold on a day."""
    rows = table.rows.filter(pl.col("fault").is_null() & (pl.col("start") <= day) & (pl.col("end") >= day))
    return rows.select(KEY).unique()


def _unknown_codes(rows: pl.DataFrame, table: CouplingTable) -> pl.DataFrame:
    types = table.release.types
    known = {
        "ZZP": list(types["LDT_ZzpCode"].codes),
        "functie": list(types["LDT_FunctieCode"].codes),
        "leveringsvorm": list(types["LDT_Leveringsvorm"].codes),
    }
    parts = rows.with_columns(pl.col("care").str.split_exact(" ", 1).struct.rename_fields(["sort", "code"])).unnest(
        "care"
    )
    care = pl.concat(
        [parts.filter(pl.col("sort") == sort, ~pl.col("code").is_in(known[sort])) for sort in ("ZZP", "functie")]
    )
    form = rows.filter((pl.col("leveringsvorm") != "") & ~pl.col("leveringsvorm").is_in(known["leveringsvorm"]))
    name = pl.lit(f" is not in release {table.release.id}")
    return pl.concat(
        [
            care.select(kind=pl.lit("unknown code"), row="row", what=pl.format("{} {}", "sort", "code") + name),
            form.select(
                kind=pl.lit("unknown code"), row="row", what=pl.format("leveringsvorm {}", "leveringsvorm") + name
            ),
        ]
    )


def _contradictions(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows that demand a contract on a day on which the same coupling stands there without."""
    coupling = [name for name in KEY if name != "contract"]
    free = merged(rows.filter(contract=""), coupling).sort("start")
    bound = rows.filter(pl.col("contract") != "").sort("end")
    joined = bound.join_asof(
        free.rename({"end": "free_end"}), left_on="end", right_on="start", by=coupling, check_sortedness=False
    )
    found = joined.filter(pl.col("free_end") >= pl.col("start"))
    return found.select(
        kind=pl.lit("contradiction"), row="row", what=described() + pl.lit("; another row asks for no contract")
    )


def _between_rows(rows: pl.DataFrame) -> list[pl.DataFrame]:
    """Rows of the same coupling that are the same, share days, or leave days between them."""
    ordered = rows.sort(*KEY, "start", "end", "row").with_columns(
        again=pl.int_range(pl.len()).over(*KEY, "start", "end") > 0, reach=pl.col("end").cum_max().shift(1).over(KEY)
    )
    again, overlaps = pl.col("again"), pl.col("start") <= pl.col("reach")
    gap = pl.format("{}: not from {} until {}", described(), written(pl.col("reach") + 1), written(pl.col("start") - 1))
    return [
        ordered.filter(again).select(kind=pl.lit("duplicate"), row="row", what=described()),
        ordered.filter(~again & overlaps).select(kind=pl.lit("overlap"), row="row", what=described()),
        ordered.filter(pl.col("start") > pl.col("reach") + 1).select(kind=pl.lit("gap"), row="row", what=gap),
    ]


def _never_in_force(rows: pl.DataFrame, table: CouplingTable) -> pl.DataFrame:
    first, last = day_number(table.valid.start), day_number(table.valid.end)
    found = rows.filter((pl.col("end") < first) | (pl.col("start") > last))
    return found.select(kind=pl.lit("never in force"), row="row", what=described())


def _without_rows(rows: pl.DataFrame, table: CouplingTable) -> pl.DataFrame:
    named = set(rows["care"])
    codes = [f"ZZP {code}" for code in table.release.types["LDT_ZzpCode"].codes if f"ZZP {code}" not in named]
    return pl.DataFrame([("code without rows", None, code) for code in codes], FAULT, orient="row")


def _version_gap(table: CouplingTable, former: CouplingTable) -> pl.DataFrame:
    end, start = day_number(former.valid.end), day_number(table.valid.start)
    what = f"{former} ends on {day_of(end)}, {table} begins on {table.valid.start}"
    rows = [("version gap", None, what)] if end < FOREVER and start > end + 1 else []
    return pl.DataFrame(rows, FAULT, orient="row")


def _lost_rows(table: CouplingTable, former: CouplingTable) -> pl.DataFrame:
    return lost_couplings(table, former).select(kind=pl.lit(LOST), row=pl.lit(None, pl.UInt32), what=described())
