"""A finding: one thing that is wrong with a message, with a code, places and words for the person who must act."""

from dataclasses import dataclass
from typing import Literal

Layer = Literal["xml", "structure", "rule"]
Severity = Literal["error", "warning"]

NOT_XML, NOT_VALID = "XML", "XSD"
REJECTED = "0001"
"""The return code for a message that is rejected for technical reasons."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong.

    `client` is the number of the client it concerns, from 1, or None for the message as a whole; `locations` are XPaths
    from the document, local names only.
    """

    code: str
    layer: Layer
    text: str
    client: int | None = None
    locations: tuple[str, ...] = ()
    severity: Severity = "error"
    return_code: str = REJECTED
