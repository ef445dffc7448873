"""The processes that do the work, here or on a cluster."""

import logging
import os
import signal
from collections.abc import Callable

import polars as pl
import pytest
from distributed import LocalCluster

from keten.bootstrap import executor
from keten.core import KetenError, Panic
from keten.core.tasks import run


@pytest.mark.slow
def test_a_worker_that_is_killed_is_told_in_words() -> None:
    """As Linux kills it when memory runs out: that is no fault to report, but a machine that is too small."""
    with pytest.raises(KetenError, match="was killed; memory may have run out") as told, executor(1) as pool:
        run(pool, lambda *_: None, "step", _killed, [()], count=1)
    assert told.value.exit_code == 3
    assert "--jobs" in told.value.hint


@pytest.mark.slow
def test_a_task_that_ends_every_worker_of_a_cluster_is_told_in_words() -> None:
    """The cluster tries it on some workers, and then gives it up."""
    with (
        LocalCluster(n_workers=1, dashboard_address="127.0.0.1:0", silence_logs=logging.CRITICAL) as cluster,
        pytest.raises(KetenError, match="every worker of the cluster") as told,
        executor(1, cluster.scheduler_address) as pool,
    ):
        run(pool, lambda *_: None, "step", _killed, [()], count=1)
    assert told.value.exit_code == 3


def _killed() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _panicked() -> None:
    pl.Series([1]).new_from_index(0, 2**63)


def _left() -> None:
    raise SystemExit(0)


def _generator_left() -> None:
    raise GeneratorExit


@pytest.mark.slow
@pytest.mark.parametrize("task", [_panicked, _left, _generator_left])
def test_what_is_no_exception_is_told_in_words_and_ends_no_worker(task: Callable[[], None]) -> None:
    """Polars panics when it cannot have the memory that it wants, and no other process knows what that is."""
    with executor(1) as pool:
        with pytest.raises(Panic, match="memory may have run out") as told:
            run(pool, lambda *_: None, "step", task, [()], count=1)
        assert run(pool, lambda *_: None, "step", abs, [(-1,)], count=1) == [1]
    assert told.value.exit_code == 3
