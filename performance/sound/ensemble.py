"""Who sits in the orchestra, one line each."""

from __future__ import annotations

from performance.sound.applause import Applause
from performance.sound.bowed import Bowed
from performance.sound.brass import Brass
from performance.sound.breath import Breath
from performance.sound.breaths import Breaths
from performance.sound.chaos import Chaos
from performance.sound.choir import Choir
from performance.sound.chords import Chords
from performance.sound.chorus import Chorus
from performance.sound.clock import Clock
from performance.sound.cloth import Cloth
from performance.sound.composed import Attempt, Consort, Recall
from performance.sound.crowd import Crowd
from performance.sound.current import Current
from performance.sound.drips import Drips
from performance.sound.drop import Drop
from performance.sound.gears import Gears
from performance.sound.glass import Glass
from performance.sound.gravity import Gravity
from performance.sound.headset import Headset
from performance.sound.heart import Heart
from performance.sound.hearts import Hearts
from performance.sound.ice import Ice
from performance.sound.instrument import Instrument
from performance.sound.mirrors import Mirrors
from performance.sound.petals import Petals
from performance.sound.pulses import Pulses
from performance.sound.shatter import Shatter
from performance.sound.spiral import Spiral
from performance.sound.splinter import Splinter
from performance.sound.steps import Steps
from performance.sound.strings import Strings
from performance.sound.struck import Struck
from performance.sound.tide import Tide
from performance.sound.tilt import Tilt
from performance.sound.tools import Tools
from performance.sound.voice import Voice
from performance.sound.whispers import Whispers
from performance.sound.winds import Winds
from performance.sound.wires import Wires

INSTRUMENTS: tuple[type[Instrument], ...] = (
    Shatter,
    Mirrors,
    Ice,
    Attempt,
    Applause,
    Bowed,
    Breath,
    Breaths,
    Chorus,
    Clock,
    Cloth,
    Crowd,
    Current,
    Drips,
    Glass,
    Headset,
    Heart,
    Hearts,
    Petals,
    Recall,
    Steps,
    Struck,
    Tilt,
    Tools,
    Voice,
    Whispers,
    Consort,
    Gears,
    Wires,
    Brass,
    Choir,
    Chords,
    Strings,
    Winds,
    Chaos,
    Drop,
    Pulses,
    Tide,
    Spiral,
    Gravity,
    Splinter,
)
