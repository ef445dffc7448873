"""How a population is divided: regions by their weights, and in each region teams that work by themselves.

A team is some 2,500 clients with the providers around them. It is the unit of work: it draws its own chance and writes
its own files, so that neither memory nor bytes depend on how many clients there are or how many teams are at work.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from keten.core import UsageError

CLIENTS_PER_TEAM = 2_500


@dataclass(frozen=True, slots=True)
class Region:
    """The region of a zorgkantoor: its code, its neighbours, and places with the first digits of their postcodes."""

    code: str
    near: tuple[str, ...]
    places: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Team:
    """Clients `first` up to, not including, `first + clients` of a population; the team's number in all, in its region."""

    number: int
    region: Region
    number_in_region: int
    first: int
    clients: int


@cache
def regions() -> Mapping[str, Region]:
    """All regions, by the codes of their zorgkantoren."""
    data: dict[str, Any] = yaml.load(
        (files("keten.population") / "regions.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader
    )
    return {code: Region(code, tuple(facts["near"]), facts["places"]) for code, facts in data.items()}


def teams(clients: int, codes: Sequence[str], weights: Mapping[str, float]) -> Iterator[Team]:
    """The teams of a population, region by region."""
    number = first = 0
    for code, share in zip(codes, divided(clients, [weights[code] for code in codes]), strict=True):
        for place, size in enumerate(_sizes(share)):
            yield Team(number, regions()[code], place, first, size)
            number, first = number + 1, first + size


def first_regions(count: int) -> list[str]:
    """The first so many regions of the code list. Raises UsageError when there are not so many."""
    if not 1 <= count <= len(regions()):
        raise UsageError(
            f"There are {len(regions())} regions, not {count}.", hint=f"Give 1 up to {len(regions())} --regions."
        )
    return sorted(regions())[:count]


def divided(total: int, weights: Sequence[float]) -> list[int]:
    """Whole numbers in proportion to the weights that add up to the total; what is left over goes to the largest rests.

    >>> divided(10, [1, 1, 1])
    [4, 3, 3]
    """
    exact = [total * weight / sum(weights) for weight in weights]
    found = [int(part) for part in exact]
    by_rest = sorted(range(len(exact)), key=lambda place: (found[place] - exact[place], place))
    for place in by_rest[: total - sum(found)]:
        found[place] += 1
    return found


def _sizes(clients: int) -> list[int]:
    """Clients per team: as even as can be."""
    count = -(-clients // CLIENTS_PER_TEAM)
    return divided(clients, [1.0] * count) if count else []
