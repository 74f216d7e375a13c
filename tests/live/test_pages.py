"""While a piece plays the system moves none of its memory; what is brought in may lie on large pages."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

STEPS = """
from performance.live.pages import large_pages
from performance.live.settled import settle
def asked():
    for line in open("/proc/self/status"):
        if line.startswith("THP_enabled"):
            print(line.split()[1], end=" ")
asked(); settle(); asked(); large_pages(True); asked(); settle(more_to_come=True); asked(); settle(); asked()
"""


def test_memory_is_left_alone_once_all_is_there() -> None:
    """In a process of its own: the question is asked of all of it."""
    said = subprocess.run([sys.executable, "-c", STEPS], capture_output=True, text=True, check=True).stdout
    status = Path("/proc/self/status")
    known = status.exists() and "THP_enabled" in status.read_text()
    assert said.split() == (["1", "0", "1", "1", "0"] if known else [])
