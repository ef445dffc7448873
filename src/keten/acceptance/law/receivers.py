"""M1, M2, M5: to whom the new items of a client go, by which message."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from keten.acceptance.law.items import PGB, Books, Excepted, Indication, New, Old, Sent

TO_PROVIDER, TO_ZORGKANTOOR = "AW33", "ZK33"

Copies = dict[New, list[Old]]
"""What an executing zorgkantoor copies, each with the items in its own books that it stands for."""

NOBODY: Mapping[New, str] = {}


def sent_by(
    books: Books, sender: str, items: Sequence[New], copies: Copies | None = None, telling: Mapping[New, str] = NOBODY
) -> Iterator[Sent]:
    """What a zorgkantoor sends of one indication: its own items, and copies of what another sent it.

    `telling`: who sends a copy to its provider. All others only show it (M2), and in no ZK33.
    """
    copied = copies or {}
    routes: dict[tuple[str, str], dict[New, None]] = {}
    by_key: dict[int, list[New]] = {}
    for item in (item for item in (*items, *copied) if not item.clash):
        if item not in copied:
            ways = _routes(books, sender, item)
        else:
            ways = [(TO_PROVIDER, item.provider)] if telling.get(item) == sender else []
        for route in ways:
            routes.setdefault(route, {})[item] = None
        for old in copied.get(item, item.sources):
            by_key.setdefault(old.key, []).append(item)
    for (kind, receiver), own in routes.items():
        yield from (Sent(item, sender, kind, receiver, own=True) for item in own)
        seen = books.shown.get((sender, kind, receiver, next(iter(own)).besluit), frozenset())
        hidden = copied if kind == TO_ZORGKANTOOR else ()
        shown = dict.fromkeys(item for key in sorted(seen) for item in by_key.get(key, ()) if item not in hidden)
        others = (item for item in shown if item not in own and item.provider != receiver)
        yield from (Sent(item, sender, kind, receiver, own=False) for item in others)


def _routes(books: Books, sender: str, item: New) -> Iterable[tuple[str, str]]:
    """The messages that must go for the sake of an item: an AW33 to its provider, or ZK33 (M5); none for a pgb."""
    if not item.provider:
        return ()
    if (sender, item.provider) not in books.addressed:
        zorgkantoren = {to for old in item.sources for to in books.stood.get((sender, old.key), ())}
        if zorgkantoren:
            return [(TO_ZORGKANTOOR, zorgkantoor) for zorgkantoor in sorted(zorgkantoren)]
    return [(TO_PROVIDER, item.provider)]


def served_by_responsible(books: Books, sent: Iterable[Sent]) -> frozenset[tuple[str, int]]:
    """The items (zorgkantoor, key) that who is responsible sends to a provider that it sent an AW33 to before."""
    return frozenset(
        (one.sender, old.key)
        for one in sent
        if one.own and one.kind == TO_PROVIDER and (one.sender, one.receiver) in books.addressed
        for old in one.item.sources
    )


def tellers(books: Books, copies: Mapping[str, Copies]) -> Mapping[New, str]:
    """Which executing zorgkantoor sends a copy to its provider: none where the responsible one sent that AW33 before.

    Of several the one that told this provider of it before, then the one that got the last ZK33 with it.
    """
    chosen: dict[New, tuple[bool, int, str]] = {}
    for sender, theirs in copies.items():
        for item, olds in theirs.items():
            if not item.provider or (item.sender, item.provider) in books.addressed:
                continue
            told = any((sender, old.key) in books.told for old in olds)
            last = max(books.stood.get((item.sender, old.key), {}).get(sender, -1) for old in item.sources)
            chosen[item] = max((told, last, sender), chosen.get(item, (False, -1, "")))
    return {item: sender for item, (_, _, sender) in chosen.items()}


def copies_for(
    indication: Indication, others: Iterable[Old], received: Sequence[New], own: Sequence[New]
) -> tuple[Copies, list[Excepted]]:
    """The items that an executing zorgkantoor copies from the ZK33 it gets (M5), and those that it cannot.

    `others`: items of other zorgkantoren in its books, under one `indication`; `own`: the new items that it sends itself.
    """
    foreign = {(old.owner, old.key): old for old in others}
    copied: Copies = {}
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
            copied[item] = known
    return copied, excepted


def _share_a_day(one: New, other: New) -> bool:
    same = (one.functie, one.code, one.provider, one.vorm) == (other.functie, other.code, other.provider, other.vorm)
    return same and one.start <= other.end and other.start <= one.end
