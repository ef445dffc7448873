"""A rehearsal from end to end: a synthetic region, converted, and handed in for trials with and without planted faults."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from keten.campaign import named_sources
from keten.conversion import Settings, convert
from keten.core.folders import filling
from keten.core.tasks import Pool, Tell
from keten.population import populate
from keten.rehearsal.rehearsed import Rehearsal, rehearsal_page
from keten.rehearsal.scenarios import Scenario
from keten.rehearsal.trials import AFTER, BEFORE, TARIFFS, Round, Stage, try_out
from keten.standard.tariffs import SHIPPED, load_tariffs, tariffs_on

KIND, PAGE = "rehearsal", "index.html"


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
    """Rehearse the conversion of a synthetic population: a trial for each scenario, in their order.

    All that comes of it, and a page about it, stand in a folder at the end; an earlier rehearsal there gives way only then.
    Raises FolderInUse.
    """
    with filling(folder, KIND) as draft:
        rehearsal = _rehearsed(Stage(draft.new, _settings(draft.new), seed, pool, tell), scenarios, clients, regions)
        (draft.new / PAGE).write_text(rehearsal_page(rehearsal), encoding="utf-8")
    return rehearsal


def _settings(folder: Path) -> Settings:
    """The settings of a rehearsal, with tariffs that are put into its folder: its trials are campaigns like any other."""
    tariffs = tariffs_on(Settings().cutover)
    shipped = next(path for path in sorted(SHIPPED.glob("*.yaml")) if load_tariffs(path) is tariffs)
    (folder / TARIFFS).write_bytes(shipped.read_bytes())
    return Settings(tariffs=tariffs)


def _rehearsed(stage: Stage, scenarios: Sequence[Scenario], clients: int, regions: int) -> Rehearsal:
    watch = _Watch()
    folder, pool, tell = stage.folder, stage.pool, stage.tell
    with watch.step("population"):
        population = populate(folder / BEFORE, clients, pool, tell, regions=regions, seed=stage.seed)
    with watch.step("conversion"):
        sources = list(named_sources(folder / BEFORE, folder))
        account = convert(sources, folder / AFTER, stage.settings, pool, tell)
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
