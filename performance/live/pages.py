"""On how large pages the system lays this process's memory.

Large arrays on large pages make pictures a tenth cheaper. But every ten seconds Linux looks for more memory that could
lie on them, and moves it: for some 30 ms then, in stretches of 5 to 7, neither a frame nor the sound server gets that
core (seen in the scheduler's trace, Linux 6.18). So there are large pages while things are brought in, and no moving
while a piece plays.
"""

from __future__ import annotations

import ctypes
from contextlib import suppress

PR_SET_THP_DISABLE = 41  # linux/prctl.h


def large_pages(wanted: bool) -> None:
    """Whether new memory may lie on large pages, and old memory be moved to them; what lies there stays. Other systems
    than Linux are not asked."""
    with suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).prctl(PR_SET_THP_DISABLE, int(not wanted), 0, 0, 0)
