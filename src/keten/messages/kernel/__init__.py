"""The inner loops of reading, compiled by numba. They run without Python's lock, so chunks are read side by side."""

from keten.messages.kernel.alphabet import PADDING, Bytes
from keten.messages.kernel.filling import VIEW, Cells, count_rows, fill
from keten.messages.kernel.scanning import MAX_DEPTH, TOKEN, Stop, scan
from keten.messages.kernel.splitting import FORBIDDEN, client_end, client_start

__all__ = [
    "FORBIDDEN",
    "MAX_DEPTH",
    "PADDING",
    "TOKEN",
    "VIEW",
    "Bytes",
    "Cells",
    "Stop",
    "client_end",
    "client_start",
    "count_rows",
    "fill",
    "scan",
]
