"""Leftovers are looked for between two pieces, not while one plays: to look through everything costs frames and blocks
(80 ms in a show, 40 in an orchestra)."""

from __future__ import annotations

import gc

NEVER = 1_000_000_000  # objects more before all of them are looked through


def settle() -> None:
    """Throw away what nobody uses any more. What is here then stays, and is not looked at again while it is in use."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    often, sometimes, _ = gc.get_threshold()
    gc.set_threshold(often, sometimes, NEVER)
