"""Tasks run side by side, a bounded number at a time, and their results come back in order."""

import threading
from collections.abc import Iterator

import pytest

from keten.core.tasks import IN_HAND, in_order, run
from tests.unit.threads import threads


def test_results_come_in_the_order_of_the_arguments() -> None:
    """Whichever task ends first; and every step is told."""
    told: list[tuple[str, int, int]] = []
    first_may_end = threading.Event()

    def double(number: int) -> int:
        first_may_end.wait(5) if number == 0 else first_may_end.set()
        return 2 * number

    with threads(2) as pool:
        results = run(
            pool, lambda *step: told.append(step), "doubling", double, ((number,) for number in range(20)), count=20
        )
    assert results == [2 * number for number in range(20)]
    assert (told[0], told[-1]) == (("doubling", 0, 20), ("doubling", 20, 20))


def test_arguments_are_made_when_their_turn_is_near() -> None:
    """No more than the workers need are in hand: they may be large."""
    done = 0
    most = 0

    def count(_: int) -> None:
        nonlocal done
        done += 1

    def arguments() -> Iterator[tuple[int]]:
        nonlocal most
        for number in range(50):
            most = max(most, number - done)
            yield (number,)

    with threads(1) as pool:
        run(pool, lambda *_: None, "counting", count, arguments(), count=50)
    assert most <= IN_HAND


def test_an_exception_of_a_task_stops_the_work() -> None:
    """It is raised where the work was asked for."""
    with threads(2) as pool, pytest.raises(ZeroDivisionError):
        run(pool, lambda *_: None, "dividing", lambda number: 1 // number, ((number,) for number in (1, 0)), count=2)


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_threads_hand_out_in_order_and_take_no_more_than_they_need(jobs: int) -> None:
    """Items are made when their turn is near: memory does not grow with their number."""
    taken: list[int] = []

    def items() -> Iterator[int]:
        for number in range(20):
            taken.append(number)
            yield number

    for number, result in enumerate(in_order(jobs, lambda one: one * one, items())):
        assert result == number * number
        assert len(taken) <= number + jobs + 1
    assert len(taken) == 20
