"""How many clients have what: the traits with their shares and sources, from proportions.yaml or a file like it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from keten.core import UsageError, reason_of

OWN = files("keten.population") / "proportions.yaml"
"""The proportions that come with keten."""

ROUNDING = 1e-9


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
    return _read(OWN.read_text(encoding="utf-8"))


def read_proportions(path: Path) -> Proportions:
    """Proportions of one's own, from a file in the form of keten's. Raises UsageError."""
    hint = f"Copy {OWN} and change shares in it."
    try:
        return _read(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be read: {reason_of(error)}.", hint=hint) from None
    except yaml.YAMLError as error:
        raise UsageError(f"{path} is no YAML: {' '.join(str(error).split())}.", hint=hint) from None
    except KeyError as error:
        raise UsageError(f"{path} does not have the form of proportions.yaml: {error} is missing.", hint=hint) from None
    except (TypeError, AttributeError, ValueError) as error:
        raise UsageError(f"{path} does not have the form of proportions.yaml: {error}.", hint=hint) from None


def _read(text: str) -> Proportions:
    data: Any = yaml.load(text, Loader=yaml.CSafeLoader)
    if not isinstance(data, dict):
        raise TypeError("it holds no groups")
    groups = {key: _group(key, facts) for key, facts in data["groups"].items()}
    proportions = Proportions(groups, data["sources"], data["regions"]["weights"])
    unsourced = [trait.name for trait in proportions.traits.values() if trait.source not in proportions.sources]
    if unsourced:
        raise ValueError(f"{unsourced[0]} names a source that is not listed")
    return proportions


def _group(name: str, facts: Mapping[str, Any]) -> Group:
    raw = facts["traits"]
    rest = [trait for trait, its in raw.items() if its["share"] == "rest"]
    if len(rest) != int(facts["one"]):
        raise ValueError(f"group {name} needs one trait with share 'rest' exactly when a client has one of it")
    shares = {trait: 0.0 if trait in rest else float(its["share"]) for trait, its in raw.items()}
    if rest:
        shares = _filled(shares, set(shares) - set(rest), rest[0], name)
    traits = {
        trait: Trait(
            trait, shares[trait], its["source"], its["means"], its.get("exception"), tuple(its.get("breaks", ()))
        )
        for trait, its in raw.items()
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
