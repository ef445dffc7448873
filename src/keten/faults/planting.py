"""Plants faults in the messages of a conversion, and writes down what was planted where: the answer sheet."""

import shutil
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Annotated, Any, ClassVar
from zlib import crc32

import numpy as np
import polars as pl
from pydantic import AfterValidator, ConfigDict

from keten.conversion import ASSIGNMENTS, FIGURES
from keten.core.data import Given, as_json, checked, read_json
from keten.core.marks import MARK, Mark, read_mark, write_mark
from keten.core.plain import plain
from keten.core.sheets import write_sheet
from keten.core.tasks import Pool, Tell, run
from keten.faults.catalogue import Fault, fault
from keten.faults.editing import NOWHERE, Place, plant_in, told
from keten.faults.plans import Edit, Row
from keten.faults.world import IN_SHARE, NotClean, World, survey

ANSWERS = "answers.csv"
COLUMNS = (
    "planting", "fault", "expects", "change", "file", "client", "location", "clean_file", "clean_client", "clean_location",
    "before", "after",
)  # fmt: skip
"""Columns of the answer sheet, a row per change. None names a client; the values of one may stand in the last two."""

ORDER = ("file", "client", "bsn", "besluit", "table", "row", "into_file", "into_client", "other", "taken")
"""What tells the candidates of a fault apart."""

WORK = ".planting"


@dataclass(frozen=True, slots=True)
class Planting:
    """A fault at one place: its number from 1, and its changes."""

    number: int
    fault: Fault
    edits: tuple[Edit, ...]


def plant(folder: Path, rates: Mapping[str, float], pool: Pool, tell: Tell, *, seed: int = 0) -> dict[str, int]:
    """Plant faults in the messages of a conversion in a folder, before it is published or in a copy; how many of each.

    `rates`: by the name of the fault, the share of the clients or files it can happen to; of a rate above 0 at least one.
    No client is touched by two of them. The same seed, rates and messages give the same faults. Raises UnknownFault,
    NotClean.
    """
    faults = [fault(name) for name in rates]
    figures = _figures(folder)
    names, settings = [one["name"] for one in figures["messages"]], figures["settings"]
    cutover = date.fromisoformat(settings["cutover"])
    world = survey(folder, names, pool, tell, release=settings["to"], cutover=cutover)
    plantings = list(choose(world, {one: rates[one.name] for one in faults}, seed))
    counts = {one.name: sum(planting.fault == one for planting in plantings) for one in faults}
    changed = {edit.file for planting in plantings for edit in planting.edits}
    figures["planted"] = {"seed": seed, "faults": counts, "files": [*sorted(changed - set(names)), ANSWERS]}
    with _workplace(folder) as work:
        seen = _draft(world, plantings, work, pool, tell)
        write_sheet(_answers(world, plantings, seen), folder / ANSWERS)
        (folder / FIGURES).write_text(as_json(figures), encoding="utf-8")
        _list(folder, work, [*changed, ANSWERS])
        _publish(work, folder, sorted(changed))
    return counts


def choose(world: World, rates: Mapping[Fault, float], seed: int) -> Iterator[Planting]:
    """Where each fault happens: what can happen to the fewest first, each client once."""
    touched: set[str] = set()
    number = 0
    for one in sorted(rates, key=lambda one: (_units(one, one.plan.candidates(world)), one.place)):
        rows = _ordered(one.plan.candidates(world))
        wanted = _wanted(_units(one, rows), rates[one])
        for row in islice(_apart(rows, touched, _chance(seed, one, rows.height), alone=one.plan.alone), wanted):
            edits = tuple(one.plan.edits(world, row))
            if edits:
                number += 1
                yield Planting(number, one, edits)


