"""The account of a conversion: everything that was read ends as something, and the sums say so."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from keten.conversion.before.books import Books
from keten.conversion.law.deciding import Decision
from keten.core import KetenError

OUTCOMES = ("withdrawn", "ended", "converted", "merged", "re-assigned", "forwarded", "sent by another", "pgb not sent")
"""What becomes of an item that is no exception."""

CLIENTS = ("sent complete", "sent incomplete", "nothing to send", "refused")


class AccountOpen(KetenError):
    """The account of the conversion does not close: something was lost or made up."""

    hint = "Do not send these messages. Report this with the source, if you can share it."


@dataclass(frozen=True, slots=True)
class Account:
    """The account of one zorgkantoor, or of all.

    `read`: assignments that stood in the messages; `repeated`: those that were only repeated or superseded; `outcomes`:
    what became of each item; `exceptions`: by code; `sent`, `not_sent`: new items; `clients`: by how complete they are.
    """

    read: int
    repeated: int
    outcomes: Mapping[str, int]
    exceptions: Mapping[str, int]
    sent: int
    not_sent: int
    clients: Mapping[str, int]

    @property
    def items(self) -> int:
        """The items: assignments by their logical key."""
        return sum(self.outcomes.values()) + sum(self.exceptions.values())


def account(books: Books, decision: Decision, written: int) -> dict[str, Account]:
    """The account per sending zorgkantoor; `written`: the assignments in the messages made. Raises AccountOpen."""
    senders = books.files.filter(pl.col("sender") != "")["sender"].unique().sort()
    accounts = {sender: _of(sender, books, decision) for sender in senders}
    for sender, one in accounts.items():
        if one.read != one.items + one.repeated:
            raise AccountOpen(
                f"Zorgkantoor {sender}: {one.read} assignments were read, but {one.items} are accounted for and "
                f"{one.repeated} repeat others."
            )
    if written != decision.deliveries.height:
        raise AccountOpen(f"{decision.deliveries.height} assignments were to be sent, but {written} were written.")
    return accounts


def total(accounts: Mapping[str, Account]) -> Account:
    """The sum of accounts."""
    return Account(
        read=sum(one.read for one in accounts.values()),
        repeated=sum(one.repeated for one in accounts.values()),
        outcomes=_sum([one.outcomes for one in accounts.values()], OUTCOMES),
        exceptions=_sum([one.exceptions for one in accounts.values()], ()),
        sent=sum(one.sent for one in accounts.values()),
        not_sent=sum(one.not_sent for one in accounts.values()),
        clients=_sum([one.clients for one in accounts.values()], CLIENTS),
    )


def _sum(counts: list[Mapping[str, int]], names: tuple[str, ...]) -> dict[str, int]:
    every = [*names, *sorted({name for count in counts for name in count} - {*names})]
    return {name: sum(count.get(name, 0) for count in counts) for name in every}


def _of(sender: str, books: Books, decision: Decision) -> Account:
    items = decision.items.filter(sender=sender)
    counts = dict(items.group_by("outcome").len().sort("outcome").iter_rows())
    stood = books.occurrences.join(books.records.filter(sender=sender).select("record"), on="record", how="semi")
    new = decision.new.filter(sender=sender)
    sent = new.join(decision.deliveries.select("new").unique(), on="new", how="semi").height
    return Account(
        read=int(books.files.filter(sender=sender)["items"].sum()),
        repeated=stood.height - stood["item"].n_unique(),
        outcomes={name: counts.get(name, 0) for name in OUTCOMES},
        exceptions={name: count for name, count in counts.items() if name not in OUTCOMES},
        sent=sent,
        not_sent=new.height - sent,
        clients=_clients(sender, books, decision, items),
    )


def _clients(sender: str, books: Books, decision: Decision, items: pl.DataFrame) -> dict[str, int]:
    """Clients by how complete they are; those that could not be read are counted with what is refused."""
    dossiers = books.dossiers.filter(sender=sender)
    delivered = dossiers.join(decision.deliveries.filter(sender=sender), on="dossier", how="semi")["bsn"].unique()
    troubled = items.filter(~pl.col("outcome").is_in(OUTCOMES))["bsn"].unique()
    clients = dossiers.select("bsn").unique()
    sent, wrong = pl.col("bsn").is_in(delivered.implode()), pl.col("bsn").is_in(troubled.implode())
    state = (
        pl.when(sent & ~wrong).then(pl.lit("sent complete")).when(sent).then(pl.lit("sent incomplete"))
        .when(~wrong).then(pl.lit("nothing to send")).otherwise(pl.lit("refused"))
    )  # fmt: skip
    counts = dict(clients.select(state=state).group_by("state").len().iter_rows())
    unread = books.refused.join(books.files.filter(sender=sender), on="file", how="semi").height
    return {name: counts.get(name, 0) + (unread if name == "refused" else 0) for name in CLIENTS}
