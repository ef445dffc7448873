"""Whether a verdict still stands: its evidence is as it was, and the criteria still give the same answers."""

import json
from collections.abc import Sequence
from pathlib import Path

from keten.core.tasks import Pool, Tell
from keten.rehearsal.criteria import WrongCriteria, criteria_text, read_criteria
from keten.rehearsal.deciding import decide
from keten.rehearsal.evidence import Difference, NoEvidence, check, digest_of, read_manifest
from keten.rehearsal.judging import CRITERIA, FIGURES
from keten.rehearsal.questions import Trial


def verify(folder: Path, pool: Pool, tell: Tell) -> list[Difference]:
    """What is not as it was when the verdict was given. Raises NoEvidence."""
    return [*check(folder, pool, tell), *_derived(folder)]


def _derived(folder: Path) -> list[Difference]:
    """The figures and the verdict, where they do not follow from what they were derived from."""
    try:
        record = json.loads((folder / FIGURES).read_text(encoding="utf-8"))
        zorgkantoren = record["zorgkantoren"]
        trials = [Trial(code, one["madeBy"], one["figures"]) for code, one in zorgkantoren.items()]
        told = (
            record["verdict"],
            [(one["id"], said["subject"], said["state"]) for one in record["criteria"] for said in one["answers"]],
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise NoEvidence(f"The {FIGURES} in {folder} is damaged: {error}.") from None
    found = []
    if digest_of(zorgkantoren) != read_manifest(folder)["figures"]:
        found.append(Difference(f"{FIGURES}: the figures", "changed"))
    if _decided(folder, trials) != told:
        found.append(Difference(f"{FIGURES}: the verdict", "changed"))
    return found


def _decided(folder: Path, trials: Sequence[Trial]) -> tuple[str, list[tuple[str, str, str]]] | None:
    """The verdict and the answers that follow from the figures; None where the criteria are gone or spoilt."""
    try:
        decided = decide(read_criteria(criteria_text(folder / CRITERIA)), trials)
    except WrongCriteria:
        return None
    return decided.verdict, [(one.question.criterion.id, one.question.subject, one.state) for one in decided.answers]
