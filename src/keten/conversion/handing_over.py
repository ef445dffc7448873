"""A conversion in a folder: messages, figures, lists and page appear together, or nothing does."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from keten.conversion.account.reporting import report
from keten.conversion.converting import carry_over
from keten.conversion.settings import Settings
from keten.core.folders import filling
from keten.core.tasks import Pool, Tell
from keten.messages import Source

KIND = "conversion"


@dataclass(frozen=True, slots=True)
class Made:
    """A conversion that is finished and not yet published: where it lies, and its figures, as in conversion.json."""

    folder: Path
    figures: dict[str, Any]


def convert(
    sources: Sequence[Source], folder: Path, settings: Settings, pool: Pool, tell: Tell, *, inputs: Iterable[Path] = ()
) -> dict[str, Any]:
    """Convert the messages of the sources into messages of 2.0 in a folder, with all that tells about them; the figures.

    Tasks run in the pool, which may be on other machines that see the same files. Nothing appears in the folder before
    all is made and the account closes; an earlier conversion there is replaced. `inputs`: files that were read beside the
    sources, and must not be replaced either. Raises FolderInUse, SourceChanged, AccountOpen.
    """
    with converting(sources, folder, settings, pool, tell, inputs=inputs) as made:
        return made.figures


@contextmanager
def converting(
    sources: Sequence[Source], folder: Path, settings: Settings, pool: Pool, tell: Tell, *, inputs: Iterable[Path] = ()
) -> Iterator[Made]:
    """The same, for who adds to what was made before it is published; if that fails, nothing is."""
    read = (*(source.path for source in sources if source.path is not None), *inputs)
    with filling(folder, KIND, read) as draft:
        conversion = carry_over(sources, settings, pool, tell, made=draft.new, scratch=draft.scratch)
        yield Made(draft.new, report(conversion, draft.new))
