"""The rules of 2.1 and 2.2 a second time, plain and slow, and documents to hold keten's own against them.

Written from the wording of the standard alone: a function per rule over one document, nothing shared with keten.
"""

from tests.oracle.judging import judge
from tests.oracle.mutating import mutated

__all__ = ["judge", "mutated"]
