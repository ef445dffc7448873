"""Judges two folders, in this process."""

from pathlib import Path

from keten.acceptance import Judgement, Settings, accept
from keten.messages import find_sources
from tests.unit.threads import threads


def judged(before: Path, after: Path, settings: Settings | None = None) -> Judgement:
    """A judgement of two folders."""
    was, came = (list(find_sources([str(folder)])) for folder in (before, after))
    with threads(1) as pool:
        return accept(was, came, settings or Settings(), pool, lambda *_: None)
