"""The criteria of a Go/No-go, as data: what is measured, the limit, whether it blocks, and who agreed on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal, get_args

import yaml

from keten.core import UsageError, reason_of

Scope = Literal["national", "zorgkantoor"]
SCOPES = get_args(Scope)
LIMITS = ("most", "least")

KNOWN = {"says", "measure", "of", "scope", *LIMITS, "blocking", "asked_of", "agreed", "source"}
NEEDED = {"says", "measure", "scope", "blocking", "source"}


class WrongCriteria(UsageError):
    """A file of criteria that cannot decide anything as it stands."""

    hint = "See docs/campaign.md for how criteria are written."


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing that a Go needs.

    `measure` names the figures that are added up (docs/campaign.md; `*` stands for anything), and `of` those that they are
    a share of, in percents; without `of` they are counted. `limit` is the `most` or the `least` they may be. `asked_of`:
    only deliveries made with this system answer for it.
    """

    id: str
    says: str
    measure: tuple[str, ...]
    of: tuple[str, ...]
    scope: Scope
    bound: Literal["most", "least"]
    limit: Fraction
    blocking: bool
    asked_of: str | None
    agreed_by: str | None
    agreed_on: date | None
    source: str

    def holds(self, value: Fraction) -> bool:
        """Whether a value keeps within the limit."""
        return value <= self.limit if self.bound == "most" else value >= self.limit


def standard_criteria() -> str:
    """The text of the criteria that keten proposes."""
    return (files("keten.rehearsal") / "criteria.yaml").read_text(encoding="utf-8")


def criteria_text(path: Path) -> str:
    """The text of a file of criteria. Raises WrongCriteria."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise WrongCriteria(f"The criteria in {path} cannot be read: {reason_of(error)}.") from None


def read_criteria(text: str) -> tuple[Criterion, ...]:
    """The criteria of a YAML text, in its order. Raises WrongCriteria."""
    try:
        given = yaml.load(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        raise WrongCriteria(f"The criteria are no YAML: {error}") from None
    if not isinstance(given, dict):
        raise WrongCriteria("The criteria must be a list of names, each with what it asks.")
    criteria = tuple(_criterion(str(name), one) for name, one in given.items())
    if not any(criterion.blocking for criterion in criteria):
        raise WrongCriteria("None of the criteria is blocking, so any delivery at all would be a Go.")
    return criteria


def _criterion(name: str, given: Any) -> Criterion:  # noqa: ANN401 what YAML holds is seen here first
    keys = given.keys() if isinstance(given, dict) else set()
    bounds = [bound for bound in LIMITS if bound in keys]
    if unknown := keys - KNOWN:
        raise WrongCriteria(f"Criterion {name} has an unknown part: {', '.join(sorted(map(str, unknown)))}.")
    if lacking := NEEDED - keys:
        raise WrongCriteria(f"Criterion {name} lacks {', '.join(sorted(lacking))}.")
    if len(bounds) != 1:
        raise WrongCriteria(f"Criterion {name} must have one limit: either `most` or `least`.")
    if given["scope"] not in SCOPES or not isinstance(given["blocking"], bool):
        raise WrongCriteria(f"Criterion {name}: `scope` is {' or '.join(SCOPES)}, and `blocking` true or false.")
    agreed = _agreed(name, given.get("agreed") or {})
    return Criterion(
        id=name,
        says=str(given["says"]),
        measure=_names(given["measure"]),
        of=_names(given.get("of") or ()),
        scope=given["scope"],
        bound="most" if bounds == ["most"] else "least",
        limit=_limit(name, given[bounds[0]]),
        blocking=given["blocking"],
        asked_of=given.get("asked_of"),
        agreed_by=agreed.get("by"),
        agreed_on=agreed.get("date"),
        source=str(given["source"]),
    )


def _names(given: str | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else tuple(map(str, given))


def _limit(name: str, given: object) -> Fraction:
    if isinstance(given, bool) or not isinstance(given, int | float):
        raise WrongCriteria(f"The limit of criterion {name} must be a number, not {given!r}.")
    return Fraction(str(given))


def _agreed(name: str, given: Any) -> Mapping[str, Any]:  # noqa: ANN401 as above
    if (
        not isinstance(given, dict)
        or given.keys() - {"by", "date"}
        or (given and not isinstance(given.get("date"), date))
    ):
        raise WrongCriteria(
            f"Criterion {name}: `agreed` holds `by`, the parties, and `date`, a day such as 2018-01-15."
        )
    return given
