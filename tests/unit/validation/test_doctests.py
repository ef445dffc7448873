"""The examples in the docstrings and in the documentation hold."""

import doctest
import shutil
from pathlib import Path

import pytest

from keten.core import plain
from keten.validation import advising

ROOT = Path(__file__).parents[3]


def test_the_examples_in_docstrings_hold() -> None:
    """Each as it stands."""
    for module in (advising, plain):
        outcome = doctest.testmod(module)
        assert (outcome.failed, outcome.attempted > 0) == (0, True)


def test_the_examples_in_the_documentation_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a message lies beside the program."""
    shutil.copy(ROOT / "tests" / "cases" / "messages" / "AW35.xml", tmp_path)
    monkeypatch.chdir(tmp_path)
    outcome = doctest.testfile(str(ROOT / "docs" / "validation.md"), module_relative=False)
    assert (outcome.failed, outcome.attempted > 10) == (0, True)
