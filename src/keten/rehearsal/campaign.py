"""A campaign as it is written down: the zorgkantoren, what they handed in, and the former round to compare with."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from keten.conversion import Settings, with_file
from keten.core import UsageError, reason_of
from keten.standard.tariffs import load_tariffs

KETEN = "keten"
"""The maker of deliveries that keten's own conversion made: they come with an account (conversion.json)."""

ACCOUNT = "conversion.json"


class WrongCampaign(UsageError):
    """A file that describes no campaign."""

    hint = "See docs/campaign.md for how a campaign is written."


@dataclass(frozen=True, slots=True)
class Delivery:
    """What a zorgkantoor handed in: its folders (or files, or zip files) before and after; `after` is None until it does.

    `made_by` is the system that converted. `account`: the conversion.json of keten's conversion.
    """

    zorgkantoor: str
    before: Path
    after: Path | None
    made_by: str = KETEN
    account: Path | None = None


@dataclass(frozen=True, slots=True)
class Campaign:
    """One round of trial conversions.

    `base`: the folder that names of files are told from; `settings`: of the conversion that is tried; `former`: the
    campaign.json of the round before; `papers`: the files that say all this, as far as they are files.
    """

    name: str
    trial: int
    day: date | None
    base: Path
    deliveries: Sequence[Delivery]
    settings: Settings = field(default_factory=Settings)
    former: Path | None = None
    criteria: Path | None = None
    papers: Sequence[Path] = ()


def read_campaign(path: Path, *, criteria: Path | None = None) -> Campaign:
    """The campaign of a TOML file; its paths are told from its folder. Other criteria may be given. Raises WrongCampaign."""
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise WrongCampaign(f"The campaign {path} cannot be read: {reason_of(error)}.") from None
    _only(given, {"campaign", "settings", "zorgkantoor"}, "The campaign file")
    head = given.get("campaign", {})
    _only(head, {"name", "trial", "date", "former", "criteria"}, "[campaign]")
    base = path.parent
    settings, further = _settings(given.get("settings", {}), base)
    return Campaign(
        name=_text(head, "name", "[campaign]"),
        trial=_number(head, "trial"),
        day=_day(head, "date", "[campaign]"),
        base=base,
        deliveries=_deliveries(given.get("zorgkantoor", []), base, settings),
        settings=settings,
        former=_path(head, "former", base),
        criteria=criteria or _path(head, "criteria", base),
        papers=(path, *further),
    )


def _deliveries(given: Any, base: Path, settings: Settings) -> tuple[Delivery, ...]:  # noqa: ANN401 TOML holds anything
    if not isinstance(given, list) or not given:
        raise WrongCampaign("The campaign names no [[zorgkantoor]].")
    deliveries = tuple(_delivery(one, base) for one in given)
    codes = [one.zorgkantoor for one in deliveries]
    if unknown := sorted(set(codes) - settings.source.types["LDT_ZorgkantoorCode"].codes.keys()):
        raise WrongCampaign(f"Release {settings.source.id} has no zorgkantoor {', '.join(unknown)}.")
    if twice := sorted({code for code in codes if codes.count(code) > 1}):
        raise WrongCampaign(f"The campaign names zorgkantoor {', '.join(twice)} more than once.")
    return deliveries


def _delivery(given: Mapping[str, Any], base: Path) -> Delivery:
    _only(given, {"code", "before", "after", "made_by", "account"}, "[[zorgkantoor]]")
    code = _text(given, "code", "[[zorgkantoor]]")
    where = f"Zorgkantoor {code}"
    before, after = _path(given, "before", base), _path(given, "after", base)
    if before is None:
        raise WrongCampaign(f"{where} lacks `before`: the folder with its messages of 1.2.")
    for path in (before, after):
        if path is not None and not path.exists():
            raise WrongCampaign(f"{where}: there is no file or folder {path}.")
    made_by = _text(given, "made_by", where) if "made_by" in given else KETEN
    beside = after / ACCOUNT if after is not None and made_by == KETEN else None
    return Delivery(code, before, after, made_by, _path(given, "account", base) or beside)


def _settings(given: Any, base: Path) -> tuple[Settings, list[Path]]:  # noqa: ANN401 TOML holds anything
    """The settings of the conversion that is tried, and the files they come from. Raises WrongSettings."""
    _only(given, {"cutover", "assigned", "dagtekening", "to", "tariffs", "file"}, "[settings]")
    default = Settings()
    cutover = _day(given, "cutover", "[settings]") or default.cutover
    tariffs, file = _path(given, "tariffs", base), _path(given, "file", base)
    settings = Settings(
        cutover=cutover,
        assigned=_day(given, "assigned", "[settings]") or cutover,
        dagtekening=_day(given, "dagtekening", "[settings]") or default.dagtekening,
        to=_text(given, "to", "[settings]") if "to" in given else default.to,
        tariffs=load_tariffs(tariffs) if tariffs else None,
    )
    papers = [path for path in (tariffs, file) if path]
    return with_file(settings, file) if file else settings, papers


def _only(given: Any, known: set[str], where: str) -> None:  # noqa: ANN401 TOML holds anything
    if not isinstance(given, dict):
        raise WrongCampaign(f"{where} must hold names with values.")
    if unknown := given.keys() - known:
        raise WrongCampaign(f"{where} has an unknown part: {', '.join(sorted(unknown))}.")


def _text(given: Mapping[str, Any], name: str, where: str) -> str:
    if not isinstance(given.get(name), str) or not given[name]:
        raise WrongCampaign(f"{where} must have a text `{name}`.")
    return str(given[name])


def _number(given: Mapping[str, Any], name: str) -> int:
    number = given.get(name)
    if isinstance(number, bool) or not isinstance(number, int) or number < 1:
        raise WrongCampaign(f"[campaign] must have a number `{name}`: 1 for the first round.")
    return number


def _day(given: Mapping[str, Any], name: str, where: str) -> date | None:
    day = given.get(name)
    if day is not None and (not isinstance(day, date) or hasattr(day, "hour")):
        raise WrongCampaign(f"{where}: `{name}` must be a date, such as 2018-02-26.")
    return day


def _path(given: Mapping[str, Any], name: str, base: Path) -> Path | None:
    if name not in given:
        return None
    return base / _text(given, name, "A path")
