"""Workers end with whoever started them, also where the system sends no signal for it."""

import os
import subprocess
import sys
import threading
from concurrent.futures import Future
from pathlib import Path
from textwrap import dedent

import psutil
import pytest

from keten.bootstrap import executor

SLEEPY = """
    import os, threading, time
    from keten.bootstrap import executor

    def work():
        with executor(1) as pool:
            print(pool.executor.submit(os.getpid).result(), flush=True)
            pool.executor.submit(time.sleep, 600).result()

    if __name__ == "__main__":
        {start}
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    "start", ["work()", "t = threading.Thread(target=work); t.start(); t.join()"], ids=["main", "another"]
)
def test_a_worker_ends_when_its_parent_is_killed(start: str, tmp_path: Path) -> None:
    """Whichever thread of the parent started it; the system's signal is for the main one alone."""
    program = tmp_path / "sleepy.py"
    program.write_text(dedent(SLEEPY).format(start=start), encoding="utf-8")
    with subprocess.Popen([sys.executable, program], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        worker = psutil.Process(int(parent.stdout.readline()))
        parent.kill()
    assert psutil.wait_procs([worker], timeout=5)[1] == []


@pytest.mark.slow
def test_a_worker_outlives_the_thread_that_started_it() -> None:
    """It is the process that counts: another thread may go on with the pool."""
    with executor(1) as pool:
        begun: list[Future[int]] = []
        starter = threading.Thread(target=lambda: begun.append(pool.executor.submit(os.getpid)))
        starter.start()
        starter.join()
        first = begun[0].result()
        assert pool.executor.submit(os.getpid).result() == first


def test_the_environment_of_the_program_itself_stays_as_it_is() -> None:
    """What workers find in theirs is not for others that are started meanwhile."""
    before = dict(os.environ)
    with executor(1) as pool:
        assert pool.executor.submit(os.getenv, "POLARS_MAX_THREADS").result() == "1"
        assert dict(os.environ) == before
