"""Runs a task over many arguments side by side, with no more in hand than the workers need."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import Any, TypeVar

from keten.core.errors import Panic

S = TypeVar("S")
T = TypeVar("T")

IN_HAND = 2
"""Tasks in hand for each worker: one that it runs, one that waits. Arguments can be large, so no more are made before."""

Tell = Callable[[str, int, int], None]
"""Told of every step: its name, how many tasks are done, and how many there are."""


@dataclass(frozen=True, slots=True)
class Pool:
    """Workers that run tasks side by side, and how many there are."""

    executor: Executor
    workers: int


def run(
    pool: Pool, tell: Tell, step: str, task: Callable[..., T], arguments: Iterable[tuple[Any, ...]], *, count: int
) -> list[T]:
    """Run a task for each of the `count` arguments; the results in their order. An exception of a task is raised here."""
    results: dict[int, T] = {}
    running: dict[Future[T], int] = {}
    tell(step, 0, count)
    try:
        for number, some in enumerate(arguments):
            running[pool.executor.submit(_told, task, *some)] = number
            if len(running) >= IN_HAND * pool.workers:
                _gather(running, results)
                tell(step, len(results), count)
        while running:
            _gather(running, results)
            tell(step, len(results), count)
    finally:
        for future in running:  # the work was given up: what has not begun never does
            future.cancel()
    return [results[number] for number in sorted(results)]


def _told(task: Callable[..., T], *some: Any) -> T:  # noqa: ANN401 as the task takes them
    """Run a task in its worker; whatever stops it can be told to another process. Raises Panic."""
    try:
        return task(*some)
    except (Exception, KeyboardInterrupt):
        raise
    except BaseException as error:  # noqa: BLE001 no worker may die of it, and the panic of an engine is no Exception
        given_up = Panic.of(error)
    raise given_up  # here, or the other would hang on it, which may not be known in another process


def _gather(running: dict[Future[T], int], results: dict[int, T]) -> None:
    """Take the results of what has finished, waiting for at least one."""
    for future in wait(running, return_when=FIRST_COMPLETED).done:
        results[running.pop(future)] = future.result()


def in_order(jobs: int, task: Callable[[S], T], items: Iterable[S]) -> Iterator[T]:
    """What a task makes of each item, in their order, by `jobs` threads; one more is in hand than there are threads."""
    if jobs == 1:
        yield from map(task, items)
        return
    with ThreadPoolExecutor(jobs) as pool:
        waiting: deque[Future[T]] = deque()
        for item in items:
            waiting.append(pool.submit(task, item))
            if len(waiting) > jobs:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
