"""Finds for each item that must come the one that came: by its whole logical key, and if need be by less of it.

Who looked for the whole key only would call an item with a wrong date both missing and too many.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from keten.acceptance.matching.deliveries import PLACE

KEY = ["functie", "code", "provider", "vorm", "start"]
FIRST = (KEY, ["functie", "code", "provider", "vorm"])
"""Equal in all of the key; in all but the start."""

LATER = (
    ["functie", "code", "provider", "start"],
    ["functie", "provider", "vorm", "start"],
    ["functie", "code", "vorm", "start"],
    ["provider", "start"],
)
"""Another leveringsvorm, another code, another provider, a functie for a ZZP or the other way round."""

PAIR = {"send": pl.UInt32, "item": pl.UInt32}


@dataclass(frozen=True, slots=True)
class Matched:
    """Which item (of `items`) came for which that must (of `sends`): `pairs`; `stayed` are functies that should have gone.

    `missing` and `extra` are the rest; `astray` the places (`PLACE`) to which a client record went instead of another.
    """

    pairs: pl.DataFrame
    stayed: pl.DataFrame
    missing: pl.DataFrame
    extra: pl.DataFrame
    astray: pl.DataFrame


def match(sends: pl.DataFrame, items: pl.DataFrame, merged: pl.DataFrame) -> Matched:
    """Match what must come with what came; `merged` are the functies (PLACE, code, provider) that became a ZZP."""
    astray = _astray(sends, items)
    there = _moved(items, astray)
    pairs, left, right = _in_turn(sends, there, FIRST)
    stayed = _stayed(left, right, merged)
    left = left.join(stayed, on="send", how="anti")
    right = right.join(stayed, on="item", how="anti")
    more, left, right = _in_turn(left, right, LATER)
    return Matched(pl.concat([pairs, more]), stayed, left, right, astray)


def _in_turn(
    left: pl.DataFrame, right: pl.DataFrame, levels: Sequence[list[str]]
) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Pairs by one key after the other, and what is left of both."""
    found = [pl.DataFrame(schema=PAIR)]
    for key in levels:
        pairs = _paired(left, right, [*PLACE, *key])
        found.append(pairs)
        left = left.join(pairs, on="send", how="anti", maintain_order="left")
        right = right.join(pairs, on="item", how="anti", maintain_order="left")
    return pl.concat(found), left, right


def _paired(left: pl.DataFrame, right: pl.DataFrame, key: list[str]) -> pl.DataFrame:
    """One to one by the key: the first with the first, the second with the second."""
    turn = pl.int_range(pl.len()).over(key).alias("turn")
    mine = left.sort("start", "send").select("send", *key, turn)
    theirs = right.sort("start", "item").select("item", *key, turn)
    return mine.join(theirs, on=[*key, "turn"]).select("send", "item")


def _astray(sends: pl.DataFrame, items: pl.DataFrame) -> pl.DataFrame:
    """Places that a client record was expected in, and the others where what should stand there stands instead.

    Another sender is looked for first, then another receiver, then both.
    """
    missing = sends.join(items, on=PLACE, how="anti")
    unforeseen = items.join(sends, on=PLACE, how="anti")
    same = ["bsn", "besluit", "functie", "code", "provider", "vorm"]
    own = missing.filter("own").select(*same, *_places(""))
    found = unforeseen.select(*same, *_places("_found"))
    here, there = ["bsn", "besluit", *_names("")], ["bsn", "besluit", *_names("_found")]
    both = own.join(found, on=same).select(*here, *_names("_found")).unique(maintain_order=True)
    result = both.clear()
    for equal in (("kind", "receiver"), ("sender", "kind"), ("sender",), ()):
        like = [pl.col(name) == pl.col(f"{name}_found") for name in equal]
        some = both.filter(pl.all_horizontal(pl.lit(value=True), *like))
        some = some.join(result, on=here, how="anti").join(result, on=there, how="anti").sort(*here, *_names("_found"))
        once = some.unique(here, keep="first", maintain_order=True).unique(there, keep="first", maintain_order=True)
        result = pl.concat([result, once])
    return result


ROUTE = ("sender", "kind", "receiver")


def _names(suffix: str) -> list[str]:
    return [f"{name}{suffix}" for name in ROUTE]


def _places(suffix: str) -> list[pl.Expr]:
    return [pl.col(name).alias(f"{name}{suffix}") for name in ROUTE]


def _moved(items: pl.DataFrame, astray: pl.DataFrame) -> pl.DataFrame:
    """The items, those of a record that went astray at the place where it should stand."""
    if not astray.height:
        return items
    known = astray.rename({name: f"{name}_meant" for name in ROUTE})
    on = [*_names("_found"), "bsn", "besluit"]
    joined = items.join(known, left_on=[*ROUTE, "bsn", "besluit"], right_on=on, how="left", maintain_order="left")
    meant = [pl.coalesce(f"{name}_meant", name).alias(name) for name in ROUTE]
    return joined.with_columns(meant).drop(f"{name}_meant" for name in ROUTE)


def _stayed(left: pl.DataFrame, right: pl.DataFrame, merged: pl.DataFrame) -> pl.DataFrame:
    """Functies that came though they became a ZZP, with the item that should have come for them."""
    functies = right.filter("functie")
    there = functies.join(merged, on=[*PLACE, "code", "provider"]).select("send", "item")
    return there.join(left.select("send"), on="send", how="semi").unique("item", maintain_order=True)
