"""What is assigned: the items of each indication as their plan has them, changed by the course of the client's care."""

import polars as pl

from keten.core.columns import stacked
from keten.population.care.details import functie_klasse, highest_klasse, other_klasse, transport
from keten.population.care.indicated import ZZP_KLASSE, planned
from keten.population.care.indications import EARLIER
from keten.population.drawing.catalogue import FIRST, catalogue
from keten.population.drawing.chance import Draw

SOORTEN = {"alternatief": "2", "overbrugging": "3", "transfer": "4"}
WITH_KLASSE = ("4", "5")
"""Leveringsvormen of which the klasse means something."""

ONE_AWAY, ALL_AWAY = ("cross_regional", "ex10_no_zk33"), "cross_regional_both"
DESK = "desk"
UNTOUCHED = 2.0
"""Above all chances."""


def assignments(draw: Draw, indications: pl.DataFrame) -> pl.DataFrame:
    """The items, in the order of the indications: a row each, with moments that are still to be dated.

    Columns that say what comes of them: `slot`, `away` and `away_zk` (a provider, a zorgkantoor in the neighbouring
    region), `later` (it first stood in a message without what the course changed, but with its `course_before_...`),
    `comes_last` (it first stood in the last round).
    """
    rows = planned(catalogue().items, indications)
    rows = rows.filter(draw.unit("item is there", rows.height) < rows["chance"])
    rows = rows.with_columns(_moment("end", pl.col("nr") == EARLIER, "earlier_items_end"))
    courses = catalogue().courses
    rows = rows.join(
        courses.rename({name: f"course_{name}" for name in courses.columns if name != "course"}),
        on="course",
        how="left",
        maintain_order="left",
    )
    rows = _with_route(draw, _with_klasse(draw, _with_soort(draw, rows))).with_columns(_chosen(draw, rows))
    twins = _twins(rows.filter(pl.col("chosen") & pl.col("course_twin")))
    return stacked([_changed(draw, rows), twins], may_lack=("RedenIntrekking",), what="the items").sort(
        "indication", maintain_order=True
    )


def _one_per_client(draw: Draw, topic: str, rows: pl.DataFrame, candidates: pl.Expr) -> pl.Series:
    """Marks one of the candidates of each client."""
    chance = pl.when(candidates).then(draw.unit(topic, rows.height)).otherwise(UNTOUCHED).alias("chance")
    least = pl.col("chance") == pl.col("chance").min().over("client")
    return rows.with_columns(chance).select((candidates & least).alias(topic))[topic]


