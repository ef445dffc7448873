"""What a conversion did, as a value: all that is told of it is made from this."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from keten.conversion.account.accounting import Account
from keten.conversion.after.assembling import Written
from keten.conversion.after.files_plan import Plan
from keten.conversion.before.books import Books
from keten.conversion.law.deciding import Decision
from keten.conversion.settings import Settings


@dataclass(frozen=True, slots=True)
class Conversion:
    """All that a conversion did; reports are made from it. `accounts`: by zorgkantoor."""

    settings: Settings
    books: Books
    decision: Decision
    plan: Plan
    written: Sequence[Written]
    repairs: pl.DataFrame
    accounts: Mapping[str, Account]
