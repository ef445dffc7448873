"""What was handed in, held fast: copied once and hashed on the way, so that what is judged is what stands on record."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from keten.campaign.campaign_file import Campaign
from keten.campaign.copying import Digest, copied
from keten.campaign.values import spelled
from keten.conversion.account.reporting import EXCEPTIONS
from keten.core import UsageError
from keten.core.marks import MARK, WORK
from keten.core.plain import plain
from keten.core.tasks import Pool, Tell
from keten.messages import find_sources

CHANGED = "it changed while it was read"


class NotHeld(UsageError):
    """Something that was handed in cannot be read, or cannot be evidence."""

    hint = (
        "Evidence is made of plain files: hand in the files themselves, not links to them. What keten converted comes with "
        "its conversion.json and exceptions.csv; of another system's delivery, name it under `made_by`."
    )


@dataclass(frozen=True, slots=True)
class Held:
    """What was handed in, as it was read.

    `files`: what each held, by its name from the folder of the record; `unread`: those that could not be read, with why;
    `aside`: the names of what lies in deliveries and is not judged; `copies`: of every paper, and of every delivery.
    """

    files: Mapping[str, Digest]
    unread: Mapping[str, str]
    aside: Sequence[str]
    copies: Mapping[Path, Path]


@dataclass(frozen=True, slots=True)
class _Item:
    """A file to copy: by the path that it is known by, where it is without links to folders, and where its copy comes."""

    known: Path
    file: Path
    copy: Path


@dataclass(frozen=True, slots=True)
class _Root:
    """A delivery: the folder or file as it was named and as it is without links, the place of its copy, its messages."""

    known: Path
    real: Path
    copy: Path
    messages: Sequence[Path]

    def items(self) -> Iterator[_Item]:
        for one in self.messages:
            below = one.relative_to(self.real)
            yield _Item(self.known / below, one, self.copy / below)


@dataclass(frozen=True, slots=True)
class Desk:
    """Where a round is judged.

    `home`: the folder that its record will stand in, from which names are told; `place`: to work in, seen by all workers.
    """

    home: Path
    place: Path
    pool: Pool
    tell: Tell


def hold(campaign: Campaign, desk: Desk) -> Held:
    """Copy all that was handed in to a place of ours.

    Raises UnreadablePath, OSError.
    """
    home, place = desk.home, desk.place
    roots = [_root(path, place / "given" / f"{number:03}") for number, path in enumerate(given(campaign))]
    known = [_Item(path, _real(path), place / "papers" / f"{n:03}") for n, path in enumerate(papers(campaign))]
    items = [*known, *(one for root in roots for one in root.items())]
    for folder in {one.copy.parent for one in items} | {root.copy for root in roots if root.real.is_dir()}:
        folder.mkdir(parents=True, exist_ok=True)
    done = copied([(one.file, one.copy) for one in items], desk.pool, desk.tell, "hold")
    files, unread = _named(items, done, home)
    read = {one.known: _by_content(one, result) for one, result in zip(known, done, strict=False)}
    aside = {spelled(relative(path, home)) for root in roots for path in _aside(root, home)}
    return Held(files, unread, sorted(aside - files.keys()), read | {root.known: root.copy for root in roots})


def given(campaign: Campaign) -> list[Path]:
    """The folders and files that were handed in."""
    every = [path for one in campaign.deliveries for path in (one.before, one.after) if path is not None]
    return list(dict.fromkeys(every))


def papers(campaign: Campaign) -> list[Path]:
    """The files that shape a verdict beside the messages: what the round is, what was agreed, accounts with their lists."""
    agreed = [campaign.file, *campaign.settled_by, campaign.former, campaign.criteria]
    accounts = [one.account for one in campaign.deliveries if one.account is not None and one.after is not None]
    listed = [beside(account) for account in accounts]
    return list(dict.fromkeys(path for path in (*agreed, *accounts, *listed) if path is not None))


def beside(account: Path) -> Path:
    """The list of exceptions that comes with the account of a conversion."""
    return account.parent / EXCEPTIONS


def messages_in(path: Path) -> list[Path]:
    """The files with messages in a folder, or a file itself. Raises UnreadablePath."""
    return list(dict.fromkeys(source.path for source in find_sources([str(path)]) if source.path is not None))


def relative(path: Path, home: Path) -> str:
    """The name of a file from a folder on."""
    return Path(os.path.relpath(path, home)).as_posix()


def whole(held: Held) -> None:
    """Raises NotHeld when something that was handed in could not be read."""
    if held.unread:
        told = [f"{name}: {plain(why)}" for name, why in held.unread.items()]
        raise NotHeld(f"Not all that was handed in can be read: {'; '.join(told[:5])}.")


def _root(path: Path, place: Path) -> _Root:
    real = _real(path)
    return _Root(path, real, place / (real.name or "root"), messages_in(real))


def _real(path: Path) -> Path:
    """A path without links: who named it may have named a link, but what lies in a delivery may be none."""
    return Path(os.path.realpath(path))


def _named(
    items: Sequence[_Item], done: Sequence[Digest | str], home: Path
) -> tuple[dict[str, Digest], dict[str, str]]:
    """What files held by their names, and why some could not be read; one that was read twice must be the same twice."""
    named: dict[str, Digest | str] = {}
    for item, result in zip(items, done, strict=True):
        name = spelled(relative(item.known, home))
        named[name] = result if named.get(name, result) == result else CHANGED
    read = {name: one for name, one in sorted(named.items()) if isinstance(one, Digest)}
    return read, {name: one for name, one in sorted(named.items()) if isinstance(one, str)}


def _by_content(item: _Item, result: Digest | str) -> Path:
    """The copy under a name of its content: what was made of another one before (tariffs are kept in memory) is not it."""
    if isinstance(result, str):
        return item.copy
    return item.copy.replace(item.copy.with_name(f"{result.sha256}{item.known.suffix}"))


def _aside(root: _Root, home: Path) -> Iterable[Path]:
    """The files in a delivery that are no messages; what keten keeps there, and the record itself, are not of it."""
    messages = set(root.messages)
    for here, folders, names in os.walk(root.real):
        links = [name for name in folders if Path(here, name).is_symlink()]
        folders[:] = [name for name in folders if name != WORK and Path(here, name) != home]
        for name in (*links, *names):
            path = Path(here, name)
            if name != MARK and path not in messages and path.parent != home:
                yield root.known / path.relative_to(root.real)
