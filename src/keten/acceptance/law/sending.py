"""M1, M2, M5: to whom the new items of a client go, by which message."""

from collections.abc import Iterable, Iterator, Sequence

from keten.acceptance.law.items import PGB, Books, Excepted, New, Sent

TO_PROVIDER, TO_ZORGKANTOOR = "AW33", "ZK33"


def sent_by(books: Books, sender: str, items: Sequence[New], copies: Sequence[New] = ()) -> Iterator[Sent]:
    """What a zorgkantoor sends of one indication: its own items, and copies of what another sent it."""
    there = [item for item in (*items, *copies) if not item.clash]
    routes: dict[tuple[str, str], list[New]] = {}
    for item in there:
        for route in _routes(books, sender, item, copied=item in copies):
            routes.setdefault(route, []).append(item)
    for (kind, receiver), own in routes.items():
        yield from (Sent(item, sender, kind, receiver, own=True) for item in own)
        seen = books.shown.get((sender, kind, receiver, own[0].besluit), frozenset())
        others = (item for item in there if item not in own and item.provider != receiver)
        shown = (item for item in others if any(old.key in seen for old in item.sources))
        yield from (Sent(item, sender, kind, receiver, own=False) for item in shown)


def _routes(books: Books, sender: str, item: New, *, copied: bool) -> Iterable[tuple[str, str]]:
    """The messages that must go for the sake of an item: an AW33 to its provider, or ZK33 (M5); none for a pgb."""
    if not item.provider:
        return ()
    if not copied and (sender, item.provider) not in books.addressed:
        zorgkantoren = {to for old in item.sources for to in books.stood.get((sender, old.key), ())}
        if zorgkantoren:
            return [(TO_ZORGKANTOOR, zorgkantoor) for zorgkantoor in sorted(zorgkantoren)]
    return [(TO_PROVIDER, item.provider)]


def copies_for(
    books: Books, sender: str, besluit: str, received: Sequence[New], own: Sequence[New]
) -> tuple[list[New], list[Excepted]]:
    """The items that an executing zorgkantoor copies from the ZK33 it gets (M5), and those that it cannot."""
    indication = books.indications[sender, besluit]
    foreign = {
        (old.owner, old.key): old for old in books.items[sender] if old.besluit == besluit and old.owner != sender
    }
    copied: list[New] = []
    there = {(item.owner, old.key) for item in received for old in item.sources}
    excepted = [Excepted("EX10", old) for key, old in foreign.items() if key not in there and old.vorm != PGB]
    for item in received:
        known = [foreign[item.owner, old.key] for old in item.sources if (item.owner, old.key) in foreign]
        if not known:
            continue
        if item.start < indication.start or item.end > indication.end:
            excepted += (Excepted("EX07", old) for old in known)
        elif indication.unfit:
            excepted += (Excepted("EX04", old) for old in known)
        elif any(_share_a_day(item, other) for other in own):
            excepted += (Excepted("EX08", old) for old in known)
        else:
            copied.append(item)
    return copied, excepted


def _share_a_day(one: New, other: New) -> bool:
    same = (one.functie, one.code, one.provider, one.vorm) == (other.functie, other.code, other.provider, other.vorm)
    return same and one.start <= other.end and other.start <= one.end
