"""What a machine could paint in time is remembered, so that the next evening does not have to find it out again.

In the user's cache folder, by the size of the picture and by the code that paints it: another version is tried anew.
"""

from __future__ import annotations

import json
import math
from contextlib import suppress

from performance.caches import cache_home
from performance.live.quality import PATIENCE, SHARES, Standing
from performance.live.workshop import SOURCES

Size = tuple[int, int]
FILE = "quality.json"


def recalled(size: Size) -> Standing:
    """Where the governor stood when a picture of this size was played last."""
    try:
        rung, patience = _all()[_name(size)]
        if rung in range(len(SHARES)) and math.isfinite(patience):
            return Standing(int(rung), max(PATIENCE, patience))
    except (KeyError, TypeError, ValueError):  # nothing that we have written
        pass
    return Standing()


def remember(size: Size, standing: Standing) -> None:
    """For the next evening. A folder that cannot be written to is no fault."""
    known = {name: one for name, one in _all().items() if name.endswith(SOURCES)}
    known[_name(size)] = [standing.rung, standing.patience]
    with suppress(OSError):
        cache_home().mkdir(parents=True, exist_ok=True)
        (cache_home() / FILE).write_text(json.dumps(known), "utf-8")


def _name(size: Size) -> str:
    return f"{size[0]}x{size[1]} {SOURCES}"


def _all() -> dict[str, list[float]]:
    try:
        known = json.loads((cache_home() / FILE).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}
