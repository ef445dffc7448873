"""M1, M2, M5: to whom the new items of a client go, by which message."""

from collections.abc import Iterable, Iterator, Sequence

from keten.acceptance.law.items import PGB, Books, Excepted, Indication, New, Old, Sent

TO_PROVIDER, TO_ZORGKANTOOR = "AW33", "ZK33"


def sent_by(books: Books, sender: str, items: Sequence[New], copies: Sequence[New] = ()) -> Iterator[Sent]:
    """What a zorgkantoor sends of one indication: its own items, and copies of what another sent it."""
    copied = frozenset(copies)
    routes: dict[tuple[str, str], dict[New, None]] = {}
    by_key: dict[int, list[New]] = {}
    for item in (item for item in (*items, *copies) if not item.clash):
        for route in _routes(books, sender, item, copied=item in copied):
            routes.setdefault(route, {})[item] = None
        for old in item.sources:
            by_key.setdefault(old.key, []).append(item)
    for (kind, receiver), own in routes.items():
        yield from (Sent(item, sender, kind, receiver, own=True) for item in own)
        seen = books.shown.get((sender, kind, receiver, next(iter(own)).besluit), frozenset())
        shown = dict.fromkeys(item for key in sorted(seen) for item in by_key.get(key, ()))
        others = (item for item in shown if item not in own and item.provider != receiver)
        yield from (Sent(item, sender, kind, receiver, own=False) for item in others)


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
    indication: Indication, others: Iterable[Old], received: Sequence[New], own: Sequence[New]
) -> tuple[list[New], list[Excepted]]:
    """The items that an executing zorgkantoor copies from the ZK33 it gets (M5), and those that it cannot.

    `others`: items of other zorgkantoren in its books, under one `indication`; `own`: the new items that it sends itself.
    """
    foreign = {(old.owner, old.key): old for old in others}
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
