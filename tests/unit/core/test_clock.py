"""A clock tells a moment with its zone, and the day is that of the Netherlands wherever the machine stands."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest

from keten.core.clock import ZONE, Clock, SystemClock, today


@dataclass(frozen=True, slots=True)
class Standing:
    """A clock that stands still."""

    at: datetime

    def now(self) -> datetime:
        """The moment at which it stands."""
        return self.at


def test_the_clock_of_the_machine_tells_the_moment_with_its_zone() -> None:
    """The same moment as any other clock has, in the hours of Amsterdam."""
    clock: Clock = SystemClock()
    assert clock.now().tzinfo is ZONE
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(minutes=1)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2018, 4, 1, 21, 59, tzinfo=UTC), date(2018, 4, 1)),
        (datetime(2018, 4, 1, 22, 0, tzinfo=UTC), date(2018, 4, 2)),
        (datetime(2018, 12, 31, 22, 59, tzinfo=UTC), date(2018, 12, 31)),
        (datetime(2018, 12, 31, 23, 0, tzinfo=UTC), date(2019, 1, 1)),
    ],
)
def test_a_day_begins_at_midnight_in_the_netherlands(moment: datetime, day: date) -> None:
    """In summer at 22:00 UTC, in winter at 23:00."""
    assert today(Standing(moment)) == day
