"""Practice cases: a situation, its plan, and what comes of it by the table that comes with keten (practice/*.yaml)."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from keten.calculation.shares.amounts import euros
from keten.calculation.shares.calculating import Calculation, calculate
from keten.calculation.shares.given import SHOWN, Given, WrongInput, parse_json
from keten.calculation.shares.plan import Plan, plan_of
from keten.core.plain import plain
from keten.standard.tariffs import tariffs_on


@dataclass(frozen=True, slots=True)
class Case:
    """A case: its `story` asks for the answer, `given` is the input of the command, `expected` the answer."""

    name: str
    title: str
    story: str
    given: Mapping[str, Any]
    expected: Mapping[str, Any]

    @property
    def plan(self) -> Plan:
        """The plan of the case, read as any input is."""
        return plan_of(parse_json(self.input, self.name))

    @property
    def input(self) -> str:
        """The input as JSON."""
        return json.dumps(self.given, indent=1, ensure_ascii=False)

    def solve(self) -> Calculation:
        """The calculation that the answer comes of."""
        plan = self.plan
        return calculate(plan, tariffs_on(plan.period.start))


@dataclass(frozen=True, slots=True)
class Mark:
    """What was answered to one question of a case, and what is right; "" where nothing was answered."""

    question: str
    answered: str
    right: str

    @property
    def good(self) -> bool:
        """Whether they are the same."""
        return self.answered == self.right


@cache
def cases() -> Mapping[str, Case]:
    """The cases by name, in the order in which they build on each other."""
    folder = files("keten.calculation.shares") / "practice"
    texts = sorted(
        (file.name, file.read_text(encoding="utf-8")) for file in folder.iterdir() if file.name.endswith(".yaml")
    )
    found = [yaml.safe_load(text) for _, text in texts]
    return {one["name"]: Case(one["name"], one["title"], one["story"], one["input"], one["expected"]) for one in found}


def find_case(name: str) -> Case:
    """A case by its name. Raises WrongInput."""
    if name not in cases():
        raise WrongInput(f"There is no practice case {name!r}; there are {', '.join(cases())}.")
    return cases()[name]


def mark(case: Case, answer: Given) -> tuple[Mark, ...]:
    """Mark an answer: an object with budget, cost, doelmatig, and shares by provider. Raises WrongInput."""
    return tuple(_marks(case.solve(), answer.fields((), ("budget", "cost", "doelmatig", "shares"))))


def _marks(right: Calculation, answer: Mapping[str, Given]) -> Iterator[Mark]:
    for name, amount in (("budget", right.budget), ("cost", right.cost)):
        yield Mark(name, _amount(answer.get(name)), euros(amount))
    yield Mark("doelmatig", _word(answer["doelmatig"].flag()) if "doelmatig" in answer else "", _word(right.doelmatig))
    answered = answer["shares"].value if "shares" in answer else {}
    if not isinstance(answered, Mapping):
        raise answer["shares"].wrong("an object with a whole percentage by provider")
    for share in right.shares:
        yield Mark(f"share of {share.instelling}", _shown(answered.get(share.instelling, "")), str(share.percentage))
    for code in sorted(answered.keys() - {share.instelling for share in right.shares}):
        yield Mark(f"share of {plain(code)}", _shown(answered[code]), "none")


def _shown(answered: object) -> str:
    """What was answered, as far as it fits on a line."""
    return plain(str(answered))[:SHOWN]


def _word(value: bool) -> str:  # noqa: FBT001 a word for it is all it makes
    return "yes" if value else "no"


def _amount(given: Given | None) -> str:
    if given is None:
        return ""
    if isinstance(given.value, bool) or not isinstance(given.value, int | Decimal | str):
        raise given.wrong("an amount like 900.00")
    try:
        return euros(Decimal(given.value))
    except ArithmeticError:
        raise given.wrong("an amount like 900.00") from None
