"""What may change from one release to another. Values only: `differences` finds them, `forms.overview` tells them."""

from dataclasses import dataclass

from keten.standard.model import Element


@dataclass(frozen=True, slots=True)
class Appeared:
    """A whole message, class, structure or type that is new; a class may be listed without being used."""

    used: bool = True


@dataclass(frozen=True, slots=True)
class Disappeared:
    """A whole message, class, structure or type that is gone; a class may have been listed without being used."""

    used: bool = True


@dataclass(frozen=True, slots=True)
class Added:
    """An element that came, behind `after` (None: as the first); `origin` is the class of the message that it left."""

    element: Element
    after: str | None
    origin: str | None = None


@dataclass(frozen=True, slots=True)
class Removed:
    """An element that went; `target` is the class of the message where it came."""

    element: Element
    target: str | None = None


@dataclass(frozen=True, slots=True)
class Renamed:
    """An element that bears another name at the same place."""

    old: Element
    new: Element


@dataclass(frozen=True, slots=True)
class Moved:
    """An element that stands elsewhere in its class: behind `after` (None: as the first)."""

    element: str
    after: str | None


@dataclass(frozen=True, slots=True)
class Altered:
    """One aspect that became another: of an element, or (`element` empty) of the message or type itself.

    Aspects of an element: cardinality, type, pattern; of a type: base, length, range, pattern; of a message: namespace,
    version and its place in the chain. None = the old had none, or the new has none.
    """

    element: str
    aspect: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class CodeAdded:
    """A code that a type takes from now on."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class CodeRemoved:
    """A code that a type takes no longer."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class CodeRenamed:
    """A code that means something else, or is called something else."""

    code: str
    old: str
    new: str


ElementChange = Added | Removed | Renamed | Moved | Altered
TypeChange = Altered | CodeAdded | CodeRemoved | CodeRenamed
Change = Appeared | Disappeared | ElementChange | TypeChange
