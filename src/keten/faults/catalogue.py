"""The faults that can be planted: what each is (catalogue.yaml), and what it does (the plans of the modules beside)."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files as resources
from typing import Any, Literal

import yaml

from keten.core import UsageError
from keten.faults import (
    additions,
    codes,
    completeness,
    crossing,
    dates,
    files,
    functies,
    people,
    percentages,
    roles,
)
from keten.faults.plans import Plan

FAMILIES = (completeness, additions, dates, codes, functies, percentages, roles, people, crossing, files)


class UnknownFault(UsageError):
    """No fault of that name, or a rate that is none."""

    hint = "docs/faults.md lists the faults."


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault: what it `does`, the `finding` of 2018 that it repeats (0: of our own), and what it happens to (`per`).

    `expects`: the codes that a judge must find it by, the first at the place itself. `place`: its place in the catalogue.
    """

    name: str
    does: str
    finding: int
    expects: tuple[str, ...]
    per: Literal["item", "client", "file"]
    plan: Plan
    place: int


@cache
def catalogue() -> Mapping[str, Fault]:
    """All faults by name, in their order."""
    text = (resources("keten.faults") / "catalogue.yaml").read_text(encoding="utf-8")
    data: Mapping[str, Mapping[str, Any]] = yaml.load(text, Loader=yaml.CSafeLoader)
    plans = {name: plan for family in FAMILIES for name, plan in family.PLANS.items()}
    return {
        name: Fault(
            name=name,
            does=one["does"],
            finding=one.get("finding", 0),
            expects=tuple(one["expects"]),
            per=one["per"],
            plan=plans[name],
            place=place,
        )
        for place, (name, one) in enumerate(data.items())
    }


def fault(name: str) -> Fault:
    """A fault by its name. Raises UnknownFault."""
    if name not in catalogue():
        near = "".join(f"Did you mean {one}? " for one in get_close_matches(name, catalogue(), n=1))
        raise UnknownFault(f"There is no fault {name!r}.", hint=near + UnknownFault.hint)
    return catalogue()[name]


def rates(texts: list[str]) -> dict[str, float]:
    """Faults with their rates, as the option has them: `NAME=RATE`. Raises UnknownFault.

    >>> rates(["client_missing=0.01"])
    {'client_missing': 0.01}
    """
    found: dict[str, float] = {}
    for text in texts:
        name, _, rate = text.partition("=")
        if name in found:
            raise UnknownFault(f"The fault {name} is asked for twice.", hint="Give it once, with its rate.")
        try:
            found[fault(name).name] = float(rate)
        except ValueError:
            raise UnknownFault(
                f"{text!r} is not a fault and its rate.", hint=f"Write it as client_missing=0.01. {UnknownFault.hint}"
            ) from None
        if not 0 <= found[name] <= 1:
            raise UnknownFault(f"The rate of {name} must lie between 0 and 1, and is {rate}.")
    return found
