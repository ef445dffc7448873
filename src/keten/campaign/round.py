"""A round from end to end: measured, held against the criteria, compared with the former one, and put on record."""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

from keten.campaign.campaign_file import Campaign, WrongCampaign, read_campaign
from keten.campaign.criteria import WrongCriteria, read_criteria, standard_criteria
from keten.campaign.evidence import freeze
from keten.campaign.holding import Desk, Held, NotHeld, given, hold, messages_in, papers, whole
from keten.campaign.measuring import measure
from keten.campaign.page import page
from keten.campaign.reporting import Former, Record, record_of
from keten.campaign.trend import changes
from keten.campaign.values import Count, Counts, Part
from keten.campaign.worklists import write_work
from keten.core.data import as_json, from_json, read_plain
from keten.core.folders import filling
from keten.core.tasks import Pool, Tell

KIND = "campaign"
FIGURES, CRITERIA, PAGE = "campaign.json", "criteria.yaml", "index.html"


@dataclass(frozen=True, slots=True)
class Judged:
    """A round that was judged: what stands in campaign.json, and the seal of its evidence."""

    figures: dict[str, Any]
    seal: str


class _Head(Part):
    trial: Count


class _Zorgkantoor(Part):
    figures: Counts


class _Former(Part):
    campaign: _Head
    verdict: Literal["Go", "No-go"]
    zorgkantoren: dict[str, _Zorgkantoor]


def judge(campaign: Campaign, folder: Path, pool: Pool, tell: Tell) -> Judged:
    """Judge a round of trial conversions, and write its record into a folder, in the place of an earlier one.

    Nothing in the record depends on when or where it was made. Raises FolderInUse, NotHeld, WrongCampaign, WrongCriteria,
    WrongAccount, UnreadablePath.
    """
    with filling(folder, KIND, _inputs(campaign)) as draft:
        desk = Desk(draft.folder.resolve(), draft.scratch, pool, tell)
        held = hold(campaign, desk)
        whole(held)
        return put_on_record(campaign, held, draft.new, desk)


def put_on_record(campaign: Campaign, held: Held, made: Path, desk: Desk) -> Judged:
    """Judge what is held, and write the record into a folder. Raises as `judge` does."""
    campaign = _as_held(campaign, held)
    text = _criteria(campaign, held)
    criteria, former = read_criteria(text, str(campaign.criteria or CRITERIA)), _former(campaign, held)
    measured = measure(campaign, held.copies, desk.place, desk.pool, desk.tell)
    compared = changes(former.figures, measured.trials) if former else []
    repairs = {code: write_work(one, made, code) for code, one in measured.work.items()}
    figures = record_of(Record(campaign, criteria, measured, former, compared, repairs))
    (made / CRITERIA).write_bytes(text)
    (made / PAGE).write_text(page(figures), encoding="utf-8")
    (made / FIGURES).write_text(as_json(figures), encoding="utf-8")
    return Judged(figures, freeze(campaign, held, made, desk.home))


def _inputs(campaign: Campaign) -> list[Path]:
    """All that will be read. Raises UnreadablePath."""
    return [*papers(campaign), *(file for path in given(campaign) for file in messages_in(path))]


def _as_held(campaign: Campaign, held: Held) -> Campaign:
    """The campaign as the copies say it, which are on record. Raises NotHeld when they say another one."""
    again = read_campaign(campaign.file, criteria=campaign.chosen, kept=held.copies)
    if papers(again) != papers(campaign) or given(again) != given(campaign):
        raise NotHeld(f"{campaign.file} changed while it was read.")
    return again


def _criteria(campaign: Campaign, held: Held) -> bytes:
    """The text of the criteria. Raises WrongCriteria."""
    if campaign.criteria is None:
        return standard_criteria().encode()
    return read_plain(held.copies[campaign.criteria], WrongCriteria)


def _former(campaign: Campaign, held: Held) -> Former | None:
    """The former round, from its campaign.json. Raises WrongCampaign."""
    if campaign.former is None:
        return None
    content = read_plain(held.copies[campaign.former], WrongCampaign)
    found = from_json(content, _Former, str(campaign.former), WrongCampaign)
    return Former(
        trial=found.campaign.trial,
        verdict=found.verdict,
        sha256=sha256(content).hexdigest(),
        figures={code: one.figures for code, one in found.zorgkantoren.items()},
    )
