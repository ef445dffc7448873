"""Judges many messages by their structure and counts: for those who look at a delivery as a whole."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from keten.core.tasks import Pool, Tell, run
from keten.messages import Source
from keten.validation.validating import validate

MESSAGES_IN_TASK = 50


@dataclass(frozen=True, slots=True)
class Tally:
    """What was found in a number of messages; `findings` by code and element, `refused` the names of those not valid."""

    messages: int = 0
    clients: int = 0
    bytes: int = 0
    findings: Counter[tuple[str, str]] = field(default_factory=Counter)
    refused: tuple[str, ...] = ()

    @property
    def all_valid(self) -> bool:
        """Whether nothing is wrong with any of them."""
        return not self.refused

    def most_found(self, most: int) -> list[tuple[str, int]]:
        """The findings that occur most, in words, with their number."""
        return [(f"{code} {element}", count) for (code, element), count in self.findings.most_common(most)]

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.messages + other.messages,
            self.clients + other.clients,
            self.bytes + other.bytes,
            self.findings + other.findings,
            self.refused + other.refused,
        )


def tally_all(sources: Sequence[Source], pool: Pool, tell: Tell, step: str, *, release: str | None = None) -> Tally:
    """Judge messages side by side in a pool."""
    parts = [sources[first : first + MESSAGES_IN_TASK] for first in range(0, len(sources), MESSAGES_IN_TASK)]
    return sum(run(pool, tell, step, tally, ((part, release) for part in parts), count=len(parts)), Tally())


def tally(sources: Sequence[Source], release: str | None) -> Tally:
    """Judge messages one by one."""
    return sum((_of_one(source, release) for source in sources), Tally())


def _of_one(source: Source, release: str | None) -> Tally:
    report = validate(source, release=release, rules=False)
    found = Counter((one.code, one.locations[0].rsplit("/")[-1] if one.locations else "") for one in report.findings)
    refused = () if report.verdict == "valid" else (source.name,)
    return Tally(1, report.clients, report.input.bytes, found, refused)
