"""Two books compared without handing either over: only keyed digests are exchanged (docs/blind-comparison.md)."""

from keten.comparison.blind.answered import demand_answer
from keten.comparison.blind.campaign import Key, load_key, new_key, save_key
from keten.comparison.blind.concluding import conclude
from keten.comparison.blind.turns import Party, answer, offer
from keten.comparison.blind.wire import LAST_TURN, Message, load_message, save_message, sealed

__all__ = [
    "LAST_TURN",
    "Key",
    "Message",
    "Party",
    "answer",
    "conclude",
    "demand_answer",
    "load_key",
    "load_message",
    "new_key",
    "offer",
    "save_key",
    "save_message",
    "sealed",
]