def _with_soort(draw: Draw, rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with their Soort: as the plan has it, but for one item of who has a trait that says otherwise."""
    candidates = pl.col("soort").is_in(list(SOORTEN)) & (pl.col("nr") == FIRST)
    other = _one_per_client(draw, "other soort", rows, candidates)
    named = pl.col("soort").replace_strict(SOORTEN, default=None, return_dtype=pl.String)
    return rows.with_columns(Soort=pl.when(other).then(named).otherwise("plan_soort"))


def _with_klasse(draw: Draw, rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with Klasse, Opslag, Vervoer and VoorkeurClient."""
    count, known = rows.height, catalogue()
    with_opslag = pl.col("opslag") & pl.col("unit_code").is_in(known.with_opslag) & (pl.col("nr") == FIRST)
    raised = _one_per_client(draw, "item with opslag", rows, with_opslag)
    low = pl.col("low_klasse") & pl.col("sort").is_in(WITH_KLASSE)
    of_zzp = pl.when(low).then(draw.one_of("low klasse", ["KE4", "KE5", "KE6"], count)).otherwise(pl.lit(ZZP_KLASSE))
    of_functie = (
        pl.when(raised).then(highest_klasse(rows["unit_code"])).otherwise(functie_klasse(draw, "assigned", rows))
    )
    homely = pl.col("home_preference") & (pl.col("form") == "4")
    wish = pl.when(homely).then(draw.one_of("home preference", ["3", "6", "7"], count)).otherwise("form")
    return rows.with_columns(
        Klasse=pl.when(pl.col("kind") == "zzp").then(of_zzp).otherwise(of_functie),
        Opslag=pl.when(raised).then(draw.one_of("opslag hours", ["1", "2", "4"], count)),
        Vervoer=transport(draw, "assigned", rows),
        VoorkeurClient=wish,
    )


def _with_route(draw: Draw, rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with whether their provider is in the neighbouring region, and whether they only came in the last round."""
    in_kind = pl.when(pl.col("slot") != DESK).then("slot")
    first, last = in_kind.drop_nulls().first().over("client"), in_kind.drop_nulls().last().over("client")
    one = pl.when(pl.col("which").first().over("client") < 1 / 2).then(first).otherwise(last)
    return rows.with_columns(which=draw.unit("which is away", rows.height)).with_columns(
        away=(pl.col("route").is_in(ONE_AWAY) & (pl.col("slot") == one))
        | ((pl.col("route") == ALL_AWAY) & (pl.col("slot") != DESK)),
        comes_last=pl.col("added_later") & (pl.col("slot") != pl.col("slot").first().over("client")),
    )


def _chosen(draw: Draw, rows: pl.DataFrame) -> pl.Series:
    """Marks the items that the course is about."""
    candidates = (pl.col("nr") == FIRST) & pl.col("course_sorts").list.contains(pl.col("sort"))
    one = _one_per_client(draw, "chosen", rows, candidates)
    return rows.select((candidates & (pl.col("course_every") | one)).alias("chosen"))["chosen"]


def _changed(draw: Draw, rows: pl.DataFrame) -> pl.DataFrame:
    """The rows as the course leaves them."""
    chosen = pl.col("chosen")
    reasons = pl.col("course_reden")
    reason = (draw.unit("reason", rows.height) * reasons.list.len()).floor().cast(pl.Int64)
    return rows.with_columns(
        *_moment("start", chosen, "course_start"),
        *_moment("end", chosen, "course_end"),
        RedenIntrekking=pl.when(chosen).then(reasons.list.get(reason)),
        Klasse=pl.when(chosen).then(pl.coalesce("course_klasse", "Klasse")).otherwise("Klasse"),
        destination=chosen & pl.col("course_destination"),
        later=chosen & pl.col("course_later"),
        away=pl.when(chosen & pl.col("course_away")).then(pl.lit(value=True)).otherwise("away"),
        away_zk=chosen & pl.col("course_away_zk"),
    )


def _moment(name: str, there: pl.Expr, source: str) -> list[pl.Expr]:
    """The columns of a moment, with another moment in some of the rows, where that is given."""
    given = there & pl.col(f"{source}_from").is_not_null()
    return [
        pl.when(given).then(f"{source}_{part}").otherwise(f"{name}_{part}").alias(f"{name}_{part}")
        for part in ("from", "days")
    ]


def _twins(rows: pl.DataFrame) -> pl.DataFrame:
    """The second assignments that courses bring; without what the course changes in the first."""
    others = {name: facts["other"] for name, facts in catalogue().slots.items()}
    other = pl.col("slot").replace_strict(others, return_dtype=pl.String)
    klasse = pl.when(pl.col("course_twin_klasse") == "other").then(other_klasse(rows["unit_code"], rows["Klasse"]))
    return rows.with_columns(
        *_moment("start", pl.lit(value=True), "course_twin_start"),
        *_moment("end", pl.lit(value=True), "course_twin_end"),
        Klasse=klasse.otherwise("Klasse"),
        Opslag=pl.when(pl.col("course_twin_klasse").is_null()).then("Opslag"),
        slot=pl.when("course_twin_other").then(other).otherwise("slot"),
        away=pl.when("course_away").then("course_twin_away").otherwise("away"),
        destination=pl.lit(value=False),
        later=pl.lit(value=False),
        away_zk=pl.lit(value=False),
        comes_last=pl.col("course_later") | pl.col("comes_last"),
    )
