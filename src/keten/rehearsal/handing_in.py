"""What zorgkantoren hand in for a trial of a rehearsal: the conversion, with the faults of a scenario planted in it."""

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from keten.conversion import FIGURES
from keten.core.data import as_json, read_json
from keten.core.tasks import Pool, Tell
from keten.faults import ANSWERS, NotClean, plant
from keten.rehearsal.scenarios import Scenario


@dataclass(frozen=True, slots=True)
class Planted:
    """What was planted: how many of each fault, and by which codes a judge finds them.

    `must`: the codes that must be found; `may`: those that may come with them.
    """

    faults: Mapping[str, int] = field(default_factory=dict)
    must: frozenset[str] = frozenset()
    may: frozenset[str] = frozenset()


def hand_in(clean: Path, folder: Path, scenario: Scenario, pool: Pool, tell: Tell, *, seed: int) -> Planted:
    """Put into a new folder what zorgkantoren hand in: a conversion, with the faults of a scenario."""
    shutil.copytree(clean, folder)
    figures = read_json(folder / FIGURES, dict[str, Any], NotClean)
    senders = sorted({one["sender"] for one in figures["messages"]})[: scenario.zorgkantoren]
    theirs = [one for one in figures["messages"] if one["sender"] in senders]
    _with_messages(folder / FIGURES, theirs)  # faults come in what the account names
    faults = plant(folder, scenario.faults, pool, tell, seed=seed)
    _with_messages(folder / FIGURES, figures["messages"])
    return _answers(folder, faults)


def _with_messages(path: Path, messages: Sequence[Mapping[str, Any]]) -> None:
    """Let the account of a conversion name these messages."""
    figures = read_json(path, dict[str, Any], NotClean)
    path.write_text(as_json({**figures, "messages": messages}), encoding="utf-8")


def _answers(folder: Path, faults: Mapping[str, int]) -> Planted:
    """What the answer sheet expects."""
    expects = [codes.split() for codes in pl.read_csv(folder / ANSWERS, infer_schema=False)["expects"].unique()]
    return Planted(
        faults=faults,
        must=frozenset(codes[0] for codes in expects),
        may=frozenset(code for codes in expects for code in codes),
    )
