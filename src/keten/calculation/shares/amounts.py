"""Amounts of money: exact as long as something is decided by them, in cents when they are shown."""

from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


def euros(amount: Decimal) -> str:
    """An amount as it is shown: in cents, half up.

    >>> euros(Decimal("12.345"))
    '12.35'
    """
    return str(amount.quantize(CENT, ROUND_HALF_UP))
