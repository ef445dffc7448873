"""Nobody but core.clock asks the machine what time it is: results depend on what goes in, and time can be played."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SRC = Path(__file__).parents[2] / "src" / "keten"
CLOCK = SRC / "core" / "clock.py"
OF_TIME = {
    "time",
    "time_ns",
    "localtime",
    "gmtime",
    "ctime",
    "asctime",
    "strftime",
    "clock_gettime",
    "clock_gettime_ns",
}
"""What of the module `time` tells the time of day; counters such as perf_counter and monotonic only measure how long."""
OF_DAYS = {"now", "today", "utcnow"}
"""What asks the machine for a day or a moment, of whatever class."""
ELSEWHERE = {"pandas.Timestamp.now", "email.utils.localtime", "email.utils.formatdate"}


def asked(source: str) -> Iterator[str]:
    """Where a module asks the machine for the time, as line and name, whatever the name was imported as."""
    tree = ast.parse(source)
    names = dict(_imported(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            yield from (
                f"{node.lineno} {node.module}.{one.name}" for one in node.names if _tells(node.module, one.name)
            )
        elif isinstance(node, ast.Attribute):
            first, *others = _dotted(node).split(".")
            full = ".".join([names.get(first, first), *others])
            if _tells(full.rpartition(".")[0], node.attr):
                yield f"{node.lineno} {full}"


def _imported(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """What each imported name stands for."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((one.asname or one.name.partition(".")[0], one.name) for one in node.names if one.asname)
        elif isinstance(node, ast.ImportFrom):
            yield from ((one.asname or one.name, f"{node.module}.{one.name}") for one in node.names)


def _dotted(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return f"{_dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else "?"


def _tells(owner: str | None, name: str) -> bool:
    last = (owner or "").rpartition(".")[2]
    of_class = last in {"datetime", "date", "Timestamp"} and name in OF_DAYS
    return (owner == "time" and name in OF_TIME) or of_class or f"{owner}.{name}" in ELSEWHERE


@pytest.mark.parametrize(
    "source",
    [
        "import time\ntime.time()",
        "import time as t\nt.localtime()",
        "from time import time_ns",
        "from time import time as moment",
        "from datetime import datetime\ndatetime.now()",
        "from datetime import datetime as D\nD.utcnow()",
        "from datetime import date\ndefault = date.today",
        "import datetime\ndatetime.date.today()",
        "import datetime as dt\ndt.datetime.now(dt.UTC)",
        "from email.utils import formatdate",
    ],
)
def test_asking_is_seen(source: str) -> None:
    """Whatever the name was imported as, called or handed on."""
    assert len(list(asked(source))) == 1


@pytest.mark.parametrize(
    "source",
    [
        "import time\ntime.perf_counter()",
        "from time import monotonic",
        "from datetime import date\ndate(2018, 4, 1)",
        "from keten.core.clock import today\ntoday(clock)",
        "clock.now()",
    ],
)
def test_measuring_and_clocks_are_free(source: str) -> None:
    """How long something took, days that are given, and the clock that one is handed."""
    assert list(asked(source)) == []


def test_nobody_but_the_clock_asks_the_machine() -> None:
    """Name the line that does; give it a clock (docs/decisions/time.md)."""
    found = {str(path.relative_to(SRC)): list(asked(path.read_text(encoding="utf-8"))) for path in SRC.rglob("*.py")}
    assert found.pop(str(CLOCK.relative_to(SRC)))
    assert {path: lines for path, lines in found.items() if lines} == {}
