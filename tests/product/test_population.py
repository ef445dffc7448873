"""keten population, as a user runs it."""

import json
from functools import partial
from pathlib import Path

import pytest

from keten.messages import find_sources
from keten.validation import validate
from tests.product.running import Keten


@pytest.fixture
def population(keten: Keten) -> Keten:
    """Runs the command with arguments."""
    return partial(keten, "population")


def test_a_region(population: Keten, tmp_path: Path) -> None:
    """Valid messages, a folder per zorgkantoor and message, and the account; said in one line."""
    out = tmp_path / "region"
    ran = population("--clients", "120", "--seed", "7", "--out", out, "--share", "cross_regional=0.3", "--jobs", "1")
    account = json.loads((out / "population.json").read_text(encoding="utf-8"))
    messages = [source.name for source in find_sources([str(out)])]
    assert ran.code == 0
    assert f"Clients: 120, in {len(messages):,} messages. All are fictitious" in ran.out
    assert (account["clients"], account["seed"], account["regions"]) == (120, 7, {"5501": 120})
    assert all(validate(message).verdict == "valid" for message in messages)
    assert (out / "5501" / "AW33").is_dir()
    assert (out / "5501" / "ZK33").is_dir()


def test_without_exceptions(population: Keten, tmp_path: Path) -> None:
    """Nothing is asked that the conversion cannot convert, unless by name."""
    out = tmp_path / "clean"
    ran = population(
        "--clients", "20", "--out", out, "--no-exceptions", "--share", "ex05_profile_later=1", "--jobs", "1"
    )
    traits = json.loads((out / "population.json").read_text(encoding="utf-8"))["traits"]
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
def test_wrong_usage(population: Keten, tmp_path: Path, arguments: list[str], said: str) -> None:
    """Exit code 2, what is wrong in one sentence, and no folder left behind."""
    out = tmp_path / "out"
    ran = population(*arguments, "--out", out)
    assert ran.code == 2
    assert said in " ".join(ran.err.split())
    assert not out.exists()


@pytest.mark.parametrize("count", [10**9, 10**20])
def test_more_clients_than_there_are_numbers_for(keten: Keten, tmp_path: Path, count: int) -> None:
    """Refused before anything is made, or memory would run out over dividing them."""
    ran = keten("population", "--clients", str(count), "--out", tmp_path / "none")
    assert (ran.code, "There are BSNs for at most" in ran.err, (tmp_path / "none").exists()) == (2, True, False)
