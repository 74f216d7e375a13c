"""The things to see, by the name a score calls them: one file each, one line here."""

from __future__ import annotations

from performance.score.model import Thing
from performance.score.things.spotlight import Spotlight

THINGS: dict[str, type[Thing]] = {
    "spotlight": Spotlight,
}
