"""Whether a verdict still stands: its evidence is as it was, and the criteria still give the same answers."""

import json
from pathlib import Path

from keten.core.tasks import Pool, Tell
from keten.rehearsal.criteria import criteria_text, read_criteria
from keten.rehearsal.deciding import decide
from keten.rehearsal.evidence import Difference, NoEvidence, check, digest_of, read_manifest
from keten.rehearsal.judging import CRITERIA, FIGURES
from keten.rehearsal.questions import Trial


def verify(folder: Path, pool: Pool, tell: Tell) -> list[Difference]:
    """What is not as it was when the verdict was given. Raises NoEvidence, WrongCriteria."""
    return [*check(folder, pool, tell), *_derived(folder)]


def _derived(folder: Path) -> list[Difference]:
    """The figures and the verdict, where they do not follow from what they were derived from."""
    try:
        record = json.loads((folder / FIGURES).read_text(encoding="utf-8"))
        zorgkantoren = record["zorgkantoren"]
        trials = [Trial(code, one["madeBy"], one["figures"]) for code, one in zorgkantoren.items()]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise NoEvidence(f"The {FIGURES} in {folder} is damaged: {error}.") from None
    found = []
    if digest_of(zorgkantoren) != read_manifest(folder)["figures"]:
        found.append(Difference(f"{FIGURES}: the figures", "changed"))
    decided = decide(read_criteria(criteria_text(folder / CRITERIA)), trials)
    states = [(answer.question.criterion.id, answer.question.subject, answer.state) for answer in decided.answers]
    told = [(one["id"], answer["subject"], answer["state"]) for one in record["criteria"] for answer in one["answers"]]
    if (decided.verdict, states) != (record["verdict"], told):
        found.append(Difference(f"{FIGURES}: the verdict", "changed"))
    return found
