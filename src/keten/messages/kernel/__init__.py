"""The inner loops of reading, compiled by numba. They run without Python's lock, so chunks are read side by side."""

from keten.messages.kernel.alphabet import PADDING, Bytes
from keten.messages.kernel.elements import read_elements
from keten.messages.kernel.filling import VIEW, Cells, count_rows, fill
from keten.messages.kernel.findings import (
    ATTRIBUTE,
    DATE,
    DOUBTFUL,
    FOUND,
    INTEGER,
    MISPLACED,
    MISSING,
    MOST_CHILDREN,
    MOST_LEVELS,
    NAMESPACE,
    OTHER,
    STRING,
    TEXT,
    TIME,
    UNEXPECTED,
    UNSURE,
    VALUE,
    Room,
)
from keten.messages.kernel.judging import find_clients, judge_clients
from keten.messages.kernel.rewriting import rewrite
from keten.messages.kernel.scanning import MAX_DEPTH, TOKEN, Stop, scan
from keten.messages.kernel.splitting import FORBIDDEN, client_end, client_start
from keten.messages.kernel.tags import ITEM, MOST_DECLARED, Spaces

__all__ = [
    "ATTRIBUTE",
    "DATE",
    "DOUBTFUL",
    "FORBIDDEN",
    "FOUND",
    "INTEGER",
    "ITEM",
    "MAX_DEPTH",
    "MISPLACED",
    "MISSING",
    "MOST_CHILDREN",
    "MOST_DECLARED",
    "MOST_LEVELS",
    "NAMESPACE",
    "OTHER",
    "PADDING",
    "STRING",
    "TEXT",
    "TIME",
    "TOKEN",
    "UNEXPECTED",
    "UNSURE",
    "VALUE",
    "VIEW",
    "Bytes",
    "Cells",
    "Room",
    "Spaces",
    "Stop",
    "client_end",
    "client_start",
    "count_rows",
    "fill",
    "find_clients",
    "judge_clients",
    "read_elements",
    "rewrite",
    "scan",
]
