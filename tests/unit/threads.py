"""Workers that are threads of the test itself: they start at once, and see what it sees."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from keten.core.tasks import Pool


@contextmanager
def threads(count: int) -> Iterator[Pool]:
    """A pool of threads."""
    with ThreadPoolExecutor(count) as executor:
        yield Pool(executor, count)
