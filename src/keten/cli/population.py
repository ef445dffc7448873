"""keten population: synthetic people, and what zorgkantoren told about them."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from keten.bootstrap import executor
from keten.cli.options import CORES, Workers
from keten.cli.progress import steps
from keten.core import UsageError
from keten.core.plain import plain
from keten.population import ACCOUNT, populate, read_proportions, standard_proportions


def command(
    *,
    clients: Annotated[int, typer.Option(min=1, help="How many clients.")],
    out: Annotated[Path, typer.Option(help="The folder to write to; it must be empty or hold an earlier population.")],
    regions: Annotated[int, typer.Option(min=1, help="Over how many regions they are spread (32 is the country).")] = 1,
    seed: Annotated[int, typer.Option(min=0, help="Another seed, another population.")] = 0,
    release: Annotated[str, typer.Option(help="The release of the messages; there is only 1.2.")] = "1.2",
    proportions: Annotated[Path | None, typer.Option(help="A file instead of keten's proportions.yaml.")] = None,
    share: Annotated[list[str] | None, typer.Option(metavar="TRAIT=SHARE", help="Another share for a trait.")] = None,
    exceptions: Annotated[bool, typer.Option(help="With or without what the conversion cannot convert.")] = True,
    jobs: Workers = CORES,
) -> int:
    """Write synthetic messages of a region or the country. Exit code 0. All people are fictitious."""
    wanted = read_proportions(proportions) if proportions else standard_proportions()
    wanted = wanted if exceptions else wanted.without_exceptions()
    wanted = wanted.with_shares(dict(_share(text) for text in share or ()))
    with executor(jobs) as pool, steps() as tell:
        made = populate(
            out,
            clients,
            pool,
            tell,
            regions=regions,
            seed=seed,
            release=release,
            proportions=wanted,
            inputs=[proportions] if proportions else [],
        )
    files = sum(filed.files for filed in made.messages.values())
    Console(soft_wrap=True, highlight=False, markup=False, emoji=False).print(
        f"Clients: {made.clients:,}, in {files:,} messages. All are fictitious; what they have: {plain(str(out / ACCOUNT))}"
    )
    return 0


def _share(text: str) -> tuple[str, float]:
    """A trait and its share, as the option has them."""
    name, _, share = text.partition("=")
    try:
        return name, float(share)
    except ValueError:
        raise UsageError(f"{text!r} is not a trait and its share.", hint="Write it as secret=0.05.") from None
