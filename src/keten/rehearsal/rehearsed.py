"""What a rehearsal showed, and the page about it: its verdict, its trials, and what they were made of."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from keten.conversion.account.page import account_charts
from keten.core.pages import render
from keten.population import Population
from keten.rehearsal.trials import Round

NOT_BLOCKING = ", does not block"
OPEN = ("not met", "not measured")
STATES = {
    "met": "var(--good)",
    "not met": "var(--bad)",
    "not measured": "var(--fair)",
    f"not met{NOT_BLOCKING}": "var(--blue)",
    f"not measured{NOT_BLOCKING}": "var(--quiet)",
    "not asked": "var(--line)",
}
"""The states of criteria, each with its colour: only red and amber stand in the way."""


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What a rehearsal showed: the population, the account of its conversion, its trials, and the seconds of each step."""

    population: Population
    conversion: dict[str, Any]
    rounds: Sequence[Round]
    seconds: dict[str, float]

    @property
    def sound(self) -> bool:
        """Whether every trial came out as it must."""
        return not any(one.surprises for one in self.rounds)

    @property
    def verdict(self) -> str:
        """The verdict of the last trial, if the rehearsal is sound."""
        return self.rounds[-1].verdict if self.sound else "No-go"


def rehearsal_page(rehearsal: Rehearsal) -> str:
    """The page, in one file."""
    return render(
        "keten.rehearsal",
        "rehearsal.html",
        rehearsal=rehearsal,
        figures=rehearsal.conversion,
        states=_states,
        **account_charts(rehearsal.conversion),
    )


def _states(criteria: Sequence[Mapping[str, Any]]) -> list[tuple[str, int, str]]:
    """How many criteria are in which state: title, number, colour."""
    counts = Counter(one["state"] + NOT_BLOCKING * (one["state"] in OPEN and not one["blocking"]) for one in criteria)
    return [(state, counts[state], colour) for state, colour in STATES.items()]
