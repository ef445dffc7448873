"""However the process that works ends, the program ends with 0 to 3, and only with a verdict that was handed over."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

PROGRAM = "import sys; sys.argv[0] = 'keten'; {}; from keten.cli import supervised; supervised()"
PATCH = "import keten.cli.app as app; app.build = lambda _: lambda *_, **__: ({})"


def run(work: str, **options: int) -> subprocess.CompletedProcess[str]:
    """The program with a command that does this."""
    command = [sys.executable, "-c", PROGRAM.format(PATCH.format(work))]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60, **options)  # type: ignore[call-overload,no-any-return]


@pytest.mark.parametrize("code", range(4))
def test_an_exit_code_is_handed_on(code: int) -> None:
    """Without a word about it."""
    ran = run(f"{code}")
    assert (ran.returncode, ran.stderr) == (code, "")


@pytest.mark.parametrize(
    ("work", "said"),
    [
        ("__import__('os').abort()", "signal SIGABRT"),
        ("__import__('os').kill(__import__('os').getpid(), 9)", "signal SIGKILL"),
        ("__import__('os')._exit(1)", "it left with 1"),
        ("__import__('os')._exit(0)", "it left with 0"),
    ],
)
def test_what_is_no_verdict_is_not_taken_for_one(work: str, said: str) -> None:
    """Neither for valid nor for invalid."""
    ran = run(work)
    assert ran.returncode == 3
    assert said in ran.stderr
    assert "There is no verdict." in ran.stderr


def test_memory_that_a_part_cannot_get_ends_with_3(tmp_path: Path) -> None:
    """Whether it is Python that notices, Polars, OpenBLAS or Rust: with little, less and hardly any memory."""
    (tmp_path / "a.csv").write_text("bsn,instelling,zorgeenheid,leveringsvorm,ingangsdatum\n", encoding="utf-8")
    program = Path(sys.executable).with_name("keten")
    for megabytes in (1500, 900, 600, 400, 250):
        command = f"ulimit -v {megabytes << 10}; exec {program} compare {tmp_path}/a.csv {tmp_path}/a.csv"
        ran = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False, timeout=120)
        assert ran.returncode in (2, 3), (megabytes, ran.stderr)
        assert "Traceback" not in ran.stderr or ran.returncode == 3


@pytest.mark.parametrize("told", [signal.SIGINT, signal.SIGTERM])
def test_who_is_told_to_stop_hands_it_on(told: signal.Signals) -> None:
    """To the process that works, once; and ends as that does."""
    command = [
        sys.executable,
        "-c",
        PROGRAM.format(PATCH.format("print('on', flush=True), __import__('time').sleep(60)")),
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "on\n"
        program.send_signal(told)
        _, said = program.communicate(timeout=30)
    assert (program.returncode, said) == (3, "Interrupted: there is no verdict.\n")


def test_the_work_ends_when_the_watcher_is_killed() -> None:
    """At once; it would go on for nobody."""
    command = [
        sys.executable,
        "-c",
        PROGRAM.format(PATCH.format("print('on', flush=True), __import__('time').sleep(60)")),
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "on\n"
        working = psutil.Process(program.pid).children()
        os.kill(program.pid, signal.SIGKILL)
    assert len(working) == 1
    assert psutil.wait_procs(working, timeout=5)[1] == []
