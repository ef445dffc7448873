"""Whether a verdict still stands: what it rests on is as it was, and all that was derived from it is derived again."""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from keten.campaign.campaign_file import Campaign, read_campaign
from keten.campaign.copying import Digest
from keten.campaign.criteria import read_criteria
from keten.campaign.evidence import (
    MANIFEST,
    Difference,
    Manifest,
    NoEvidence,
    aside_differs,
    differences,
    own_files,
    read_manifest,
    seal_of,
)
from keten.campaign.holding import Desk, Held, hold
from keten.campaign.questions import Trial
from keten.campaign.reporting import conclusions
from keten.campaign.round import CRITERIA, FIGURES, put_on_record
from keten.campaign.values import Counts, Part, Word
from keten.core import UsageError
from keten.core.data import from_json, read_plain
from keten.core.folders import finished
from keten.core.scratch import scratch
from keten.core.tasks import Pool, Tell

OWN, MADE = "own", "made"
"""Where copies of the record come, and the record that is made again."""

CONCLUDED = ("verdict", "criteria", "turns", "national")


@dataclass(frozen=True, slots=True)
class Verified:
    """What is not as it was when the verdict was given, and the seal of the evidence as it is now."""

    differences: Sequence[Difference]
    seal: str


@dataclass(frozen=True, slots=True)
class _Found:
    """What was handed in, as it is found now; or why it cannot be judged again."""

    differences: Sequence[Difference]
    campaign: Campaign | None = None
    held: Held | None = None


class _Zorgkantoor(Part):
    madeBy: Word  # noqa: N815 as it is written
    repair: Word
    figures: Counts


class _Record(Part):
    zorgkantoren: dict[Word, _Zorgkantoor]


def verify(folder: Path, pool: Pool, tell: Tell) -> Verified:
    """Hash all again, judge again what was handed in, and hold what comes of it against the record.

    Where what was handed in is not as it was, what follows from the figures of the record alone is derived again. Of what
    the record names nothing is opened but the campaign file and chosen criteria. Raises NoEvidence, FolderInUse.
    """
    if os.path.lexists(folder):
        finished(folder)
    manifest, content = read_manifest(folder)
    with scratch() as place:
        desk = Desk(Path(os.path.realpath(folder)), place, pool, tell)
        record, unread = own_files(desk.home, place / OWN, pool, tell)
        found = differences(manifest.record, record, unread)
        given = _given(manifest, desk)
        if given.campaign is None or given.held is None or given.differences:
            derived = _concluded(place / OWN)
        else:
            derived = _judged_again(given.campaign, given.held, desk, record, content)
    told = {one.path for one in found}
    return Verified([*found, *given.differences, *(one for one in derived if one.path not in told)], seal_of(content))


def _given(manifest: Manifest, desk: Desk) -> _Found:
    """What was handed in, as the campaign file says where it is."""
    home = desk.home
    try:
        chosen = None if manifest.criteria is None else home / manifest.criteria
        campaign = read_campaign(home / manifest.campaign, criteria=chosen)
        held = hold(campaign, desk)
    except UsageError as error:
        gone = [Difference(name, "gone") for name in manifest.given if not os.path.lexists(home / name)]
        return _Found([*gone, Difference(manifest.campaign, "unreadable", str(error))])
    changed = differences(manifest.given, held.files, held.unread)
    return _Found([*changed, *aside_differs(manifest.aside, held.aside)], campaign, held)


def _judged_again(
    campaign: Campaign, held: Held, desk: Desk, record: Mapping[str, Digest], content: bytes
) -> list[Difference]:
    """Where the record is not what comes of judging again what was handed in."""
    made = desk.place / MADE
    made.mkdir()
    try:
        put_on_record(campaign, held, made, desk)
    except UsageError as error:
        return [Difference(FIGURES, "unfounded", str(error))]
    again, manifest = read_manifest(made)
    names = [name for name in sorted(again.record.keys() | record.keys()) if again.record.get(name) != record.get(name)]
    if not names and manifest != content:
        names = [MANIFEST]
    return [Difference(name, "unfounded") for name in names]


def _concluded(own: Path) -> list[Difference]:
    """The parts of campaign.json that do not follow from its own figures and the criteria."""
    try:
        content = read_plain(own / FIGURES, NoEvidence)
        given = from_json(content, _Record, FIGURES, NoEvidence).zorgkantoren
        criteria = read_criteria(read_plain(own / CRITERIA, NoEvidence), CRITERIA)
    except UsageError as error:
        return [Difference(f"{FIGURES}: verdict", "unfounded", str(error))]
    trials = [Trial(code, one.madeBy, one.figures) for code, one in given.items()]
    follows = json.loads(json.dumps(conclusions(criteria, trials, {code: one.repair for code, one in given.items()})))
    told = json.loads(content)
    return [Difference(f"{FIGURES}: {name}", "unfounded") for name in CONCLUDED if told.get(name) != follows[name]]
