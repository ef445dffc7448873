"""What stood before and what must come, one by one: the records that the rules of the law work on.

Days are numbers (from 1970); a period without end lasts until FAR.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

FAR = 10_000_000
"""The end of what has no end."""

LAST = 2_932_896
"""9999-12-31: nothing starts later, for no message can say so."""

PGB, VERBLIJF, VPT, MPT = "2", "4", "5", "7"
STAYS = (VERBLIJF, VPT)


@dataclass(frozen=True, slots=True)
class Old:
    """An item of 1.2 in the version that counts (B2); of a contradictory one, its lowest Soort and latest end.

    `key` is the same for the same item in the books of whichever zorgkantoor; `owner` its Zorgkantoor. `row` tells where
    it stood.
    """

    key: int
    sender: str
    besluit: str
    functie: bool
    code: str
    provider: str
    vorm: str
    start: int
    end: int
    soort: str
    klasse: str | None
    bestemming: str | None
    opslag: int | None
    vervoer: str | None
    voorkeur: str | None
    intrekking: str | None
    owner: str
    contradictory: bool
    row: int


@dataclass(frozen=True, slots=True)
class Part:
    """An old item in its new period, with its new Soort."""

    old: Old
    start: int
    end: int
    soort: str


@dataclass(slots=True, eq=False)
class New:
    """An item of 2.0 that must come: what it is, and from which old ones it comes by which rule.

    `role` is the provider that its Dossierhouder or CoordinatorZorgThuis must name, `candidates` those that it may, `group`
    the first day of the items that share the holder. `alone`: alone in its set (P1); `computed`: with a computed share (P2).
    A `clash` is EX08: it is not sent.
    """

    sender: str
    owner: str
    besluit: str
    functie: bool
    code: str
    provider: str
    vorm: str
    start: int
    end: int
    soort: str
    rule: str
    sources: tuple[Old, ...]
    klasse: str | None = None
    bestemming: str | None = None
    opslag: int | None = None
    vervoer: str | None = None
    opname: str | None = None
    percentage: int | None = None
    alone: bool = False
    role: str | None = None
    candidates: tuple[str, ...] = ()
    group: int = -1
    clash: bool = False
    computed: bool = False

    @property
    def in_natura(self) -> bool:
        """Whether it is a ZZP that a provider delivers."""
        return not self.functie and self.vorm != PGB


@dataclass(frozen=True, slots=True)
class Excepted:
    """An old item of which the law makes an exception, in its new period as far as there is one."""

    code: str
    old: Old
    start: int = FAR
    end: int = -1
    soort: str = ""


@dataclass(frozen=True, slots=True)
class Indicated:
    """An indicated ZZP or functie."""

    code: str
    start: int
    end: int
    financiering: str


@dataclass(frozen=True, slots=True)
class Indication:
    """An indication as its zorgkantoor's last record shows it (B4); `unfit` when it holds what 2.0 cannot (EX04)."""

    start: int
    end: int
    unfit: bool
    packages: tuple[Indicated, ...] = ()
    functies: tuple[Indicated, ...] = ()


Shown = Mapping[tuple[str, str, str, str], frozenset[int]]
"""Keys of the items in the last record that went from a sender, in a kind of message, to a receiver, by Besluitnummer."""


@dataclass(frozen=True, slots=True)
class Books:
    """All that stood before of one client, at all zorgkantoren.

    `addressed`: the pairs of a zorgkantoor and a provider that it ever sent an AW33 to, in the whole delivery; `stood`:
    the zorgkantoren to which an item went in a ZK33, by sender and key, each with the place of the last of these in the
    order of B4; `told`: the senders and keys of items that went to their own provider in an AW33.
    """

    bsn: str
    items: Mapping[str, tuple[Old, ...]]
    indications: Mapping[tuple[str, str], Indication]
    shown: Shown
    stood: Mapping[tuple[str, int], Mapping[str, int]]
    told: frozenset[tuple[str, int]] = frozenset()
    addressed: frozenset[tuple[str, str]] = field(repr=False, default=frozenset())


@dataclass(frozen=True, slots=True)
class Sent:
    """A new item in a message; `own` when the message must go for its sake, else it is shown for information (M2)."""

    item: New
    sender: str
    kind: str
    receiver: str
    own: bool


@dataclass(frozen=True, slots=True)
class Expected:
    """What must come for a client, and what the law makes an exception of."""

    sent: tuple[Sent, ...]
    excepted: tuple[Excepted, ...]
