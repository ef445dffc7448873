"""Gathers what is wrong with a message while it is read: counts all of it, keeps the first, and places it at the end.

Where a client stands is said only when all are counted: an index stands where there is more than one.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice

from keten.messages import Batch, Defect, Defects, Layout, Tables
from keten.messages.locating import Locator
from keten.messages.telling import Piece
from keten.standard import return_code, text_of
from keten.validation.findings import NOT_VALID, NOT_XML, Finding
from keten.validation.rules import ClientKeys, Offence, Offences, Plan
from keten.validation.structure import finding

MOST_PLACES = 1000
"""Places that one finding lists: those of one rule may be all rows of a client."""
MOST_TOLD = 100_000
"""Breaches of one rule in one batch that are told of. More there are only of rules about pairs, in a message made to harm;
then one finding says so that rejects the message as a whole."""

Told = Callable[[Finding], object]
"""Told of every finding, in the order in which they are found; who returns False need not be told of more."""

Found = Iterable[tuple[str, Offences]]


@dataclass(frozen=True, slots=True)
class Breach:
    """A rule that is broken; each place is the number of its client (None: none) and the path from there."""

    code: str
    client: int | None
    places: tuple[tuple[int | None, str], ...]


class Gathering:
    """Counts everything and keeps the first; tells of all of it, if somebody listens.

    `client_path` leads from the document to a client, before its index.
    """

    def __init__(self, most: int, client_path: str = "", tell: Told | None = None) -> None:
        self.most, self.kept, self.by_code = most, list[Finding | Defect | Breach](), Counter[str]()
        self._client_path, self._tell = client_path, tell
        self._clients = ClientKeys()

    def add_finding(self, found: Finding) -> None:
        """Take note of what was found by others."""
        self.by_code[found.code] += 1
        self._keep((found,), found.code)

    def add_defects(self, defects: Defects) -> None:
        """Take note of what the reader found; it is put into words only as far as somebody wants to know."""
        for part in defects.parts:
            if count := 1 if isinstance(part, Defect) else len(part):
                self.by_code[_code(part)] += count
        for defect in defects:
            if not self._wants:
                break
            self._keep((defect,), _code(defect))

    def add_header(self, plan: Plan, tables: Tables) -> None:
        """Judge the envelope by the rules."""
        self._add(plan.of_header(tables), plan.layout, tables, {})

    def add_clients(self, plan: Plan, batch: Batch, found: Found) -> None:
        """Take note of what offends in the clients of a batch."""
        if len(batch.numbers):
            self._add(found, plan.layout, batch.tables, dict(enumerate(batch.numbers.tolist())))
            if plan.client_key:
                self._clients.add(plan.keys(batch.tables), batch.numbers)

    def close(self) -> None:
        """Compare the clients with each other."""
        count, pairs = self._clients.doubles()
        if count:
            self.by_code["TR101"] += count
            self._keep((Breach("TR101", pair[1], ((pair[0], ""), (pair[1], ""))) for pair in pairs), "TR101")

    def findings(self, clients: int) -> tuple[Finding, ...]:
        """What was kept, as findings; `clients` is how many there are in all."""
        return tuple(_finding(one, self._client_path, single=clients == 1) for one in self.kept)

    @property
    def _wants(self) -> bool:
        """Whether one more finding would be kept or told of."""
        return bool(self._tell or not self.most or len(self.kept) < self.most)

    def _add(self, found: Found, layout: Layout, tables: Tables, numbers: Mapping[int, int]) -> None:
        before = len(self.kept)
        locate = Locator(layout, tables)
        for code, offences in found:
            if offences.count:
                self.by_code[code] += offences.count
                self._keep((_breach(code, offence, layout, locate, numbers) for offence in offences.listed), code)
        self.kept[before:] = sorted(self.kept[before:], key=lambda kept: kept.client or 0)

    def _keep(self, found: Iterable[Finding | Defect | Breach], code: str) -> None:
        """Keep the first of what was found, as far as there is room; the rest is looked at only to tell of it."""
        waiting = iter(found)
        kept = list(islice(waiting, max(self.most - len(self.kept), 0) if self.most else None))
        self.kept += kept
        if self._tell:
            for one in islice(chain(kept, waiting), MOST_TOLD):
                if self._tell(_finding(one, self._client_path, single=False)) is False:
                    self._tell = None
                    return
            if next(waiting, None) is not None:
                self._tell(Finding(code, "rule", "It is broken too often to tell of every place."))


def _code(part: Defect | Piece) -> str:
    """Under which code something is counted."""
    return NOT_XML if isinstance(part, Defect) and part.kind in ("not xml", "forbidden") else NOT_VALID


def _breach(code: str, offence: Offence, layout: Layout, locate: Locator, numbers: Mapping[int, int]) -> Breach:
    places = tuple(_places(offence, layout, locate, numbers))
    return Breach(code, numbers.get(offence.client), places)


def _places(
    offence: Offence, layout: Layout, locate: Locator, numbers: Mapping[int, int]
) -> Iterator[tuple[int | None, str]]:
    for place in islice(offence.places, MOST_PLACES):
        below = f"/{place.path}" if place.path else ""
        if place.table in layout.envelope_tables:
            yield None, f"/{layout.release.root_element}/{'/'.join(layout.tables[place.table].path)}{below}"
        else:
            row, path = locate(place.table, place.row)
            yield numbers[row], path + below


def _finding(kept: Finding | Defect | Breach, client_path: str, *, single: bool) -> Finding:
    def client(number: int | None) -> str:
        return client_path if single else f"{client_path}[{number}]"

    if isinstance(kept, Finding):
        return kept
    if isinstance(kept, Defect):
        return finding(kept, client(kept.client))
    return Finding(
        code=kept.code,
        layer="rule",
        text=text_of(kept.code),
        client=kept.client,
        locations=tuple(path if number is None else client(number) + path for number, path in kept.places),
        return_code=return_code(kept.code),
    )
