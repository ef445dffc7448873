"""Who told whom what, when: the client records of the messages, and the assignments each record shows.

A zorgkantoor tells, in rounds. What it is responsible for goes by AW33 to each of its region's providers that has a part
in it, complete: also what others do for the client. Where a provider is in another region it goes by ZK33 to the
zorgkantoor of that region, which tells its provider by an AW33 of its own.
"""

from dataclasses import dataclass

import polars as pl

from keten.core.columns import stacked
from keten.population.care.care_of_team import Care
from keten.population.people.contacts import EARLIER, LATEST
from keten.population.teams import Team

ROUND = ("indication", "client", "round", "as_of", "day", "era", "contradicts")
CONTRADICTING_END = "2018-12-31"
FORWARDED_LATER = 1
"""Days after which a zorgkantoor passes on what another forwarded."""


@dataclass(frozen=True, slots=True)
class Records:
    """The client records of the messages of a team.

    `records`: a row each, with its message, sender, receiver, day, client and indication. `lines`: a row for each
    assignment it shows, by `record`, with its cells.
    """

    records: pl.DataFrame
    lines: pl.DataFrame


def records_of(care: Care, team: Team) -> Records:
    """The records by which the care of a team's clients was told."""
    rounds = _rounds(care.indications)
    shown = _shown(rounds, care)
    forwarded = shown.filter(pl.col("place") != pl.col("Zorgkantoor")).select("telling", "Zorgkantoor", to="place")
    forwarded = forwarded.unique(maintain_order=True)
    passed_on = shown.join(forwarded, on=["telling", "Zorgkantoor"], maintain_order="left_right")
    known = stacked(
        [shown.with_columns(sender="Zorgkantoor"), passed_on.rename({"to": "sender"})],
        may_lack=(),
        what="what is known",
    ).sort("telling", "sender", "item", maintain_order=True)
    return _numbered(rounds, [_to_providers(known, rounds, team), _to_neighbours(passed_on, rounds)])


def _rounds(indications: pl.DataFrame) -> pl.DataFrame:
    """The rounds of each indication, and the extra ones: the last repeated unchanged, or contradicted the same day."""
    several = pl.col("rounds") > 1
    parts = [
        indications.with_columns(round=pl.lit(1), as_of="first", day="first"),
        indications.filter(pl.col("middle").is_not_null()).with_columns(round=pl.lit(2), as_of="middle", day="middle"),
        indications.filter(several).with_columns(round="rounds", as_of="last", day="last"),
        indications.filter("repeated").with_columns(round="rounds", as_of="last", day="repeat"),
        indications.filter("ex01_contradiction").with_columns(
            round="rounds", as_of="last", day="last", contradicts=pl.lit(value=True)
        ),
    ]
    era = pl.when(pl.col("round") == pl.col("rounds")).then(pl.lit(LATEST)).otherwise(pl.lit(EARLIER))
    return (
        stacked(parts, may_lack=("contradicts",), what="the rounds", relaxed=True)
        .with_columns(pl.col("contradicts").fill_null(value=False), era=era, no_zk33=pl.col("route") == "ex10_no_zk33")
        .sort("indication", "day", "contradicts", maintain_order=True)
        .select(*ROUND, "narrow_view", "ex06_message", "no_zk33")
        .with_row_index("telling")
    )


def _shown(rounds: pl.DataFrame, care: Care) -> pl.DataFrame:
    """What each round tells: the assignments that are new, and those that are valid on its day."""
    runs = pl.col("RedenIntrekking").is_null() | (pl.col("stops") > pl.col("starts"))
    valid = runs & (pl.col("stops").is_null() | (pl.col("stops") >= pl.col("as_of")))
    stands = (pl.col("since") <= pl.col("round")) & (pl.col("until").is_null() | (pl.col("round") < pl.col("until")))
    shown = rounds.select("telling", "indication", "round", "as_of", "contradicts").join(
        care.versions.drop("client"), on="indication", maintain_order="left_right"
    )
    shown = shown.filter(stands & (valid | (pl.col("since") == pl.col("round"))))
    contradicted = pl.col("contradicts") & (pl.col("item") == pl.col("item").first().over("telling"))
    return shown.with_columns(
        Einddatum=pl.when(contradicted).then(pl.lit(CONTRADICTING_END)).otherwise("Einddatum")
    ).drop("indication", "round", "as_of", "contradicts", "since", "until", "starts", "stops")


def _to_providers(known: pl.DataFrame, rounds: pl.DataFrame, team: Team) -> pl.DataFrame:
    """The AW33: a line for each assignment that is shown to a receiver."""
    involved = known.filter(pl.col("place") == pl.col("sender")).select("telling", "sender", receiver="Instelling")
    views = rounds.select("telling", "narrow_view", "day")
    lines = (
        involved.unique(maintain_order=True)
        .join(known, on=["telling", "sender"], maintain_order="left_right")
        .join(views, on="telling", how="left", maintain_order="left")
        .filter(~pl.col("narrow_view") | (pl.col("Instelling") == pl.col("receiver")))
    )
    later = pl.when(pl.col("sender") != team.region.code).then(FORWARDED_LATER).otherwise(0)
    return lines.with_columns(message=pl.lit("AW33"), sent=pl.col("day") + later).drop("narrow_view", "day")


def _to_neighbours(passed_on: pl.DataFrame, rounds: pl.DataFrame) -> pl.DataFrame:
    """The ZK33: a line for each assignment that is shown to the zorgkantoor of another region."""
    lines = passed_on.join(
        rounds.filter(~pl.col("no_zk33")).select("telling", sent="day"), on="telling", maintain_order="left"
    )
    return lines.with_columns(message=pl.lit("ZK33"), sender="Zorgkantoor", receiver="to").drop("to")


def _numbered(rounds: pl.DataFrame, parts: list[pl.DataFrame]) -> Records:
    """The lines with the number of their record, and the records."""
    key = ["message", "sender", "receiver", "sent", "telling"]
    lines = stacked(parts, may_lack=(), what="the lines")
    facts = rounds.select("telling", "client", "indication", "era", "contradicts", "ex06_message")
    records = lines.select(key).unique(maintain_order=True).join(facts, on="telling", how="left", maintain_order="left")
    records = records.sort(
        "message", "sender", "sent", "receiver", "client", "indication", "contradicts", maintain_order=True
    )
    records = records.with_row_index("record")
    return Records(
        records, lines.join(records.select("record", *key), on=key, maintain_order="left").sort("record", "item")
    )
