"""What a judgement is measured by: the dates, the target and the choices that the parties agreed ([K])."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Literal

from pydantic import Field

from keten.core import UsageError
from keten.core.data import Given, read_toml
from keten.standard import Release, load, load_as_of
from keten.standard.tariffs import Tariffs

BEFORE, AFTER = "1.2", "2.0"
"""The releases of the messages before and after."""

FIRST, LAST = date(1900, 1, 1), date(2999, 12, 31)
"""Between these days lies every cut-over that somebody means: the rules reckon with days before and after it."""

HomePreference = Literal["list", "mpt"]


class WrongSettings(UsageError):
    """Settings that contradict each other or the rules."""

    hint = "See docs/acceptance.md for the settings and the rules they belong to."


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of a judgement, named as those of a conversion.

    `cutover` is D of the rules, `assigned` the Toewijzingsdatum that was agreed (N3), `dagtekening` the date of the
    messages (M3). `home_preference`: what becomes of stays whose client prefers home (Z1). `partners`: Bsn of the clients
    who are admitted as a partner (K2). `tariffs`: what shares of an MPT are computed with (P2).
    """

    cutover: date = date(2018, 4, 1)
    assigned: date = date(2018, 4, 1)
    dagtekening: date = date(2018, 4, 3)
    to: str = "2.0"
    home_preference: HomePreference = "list"
    partners: frozenset[str] = field(default_factory=frozenset, repr=False)
    tariffs: Tariffs | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        if not FIRST <= self.cutover <= LAST:
            raise WrongSettings(f"The cut-over date {self.cutover} does not lie between {FIRST} and {LAST}.")
        load(self.to)  # raises UnknownRelease
        if self.to.partition("@")[0] != AFTER:
            raise WrongSettings(f"A conversion is judged in messages of release {AFTER}, not of {self.to!r}.")
        if self.assigned not in self.assignable or self.assigned > self.dagtekening:
            raise WrongSettings(
                f"The Toewijzingsdatum {self.assigned} is not one that rule N3 allows for a conversion on {self.cutover} "
                f"in messages of {self.dagtekening}."
            )
        if self.tariffs is not None and self.cutover not in self.tariffs.valid:
            raise WrongSettings(f"The tariff table {self.tariffs} is not valid on the cut-over date {self.cutover}.")

    @property
    def assignable(self) -> tuple[date, date, date]:
        """The days that a Toewijzingsdatum may be (N3): the eve of the cut-over, the cut-over, the day after it."""
        day = timedelta(days=1)
        return self.cutover - day, self.cutover, self.cutover + day

    @property
    def source(self) -> Release:
        """The release of the messages before."""
        return load(BEFORE)

    @property
    def target(self) -> Release:
        """The release to be: in the schema version that was asked for, or counts on the Dagtekening."""
        return load(self.to) if "@" in self.to else load_as_of(self.to, self.dagtekening)


class _File(Given):
    """What a settings file may say. `repeat` is for those who convert: a judge takes any number of deliveries."""

    repeat: int | None = None
    home_preference: HomePreference | None = None
    partners: list[str] = Field(default_factory=list)


def with_file(settings: Settings, path: Path) -> Settings:
    """The settings with those of a TOML file, the same file that a conversion takes. Raises WrongSettings."""
    given = read_toml(path, _File, WrongSettings)
    preference = given.home_preference or settings.home_preference
    return replace(settings, home_preference=preference, partners=frozenset(given.partners))
