"""A process that does not outlive the one that started it, where the system can see to that."""

import ctypes
import signal
import sys

PR_SET_PDEATHSIG = 1
"""What Linux calls the wish to be sent a signal when the parent dies (prctl(2))."""


def die_with_parent() -> None:
    """Be killed when the thread ends that started this process; other systems than Linux cannot promise it."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
