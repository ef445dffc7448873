"""What the functies of a new MPT cost, by the tariff table (rule P2): whole numbers, so that nothing is ever rounded."""

from collections.abc import Iterator
from decimal import Decimal

import polars as pl

from keten.core.days import FOREVER, day
from keten.standard import Period
from keten.standard.tariffs import Tariffs

CARE = ["code", "klasse", "opslag"]


def costs(mpt: pl.DataFrame, items: pl.DataFrame, tariffs: Tariffs) -> pl.DataFrame:
    """The functies of new MPT items, each for as long as it runs within its item: number, start, end, cost, lacks.

    `lacks` says what the table does not price; null where it prices all. Costs are per week, in `whole` euros.
    """
    parts = mpt.select("number", from_day="start", until_day="end", item="items").explode("item")
    functies = items.select("item", *CARE, "new_start", "new_end")
    running = parts.join(functies, on="item").select(
        "number",
        *CARE,
        start=pl.max_horizontal("from_day", "new_start"),
        end=pl.min_horizontal("until_day", "new_end"),
    )
    kinds = running.select(CARE).unique(maintain_order=True)
    prices = pl.DataFrame(list(_prices(kinds, tariffs)), {"cost": pl.Int64, "lacks": pl.String}, orient="row")
    return running.join(pl.concat([kinds, prices], how="horizontal"), on=CARE, nulls_equal=True).drop(CARE)


def budgets(mpt: pl.DataFrame, tariffs: Tariffs) -> pl.DataFrame:
    """New MPT items with the `budget` of their ZZP, and what the table `lacks` for it."""
    known = {code: whole(amount) for code, amount in tariffs.budgets.items()}
    budget = pl.col("code").replace_strict(known, default=None, return_dtype=pl.Int64)
    first, last = _days(tariffs.valid)
    return mpt.select("number", "start", "code", budget=budget).with_columns(
        lacks=pl.when(~pl.col("start").is_between(first, last)).then(pl.lit(f"days outside {tariffs.valid}"))
        .when(pl.col("budget").is_null()).then(pl.format("ZZP {}", "code"))
    )  # fmt: skip


def whole(amount: Decimal) -> int:
    """Euros as a whole number: a price and a volume have two decimals each, their product four.

    >>> whole(Decimal("12.50"))
    125000
    """
    return int(amount.scaleb(4))


def _prices(kinds: pl.DataFrame, tariffs: Tariffs) -> Iterator[tuple[int | None, str | None]]:
    for code, klasse, opslag in kinds.iter_rows():
        cost = tariffs.cost(code, klasse, int(opslag or 0))
        added = f" Opslag {int(opslag)}" if opslag else ""
        yield (None, f"functie {code} klasse {klasse}{added}") if cost is None else (whole(cost), None)


def _days(period: Period) -> tuple[int, int]:
    return day(period.start), FOREVER if period.end is None else day(period.end)
