"""Why clients are indicated: Stoornissen, Beperkingen and their scores, of the indications that tell."""

import polars as pl

from keten.population.drawing.chance import Draw
from keten.population.drawing.words import words

GROUNDS = ("Grondslagen/Grondslag01", "Grondslagen/Grondslag02")
SCORES = ("0", "1", "2", "3", "9")


def disorders(draw: Draw, indications: pl.DataFrame) -> pl.DataFrame:
    """The rows of Stoornis, by `indication`: one for each Grondslag, with a code that belongs to its list (CS012, CS014)."""
    known = words()["disorders"]
    rows = pl.concat(
        [
            indications.filter(pl.col("stoornissen") & pl.col(ground).is_not_null()).select(
                "indication", Grondslag=ground, empty=pl.col("stoornis_code_empty") & (ground == GROUNDS[0])
            )
            for ground in GROUNDS
        ]
    ).sort("indication", maintain_order=True)
    lists = pl.DataFrame(
        {"Grondslag": list(known), "codes": [facts["codes"] for facts in known.values()]}
    ).with_columns(
        DiagnoseCodelijst=pl.Series([facts["list"] for facts in known.values()]),
        DiagnoseSubcodelijst=pl.Series([facts["sub"] for facts in known.values()]),
    )
    found = rows.join(lists, on="Grondslag", how="left", maintain_order="left")
    place = (draw.unit("disorder", found.height) * pl.col("codes").list.len()).floor().cast(pl.Int64)
    code = pl.when("empty").then(pl.lit("")).otherwise(pl.col("codes").list.get(place))
    prognosis = draw.one_of("prognosis", ["1", "2", "3", "4", "5"], found.height)
    return found.select(
        "indication",
        "Grondslag",
        "DiagnoseCodelijst",
        "DiagnoseSubcodelijst",
        code.alias("ZiektebeeldStoornis"),
        prognosis.alias("Prognose"),
    )


def disorder_scores(draw: Draw, indications: pl.DataFrame) -> pl.DataFrame:
    """The rows of StoornisScore, by `indication`."""
    rows = (
        indications.filter("stoornis_scores")
        .select("indication")
        .join(pl.DataFrame({"Vraag": words()["questions"]}), how="cross", maintain_order="left_right")
    )
    return rows.with_columns(Score=draw.one_of("disorder score", SCORES, rows.height))


def restrictions(draw: Draw, indications: pl.DataFrame) -> pl.DataFrame:
    """The rows of Beperking, by `indication`."""
    rows = (
        indications.filter("beperkingen")
        .select("indication")
        .join(pl.DataFrame({"Beperking": list(words()["restrictions"])}), how="cross", maintain_order="left_right")
    )
    return rows.with_columns(Duur=draw.one_of("restriction lasts", ["1", "2", "3", "4"], rows.height))


def restriction_scores(draw: Draw, found: pl.DataFrame) -> pl.DataFrame:
    """The rows of BeperkingScore, by `indication` and `Beperking`."""
    asked = words()["restrictions"]
    questions = pl.DataFrame({"Beperking": list(asked), "Vraag": list(asked.values())}).explode("Vraag")
    rows = found.select("indication", "Beperking").join(questions, on="Beperking", maintain_order="left_right")
    return rows.with_columns(Score=draw.one_of("restriction score", SCORES, rows.height))
