"""Leftovers are looked for between two pieces, not while one plays: to look through everything costs frames and blocks
(80 ms in a show, 40 in an orchestra)."""

from __future__ import annotations

import gc

from performance.live.pages import large_pages

NEVER = 1_000_000_000  # objects more before all of them are looked through


def settle(more_to_come: bool = False) -> None:
    """Throw away what nobody uses any more. What is here then stays, and is not looked at again while it is in use; nor
    is it moved, unless there is `more_to_come`."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    often, sometimes, _ = gc.get_threshold()
    gc.set_threshold(often, sometimes, NEVER)
    large_pages(more_to_come)
