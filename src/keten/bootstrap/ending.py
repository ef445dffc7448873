"""A process that ends with the one that started it, however that one ends."""

import multiprocessing
import os
import threading
from multiprocessing.connection import wait

from keten.core.dying import die_with_parent


def end_with(parent: int, *, at_once: bool) -> None:
    """End this process when its parent does.

    `at_once`: by a signal of the system, where it has one, which waits for nothing that this process has in hand. It comes
    when the thread of the parent ends that started this process, so only the main thread may ask for it.
    """
    if at_once:
        die_with_parent()
    if os.getppid() != parent:  # it died before
        os._exit(1)
    threading.Thread(target=_watch, daemon=True).start()


def _watch() -> None:
    """Wait for the end of the parent, then end."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    wait([parent.sentinel])
    os._exit(1)
