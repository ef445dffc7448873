"""Whether the messages of deliveries are valid, and what is wrong where they are not."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import polars as pl

from keten.campaign.worklists import WORK
from keten.core.tasks import Pool, Tell, run
from keten.messages import Source
from keten.validation import Finding, validate

Row = tuple[object, ...]

MESSAGES_IN_TASK, MOST_FINDINGS = 50, 1_000
"""Messages in one task, and findings of one message that a worklist names: with so many, the cause is one."""
ACTION = "Correct what made this message and hand it in again; keten validate shows all that is wrong with it."


@dataclass(frozen=True, slots=True)
class Validity:
    """What was found in messages.

    The numbers of messages, of clients, and of messages refused; findings by code; and rows of work (WORK).
    """

    messages: int = 0
    clients: int = 0
    refused: int = 0
    findings: Counter[str] = field(default_factory=Counter)
    rows: tuple[Row, ...] = ()

    def __add__(self, other: "Validity") -> "Validity":
        return Validity(
            self.messages + other.messages,
            self.clients + other.clients,
            self.refused + other.refused,
            self.findings + other.findings,
            self.rows + other.rows,
        )

    @property
    def work(self) -> pl.DataFrame:
        """What there is to do (WORK)."""
        return pl.DataFrame(self.rows, WORK, orient="row")

    def figures(self, prefix: str) -> dict[str, int]:
        """The figures under this name."""
        return {
            f"{prefix}.messages": self.messages,
            f"{prefix}.clients": self.clients,
            f"{prefix}.refused": self.refused,
            **{f"{prefix}.findings.{code}": count for code, count in self.findings.items()},
        }


def judge_validity(
    groups: Sequence[Sequence[Source]], pool: Pool, tell: Tell, step: str, *, release: str
) -> list[Validity]:
    """Judge groups of messages side by side; what was found in each group."""
    parts = [
        (group, sources[first : first + MESSAGES_IN_TASK])
        for group, sources in enumerate(groups)
        for first in range(0, len(sources), MESSAGES_IN_TASK)
    ]
    found = run(pool, tell, step, _judge, ((sources, release) for _, sources in parts), count=len(parts))
    together: list[list[Validity]] = [[] for _ in groups]
    for (group, _), one in zip(parts, found, strict=True):
        together[group].append(one)
    return [sum(some, Validity()) for some in together]


def _judge(sources: Sequence[Source], release: str) -> Validity:
    return sum((_of_one(source, release) for source in sources), Validity())


def _of_one(source: Source, release: str) -> Validity:
    report = validate(source, release=release, max_findings=MOST_FINDINGS)
    rows = tuple(row for one in report.findings for row in _rows(source.name, one))
    return Validity(1, report.clients, int(report.verdict != "valid"), Counter(report.by_code), rows)


def _rows(name: str, one: Finding) -> Iterator[Row]:
    if one.severity == "error":
        place = (name, one.client, one.locations[0] if one.locations else None)
        yield ("not valid", one.code, None, None, None, None, *place, None, one.text, ACTION)
