"""The indications of the clients: when they begin and end, when they were issued, and when messages told of them."""

import numpy as np
import polars as pl

from keten.population.care.rounds import ROUNDS, Calendar, rounds
from keten.population.drawing.catalogue import FIRST, catalogue
from keten.population.drawing.chance import Draw
from keten.population.drawing.moments import EPOCH, date_text, day_number, day_of
from keten.population.drawing.words import words
from keten.population.teams import Team

EARLIER = FIRST - 1
FIRST_DECISION = 100_000_000
"""Besluitnummers begin here; an earlier indication of a client has a lower one."""

PER_CLIENT = 3
"""Besluitnummers kept for each client."""

RECENT, YOUNG, OLD = 0.35, (10, 200), (200, 3000)
"""Share of the indications that began lately, and how many days before the first message these, and the others, began."""

ROOM = 90
"""Days between the start of an indication and what happens to its assignments."""

OLDEST, LEAD, NOTICE = 30, 42, 3
"""Days of life before an indication, days it is issued before it starts at most, and before the first message at least."""

LATEST_END = (day_number(EPOCH.replace(year=2019)), 1500)
"""An indication that ends does so on a day from .. on, within so many days."""


def clients_of(draw: Draw, team: Team, traits: pl.DataFrame, born: pl.Series) -> pl.DataFrame:
    """The traits with what else is known of a client's care: its `day`, and the region it has to do with besides its own."""
    known = catalogue()
    of = pl.when(pl.col("plan").is_in(known.days["of"].implode())).then("plan").otherwise("course")
    span = pl.col("high") - pl.col("low") + 1
    return (
        traits.with_row_index("client")
        .with_columns(born=born, of=of, near=draw.one_of("neighbour", team.region.near, traits.height))
        .join(known.days, on="of", how="left", maintain_order="left")
        .with_columns(day=(pl.col("low") + (draw.unit("day", traits.height) * span).floor()).cast(pl.Int32))
        .drop("of", "low", "high")
    )


def indications(draw: Draw, calendar: Calendar, team: Team, clients: pl.DataFrame) -> pl.DataFrame:
    """The indications, in the order of the clients: a row each with `client`, `nr`, its days, and its cells.

    Its days: `begins`, `ends` (null if open), `issued`, and those of its rounds.
    """
    known = catalogue()
    numbers = known.units.select("plan", "nr").unique(maintain_order=True)
    moments = known.courses.select(
        "course", "outlasts", "earlier", "^indication_.*$", "^earlier_end_.*$", "^earlier_items_end_.*$"
    )
    planned = clients.join(numbers, on="plan", how="inner", maintain_order="left").join(
        moments, on="course", how="left", maintain_order="left"
    )
    earlier = planned.filter(pl.col("earlier") & (pl.col("nr") == FIRST)).with_columns(nr=pl.lit(EARLIER, pl.Int32))
    rows = pl.concat([planned, earlier]).sort("client", "nr", maintain_order=True).with_row_index("indication")
    first = pl.col("nr") == FIRST
    rows = rows.with_columns(
        fixed_start=pl.when(first).then(day_of("indication_start")),
        fixed_end=pl.when(first)
        .then(day_of("indication_end"))
        .when(pl.col("nr") == EARLIER)
        .then(day_of("earlier_end")),
        rounds=pl.when(pl.col("nr") == EARLIER).then(1).otherwise(pl.col("rounds").replace_strict(ROUNDS)),
        outlasts=first & pl.col("outlasts"),
    ).with_columns(not_before=pl.col("fixed_start"), not_after=pl.when(pl.col("nr") == EARLIER).then("fixed_end"))
    decision = FIRST_DECISION + (pl.col("client").cast(pl.Int64) + team.first) * PER_CLIENT + pl.col("nr")
    return _dated(draw, rounds(draw, calendar, rows)).with_columns(*_cells(draw, decision, rows.height))


def _dated(draw: Draw, rows: pl.DataFrame) -> pl.DataFrame:
    """The indications with the days on which they start and end, and were issued."""
    count = rows.height
    recent, age = draw.numbers("indication is recent", count), draw.numbers("indication age", count)
    spans = np.where(recent < RECENT, YOUNG[0] + age * (YOUNG[1] - YOUNG[0]), OLD[0] + age * age * (OLD[1] - OLD[0]))
    past = pl.col("first") - pl.Series(np.floor(spans).astype(np.int32))
    room = pl.when(pl.col("fixed_start").is_null()).then(pl.col("day") - ROOM)
    start = pl.max_horizontal(pl.min_horizontal(past, room), pl.col("born") + OLDEST)
    later = draw.whole("indication end", 0, LATEST_END[1], count) + LATEST_END[0]
    ends = pl.col("indication_ends") & pl.col("fixed_end").is_null() & (pl.col("nr") >= FIRST)
    lead = draw.whole("issued before", 0, LEAD, count)
    return rows.with_columns(
        begins=pl.coalesce("fixed_start", start), ends=pl.when(ends).then(later).otherwise("fixed_end")
    ).with_columns(issued=pl.min_horizontal(pl.col("begins") - lead, pl.col("first") - NOTICE))


def _cells(draw: Draw, decision: pl.Expr, count: int) -> list[pl.Expr]:
    """The cells of the table Indicatie."""
    known = catalogue().sectors
    people = pl.col("people")
    first, second = ({name: facts["grounds"][place] for name, facts in known.items()} for place in (0, 1))
    grounded = pl.when(pl.col("plan") != "partner_stay")
    return [
        pl.when("application_number").then((decision - 1).cast(pl.String)).alias("Aanvraagnummer"),
        decision.cast(pl.String).alias("Besluitnummer"),
        pl.when("experiment").then(pl.lit("4")).otherwise(pl.lit("1")).alias("Soort"),
        grounded.then(people.replace_strict(first)).alias("Grondslagen/Grondslag01"),
        pl.when("second_ground").then(people.replace_strict(second)).alias("Grondslagen/Grondslag02"),
        date_text("issued").alias("Afgiftedatum"),
        date_text("begins").alias("Ingangsdatum"),
        date_text("ends").alias("Einddatum"),
        pl.when("indication_comment")
        .then(draw.one_of("indication comment", words()["indication_comments"], count))
        .alias("Commentaar"),
    ]
