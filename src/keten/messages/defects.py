"""What is wrong with a message or a client in it, as the reader found it: facts, from which findings are written."""

from dataclasses import dataclass, replace
from typing import Literal

from keten.standard import SimpleType

Kind = Literal[
    "not xml",  # the document cannot be read as XML
    "forbidden",  # XML that no message may hold: a document type, another encoding, something beyond the limits
    "release",  # not a message of a known release, or not of the one asked for
    "value",
    "missing",
    "unexpected",
    "misplaced",
    "namespace",
    "text",
    "attribute",
    "other",
]


@dataclass(frozen=True, slots=True)
class Defect:
    """One thing that is wrong, at one place.

    `path` leads from the client (when `client`, the client's number from 1, is given) or else from the document to the
    element: `/Naam/Voorletters`; an index stands only where the element has siblings of its name. `name` is the element
    that is wrong or missing, `type` its type, `expected` the elements that could have stood there; `detail` says in
    words what none of these can (where an element belongs that is misplaced, or the namespace it should have), `line`
    (from 1) where in the document, if nothing else tells.
    """

    kind: Kind
    path: str = ""
    client: int | None = None
    name: str = ""
    type: SimpleType | None = None
    expected: tuple[str, ...] = ()
    detail: str = ""
    line: int | None = None

    def shifted(self, clients: int, lines: int) -> "Defect":
        """The same defect in a text before which so many clients and lines stand."""
        return replace(
            self,
            client=None if self.client is None else self.client + clients,
            line=None if self.line is None else self.line + lines,
        )

    def below(self, path: str) -> "Defect":
        """The same defect seen from further up."""
        return replace(self, path=path + self.path)


class Refused(ValueError):
    """A text cannot be read as XML, or not as a message: what the defect says."""

    def __init__(self, defect: Defect) -> None:
        super().__init__(defect.detail)
        self.defect = defect

    def __reduce__(self) -> tuple[type["Refused"], tuple[Defect]]:
        """How it is made again in the process that it is sent to."""
        return type(self), (self.defect,)
