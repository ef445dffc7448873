"""keten rehearse, as a user runs it."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from keten.cli.app import run


class Ran(NamedTuple):
    """How a command ended."""

    code: int
    out: str
    err: str


Keten = Callable[..., Ran]


@pytest.fixture
def rehearse(capsys: pytest.CaptureFixture[str]) -> Keten:
    """Runs the command with arguments."""

    def ran(*arguments: str | Path) -> Ran:
        code = run(["rehearse", *map(str, arguments)])
        printed = capsys.readouterr()
        return Ran(code, printed.out, printed.err)

    return ran


def test_a_small_rehearsal_is_sound(rehearse: Keten, tmp_path: Path) -> None:
    """Exit code 0, the figures on screen, and both sides and the reports in the folder."""
    ran = rehearse("--clients", "80", "--seed", "3", "--out", tmp_path / "out", "--jobs", "1")
    told = json.loads((tmp_path / "out" / "after" / "conversion.json").read_text(encoding="utf-8"))
    assert ran.code == 0
    assert "Sound: every message is valid and the account closes." in " ".join(ran.out.split())
    assert re.search(r"fictitious clients\s+80", ran.out)
    assert re.search(rf"new assignments sent\s+{told['account']['total']['sent']:,}", ran.out)
    assert any((tmp_path / "out" / "before").rglob("*.xml"))
    assert any((tmp_path / "out" / "after").rglob("*.xml"))


def test_the_report_is_self_contained(rehearse: Keten, tmp_path: Path) -> None:
    """It loads nothing, links only to what lies beside it, and shows the account in a chart."""
    rehearse("--clients", "40", "--out", tmp_path / "out", "--jobs", "1")
    page = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    links = re.findall(r"""(?:src|href)=["']([^"'#]+)""", page)
    assert not re.search(r"@import|<script|url\(", page)
    assert all((tmp_path / "out" / link).is_file() for link in links)
    assert "What became of the assignments" in page


def test_it_can_be_rehearsed_again_in_the_same_folder(rehearse: Keten, tmp_path: Path) -> None:
    """A second rehearsal, of fewer people, leaves nothing of the first."""
    rehearse("--clients", "60", "--out", tmp_path / "out", "--jobs", "1")
    assert rehearse("--clients", "30", "--out", tmp_path / "out", "--jobs", "1").code == 0
    rehearse("--clients", "30", "--out", tmp_path / "fresh", "--jobs", "1")
    names = [
        sorted(str(path.relative_to(tmp_path / one)) for path in (tmp_path / one).rglob("*"))
        for one in ("out", "fresh")
    ]
    assert names[0] == names[1]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--clients", "0"], "Invalid value for '--clients'"),
        (["--clients", "40", "--regions", "33"], "There are 32 regions, not 33"),
    ],
)
def test_wrong_usage(rehearse: Keten, tmp_path: Path, arguments: list[str], said: str) -> None:
    """Exit code 2 and what is wrong in one sentence."""
    ran = rehearse("--out", tmp_path / "out", *arguments)
    assert ran.code == 2
    assert said in " ".join(ran.err.split())


def test_a_file_where_the_folder_should_be(rehearse: Keten, tmp_path: Path) -> None:
    """A path that cannot be written is wrong usage, not a fault of the program."""
    (tmp_path / "out").write_text("dear", encoding="utf-8")
    ran = rehearse("--clients", "10", "--out", tmp_path / "out")
    assert ran.code == 2
    assert str(tmp_path / "out") in ran.err
