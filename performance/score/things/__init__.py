"""The things to see, by the name a score calls them: one file each, one line here."""

from __future__ import annotations

from performance.score.model import Thing
from performance.score.things.attractor import Attractor
from performance.score.things.audience import Audience
from performance.score.things.bursts import Bursts
from performance.score.things.camera import Camera
from performance.score.things.ceiling import Ceiling
from performance.score.things.chasm import Chasm
from performance.score.things.crew import Crew
from performance.score.things.crystals import Crystals
from performance.score.things.curtain import Curtain
from performance.score.things.drape import Drape
from performance.score.things.drop import Drop
from performance.score.things.echoes import Echoes
from performance.score.things.fissures import Fissures
from performance.score.things.floor import Floor
from performance.score.things.ghost import Ghost
from performance.score.things.gold import Gold
from performance.score.things.haze import Haze
from performance.score.things.hem import Hem
from performance.score.things.house import House
from performance.score.things.ice import Ice
from performance.score.things.light import Light
from performance.score.things.machine import Machine
from performance.score.things.marks import Marks
from performance.score.things.memory import Memory
from performance.score.things.mirrors import Mirrors
from performance.score.things.mist import Mist
from performance.score.things.motes import Motes
from performance.score.things.orchids import Orchids
from performance.score.things.performer import Performer
from performance.score.things.puzzle import Puzzle
from performance.score.things.register import Register
from performance.score.things.sand import Sand
from performance.score.things.shards import Shards
from performance.score.things.sheets import Sheets
from performance.score.things.silver import Silver
from performance.score.things.sky import Sky
from performance.score.things.smile import Smile
from performance.score.things.song import Song
from performance.score.things.spiral import Spiral
from performance.score.things.spotlight import Spotlight
from performance.score.things.sunbeam import Sunbeam
from performance.score.things.thread import Thread
from performance.score.things.watercolour import Watercolour
from performance.score.things.words import Words

THINGS: dict[str, type[Thing]] = {
    "attractor": Attractor,
    "audience": Audience,
    "bursts": Bursts,
    "camera": Camera,
    "ceiling": Ceiling,
    "chasm": Chasm,
    "crystals": Crystals,
    "crew": Crew,
    "curtain": Curtain,
    "drop": Drop,
    "drape": Drape,
    "echoes": Echoes,
    "fissures": Fissures,
    "floor": Floor,
    "ghost": Ghost,
    "gold": Gold,
    "haze": Haze,
    "hem": Hem,
    "house": House,
    "ice": Ice,
    "light": Light,
    "machine": Machine,
    "marks": Marks,
    "memory": Memory,
    "mirrors": Mirrors,
    "mist": Mist,
    "motes": Motes,
    "orchids": Orchids,
    "performer": Performer,
    "puzzle": Puzzle,
    "register": Register,
    "sand": Sand,
    "shards": Shards,
    "sheets": Sheets,
    "silver": Silver,
    "sky": Sky,
    "smile": Smile,
    "song": Song,
    "spiral": Spiral,
    "spotlight": Spotlight,
    "sunbeam": Sunbeam,
    "thread": Thread,
    "watercolour": Watercolour,
    "words": Words,
}
