"""A trial conversion from end to end: a synthetic region, judged, converted, and judged again."""

import time
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from keten.conversion import Settings, convert, hand_over
from keten.core.tasks import Tell
from keten.messages import find_sources
from keten.population import Population, populate
from keten.validation import Tally, tally_all

BEFORE, AFTER = "before", "after"
"""The folders, within that of the rehearsal, for the messages of 1.2 and those made of them."""


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What a rehearsal showed.

    The population, the judgement of its messages, the figures of their conversion (conversion.json), the judgement of what
    came out, and the seconds that each step took.
    """

    population: Population
    before: Tally
    conversion: dict[str, Any]
    after: Tally
    seconds: dict[str, float]

    @property
    def sound(self) -> bool:
        """Whether all messages, before and after, are valid. That the account closes, the conversion has proven."""
        return self.before.all_valid and self.after.all_valid


def rehearse(folder: Path, pool: Executor, tell: Tell, *, clients: int, regions: int = 1, seed: int = 0) -> Rehearsal:
    """Rehearse the conversion of a synthetic population in a folder."""
    watch = _Watch()
    settings = Settings()
    with watch.step("population"):
        population = populate(folder / BEFORE, clients, pool, tell, regions=regions, seed=seed)
    with watch.step("judging 1.2"):
        sources = list(find_sources([str(folder / BEFORE)]))
        before = tally_all(sources, pool, tell, "judge 1.2")
    with watch.step("conversion"):
        conversion = convert(sources, folder / AFTER, settings, pool, tell)
        figures = hand_over(conversion, folder / AFTER)
    with watch.step("judging 2.0"):
        made = list(find_sources([str(folder / AFTER)]))
        after = tally_all(made, pool, tell, "judge 2.0", release=settings.target.reference)
    return Rehearsal(population, before, figures, after, watch.seconds)


class _Watch:
    """Measures how long steps take."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        started = time.perf_counter()
        yield
        self.seconds[name] = time.perf_counter() - started
