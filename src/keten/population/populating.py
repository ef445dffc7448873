"""Makes a population: its teams side by side, each writing its own messages."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl

from keten.core import FolderInUse, UsageError
from keten.core.tasks import Pool, Tell, run
from keten.population.accounting import ACCOUNT, UNFINISHED, Made, Population, account
from keten.population.dossiers import dossiers
from keten.population.drawing import Draw
from keten.population.filing import MESSAGES, write_files
from keten.population.identifiers import bsns
from keten.population.messages import records_of
from keten.population.proportions import Proportions, standard_proportions
from keten.population.teams import Team, first_regions, regions, teams
from keten.population.traits import draw_traits
from keten.standard import load

RELEASE = "1.2"


@dataclass(frozen=True, slots=True)
class Order:
    """What every team must know."""

    seed: int
    release: str
    proportions: Proportions
    folder: Path


def populate(
    folder: Path,
    clients: int,
    pool: Pool,
    tell: Tell,
    *,
    regions: int = 1,
    seed: int = 0,
    release: str = RELEASE,
    proportions: Proportions | None = None,
) -> Population:
    """Write the messages that zorgkantoren sent about synthetic clients, and population.json, the account of it.

    The same arguments give the same bytes, whatever the pool in which the teams work. An earlier population in the folder
    gives way.

    Raises:
        UsageError: a release, a number of clients or regions that there is not, or a folder that holds something else.
    """
    order = Order(seed, _known(release), proportions or standard_proportions(), folder)
    numbers = bsns(clients)  # raises for too many
    found = list(teams(clients, first_regions(regions), order.proportions.regions))
    _clear(folder)
    arguments = ((order, team, numbers[team.first :][: team.clients]) for team in found)
    made = run(pool, tell, "make", make_team, arguments, count=len(found))
    return account(order.release, seed, order.proportions, made, folder)


def make_team(order: Order, team: Team, numbers: npt.NDArray[np.int64]) -> Made:
    """Make up the clients of one team, with these BSNs, and write what was told of them."""
    draw = Draw(order.seed, team.number)
    traits, counts = draw_traits(order.proportions, draw, team.clients)
    known = dossiers(draw, team, traits, pl.Series(numbers))
    written = write_files(load(order.release), team, records_of(known.care, team), known, order.folder)
    return Made(team, counts, written)


def _known(reference: str) -> str:
    """The release, with its schema version. Raises UsageError for all but the one in which populations are made."""
    release = load(reference)
    if release.id != RELEASE:
        raise UsageError(
            f"Populations are made in release {RELEASE} only, not in {release.id}.",
            hint=f"Leave --release out; for messages of another release, convert a population of {RELEASE}.",
        )
    return release.reference


def _clear(folder: Path) -> None:
    """Make the folder, without the messages of an earlier population; it says that it is ours. Raises FolderInUse."""
    if folder.is_file() or (folder.is_dir() and any(folder.iterdir()) and not (folder / ACCOUNT).is_file()):
        raise FolderInUse(f"{folder} holds something that is no population.")
    folder.mkdir(parents=True, exist_ok=True)
    for code in regions():
        for message in MESSAGES:
            shutil.rmtree(folder / code / message, ignore_errors=True)
    (folder / ACCOUNT).write_text(UNFINISHED, encoding="utf-8")
