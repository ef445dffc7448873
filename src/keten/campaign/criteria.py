"""The criteria of a Go/No-go, as data: what is measured, the limit, whether it blocks, and who agreed on it."""

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction
from importlib.resources import files
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from keten.campaign.values import Text, Word
from keten.core import UsageError
from keten.core.data import Given, from_yaml

Scope = Literal["national", "zorgkantoor"]

Limit = Annotated[int | float, Field(ge=0, le=10**15, allow_inf_nan=False)]
"""A number of things, or percents."""


class WrongCriteria(UsageError):
    """A file of criteria that cannot decide anything as it stands."""

    hint = "See docs/campaign.md for how criteria are written."


class _Agreed(Given):
    by: Word | None = None
    date: dt.date


def _several(given: object) -> object:
    """A list, also of one."""
    return [given] if isinstance(given, str) else given


def _or_none(given: object) -> object:
    """None for what holds nothing."""
    return given or None


Names = Annotated[list[Word], Field(min_length=1, max_length=1_000), BeforeValidator(_several)]


class _Asked(Given):
    says: Text
    measure: Names
    of: Annotated[Names | None, BeforeValidator(_or_none)] = None
    most: Limit | None = None
    least: Limit | None = None
    scope: Scope
    blocking: bool
    asked_of: Word | None = None
    agreed: Annotated[_Agreed | None, BeforeValidator(_or_none)] = None
    source: Text

    @model_validator(mode="after")
    def _one_limit(self) -> Self:
        if (self.most is None) == (self.least is None):
            raise ValueError("must have one limit: either `most` or `least`")
        return self


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
    agreed_on: dt.date | None
    source: str

    def holds(self, value: Fraction) -> bool:
        """Whether a value keeps within the limit."""
        return value <= self.limit if self.bound == "most" else value >= self.limit


def standard_criteria() -> str:
    """The text of the criteria that keten proposes."""
    return (files("keten.campaign") / "criteria.yaml").read_text(encoding="utf-8")


def read_criteria(content: bytes, name: str) -> tuple[Criterion, ...]:
    """The criteria of a YAML text, in its order; `name` says of which. Raises WrongCriteria."""
    given = from_yaml(content, dict[Word, _Asked], name, WrongCriteria)
    criteria = tuple(_criterion(key, one) for key, one in given.items())
    if not any(criterion.blocking for criterion in criteria):
        raise WrongCriteria(f"{name}: none of the criteria is blocking, so any delivery at all would be a Go.")
    return criteria


def _criterion(name: str, given: _Asked) -> Criterion:
    limit = given.least if given.most is None else given.most
    return Criterion(
        id=name,
        says=given.says,
        measure=tuple(given.measure),
        of=tuple(given.of or ()),
        scope=given.scope,
        bound="least" if given.most is None else "most",
        limit=Fraction(str(limit)),
        blocking=given.blocking,
        asked_of=given.asked_of,
        agreed_by=given.agreed.by if given.agreed else None,
        agreed_on=given.agreed.date if given.agreed else None,
        source=given.source,
    )
