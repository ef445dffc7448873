"""A trial of a rehearsal: a scenario handed in, judged, and held against what was planted."""

import json
from dataclasses import dataclass
from pathlib import Path

from keten.campaign import ACCOUNT, FIGURES, Judged, judge, read_campaign
from keten.conversion import Settings
from keten.core.tasks import Pool, Tell
from keten.rehearsal.handing_in import Planted, hand_in
from keten.rehearsal.scenarios import Scenario

BEFORE, AFTER, HANDED_IN, TRIAL = "before", "after", "handed-in-{}", "trial-{}"
"""The folders, within that of the rehearsal: the messages of 1.2, those made of them, what is handed in for a trial with
faults, and the record of a trial."""

TARIFFS, NOTHING = "tariffs.yaml", "nothing-to-send.txt"
"""The tariffs of a rehearsal, in its folder; and what a zorgkantoor hands in that has nothing to send."""

NAME = "Rehearsal of the move from iWlz {} to {}"


@dataclass(frozen=True, slots=True)
class Stage:
    """Where trials are rehearsed: the folder, with the messages before and after, the settings, and the workers."""

    folder: Path
    settings: Settings
    seed: int
    pool: Pool
    tell: Tell


@dataclass(frozen=True, slots=True)
class Round:
    """A trial of a rehearsal: its number, what was tried and planted, and what came of it."""

    number: int
    scenario: Scenario
    planted: Planted
    judged: Judged

    @property
    def folder(self) -> str:
        """The folder of its record, within the rehearsal's."""
        return TRIAL.format(self.number)

    @property
    def verdict(self) -> str:
        """Go or No-go."""
        return str(self.judged.figures["verdict"])

    @property
    def found(self) -> set[str]:
        """The codes by which the judge found anything."""
        names = (figure.split(".", 2) for figure in self.judged.figures["national"])
        return {name[2] for name in names if name[:2] in (["judge", "error"], ["judge", "differs"])}

    @property
    def surprises(self) -> list[str]:
        """What did not come out as the scenario and the planted faults say it must: who cannot tell, cannot judge."""
        missed, imagined = sorted(self.planted.must - self.found), sorted(self.found - self.planted.may)
        said = [
            (self.verdict != self.scenario.verdict, f"{self.scenario.verdict} was expected, not {self.verdict}."),
            (missed, f"Faults were planted that the judge did not find: {', '.join(missed)}."),
            (imagined, f"The judge found what was not planted: {', '.join(imagined)}."),
        ]
        return [words for is_so, words in said if is_so]


def try_out(stage: Stage, number: int, scenario: Scenario) -> Round:
    """Try a scenario, as a trial of this number."""
    handed_in, planted = stage.folder / AFTER, Planted()
    if scenario.faults:
        handed_in = stage.folder / HANDED_IN.format(number)
        planted = hand_in(stage.folder / AFTER, handed_in, scenario, stage.pool, stage.tell, seed=stage.seed)
    written = _written(stage, number, handed_in)
    judged = judge(read_campaign(written), stage.folder / TRIAL.format(number), stage.pool, stage.tell)
    return Round(number, scenario, planted, judged)


def _written(stage: Stage, number: int, handed_in: Path) -> Path:
    """A trial as the file of a campaign: what the zorgkantoren hand in, and the trial before."""
    settings = stage.settings
    lines = [
        "[campaign]",
        _line("name", NAME.format(settings.source.id, settings.target.id)),
        _line("trial", number),
        *([_line("former", f"{TRIAL.format(number - 1)}/{FIGURES}")] if number > 1 else []),
        "",
        "[settings]",
        *(f"{name} = {getattr(settings, name)}" for name in ("cutover", "assigned", "dagtekening")),
        _line("to", settings.to),
        _line("tariffs", TARIFFS),
        *_deliveries(stage.folder / BEFORE, handed_in),
    ]
    path = stage.folder / f"{TRIAL.format(number)}.toml"
    path.write_text("\n".join([*lines, ""]), encoding="utf-8")
    return path


def _line(name: str, value: str | int) -> str:
    return f"{name} = {json.dumps(value)}"


def _deliveries(before: Path, after: Path) -> list[str]:
    """What each zorgkantoor that sent messages before hands in, be it that it has nothing to send."""
    codes = sorted(path.name for path in before.iterdir() if any(path.glob("*/*.xml")))
    for code in codes:
        if not (after / code).is_dir():
            (after / code).mkdir()
            (after / code / NOTHING).write_text(f"{code} has nothing to send.\n", encoding="utf-8")
    return [line for code in codes for line in _delivery(code, f"{before.name}/{code}", after.name)]


def _delivery(code: str, before: str, after: str) -> list[str]:
    told = {"code": code, "before": before, "after": f"{after}/{code}", "account": f"{after}/{ACCOUNT}"}
    return ["", "[[zorgkantoor]]", *(_line(name, value) for name, value in told.items())]
