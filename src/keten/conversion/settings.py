"""What the parties agreed for a conversion: dates, target and the choices that the rules leave open ([K])."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, Field

from keten.core import UsageError
from keten.core.data import Given, read_toml
from keten.standard import Release, load, load_as_of
from keten.standard.tariffs import Tariffs

SOURCE_RELEASE = "1.2"
TARGET_RELEASE = "2.0"
MOST_REPEATS = 59
"""Repeats that a Toewijzingstijd can tell apart: 00:01:00 to 00:59:00."""

DIGITS = 9
"""Of a Bsn."""

HomePreference = Literal["list", "mpt"]
DAY = timedelta(days=1)
FIRST, LAST = date(1900, 1, 1), date(2999, 12, 31)
"""Between these days lies every cut-over that somebody means: the rules reckon with days before and after it."""


class WrongSettings(UsageError):
    """Settings that contradict each other or the rules."""

    hint = "See docs/conversion.md for the settings and the rules they belong to."


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of a conversion.

    `cutover` is D of the rules: from that day the new assignments hold. `assigned` is the Toewijzingsdatum of what is
    converted (N3), `dagtekening` that of the messages (M3), `repeat` the number of earlier deliveries (N6).
    `home_preference`: what becomes of stays whose client prefers home (Z1). `partners`: Bsn of the clients who are
    admitted as a partner (K2). `tariffs`: what the shares of an MPT are computed with (P2).
    """

    cutover: date = date(2018, 4, 1)
    assigned: date = date(2018, 4, 1)
    dagtekening: date = date(2018, 4, 3)
    to: str = "2.0"
    repeat: int = 0
    home_preference: HomePreference = "list"
    partners: frozenset[str] = field(default_factory=frozenset, repr=False)
    tariffs: Tariffs | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        if not FIRST <= self.cutover <= LAST:
            raise WrongSettings(f"The cut-over date {self.cutover} does not lie between {FIRST} and {LAST}.")
        if abs(self.assigned - self.cutover) > DAY or self.assigned > self.dagtekening:
            raise WrongSettings(
                f"The Toewijzingsdatum {self.assigned} must be the cut-over date {self.cutover}, the day before or the "
                f"day after it, and not later than the Dagtekening {self.dagtekening} (rule N3)."
            )
        if self.to.partition("@")[0] != TARGET_RELEASE:
            raise WrongSettings(
                f"Messages of {SOURCE_RELEASE} become messages of {TARGET_RELEASE}, not of {self.to!r}."
            )
        load(self.to)  # raises UnknownRelease
        if type(self.repeat) is not int or not 0 <= self.repeat <= MOST_REPEATS:
            raise WrongSettings(
                f"`repeat` must be a whole number from 0 to {MOST_REPEATS}, not {self.repeat!r} (rule N6)."
            )
        if self.home_preference not in get_args(HomePreference):
            raise WrongSettings(f"`home_preference` must be list or mpt, not {self.home_preference!r} (rule Z1).")
        if self.tariffs and self.cutover not in self.tariffs.valid:
            raise WrongSettings(f"The tariff table {self.tariffs} is not valid on the cut-over date {self.cutover}.")

    @property
    def eve(self) -> date:
        """The day before the cut-over: the last day of the old assignments."""
        return self.cutover - DAY

    @property
    def source(self) -> Release:
        """The release that is converted from."""
        return load(SOURCE_RELEASE)

    @property
    def target(self) -> Release:
        """The release that is converted to: in the schema version that was asked for, or counts on the Dagtekening."""
        return load(self.to) if "@" in self.to else load_as_of(self.to, self.dagtekening)


def _bsn(text: str) -> str:
    """A text that has the form of a Bsn."""
    if len(text) != DIGITS or not (text.isascii() and text.isdigit()):
        raise ValueError("should be a Bsn: nine digits, as a text (rule K2)")
    return text


class _File(Given):
    """What a settings file may say."""

    repeat: int | None = Field(default=None, ge=0, le=MOST_REPEATS)
    home_preference: HomePreference | None = None
    partners: list[Annotated[str, AfterValidator(_bsn)]] = Field(default_factory=list)


def with_file(settings: Settings, path: Path) -> Settings:
    """The settings with those of a TOML file: `repeat`, `home_preference`, and `partners`. Raises WrongSettings."""
    given = read_toml(path, _File, WrongSettings)
    return replace(
        settings,
        repeat=settings.repeat if given.repeat is None else given.repeat,
        home_preference=given.home_preference or settings.home_preference,
        partners=frozenset(given.partners),
    )
