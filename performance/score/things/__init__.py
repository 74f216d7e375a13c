"""The things to see, by the name a score calls them: one file each, one line here."""

from __future__ import annotations

from performance.score.model import Thing
from performance.score.things.camera import Camera
from performance.score.things.echoes import Echoes
from performance.score.things.ghost import Ghost
from performance.score.things.haze import Haze
from performance.score.things.ice import Ice
from performance.score.things.light import Light
from performance.score.things.mirrors import Mirrors
from performance.score.things.performer import Performer
from performance.score.things.shards import Shards
from performance.score.things.sheets import Sheets
from performance.score.things.spotlight import Spotlight

THINGS: dict[str, type[Thing]] = {
    "camera": Camera,
    "echoes": Echoes,
    "ghost": Ghost,
    "haze": Haze,
    "ice": Ice,
    "light": Light,
    "mirrors": Mirrors,
    "shards": Shards,
    "sheets": Sheets,
    "performer": Performer,
    "spotlight": Spotlight,
}
