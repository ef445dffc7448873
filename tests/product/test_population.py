"""keten population, as a user runs it."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from keten.cli import main
from keten.messages import find_sources
from keten.validation import validate


class Ran(NamedTuple):
    """How a command ended."""

    code: int
    out: str
    err: str


Keten = Callable[..., Ran]


@pytest.fixture
def keten(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Keten:
    """Runs the program with arguments."""

    def run(*arguments: str) -> Ran:
        monkeypatch.setattr(sys, "argv", ["keten", "population", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        return Ran(int(str(ended.value.code or 0)), printed.out, printed.err)

    return run


def test_a_region(keten: Keten, tmp_path: Path) -> None:
    """Valid messages, a folder per zorgkantoor and message, and the account; said in one line."""
    out = tmp_path / "region"
    ran = keten("--clients", "120", "--seed", "7", "--out", str(out), "--share", "cross_regional=0.3", "--jobs", "1")
    account = json.loads((out / "population.json").read_text(encoding="utf-8"))
    messages = [source.name for source in find_sources([str(out)])]
    assert ran.code == 0
    assert f"120 clients in {len(messages):,} messages, all fictitious" in ran.out
    assert (account["clients"], account["seed"], account["regions"]) == (120, 7, {"5501": 120})
    assert all(validate(message).verdict == "valid" for message in messages)
    assert (out / "5501" / "AW33").is_dir()
    assert (out / "5501" / "ZK33").is_dir()


def test_without_exceptions(keten: Keten, tmp_path: Path) -> None:
    """Nothing is asked that the conversion cannot convert, unless by name."""
    out = str(tmp_path / "clean")
    ran = keten("--clients", "20", "--out", out, "--no-exceptions", "--share", "ex05_profile_later=1", "--jobs", "1")
    traits = json.loads((tmp_path / "clean" / "population.json").read_text(encoding="utf-8"))["traits"]
    asked = {name for name, trait in traits.items() if "exception" in trait and trait["asked"] > 0}
    assert ran.code == 0
    assert asked == {"ex05_profile_later"}
    assert traits["ex05_profile_later"]["clients"] == 20


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--clients", "10", "--release", "2.0"], "Populations are made in release 1.2 only, not in 2.0"),
        (["--clients", "10", "--regions", "40"], "There are 32 regions, not 40"),
        (["--clients", "10", "--share", "secret"], "'secret' is not a trait and its share"),
        (["--clients", "10", "--share", "happy=1"], "There is no trait 'happy'"),
        (["--clients", "0"], "Invalid value for '--clients'"),
        ([], "Missing option '--clients'"),
    ],
)
def test_wrong_usage(keten: Keten, tmp_path: Path, arguments: list[str], said: str) -> None:
    """Exit code 2, what is wrong in one sentence, and no folder left behind."""
    out = tmp_path / "out"
    ran = keten(*arguments, "--out", str(out))
    assert ran.code == 2
    assert said in " ".join(ran.err.split())
    assert not out.exists()
