"""What the parties agreed for a conversion: dates, target and the choices that the rules leave open ([K])."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Literal

from keten.core import UsageError
from keten.standard import Release, load, load_as_of

SOURCE_RELEASE = "1.2"
HomePreference = Literal["list", "mpt"]


class WrongSettings(UsageError):
    """Settings that contradict each other or the rules."""

    hint = "See docs/conversion.md for the settings and the rules they belong to."


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of a conversion.

    `cutover` is D of the rules: from that day the new assignments hold. `assigned` is the Toewijzingsdatum of what is
    converted (N3), `dagtekening` that of the messages (M3), `repeat` the number of earlier deliveries (N6).
    `home_preference`: what becomes of stays whose client prefers home (Z1). `partners`: Bsn of the clients who are
    admitted as a partner (K2).
    """

    cutover: date = date(2018, 4, 1)
    assigned: date = date(2018, 4, 1)
    dagtekening: date = date(2018, 4, 3)
    to: str = "2.0"
    repeat: int = 0
    home_preference: HomePreference = "list"
    partners: frozenset[str] = field(default_factory=frozenset, repr=False)

    def __post_init__(self) -> None:
        day = timedelta(days=1)
        if abs(self.assigned - self.cutover) > day or self.assigned > self.dagtekening:
            raise WrongSettings(
                f"The Toewijzingsdatum {self.assigned} must be the cut-over date {self.cutover}, the day before or the "
                f"day after it, and not later than the Dagtekening {self.dagtekening} (rule N3)."
            )

    @property
    def eve(self) -> date:
        """The day before the cut-over: the last day of the old assignments."""
        return self.cutover - timedelta(days=1)

    @property
    def source(self) -> Release:
        """The release that is converted from."""
        return load(SOURCE_RELEASE)

    @property
    def target(self) -> Release:
        """The release that is converted to: in the schema version that was asked for, or counts on the Dagtekening."""
        return load(self.to) if "@" in self.to else load_as_of(self.to, self.dagtekening)


def with_file(settings: Settings, path: Path) -> Settings:
    """The settings with those of a TOML file: `repeat`, `home_preference`, and `partners`, a list of Bsn."""
    try:
        given: Mapping[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise WrongSettings(f"The settings file {path} cannot be read: {error}.") from None
    unknown = given.keys() - {"repeat", "home_preference", "partners"}
    if unknown:
        raise WrongSettings(f"The settings file {path} has unknown settings: {', '.join(sorted(unknown))}.")
    return replace(settings, **{**given, "partners": frozenset(given.get("partners", ()))})
