"""What tests of a record share: workers, and a round with its record."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from keten.core.tasks import Pool
from tests.unit.campaign.small_round import hand_in, judged
from tests.unit.threads import threads


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    """Threads, for nothing here is heavy."""
    with threads(2) as workers:
        yield workers


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, pool: Pool) -> Path:
    """A round with its record."""
    place = tmp_path_factory.mktemp("whole")
    hand_in(place)
    judged(place, pool)
    return place
