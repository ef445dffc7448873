"""The program, for every test of this folder."""

from pathlib import Path

import pytest

from tests.product.running import Keten, Ran, run


@pytest.fixture
def keten(capsys: pytest.CaptureFixture[str]) -> Keten:
    """Runs the program with arguments, and tells how it ended and what it printed."""

    def ran(*arguments: str | Path) -> Ran:
        return Ran(run(*arguments), *capsys.readouterr())

    return ran
