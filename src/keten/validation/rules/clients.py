"""Clients with the same key anywhere in a message (TR101): eight bytes are kept of each."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import polars as pl


class ClientKeys:
    """The keys of the clients seen so far, with their numbers."""

    def __init__(self) -> None:
        self._keys: list[npt.NDArray[np.uint64]] = []
        self._numbers: list[npt.NDArray[np.uint32]] = []

    def add(self, keys: pl.Series, numbers: npt.NDArray[np.int64]) -> None:
        """Take note of clients."""
        self._keys.append(keys.to_numpy().astype(np.uint64))
        self._numbers.append(numbers.astype(np.uint32))

    def doubles(self) -> tuple[int, Iterator[tuple[int, int]]]:
        """How many pairs of clients have the same key, and those pairs, by their numbers."""
        if not self._keys:
            return 0, iter(())
        keys, numbers = np.concatenate(self._keys), np.concatenate(self._numbers)
        order = np.argsort(keys, kind="stable")
        heads = np.flatnonzero(np.diff(keys[order], prepend=~keys[order[:1]]))
        sizes = np.diff(np.append(heads, len(keys)))
        more = sizes > 1
        groups = zip(heads[more].tolist(), sizes[more].tolist(), strict=True)
        pairs = (
            (int(numbers[order[one]]), int(numbers[order[other]]))
            for head, size in groups
            for other in range(head + 1, head + size)
            for one in range(head, other)
        )
        return int((sizes * (sizes - 1) // 2).sum()), pairs
