"""The bytes that mean something in XML, and the little questions about them."""

import hashlib
from pathlib import Path

import numpy as np
import numpy.typing as npt
from numba import config, njit

Bytes = npt.NDArray[np.uint8]


def _digest() -> str:
    """Stands for all that is compiled here: by itself numba sees no change in a file that a function calls into."""
    sources = sorted(Path(__file__).parent.glob("*.py"))
    return hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()[:16]


CACHE = Path(config.CACHE_DIR or Path(__file__).parent / "__pycache__")  # type: ignore[attr-defined]
config.CACHE_DIR = str(CACHE / f"kernel-{_digest()}")  # type: ignore[attr-defined]

# No function here allocates, so numba's counting of references to arrays is switched off: it would cost more than the
# work itself (measured: 40 instead of 500 MB/s).
compiled = njit(cache=True, nogil=True, _nrt=False)  # type: ignore[call-overload]
inlined = njit(cache=True, nogil=True, _nrt=False, inline="always")  # type: ignore[call-overload]

TAB, LINE_FEED, RETURN, SPACE = 0x09, 0x0A, 0x0D, 0x20
BANG, AMPERSAND, DASH, SLASH, COLON, SEMICOLON = 0x21, 0x26, 0x2D, 0x2F, 0x3A, 0x3B
LESS, GREATER, QUESTION, OPEN_BRACKET, BRACKET = 0x3C, 0x3E, 0x3F, 0x5B, 0x5D
HASH, ZERO, NINE, SMALL_X = 0x23, 0x30, 0x39, 0x78

PADDING = 128
"""Zero bytes that must follow a text, so that looking ahead, by the longest name at most, needs no bounds check."""


@inlined
def is_space(byte):
    """Whether XML calls the byte white space."""
    return byte == SPACE or byte == LINE_FEED or byte == RETURN or byte == TAB


@inlined
def goes_on(byte):
    """Whether the byte goes on with the name before it."""
    return not (is_space(byte) or byte == GREATER or byte == SLASH or byte == LESS or byte == 0)
