"""What must come for a client, from what stood before: the rules of the law in their order."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from keten.acceptance.law.clashes import settled
from keten.acceptance.law.functies import has_adl, kept, mark_clashes, refused, stays
from keten.acceptance.law.items import Books, Excepted, Expected, Indication, New, Old, Part, Sent
from keten.acceptance.law.joining import joined
from keten.acceptance.law.packages import renewed_package
from keten.acceptance.law.percentages import assign_percentages
from keten.acceptance.law.periods import renewed, standing
from keten.acceptance.law.receivers import Copies, copies_for, sent_by, served_by_responsible, tellers
from keten.acceptance.law.roles import assign_roles
from keten.standard.tariffs import Tariffs

Dated = TypeVar("Dated", Old, New)


def expect(books: Books, cutover: int, *, home_is_mpt: bool, tariffs: Tariffs | None = None) -> Expected:
    """What must come for a client."""
    sent: list[Sent] = []
    excepted: list[Excepted] = []
    own = {
        sender: _converted(books, sender, cutover, home_is_mpt=home_is_mpt, tariffs=tariffs) for sender in books.items
    }
    for sender, (items, some) in own.items():
        excepted += some
        for theirs in _by_besluit(items).values():
            sent += sent_by(books, sender, theirs)
    copies: dict[str, Copies] = {}
    for sender in _executing(books):
        copies[sender], some = _copied(books, sender, own[sender][0], sent, cutover)
        excepted += some
    telling = tellers(books, copies)
    for sender, copied in copies.items():
        sent = [one for one in sent if one.sender != sender]
        sent += _with_copies(books, sender, own[sender][0], copied, telling)
    return Expected(tuple(sent), tuple(excepted))


def _executing(books: Books) -> list[str]:
    """The zorgkantoren that showed items of another."""
    return [sender for sender, olds in books.items.items() if any(old.owner != sender for old in olds)]


def _copied(
    books: Books, sender: str, own: list[New], sent: Sequence[Sent], cutover: int
) -> tuple[Copies, list[Excepted]]:
    """What an executing zorgkantoor copies of what the responsible ones sent, and what it cannot."""
    copies: Copies = {}
    excepted: list[Excepted] = []
    received = _by_besluit(dict.fromkeys(one.item for one in sent if (one.kind, one.receiver) == ("ZK33", sender)))
    served = served_by_responsible(books, sent)
    standing_own = [item for item in own if not item.clash]
    for besluit, olds in _by_besluit(books.items[sender]).items():
        others = [old for one in olds if one.owner != sender and (old := _going_on(one, cutover)) is not None]
        some, failed = copies_for(books.indications[sender, besluit], others, received.get(besluit, []), standing_own)
        copies |= some
        excepted += (one for one in failed if one.code != "EX10" or (one.old.owner, one.old.key) not in served)
    return copies, excepted


def _with_copies(
    books: Books, sender: str, own: list[New], copies: Copies, telling: Mapping[New, str]
) -> Iterator[Sent]:
    """What an executing zorgkantoor sends: its own items with the copies beside them."""
    mine, copied = _by_besluit(own), _by_besluit(copies)
    for besluit in dict.fromkeys((*mine, *copied)):
        theirs = {item: copies[item] for item in copied.get(besluit, ())}
        yield from sent_by(books, sender, mine.get(besluit, []), theirs, telling)


def _going_on(old: Old, cutover: int) -> Old | None:
    """An item as it stands after the cut-over (B2, B3, N1), if it does."""
    there = standing(old)
    return there if there is not None and there.end >= cutover and not there.contradictory else None


def _by_besluit(items: Iterable[Dated]) -> dict[str, list[Dated]]:
    """Items by their indication."""
    found: dict[str, list[Dated]] = {}
    for item in items:
        found.setdefault(item.besluit, []).append(item)
    return found


def _converted(
    books: Books, sender: str, cutover: int, *, home_is_mpt: bool, tariffs: Tariffs | None
) -> tuple[list[New], list[Excepted]]:
    """The new items of a zorgkantoor's own books, with roles and percentages, and its exceptions."""
    olds = [old for one in books.items[sender] if (old := standing(one)) is not None]
    adl = has_adl(olds, (one for (zk, _), one in books.indications.items() if zk == sender), cutover)
    items: list[New] = []
    excepted: list[Excepted] = []
    for besluit, some_olds in _by_besluit(olds).items():
        indication = books.indications[sender, besluit]
        theirs = (renewed(old, indication, cutover) for old in some_olds if old.owner == sender)
        there = [one for one in theirs if one is not None]
        excepted += (one for one in there if isinstance(one, Excepted))
        made, some = _of_indication(
            [one for one in there if isinstance(one, Part)], indication, adl=adl, home_is_mpt=home_is_mpt
        )
        items += made
        excepted += some
    items = settled(items)
    for besluit, some_items in _by_besluit(items).items():
        assign_percentages(some_items, (one for one in excepted if one.old.besluit == besluit), tariffs)
        assign_roles(some_items)
    excepted += (Excepted("EX08", old) for item in items if item.clash for old in item.sources)
    return items, excepted


def _of_indication(
    parts: list[Part], indication: Indication, *, adl: bool, home_is_mpt: bool
) -> tuple[list[New], list[Excepted]]:
    """The new items of one indication (Z and F), and the exceptions."""
    taken = [renewed_package(part, home_is_mpt=home_is_mpt) for part in parts if not part.old.functie]
    items = [one for one in taken if isinstance(one, New)]
    excepted = [one for one in taken if isinstance(one, Excepted)]
    functies = [part for part in parts if part.old.functie]
    staying = [kept(part) for part in functies if stays(part, indication, adl=adl)]
    mark_clashes(staying)
    items += (item for item in staying if not item.clash)
    excepted += (Excepted("EX08", item.sources[0]) for item in staying if item.clash)
    becoming: list[Part] = []
    for part in functies:
        if stays(part, indication, adl=adl):
            continue
        refusal = refused(part, indication)
        if refusal is None:
            becoming.append(part)
        else:
            excepted.append(refusal)
    return [*items, *joined(becoming, items, indication)], excepted
