"""Faults in the dates of an assignment."""

import polars as pl

from keten.faults.plans import Plan, of_items, of_packages, own

DATED = pl.col("Ingangsdatum") == pl.col("cutover")
INDICATED = pl.col("indicated_from")

YEARS_END = pl.lit("2018-12-31")
EARLIER = pl.col("Einddatum").str.to_date().dt.offset_by("-1d").dt.to_string("%Y-%m-%d")
ENDS = pl.when(pl.col("Einddatum").is_null()).then(YEARS_END).otherwise(EARLIER)
"""Another end, within the validity of the indication."""

RUNS = pl.col("Ingangsdatum") < pl.coalesce("Einddatum", YEARS_END)
"""Whether it still has a day with that end."""

PLANS: dict[str, Plan] = {
    "end_date_wrong": of_packages(RUNS, Einddatum=ENDS),
    "start_on_the_eve": of_packages(DATED, Ingangsdatum=pl.col("eve")),
    "start_of_1_2": of_packages(DATED & (pl.col("eve") > INDICATED), Ingangsdatum=INDICATED),
    "assigned_late": of_items(own(), Toewijzingsdatum=pl.col("late")),
    "assigned_in_1_2": of_items(own(), Toewijzingsdatum="2017-12-01"),
    "assigned_at_noon": of_items(own(), Toewijzingstijd="12:00:00"),
}
