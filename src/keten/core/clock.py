"""What time it is in the Netherlands. The only module that asks the machine: whoever needs the time is given a clock."""

from datetime import date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Amsterdam")
"""Where the days of the iWlz begin and end."""


class Clock(Protocol):
    """Tells the time as it is in the Netherlands."""

    def now(self) -> datetime:
        """This moment, with its zone."""
        ...


class SystemClock:
    """The clock of the machine."""

    def now(self) -> datetime:
        """This moment, with its zone."""
        return datetime.now(ZONE)


def today(clock: Clock) -> date:
    """The day it is in the Netherlands."""
    return clock.now().astimezone(ZONE).date()
