"""The instruments to hear, by the name a score calls them: one file each, one line here."""

from __future__ import annotations

from performance.score.instruments.applause import Applause
from performance.score.instruments.attempt import Attempt
from performance.score.instruments.bowed import Bowed
from performance.score.instruments.brass import Brass
from performance.score.instruments.breath import Breath
from performance.score.instruments.breaths import Breaths
from performance.score.instruments.chaos import Chaos
from performance.score.instruments.choir import Choir
from performance.score.instruments.chords import Chords
from performance.score.instruments.chorus import Chorus
from performance.score.instruments.clock import Clock
from performance.score.instruments.cloth import Cloth
from performance.score.instruments.consort import Consort
from performance.score.instruments.crowd import Crowd
from performance.score.instruments.current import Current
from performance.score.instruments.drips import Drips
from performance.score.instruments.drop import Drop
from performance.score.instruments.gears import Gears
from performance.score.instruments.glass import Glass
from performance.score.instruments.gravity import Gravity
from performance.score.instruments.harmony import Harmony
from performance.score.instruments.headset import Headset
from performance.score.instruments.heart import Heart
from performance.score.instruments.hearts import Hearts
from performance.score.instruments.ice import Ice
from performance.score.instruments.mirrors import Mirrors
from performance.score.instruments.petals import Petals
from performance.score.instruments.pulses import Pulses
from performance.score.instruments.recall import Recall
from performance.score.instruments.room import Room
from performance.score.instruments.shatter import Shatter
from performance.score.instruments.spiral import Spiral
from performance.score.instruments.splinter import Splinter
from performance.score.instruments.steps import Steps
from performance.score.instruments.strings import Strings
from performance.score.instruments.struck import Struck
from performance.score.instruments.tide import Tide
from performance.score.instruments.tilt import Tilt
from performance.score.instruments.tools import Tools
from performance.score.instruments.voice import Voice
from performance.score.instruments.whispers import Whispers
from performance.score.instruments.winds import Winds
from performance.score.instruments.wires import Wires
from performance.score.model import Instrument

INSTRUMENTS: dict[str, type[Instrument]] = {
    "applause": Applause,
    "attempt": Attempt,
    "bowed": Bowed,
    "brass": Brass,
    "breath": Breath,
    "breaths": Breaths,
    "choir": Choir,
    "chords": Chords,
    "chorus": Chorus,
    "clock": Clock,
    "cloth": Cloth,
    "crowd": Crowd,
    "current": Current,
    "drips": Drips,
    "glass": Glass,
    "harmony": Harmony,
    "headset": Headset,
    "heart": Heart,
    "hearts": Hearts,
    "ice": Ice,
    "mirrors": Mirrors,
    "petals": Petals,
    "recall": Recall,
    "room": Room,
    "shatter": Shatter,
    "steps": Steps,
    "strings": Strings,
    "struck": Struck,
    "tilt": Tilt,
    "tools": Tools,
    "voice": Voice,
    "whispers": Whispers,
    "winds": Winds,
    "consort": Consort,
    "gears": Gears,
    "wires": Wires,
    "chaos": Chaos,
    "drop": Drop,
    "pulses": Pulses,
    "tide": Tide,
    "spiral": Spiral,
    "gravity": Gravity,
    "splinter": Splinter,
}
