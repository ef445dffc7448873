"""How many clients have what: the traits with their shares and sources, from proportions.yaml or a file like it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field

from keten.core import UsageError
from keten.core.data import Given, read_yaml
from keten.core.plain import plain
from keten.population.teams import regions

OWN = Path(str(files("keten.population") / "proportions.yaml"))
"""The proportions that come with keten."""

ROUNDING = 1e-9
REST = "rest"
"""The share of a trait that has what the others of its group leave."""

HEAVIEST = 1e9


class WrongProportions(UsageError):
    """A file that does not have the form of proportions.yaml, or shares that do not fit together."""

    hint = f"Copy {OWN} and change shares in it."


def _share(given: object) -> object:
    """A share, or the word for what the others leave."""
    if given == REST or (isinstance(given, int | float) and not isinstance(given, bool) and 0 <= given <= 1):
        return given
    raise ValueError(f"should be a number from 0 to 1, or {REST}")


class _Trait(Given):
    """A trait as the file has it."""

    share: Annotated[object, AfterValidator(_share)]
    source: str
    means: str
    exception: str | None = None
    breaks: list[str] = Field(default_factory=list)

    @property
    def fixed(self) -> float:
        """The share that is asked for; none of what has the rest."""
        return float(self.share) if isinstance(self.share, int | float) else 0.0


class _Group(Given):
    """A group as the file has it."""

    one: bool
    traits: dict[str, _Trait]


class _Regions(Given):
    """Where people live."""

    source: str = ""
    weights: dict[str, Annotated[float, Field(gt=0, le=HEAVIEST)]]


class _File(Given):
    """What a file of proportions says."""

    sources: dict[str, str]
    groups: dict[str, _Group]
    regions: _Regions


@dataclass(frozen=True, slots=True)
class Trait:
    """Something that some clients have.

    `share` is that of the clients to whom it can happen, `source` a key of the sources. `exception`: the exception of the
    conversion rules that it plants, `breaks`: the rules of release 1.2 that it breaks, if any.
    """

    name: str
    share: float
    source: str
    means: str
    exception: str | None = None
    breaks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Traits that belong together. In a group of which a client has one, `rest` names what the others leave room for."""

    name: str
    traits: Mapping[str, Trait]
    rest: str | None

    def with_shares(self, shares: Mapping[str, float]) -> "Group":
        """The group with other shares; where clients have one trait, the rest gives way first, then the others alike."""
        if not shares.keys() & self.traits.keys():
            return self
        asked = {name: shares.get(name, trait.share) for name, trait in self.traits.items()}
        if self.rest is not None:
            asked = _filled(asked, set(shares), self.rest, self.name)
        return replace(self, traits={name: replace(self.traits[name], share=share) for name, share in asked.items()})


@dataclass(frozen=True, slots=True)
class Proportions:
    """All groups of traits, what their sources are, and the weight of each region, by its code."""

    groups: Mapping[str, Group]
    sources: Mapping[str, str]
    regions: Mapping[str, float]

    @property
    def traits(self) -> Mapping[str, Trait]:
        """All traits by their names."""
        return {name: trait for group in self.groups.values() for name, trait in group.traits.items()}

    def with_shares(self, shares: Mapping[str, float]) -> "Proportions":
        """The same with other shares for some traits. Raises UsageError for an unknown trait or an impossible share."""
        unknown = sorted(shares.keys() - self.traits.keys())
        if unknown:
            raise UsageError(f"There is no trait {unknown[0]!r}.", hint=f"{OWN} lists the traits.")
        wrong = sorted(name for name, share in shares.items() if not 0 <= share <= 1)
        if wrong:
            raise UsageError(f"The share of {wrong[0]!r} is not between 0 and 1.", hint="0.05 gives it to 5 in 100.")
        return replace(self, groups={name: group.with_shares(shares) for name, group in self.groups.items()})

    def without_exceptions(self) -> "Proportions":
        """The same without what the conversion cannot convert."""
        return self.with_shares({name: 0.0 for name, trait in self.traits.items() if trait.exception})


@cache
def standard_proportions() -> Proportions:
    """The proportions that come with keten."""
    return _read(OWN)


def read_proportions(path: Path) -> Proportions:
    """Proportions of one's own, from a file in the form of keten's. Raises WrongProportions."""
    try:
        found = _read(path)
        _whole(found)
    except WrongProportions:
        raise
    except UsageError as error:
        raise WrongProportions(f"{plain(str(path))}: {error}") from None
    return found


def _read(path: Path) -> Proportions:
    data = read_yaml(path, _File, WrongProportions)
    proportions = Proportions(
        {key: _group(key, facts) for key, facts in data.groups.items()}, data.sources, data.regions.weights
    )
    unsourced = [trait.name for trait in proportions.traits.values() if trait.source not in proportions.sources]
    if unsourced:
        raise UsageError(f"{plain(unsourced[0])} names a source that is not listed.")
    return proportions


def _whole(found: Proportions) -> None:
    """Raises UsageError when a file lacks what populations are made of, or names what nothing is known of."""
    wrong = _kinds(found) ^ _kinds(standard_proportions())
    if wrong:
        group, trait, _ = min(wrong)
        raise UsageError(f"Trait {plain(trait)} of group {plain(group)} is missing there, or is not known there.")
    if set(found.regions) != set(regions()):
        raise UsageError("It needs a weight for each region, and for no others.")


def _kinds(found: Proportions) -> set[tuple[str, str, bool]]:
    """Each trait with its group, and whether a client has one of that group."""
    return {(name, trait, group.rest is None) for name, group in found.groups.items() for trait in group.traits}


def _group(name: str, facts: _Group) -> Group:
    rest = [trait for trait, its in facts.traits.items() if its.share == REST]
    if len(rest) != int(facts.one):
        raise UsageError(
            f"Group {plain(name)} needs one trait with share {REST!r} exactly when a client has one of it."
        )
    shares = {trait: its.fixed for trait, its in facts.traits.items()}
    if rest:
        shares = _filled(shares, set(shares) - set(rest), rest[0], name)
    traits = {
        trait: Trait(trait, shares[trait], its.source, its.means, its.exception, tuple(its.breaks))
        for trait, its in facts.traits.items()
    }
    return Group(name, traits, rest[0] if rest else None)


def _filled(shares: Mapping[str, float], fixed: set[str], rest: str, group: str) -> dict[str, float]:
    """The shares made to add up to 1: the fixed ones stay, the rest takes what is left, the others shrink if they must."""
    firm = sum(share for name, share in shares.items() if name in fixed)
    if firm > 1 + ROUNDING:
        raise UsageError(
            f"The shares of group {group!r} add up to more than 1.", hint="A client has one of them: ask for less."
        )
    others = {name: share for name, share in shares.items() if name not in fixed and name != rest}
    room, wanted = max(0.0, 1 - firm), sum(others.values())
    scale = room / wanted if wanted > room or (rest in fixed and wanted) else 1.0
    filled = {name: share * scale if name in others else share for name, share in shares.items()}
    if rest not in fixed:
        filled[rest] = max(0.0, room - wanted * scale)
    return filled
