"""What was read, kept on disk in parts: all that is known of a client, before and after, comes into the same part.

A piece is what one task read: a file per table, with a record batch per part, so that a part can be taken out of it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import polars as pl
import pyarrow as pa

Frames = Mapping[str, pl.DataFrame]
"""Frames by name, each with the Bsn of the client that a row is about."""

BEFORE, AFTER = "before", "after"
PART = "part"


@dataclass(frozen=True, slots=True)
class Spool:
    """Where what was read is kept, and in how many parts."""

    folder: Path
    parts: int


def put(spool: Spool, side: str, piece: str, frames: Frames) -> None:
    """Keep the frames of a piece."""
    folder, parts = spool.folder, spool.parts
    for name, frame in frames.items():
        part = (frame["bsn"].hash() % parts).cast(pl.UInt32).alias(PART)
        ordered = frame.with_columns(part).sort(PART, maintain_order=True)
        edges = [int(ordered[PART].search_sorted(edge)) for edge in range(parts + 1)]
        # views of texts would be written whole with every part
        table = ordered.drop(PART).rechunk().to_arrow(compat_level=pl.CompatLevel.oldest()).combine_chunks()
        with (
            pa.OSFile(str(folder / f"{side}-{name}-{piece}.arrow"), "wb") as file,
            pa.ipc.new_file(file, table.schema) as writer,
        ):
            for first, behind in pairwise(edges):
                columns = [_chunk(column.slice(first, behind - first)) for column in table.columns]
                writer.write_batch(pa.RecordBatch.from_arrays(columns, schema=table.schema))


def take(spool: Spool, side: str, name: str, part: int) -> pl.DataFrame:
    """The rows of a part from all pieces, in the order of the pieces."""
    return pl.concat(list(_taken(sorted(spool.folder.glob(f"{side}-{name}-*.arrow")), part)))


def _taken(paths: Iterable[Path], part: int) -> Iterable[pl.DataFrame]:
    for path in paths:
        with pa.memory_map(str(path)) as file:
            frame = pl.from_arrow(pa.ipc.open_file(file).get_batch(part))
        assert isinstance(frame, pl.DataFrame)
        yield frame


def _chunk(column: pa.ChunkedArray) -> pa.Array:
    """A column as one array."""
    return column.chunk(0) if column.num_chunks == 1 else pa.array([], column.type)
