"""A round from end to end: measured, held against the criteria, compared with the former one, and put on record."""

import json
import shutil
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from keten.core import FolderInUse, reason_of
from keten.core.tasks import Pool, Tell
from keten.rehearsal.campaign import Campaign, WrongCampaign
from keten.rehearsal.criteria import criteria_text, read_criteria, standard_criteria
from keten.rehearsal.deciding import decide
from keten.rehearsal.evidence import MANIFEST, Basis, freeze
from keten.rehearsal.measuring import measure
from keten.rehearsal.page import page
from keten.rehearsal.reporting import Former, Record, as_json
from keten.rehearsal.trend import changes
from keten.rehearsal.turning import what_would_turn
from keten.rehearsal.worklists import write_work

FIGURES, CRITERIA, PAGE = "campaign.json", "criteria.yaml", "index.html"


@dataclass(frozen=True, slots=True)
class Judged:
    """A round that was judged: what stands in campaign.json, and the seal of its evidence."""

    figures: dict[str, Any]
    seal: str


def judge(campaign: Campaign, folder: Path, pool: Pool, tell: Tell) -> Judged:
    """Judge a round of trial conversions, and write its record into a folder.

    Nothing in the record depends on when or where it was made. Raises FolderInUse, WrongCampaign, WrongCriteria,
    WrongAccount, UnreadablePath.
    """
    text = criteria_text(campaign.criteria) if campaign.criteria else standard_criteria()
    criteria, former = read_criteria(text), _former(campaign)
    _clear(folder)
    measured = measure(campaign, folder, pool, tell)
    decision, turns = decide(criteria, measured.trials), what_would_turn(criteria, measured.trials)
    compared = changes(former.figures, measured.trials) if former else []
    repairs = {code: write_work(work, folder, code) for code, work in measured.work.items()}
    figures = as_json(Record(campaign, criteria, measured, decision, turns, former, compared, repairs))
    (folder / CRITERIA).write_text(text, encoding="utf-8")
    (folder / PAGE).write_text(page(figures), encoding="utf-8")
    (folder / FIGURES).write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    basis = Basis(_papers(campaign), _inputs(campaign), figures["zorgkantoren"])
    return Judged(figures, freeze(folder, basis, pool, tell))


def _former(campaign: Campaign) -> Former | None:
    """The former round, from its campaign.json. Raises WrongCampaign."""
    if campaign.former is None:
        return None
    try:
        content = campaign.former.read_bytes()
    except OSError as error:
        raise WrongCampaign(f"The former round {campaign.former} cannot be read: {reason_of(error)}.") from None
    try:
        given = json.loads(content)
        return Former(
            trial=given["campaign"]["trial"],
            verdict=given["verdict"],
            sha256=sha256(content).hexdigest(),
            figures={code: one["figures"] for code, one in given["zorgkantoren"].items()},
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        raise WrongCampaign(
            f"{campaign.former} is no record of a former round.",
            hint="Give the campaign.json that the round before left.",
        ) from None


def _clear(folder: Path) -> None:
    """Make the folder, without the record of an earlier judgement. Raises FolderInUse."""
    if folder.is_file() or (folder.is_dir() and any(folder.iterdir()) and not (folder / MANIFEST).is_file()):
        raise FolderInUse(f"{folder} holds something that is no record of a campaign.")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)


def _papers(campaign: Campaign) -> list[Path]:
    accounts = [one.account for one in campaign.deliveries if one.account is not None]
    given = [path for path in (campaign.former, campaign.criteria) if path is not None]
    return [*campaign.papers, *given, *accounts]


def _inputs(campaign: Campaign) -> list[Path]:
    every = [path for one in campaign.deliveries for path in (one.before, one.after)]
    return [path for path in every if path is not None]
