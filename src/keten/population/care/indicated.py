"""What is indicated: the ZZPs and functies of each indication."""

import polars as pl

from keten.population.care.details import functie_klasse, transport
from keten.population.drawing.catalogue import FIRST, catalogue
from keten.population.drawing.chance import Draw
from keten.population.drawing.moments import date_text, day_of

ZZP_KLASSE = "KE7"


def units(draw: Draw, indications: pl.DataFrame) -> pl.DataFrame:
    """The indicated ZZPs and functies, in order: a row each with its `indication`, `kind` and the cells of its table."""
    found = planned(catalogue().units, indications)
    found = found.filter(draw.unit("unit is there", found.height) < found["chance"])
    count, is_zzp = found.height, pl.col("kind") == "zzp"
    wish = pl.when("functie_preference").then(pl.lit("1")).otherwise("wish")
    return found.with_columns(
        starts=day_of("start", indication=pl.col("begins")),
        stops=pl.coalesce(day_of("end", indication=pl.col("ends")), "ends"),
    ).select(
        "indication",
        "kind",
        pl.col("unit_code").alias("ZzpCode"),
        pl.col("unit_code").alias("FunctieCode"),
        date_text("starts").alias("Ingangsdatum"),
        date_text("stops").alias("Einddatum"),
        pl.when(is_zzp).then(pl.lit(ZZP_KLASSE)).otherwise(functie_klasse(draw, "indicated", found)).alias("Klasse"),
        pl.when(~is_zzp).then(draw.one_of("condition", ["1", "2", "3", "4", "8"], count)).alias("Leveringsvoorwaarde"),
        transport(draw, "indicated", found).alias("Vervoer"),
        pl.when(is_zzp).then(wish).otherwise(pl.lit("1")).alias("VoorkeurClient"),
        pl.col("financing").alias("Financiering"),
    )


def planned(rows: pl.DataFrame, indications: pl.DataFrame) -> pl.DataFrame:
    """The rows of its plan for each indication; an earlier one has those of the first. `unit_code` is their code."""
    as_planned = pl.max_horizontal("nr", pl.lit(FIRST, pl.Int32))
    found = indications.with_columns(planned=as_planned).join(
        rows.rename({"code": "unit_code"}),
        left_on=["plan", "planned"],
        right_on=["plan", "nr"],
        how="inner",
        maintain_order="left_right",
    )
    code = pl.col("unit_code")
    return found.with_columns(
        unit_code=pl.when(code == "own").then("code").when(code == "next").then("next").otherwise(code)
    )
