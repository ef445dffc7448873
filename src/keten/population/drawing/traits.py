"""Which client has which traits: drawn by their shares, then taken back from clients to whom they cannot happen."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from keten.population.drawing.catalogue import catalogue
from keten.population.drawing.chance import Draw
from keten.population.drawing.conditions import conditions, with_facts
from keten.population.proportions import Proportions

INSTEAD = {"one_round": "two_rounds"}
"""What clients have instead of a trait that cannot happen to them, where that is not the rest of its group."""


@dataclass(frozen=True, slots=True)
class Count:
    """Clients to whom a trait can happen, and those of them who have it."""

    among: int
    clients: int

    def __add__(self, other: "Count") -> "Count":
        return Count(self.among + other.among, self.clients + other.clients)


def draw_traits(proportions: Proportions, draw: Draw, clients: int) -> tuple[pl.DataFrame, dict[str, Count]]:
    """The traits of each client, and how many have each.

    A group of which a client has one is a column of names; every other trait is a column of its own, true or false.
    """
    columns: dict[str, pl.Series] = {}
    for group in proportions.groups.values():
        names, shares = list(group.traits), [trait.share for trait in group.traits.values()]
        if group.rest is not None:
            columns[group.name] = pl.Series(names).gather(draw.chosen(group.name, shares, clients))
        else:
            columns |= {name: draw.unit(name, clients) < share for name, share in zip(names, shares, strict=True)}
    frame = with_facts(pl.DataFrame(columns))
    possible: dict[str, pl.Series] = {}
    for name, can_happen in conditions():
        possible[name] = frame.select(can_happen.alias(name))[name]
        frame = frame.with_columns(_taken_back(proportions, name, possible[name]))
    counts = dict(_counts(proportions, frame, possible))
    return frame.with_columns(pl.col("partner") | pl.col("plan").is_in(catalogue().with_partner)), counts


def _taken_back(proportions: Proportions, name: str, possible: pl.Series) -> pl.Expr:
    """The column of a trait, without it where it cannot happen."""
    group = next(group for group in proportions.groups.values() if name in group.traits)
    if group.rest is None:
        return pl.col(name) & possible
    had, instead = pl.col(group.name), INSTEAD.get(name, group.rest)
    return pl.when((had == name) & ~possible).then(pl.lit(instead)).otherwise(had).alias(group.name)


def _counts(
    proportions: Proportions, frame: pl.DataFrame, possible: Mapping[str, pl.Series]
) -> Iterator[tuple[str, Count]]:
    everyone = pl.repeat(value=True, n=frame.height, eager=True)
    for group in proportions.groups.values():
        for name in group.traits:
            among = possible.get(name, everyone)
            has = frame[name] if group.rest is None else frame[group.name] == name
            yield name, Count(int(among.sum()), int((has & among).sum()))
