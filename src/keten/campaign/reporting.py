"""The record of a round for programs: campaign.json (docs/campaign.md)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from fractions import Fraction
from functools import partial
from typing import Any

from keten.campaign.campaign_file import Campaign
from keten.campaign.criteria import Criterion
from keten.campaign.deciding import Answer, Decision, decide
from keten.campaign.figures import words_of
from keten.campaign.measuring import Measured
from keten.campaign.questions import Figures, Trial, figures_of
from keten.campaign.trend import Change
from keten.campaign.what_would_turn import what_would_turn

DECIMALS = 3


@dataclass(frozen=True, slots=True)
class Former:
    """The round before: its number, verdict, the hash of its campaign.json, and its figures by zorgkantoor."""

    trial: int
    verdict: str
    sha256: str
    figures: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Record:
    """All that is known of a round when it was judged; `repairs` are the names of the worklists by zorgkantoor."""

    campaign: Campaign
    criteria: Sequence[Criterion]
    measured: Measured
    former: Former | None
    changes: Sequence[Change]
    repairs: Mapping[str, str]


def record_of(record: Record) -> dict[str, Any]:
    """The record as it stands in campaign.json."""
    campaign, former, trials = record.campaign, record.former, record.measured.trials
    concluded = conclusions(record.criteria, trials, record.repairs)
    return {
        "campaign": {
            "name": campaign.name,
            "trial": campaign.trial,
            "date": campaign.day.isoformat() if campaign.day else None,
        },
        "verdict": concluded["verdict"],
        "settings": _settings(campaign),
        **{name: concluded[name] for name in ("criteria", "turns", "national")},
        "zorgkantoren": {
            trial.zorgkantoor: {
                "madeBy": trial.made_by,
                "repair": record.repairs[trial.zorgkantoor],
                "work": record.measured.work[trial.zorgkantoor].height,
                "figures": dict(trial.figures),
            }
            for trial in trials
        },
        "former": {"trial": former.trial, "verdict": former.verdict, "sha256": former.sha256} if former else None,
        "changes": [{**asdict(change), "words": words_of(change.figure)} for change in record.changes],
    }


def conclusions(criteria: Sequence[Criterion], trials: Sequence[Trial], repairs: Mapping[str, str]) -> dict[str, Any]:
    """What follows from the figures of a round and the criteria alone: these parts of campaign.json, by their names."""
    decision, figures = decide(criteria, trials), figures_of(trials)
    told = partial(_criterion, decision=decision, figures=figures, repairs=repairs)
    return {
        "verdict": decision.verdict,
        "criteria": [told(one) for one in criteria],
        "turns": [{**asdict(turn), "words": words_of(turn.figure)} for turn in what_would_turn(criteria, trials)],
        "national": _national(trials),
    }


def _settings(campaign: Campaign) -> dict[str, Any]:
    settings = campaign.settings
    return {
        "cutover": settings.cutover.isoformat(),
        "assigned": settings.assigned.isoformat(),
        "dagtekening": settings.dagtekening.isoformat(),
        "from": settings.source.reference,
        "to": settings.target.reference,
        "tariffs": str(settings.tariffs) if settings.tariffs else None,
    }


def _criterion(
    criterion: Criterion, decision: Decision, figures: Figures, repairs: Mapping[str, str]
) -> dict[str, Any]:
    answers = [one for one in decision.answers if one.question.criterion is criterion]
    return {
        "id": criterion.id,
        "says": criterion.says,
        "measure": list(criterion.measure),
        "of": list(criterion.of),
        "scope": criterion.scope,
        criterion.bound: number(criterion.limit),
        "blocking": criterion.blocking,
        "askedOf": criterion.asked_of,
        "agreedBy": criterion.agreed_by,
        "agreedOn": criterion.agreed_on.isoformat() if criterion.agreed_on else None,
        "source": criterion.source,
        "state": state([one.state for one in answers]),
        "answers": [_answer(one, figures, repairs) for one in answers],
    }


def state(states: Sequence[str]) -> str:
    """The state of a criterion as a whole: the worst of those of its subjects."""
    order = ("not met", "not measured", "met", "not asked")
    return min(states, key=order.index, default="not asked")


def _answer(one: Answer, figures: Figures, repairs: Mapping[str, str]) -> dict[str, Any]:
    """An answer with its evidence: the figures that are not nothing, and where the places stand."""
    used = [leaf for leaf in (*one.question.parts, *one.question.wholes) if figures[leaf]]
    return {
        "subject": one.question.subject,
        "state": one.state,
        "part": one.part,
        "whole": one.whole,
        "value": None if one.value is None else number(one.value),
        "notMeasured": [list(leaf) for leaf in one.question.missing],
        "figures": [[*leaf, figures[leaf]] for leaf in used],
        "files": [repairs[code] for code in dict.fromkeys(code for code, _ in used)] if one.blocks else [],
    }


def number(value: Fraction) -> int | float:
    """A number as it is written: whole where it is whole, else rounded."""
    return value.numerator if value.denominator == 1 else round(float(value), DECIMALS)


def _national(trials: Sequence[Trial]) -> dict[str, int]:
    """The sums over all zorgkantoren, of what was measured."""
    total: Counter[str] = Counter()
    for trial in trials:
        total.update(trial.figures)
    return dict(sorted(total.items()))
