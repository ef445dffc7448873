"""The law as a judge reads it: from the books of one client to what must come for that client."""

from keten.acceptance.law.expecting import expect
from keten.acceptance.law.items import FAR, Books, Excepted, Expected, Indicated, Indication, New, Old, Sent

__all__ = [
    "FAR",
    "Books",
    "Excepted",
    "Expected",
    "Indicated",
    "Indication",
    "New",
    "Old",
    "Sent",
    "expect",
]
