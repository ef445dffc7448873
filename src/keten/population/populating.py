"""Makes a population: its teams side by side, each writing its own messages."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl

from keten.core import UsageError
from keten.core.folders import filling
from keten.core.tasks import Pool, Tell, run
from keten.population.accounting import Made, Population, account
from keten.population.drawing.chance import Draw
from keten.population.drawing.traits import draw_traits
from keten.population.people.identifiers import bsns
from keten.population.proportions import Proportions, standard_proportions
from keten.population.teams import Team, first_regions, teams
from keten.population.told.dossiers import dossiers
from keten.population.told.filing import write_files
from keten.population.told.messages import records_of
from keten.standard import load

RELEASE = "1.2"
KIND = "population"


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
    inputs: Iterable[Path] = (),
) -> Population:
    """Write the messages that zorgkantoren sent about synthetic clients, and population.json, the account of it.

    The same arguments give the same bytes, whatever the pool in which the teams work. Nothing appears in the folder before
    all is written; an earlier population there gives way. `inputs`: the files that were read for it.

    Raises:
        UsageError: a release, a number of clients or regions that there is not, or a folder that holds something else.
    """
    known, mix = _known(release), proportions or standard_proportions()
    numbers = bsns(clients)
    found = list(teams(clients, first_regions(regions), mix.regions))
    with filling(folder, KIND, inputs) as draft:
        order = Order(seed, known, mix, draft.new)
        arguments = ((order, team, numbers[team.first :][: team.clients]) for team in found)
        made = run(pool, tell, "make", make_team, arguments, count=len(found))
        return account(known, seed, mix, made, draft.new)


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
