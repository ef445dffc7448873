"""Tells beforehand what is wrong with an input."""

from io import RawIOBase
from typing import BinaryIO

from keten.messages.defects import Defect, Refused


class Told(RawIOBase):
    """An input of which is known that it is no message: the first reading raises Refused, further ones read it as it is."""

    def __init__(self, stream: BinaryIO, defect: Defect) -> None:
        self.stream, self.waiting = stream, [defect]

    def readable(self) -> bool:
        """It is for reading."""
        return True

    def readinto(self, room: memoryview) -> int:  # type: ignore[override] # as Metered calls it
        """Say what is wrong; after that, fill the room."""
        if self.waiting:
            raise Refused(self.waiting.pop())
        return self.stream.readinto(room)  # type: ignore[attr-defined,no-any-return]

    def fileno(self) -> int:
        """That of the input."""
        return self.stream.fileno()

    def close(self) -> None:
        """Close the input."""
        self.stream.close()
        super().close()