def _ordered(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows in an order that does not depend on how they were found."""
    return rows.sort([name for name in ORDER if name in rows.columns])


def _units(one: Fault, rows: pl.DataFrame) -> int:
    """To how many clients or files a fault can happen."""
    return rows["file" if one.per == "file" else "bsn"].n_unique() if rows.height else 0


def _wanted(units: int, rate: float) -> int:
    """How many of them it happens to: at least one of a rate above 0."""
    return max(1, round(rate * units)) if units and rate else 0


def _chance(seed: int, one: Fault, count: int) -> Any:  # noqa: ANN401
    """The rows in an order of chance, its own for every fault."""
    sequence = np.random.SeedSequence((seed, crc32(one.name.encode())))
    return np.argsort(np.random.Generator(np.random.PCG64(sequence)).random(count), kind="stable")


def _apart(rows: pl.DataFrame, touched: set[str], order: Sequence[int], *, alone: bool) -> Iterator[Row]:
    """Rows in that order that touch nobody who was touched before."""
    files: set[str] = set()
    bsns = rows["bsns"].to_list() if rows.height else []
    for place in order:
        whom = bsns[place]
        if touched.isdisjoint(whom):
            row = rows.row(int(place), named=True)
            if alone and row["file"] in files:
                continue
            touched.update(whom)
            files.add(row["file"])
            yield row


def _name(text: str) -> str:
    """The name of a message within its folder."""
    parts = PurePosixPath(text).parts
    if not parts or text.startswith("/") or ".." in parts or "\0" in text:
        raise ValueError("should be the name of a file within the folder")
    return text


def _day(text: str) -> str:
    """A date as it is written."""
    date.fromisoformat(text)
    return text


class _Loose(Given):
    """What is read of an account; other keys in it are kept as they are."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="ignore")


class _Message(_Loose):
    """A message that was made."""

    name: Annotated[str, AfterValidator(_name)]


class _Settings(_Loose):
    """What the messages were made by."""

    cutover: Annotated[str, AfterValidator(_day)]
    to: str


class _Account(_Loose):
    """The account of a conversion."""

    settings: _Settings
    messages: list[_Message]


def _figures(folder: Path) -> dict[str, Any]:
    """The figures of the conversion in a folder. Raises NotClean."""
    where = plain(str(folder))
    figures = read_json(folder / FIGURES, dict[str, Any], NotClean)
    account = checked(figures, _Account, str(folder / FIGURES), NotClean)
    if "planted" in figures:
        raise NotClean(f"Faults were planted in {where} before.", hint="Convert again, then plant.")
    if not account.messages:
        raise NotClean(
            f"The conversion in {where} made no messages to plant faults in.", hint="Convert other messages."
        )
    for name in (ASSIGNMENTS, *(one.name for one in account.messages)):
        if not (folder / name).is_file() or (folder / name).is_symlink():
            raise NotClean(f"The conversion in {where} has no file {plain(name)}.")
    return figures


@contextmanager
def _workplace(folder: Path) -> Iterator[Path]:
    """A place within the folder for what is not finished; it is gone afterwards."""
    work = folder / WORK
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir()
    try:
        yield work
    finally:
        shutil.rmtree(work)


def _draft(
    world: World, plantings: Sequence[Planting], work: Path, pool: Pool, tell: Tell
) -> dict[tuple[int, int], Place]:
    """Write every file that changes into the workplace; where each edit is seen, by planting and place among its edits."""
    by_file: dict[str, list[tuple[tuple[int, int], Edit]]] = defaultdict(list)
    for planting in plantings:
        for place, edit in enumerate(planting.edits):
            by_file[edit.file].append(((planting.number, place), edit))
    drafts = [(name, [edit for _, edit in by_file[name]]) for name in sorted(by_file)]
    shares = [drafts[first : first + IN_SHARE] for first in range(0, len(drafts), IN_SHARE)]
    arguments = ((world.folder, world.release, share, work) for share in shares)
    found = run(pool, tell, "plant", draft_share, arguments, count=len(shares))
    places = [one for share in found for some in share for one in some]
    keys = [key for name in sorted(by_file) for key, _ in by_file[name]]
    return dict(zip(keys, places, strict=True))


def draft_share(
    folder: Path, release: str, share: Sequence[tuple[str, Sequence[Edit]]], work: Path
) -> list[list[Place]]:
    """Write some files, from what is clean, into the workplace; where their edits are seen. One task."""
    return [
        [Place(NOWHERE, NOWHERE)] if edits[0].kind == "remove" else plant_in(folder, name, edits, release, work / name)
        for name, edits in share
    ]


def _list(folder: Path, work: Path, names: Sequence[str]) -> None:
    """Name files in the list of a folder, if it has one: it is the copy of a conversion that was published."""
    mark = read_mark(folder)
    if mark is not None:
        write_mark(Mark(folder, mark.kind, mark.files.union(names)), work / MARK)
        (work / MARK).replace(folder / MARK)


def _publish(work: Path, folder: Path, names: Sequence[str]) -> None:
    """Put what was written in its place; where nothing was, no message is left."""
    for name in names:
        if (work / name).exists():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (work / name).replace(folder / name)
        else:
            (folder / name).unlink(missing_ok=True)


def _answers(world: World, plantings: Sequence[Planting], seen: Mapping[tuple[int, int], Place]) -> pl.DataFrame:
    """The answer sheet: a row per change."""
    clean = set(world.files["file"])
    rows = [
        _answer(planting, edit, seen[planting.number, place], clean=edit.file in clean)
        for planting in plantings
        for place, edit in enumerate(planting.edits)
    ]
    numbers = dict.fromkeys(("planting", "client", "clean_client"), pl.Int64)
    return pl.DataFrame(rows, {name: numbers.get(name, pl.String) for name in COLUMNS}, orient="row")


def _answer(planting: Planting, edit: Edit, place: Place, *, clean: bool) -> tuple[Any, ...]:
    """A change: what was done, where it is seen now, where it was before, and the values there."""
    gone = edit.kind == "remove" or (edit.kind == "drop" and place.planted == NOWHERE)
    return (
        planting.number,
        planting.fault.name,
        " ".join(planting.fault.expects),
        edit.kind,
        "" if gone else edit.file,
        place.planted[0] or None,
        place.planted[1],
        edit.base or (edit.file if clean else ""),
        place.clean[0] or None,
        place.clean[1],
        place.before,
        told(edit.cells, list(edit.cells)),
    )
