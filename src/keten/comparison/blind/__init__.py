"""Two books compared without handing either over: only keyed digests are exchanged (docs/blind-comparison.md)."""

from keten.comparison.blind.campaign import Key, load_key, new_key, save_key
from keten.comparison.blind.concluding import conclude
from keten.comparison.blind.memory import admit, admit_report, send
from keten.comparison.blind.turns import Party, answer, offer
from keten.comparison.blind.wire import LAST_TURN, Message, load_message, sealed

__all__ = [
    "LAST_TURN",
    "Key",
    "Message",
    "Party",
    "admit",
    "admit_report",
    "answer",
    "conclude",
    "load_key",
    "load_message",
    "new_key",
    "offer",
    "save_key",
    "sealed",
    "send",
]
