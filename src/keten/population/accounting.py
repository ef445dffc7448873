"""The account of a population: what was asked, how many clients have each trait, and what was written."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeVar

from keten.core.data import as_json
from keten.population.drawing.traits import Count
from keten.population.proportions import Proportions
from keten.population.teams import Team
from keten.population.told.filing import Filed

ACCOUNT = "population.json"
"""The account, beside the messages."""

STATEMENT = (
    "Fictitious. All people, addresses and assignments are made up. The BSNs are the test numbers 999900006 up to "
    "999999990 and, for more clients than those 9,091, other numbers that begin with 9 and pass the elfproef. Telephone "
    "numbers begin with 0000 and e-mail addresses end in example.org. The codes of providers have the form of AGB codes."
)

T = TypeVar("T", Count, Filed)


@dataclass(frozen=True, slots=True)
class Made:
    """What one team made."""

    team: Team
    traits: Mapping[str, Count]
    messages: Mapping[str, Filed]


@dataclass(frozen=True, slots=True)
class Population:
    """A population: clients by region, clients by trait, and what was written of each message."""

    release: str
    seed: int
    proportions: Proportions
    regions: Mapping[str, int]
    traits: Mapping[str, Count]
    messages: Mapping[str, Filed]

    @property
    def clients(self) -> int:
        """The number of clients."""
        return sum(self.regions.values())


def account(release: str, seed: int, proportions: Proportions, made: Sequence[Made], folder: Path) -> Population:
    """Add up what the teams made, and write the account into the folder."""
    by_region: Counter[str] = Counter()
    for part in made:
        by_region[part.team.region.code] += part.team.clients
    population = Population(
        release=release,
        seed=seed,
        proportions=proportions,
        regions=dict(by_region),
        traits=_summed(part.traits for part in made),
        messages=_summed(part.messages for part in made),
    )
    (folder / ACCOUNT).write_text(as_json(_as_json(population)), encoding="utf-8")
    return population


def _summed(parts: Iterable[Mapping[str, T]]) -> dict[str, T]:
    total: dict[str, T] = {}
    for part in parts:
        for name, value in part.items():
            total[name] = total[name] + value if name in total else value
    return total


def _as_json(population: Population) -> dict[str, Any]:
    groups = population.proportions.groups
    return {
        "statement": STATEMENT,
        "release": population.release,
        "seed": population.seed,
        "clients": population.clients,
        "regions": population.regions,
        "messages": {name: asdict(filed) for name, filed in population.messages.items()},
        "traits": {name: _trait(population, name, group.name) for group in groups.values() for name in group.traits},
        "sources": population.proportions.sources,
    }


def _trait(population: Population, name: str, group: str) -> dict[str, Any]:
    """A trait: the share that was asked, and the clients who have it among those to whom it can happen."""
    trait, count = population.proportions.traits[name], population.traits[name]
    marks = {"exception": trait.exception, "breaks": list(trait.breaks)}
    return {
        "group": group,
        "asked": round(trait.share, 6),
        "got": round(count.clients / count.among, 6) if count.among else None,
        "clients": count.clients,
        "among": count.among,
        "means": trait.means,
        "source": trait.source,
        **{mark: value for mark, value in marks.items() if value},
    }
