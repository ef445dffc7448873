"""What a judgement is measured by: the dates, the target and the choices that the parties agreed ([K])."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Literal, get_args

from keten.core import UsageError, reason_of
from keten.standard import Release, load, load_as_of
from keten.standard.tariffs import Tariffs

BEFORE, AFTER = "1.2", "2.0"
"""The releases of the messages before and after."""

EARLIEST, LATEST = date(2000, 1, 1), date(2999, 12, 31)
"""The days on which a conversion may be; what lies further off is a slip of the pen."""

KNOWN = frozenset({"repeat", "home_preference", "partners"})
"""What a settings file may hold. `repeat` is for those who convert: a judge takes any number of deliveries."""


HomePreference = Literal["list", "mpt"]
HOME_PREFERENCES: tuple[HomePreference, ...] = get_args(HomePreference)


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
        if not EARLIEST <= self.cutover <= LATEST:
            raise WrongSettings(f"A conversion on {self.cutover} cannot be judged: only from {EARLIEST} to {LATEST}.")
        if self.to.partition("@")[0] != AFTER:
            raise WrongSettings(f"A conversion is judged from {BEFORE} to {AFTER}, not to {self.to!r}.")
        load(self.to)  # raises UnknownRelease
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


def with_file(settings: Settings, path: Path) -> Settings:
    """The settings with those of a TOML file, the same file that a conversion takes. Raises WrongSettings."""
    try:
        given: Mapping[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise WrongSettings(f"The settings file {path} cannot be read: {reason_of(error)}.") from None
    unknown = given.keys() - KNOWN
    if unknown:
        raise WrongSettings(f"The settings file {path} has unknown settings: {', '.join(sorted(unknown))}.")
    preference, partners = given.get("home_preference", settings.home_preference), given.get("partners", [])
    if preference not in HOME_PREFERENCES:
        raise WrongSettings(f"home_preference in {path} must be one of {', '.join(HOME_PREFERENCES)}.")
    if not isinstance(partners, list) or not all(isinstance(one, str) for one in partners):
        raise WrongSettings(f"partners in {path} must be a list of Bsn, each in quotes.")
    return replace(settings, home_preference=preference, partners=frozenset(partners))
