"""What if another schema version, or another release, counted? Reads messages once and counts what each would refuse."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import numpy.typing as npt
import polars as pl

from keten.messages import Layout, Source, Tables, read
from keten.messages.joining import client_rows
from keten.standard import Release, load
from keten.validation.dating import judge_as_of
from keten.validation.trials import Probe, Reason, not_compared, probes_of

MOST_PATTERNS = 200
"""Patterns that are told apart for one element; the rest is counted together."""
OTHER = "..."
NOBODY = -1
"""The client of what stands outside the clients."""

Key = tuple[str, Reason, str, str]


@dataclass(frozen=True, slots=True)
class Refusal:
    """What would be refused of one element for one reason: how its values are written, how many, in how many clients."""

    element: str
    reason: Reason
    pattern: str
    expected: str
    elements: int
    clients: int


@dataclass(frozen=True, slots=True)
class Trial:
    """What one release or schema version would refuse, the most frequent first.

    `by_value_only`: the messages are of another release. `not_compared`: their elements that have no namesake there, and
    the names of messages that it does not have.
    """

    against: str
    messages: int
    clients: int
    elements: int
    refusals: tuple[Refusal, ...]
    by_value_only: bool
    not_compared: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What would be refused of a number of messages. What is wrong already is not tried: those are counted apart."""

    messages: int
    clients: int
    unreadable: int
    wrong_clients: int
    trials: tuple[Trial, ...]

    @property
    def refused(self) -> bool:
        """Whether any of the trials refuses anything."""
        return any(trial.elements for trial in self.trials)


@dataclass(slots=True)
class _Counting:
    """The counts of one trial."""

    target: Release
    reference: str
    messages: int = 0
    clients: int = 0
    elements: Counter[Key] = field(default_factory=Counter)
    in_clients: Counter[Key] = field(default_factory=Counter)
    patterns: Counter[str] = field(default_factory=Counter)
    not_compared: set[str] = field(default_factory=set)
    by_value_only: bool = False

    def begin(self, layout: Layout) -> None:
        """Note what cannot be compared of a message."""
        self.by_value_only |= layout.release.id != self.target.id
        if layout.message.name not in self.target.messages:
            self.not_compared.add(layout.message.name)
        elif layout.release.id != self.target.id:
            self.not_compared |= not_compared(layout, self.target)

    def count(self, layout: Layout, tables: Tables, clients: dict[str, npt.NDArray[np.int64]]) -> bool:
        """Count what is refused in tables; whether anything is. `clients` has the client of each row, if it has one."""
        refused: list[npt.NDArray[np.int64]] = []
        for probe in _firing(layout, self.target, tables):
            offending = tables[probe.table].select(
                probe.offends.fill_null(value=False).alias("offends"), probe.pattern.alias("pattern")
            )
            rows = np.flatnonzero(offending["offends"].to_numpy())
            whose = clients[probe.table][rows] if probe.table in clients else np.full(len(rows), NOBODY)
            self._add(probe, offending["pattern"][rows], whose)
            refused.append(whose)
        everyone = np.unique(np.concatenate(refused)) if refused else np.zeros(0, np.int64)
        self.clients += int((everyone != NOBODY).sum())
        return bool(refused)

    def _add(self, probe: Probe, patterns: pl.Series, clients: npt.NDArray[np.int64]) -> None:
        """Add offending cells to the counts of their patterns."""
        cells = pl.DataFrame({"pattern": patterns.fill_null(""), "client": clients})
        of_client = pl.col("client").filter(pl.col("client") != NOBODY).n_unique()
        counted = cells.group_by("pattern", maintain_order=True).agg(pl.len(), of_client.alias("clients"))
        for pattern, elements, many in counted.iter_rows():
            key: Key = (probe.path, probe.reason, pattern, probe.expected)
            if key not in self.elements:
                self.patterns[probe.path] += 1
                if self.patterns[probe.path] > MOST_PATTERNS:
                    key = (probe.path, probe.reason, OTHER, probe.expected)
            self.elements[key] += elements
            self.in_clients[key] += many

    def trial(self) -> Trial:
        """The outcome."""
        order = sorted(self.elements, key=lambda key: (-self.elements[key], key))
        refusals = tuple(
            Refusal(*key[:3], expected=key[3], elements=self.elements[key], clients=self.in_clients[key])
            for key in order
        )
        total = self.elements.total()
        unlike = tuple(sorted(self.not_compared))
        return Trial(self.reference, self.messages, self.clients, total, refusals, self.by_value_only, unlike)


def _firing(layout: Layout, target: Release, tables: Tables) -> Iterator[Probe]:
    """The probes that find anything in the tables, asked of a whole table at once."""
    probes = probes_of(layout, target)
    for name, frame in tables.items():
        own = {str(number): probe for number, probe in enumerate(probes) if probe.table == name}
        if own and frame.height:
            fires = frame.select(probe.offends.any().alias(number) for number, probe in own.items())
            yield from (probe for number, probe in own.items() if fires[number].item())


def what_if(
    sources: Iterable[Source],
    against: Sequence[str],
    *,
    release: str | None = None,
    as_of: date | None = None,
    jobs: int = 1,
) -> WhatIf:
    """Count what other releases or schema versions would refuse of messages that are right now.

    Args:
        sources: the messages.
        against: the releases to try, optionally with their schema versions (`2.0@1.3`).
        release: what counts now, as for `validate`.
        as_of: what counts now is what counted on this day.
        jobs: threads that read side by side.

    Raises:
        UnknownRelease: there is no such release.
        UnreadablePath: a source cannot be opened.
    """
    now = load(release) if release is not None else None
    trials = [_Counting(load(reference), reference) for reference in dict.fromkeys(against)]
    counts: Counter[str] = Counter()
    for source in sources:
        counts.update(_try(source, trials, now, as_of, jobs))
    return WhatIf(
        counts["messages"],
        counts["clients"],
        counts["unreadable"],
        counts["wrong"],
        tuple(counting.trial() for counting in trials),
    )


def _try(
    source: Source, trials: list[_Counting], release: Release | None, as_of: date | None, jobs: int
) -> dict[str, int]:
    """Try one message; how many messages, clients and so on it adds."""
    with source.open() as stream:
        reading = read(stream, pick=(lambda _: release) if release else load)
        if as_of:
            judge_as_of(reading, as_of, choose=release is None)
        layout = reading.layout
        if layout is None:
            return {"messages": 1, "unreadable": 1}
        for trial in trials:
            trial.begin(layout)
        refused = [trial.count(layout, reading.header, {}) for trial in trials]
        right = 0
        for batch in reading.batches(jobs=jobs):
            right += len(batch.numbers)
            if len(batch.numbers):
                whose = client_rows(layout.client_tables, batch.tables)
                refused = [
                    trial.count(layout, batch.tables, whose) or had for trial, had in zip(trials, refused, strict=True)
                ]
    for trial, had in zip(trials, refused, strict=True):
        trial.messages += had
    broken = any(defect.kind in ("not xml", "forbidden") for defect in reading.defects)
    return {
        "messages": 1,
        "clients": reading.clients,
        "unreadable": int(broken),
        "wrong": reading.clients - right,
    }
