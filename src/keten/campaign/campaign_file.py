"""A campaign as it is written down: the zorgkantoren, what they handed in, and the former round to compare with."""

import datetime as dt
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Annotated

from pydantic import Field

from keten.campaign.values import Word
from keten.conversion import Settings, with_file
from keten.core import UsageError, reason_of
from keten.core.data import Given, from_toml, read_plain
from keten.core.plain import plain
from keten.standard.tariffs import load_tariffs

KETEN = "keten"
"""The maker of deliveries that keten's own conversion made: they come with an account (conversion.json)."""

ACCOUNT = "conversion.json"

Kept = Mapping[Path, Path]
"""Copies that are read instead of files: so that what is read is what was hashed."""

NONE_KEPT: Kept = MappingProxyType({})

Day = Annotated[dt.date, Field(ge=dt.date(1900, 1, 1), le=dt.date(2999, 12, 31))]


class WrongCampaign(UsageError):
    """A file that describes no campaign."""

    hint = "See docs/campaign.md for how a campaign is written."


class _Head(Given):
    name: Word
    trial: Annotated[int, Field(ge=1, le=1_000_000)]
    day: Day | None = Field(None, alias="date")
    former: Word | None = None
    criteria: Word | None = None


class _Settings(Given):
    cutover: Day = Settings().cutover
    assigned: Day | None = None
    dagtekening: Day = Settings().dagtekening
    to: Word = Settings().to
    tariffs: Word | None = None
    file: Word | None = None


class _Zorgkantoor(Given):
    code: Word
    before: Word
    after: Word | None = None
    made_by: Word = KETEN
    account: Word | None = None


class _File(Given):
    campaign: _Head
    settings: _Settings = Field(default_factory=_Settings)
    zorgkantoor: Annotated[list[_Zorgkantoor], Field(min_length=1)]


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

    `file` says all this; `base`: the folder that names of files are told from; `settings`: of the conversion that is tried,
    with the files `settled_by` that they come from; `former`: the campaign.json of the round before; `criteria`: None for
    those that keten proposes, and `chosen` if they are not those that the file names.
    """

    file: Path
    name: str
    trial: int
    day: dt.date | None
    base: Path
    deliveries: Sequence[Delivery]
    settings: Settings = field(default_factory=Settings)
    settled_by: Sequence[Path] = ()
    former: Path | None = None
    criteria: Path | None = None
    chosen: Path | None = None


def read_campaign(path: Path, *, criteria: Path | None = None, kept: Kept = NONE_KEPT) -> Campaign:
    """The campaign of a TOML file; its paths are told from its folder. Other criteria may be given.

    What is kept of the files that it is made of is read in their place. Raises WrongCampaign, WrongSettings, WrongTariffs.
    """
    file = Path(os.path.realpath(path.parent)) / path.name
    given = from_toml(read_plain(kept.get(file, path), WrongCampaign), _File, str(path), WrongCampaign)
    base, head = file.parent, given.campaign
    tariffs, further = _below(base, given.settings.tariffs), _below(base, given.settings.file)
    settings = _settings(given.settings, _plain(tariffs, kept), _plain(further, kept))
    chosen = criteria and criteria.absolute()
    return Campaign(
        file=file,
        name=head.name,
        trial=head.trial,
        day=head.day,
        base=base,
        deliveries=_deliveries(given.zorgkantoor, base, settings),
        settings=settings,
        settled_by=[one for one in (tariffs, further) if one],
        former=_below(base, head.former),
        criteria=chosen or _below(base, head.criteria),
        chosen=chosen,
    )


def _plain(path: Path | None, kept: Kept) -> Path | None:
    """Where to read a file, or its copy: a plain one, and of bounded size. Raises WrongCampaign."""
    place = path and kept.get(path, path)
    if place is not None:
        read_plain(place, WrongCampaign)
    return place


def _below(base: Path, name: str | None) -> Path | None:
    return None if name is None else base / name


def _deliveries(given: Sequence[_Zorgkantoor], base: Path, settings: Settings) -> tuple[Delivery, ...]:
    codes = [one.code for one in given]
    if unknown := sorted(set(codes) - settings.source.types["LDT_ZorgkantoorCode"].codes.keys()):
        raise WrongCampaign(f"Release {settings.source.id} has no zorgkantoor {', '.join(unknown)}.")
    if twice := sorted({code for code in codes if codes.count(code) > 1}):
        raise WrongCampaign(f"The campaign names zorgkantoor {', '.join(twice)} more than once.")
    return tuple(_delivery(one, base) for one in given)


def _delivery(given: _Zorgkantoor, base: Path) -> Delivery:
    before, after = base / given.before, _below(base, given.after)
    for path in (before, after):
        if path is not None and not _exists(path, given.code):
            raise WrongCampaign(f"Zorgkantoor {given.code}: there is no file or folder {plain(str(path))}.")
    beside = after / ACCOUNT if after is not None and given.made_by == KETEN else None
    return Delivery(given.code, before, after, given.made_by, _below(base, given.account) or beside)


def _exists(path: Path, code: str) -> bool:
    try:
        return path.exists()
    except OSError as error:
        raise WrongCampaign(f"Zorgkantoor {code}: {plain(str(path))} cannot be read: {reason_of(error)}.") from None


def _settings(given: _Settings, tariffs: Path | None, further: Path | None) -> Settings:
    """The settings of the conversion that is tried. Raises WrongSettings, WrongTariffs."""
    settings = Settings(
        cutover=given.cutover,
        assigned=given.assigned or given.cutover,
        dagtekening=given.dagtekening,
        to=given.to,
        tariffs=load_tariffs(tariffs) if tariffs else None,
    )
    return with_file(settings, further) if further else settings
