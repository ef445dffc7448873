"""A rehearsal from end to end: a synthetic region, converted, and handed in for trials with and without planted faults."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from keten.conversion import Settings, convert
from keten.core.tasks import Pool, Tell
from keten.population import Population, populate
from keten.rehearsal.measuring import named_sources
from keten.rehearsal.rounds import AFTER, BEFORE, Round, Stage, clear_trials, try_out
from keten.rehearsal.scenarios import Scenario
from keten.standard.tariffs import tariffs_on


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


def rehearse(
    folder: Path,
    scenarios: Sequence[Scenario],
    pool: Pool,
    tell: Tell,
    *,
    clients: int,
    regions: int = 1,
    seed: int = 0,
) -> Rehearsal:
    """Rehearse the conversion of a synthetic population in a folder: a trial for each scenario, in their order."""
    watch = _Watch()
    settings = Settings(tariffs=tariffs_on(Settings().cutover))
    with watch.step("population"):
        population = populate(folder / BEFORE, clients, pool, tell, regions=regions, seed=seed)
    with watch.step("conversion"):
        sources = list(named_sources(folder / BEFORE, folder))
        account = convert(sources, folder / AFTER, settings, pool, tell)
    clear_trials(folder)
    stage = Stage(folder, settings, seed, pool, tell)
    rounds: list[Round] = []
    for number, scenario in enumerate(scenarios, 1):
        with watch.step(f"trial {number}: {scenario.name}"):
            rounds.append(try_out(stage, number, scenario))
    return Rehearsal(population, account, rounds, watch.seconds)


class _Watch:
    """Measures how long steps take."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        started = time.perf_counter()
        yield
        self.seconds[name] = time.perf_counter() - started
