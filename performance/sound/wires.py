"""Wires: plucked, bowed, strummed by a hand, or plucked by the pins of a wheel that turns in the picture too.

What the pins pluck is the eldest line of the drop, so that the machine that wakes is made of it. A wire that slides
away crumbles: grains fall from it, higher and fewer as it sinks, each a speck of steel.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from performance.causes.harmony import harmony_at
from performance.causes.inkey import pitch_of_gesture, run_of_gesture
from performance.causes.lineage import drop_motif
from performance.causes.pins import Pin, plucked_between, prepare
from performance.causes.place import pan_of
from performance.chance import chance, chances
from performance.gestures import Strike, Sweep, Touch
from performance.sound import wire
from performance.sound.grains import NOTHING, Grains, Shower
from performance.sound.hops import HOP, Hops
from performance.sound.instrument import CONTROL, RATE, Desk, Frames, Instrument, Span
from performance.sound.later import Later
from performance.sound.own import own
from performance.sound.place import sends
from performance.sound.ringing import Rings
from performance.sound.specks import speck_of, specks
from performance.sound.wire import Wire

if TYPE_CHECKING:
    from performance.gestures import Gesture
    from performance.timeline import Cue, Event

LOUDNESS = 0.13
MOST = 8  # wires at once
GRAINS = 32  # that fall from a wire that crumbles wholly
GRAIN_LOUDNESS = 0.08
PIN_OCTAVES = 2.4  # that the wires of a wheel reach through
PLAYED = ("bow", "ring", "bright", "place", "stiff", "tension", "slide", "sand")
ROW_HZ, ROW = 220.0, 0.3  # wires lie in a row, low ones left: the middle of it, and an octave of it
BEGUN = 1.0  # seconds before it sounds at which a note may be begun, at most
FORESEEN = 8 * CONTROL  # frames of pins that are looked for at once
STRUM = 0.045  # seconds from wire to wire


class Plucked(NamedTuple):
    """What somebody plays on a wire: cue, frame, Hz, level, seconds until it is let go, an address of its chances,
    and where it is."""

    cue: Cue
    frame: int
    pitch_hz: float
    level: float
    length: float
    which: int
    pan: float
    far: float


class Strung(NamedTuple):
    """A wire, and the grains that fall from it."""

    wire: Wire
    grains: Shower


class Wires(Instrument):
    """The machine's strings."""

    name = "wires"
    memory = 12.0

    def __init__(self, desk: Desk, number: int) -> None:
        super().__init__(desk, number)
        self._rings = Rings(desk.quantum // HOP)
        self._hops = Hops(
            self._make, desk.quantum
        )  # no longer: an answer never falls into a hop that is made
        self._pins: list[Pin] = []  # that come next
        self._strung: list[Strung] = []  # wires for the first of those that come
        self._foreseen = 0  # the frame up to which pins are known
        self._wires: list[Wire] = []
        self._later = Later()
        self._given = 0
        self._fallen = NOTHING
        self._specks = Grains(specks(), self._sand)

    def _sand(self, a: int, b: int) -> Shower:
        return self._fallen.between(a, b)

    def reset(self, frame: int) -> None:
        """No wire sounds but those that pins have plucked."""
        self._wires.clear()
        self._later.clear()
        self._hops.forget()
        self._specks.forget()
        self._fallen = NOTHING
        prepare(self.desk.timeline)
        self._given = self._foreseen = max(0, frame - round(self.memory * RATE))
        self._pins.clear()
        self._strung.clear()
        self._pluck_pins(frame)

    def begin(self, event: Event, frame: int) -> None:
        """A note of the pattern."""
        cue = self.desk.timeline.cue(self.path, event.onset)
        side = float(np.clip(ROW * np.log2(event.pitch_hz / ROW_HZ), -0.6, 0.6))
        level = event.level * (0.85 + 0.3 * chance(self.desk.seed, "wire", event.address))
        pan, far = event.pan + side, event.distance
        self._pluck(Plucked(cue, frame, event.pitch_hz, level, event.length, event.address, pan, far))

    def answer(self, gesture: Gesture, frame: int) -> None:
        """A touch or a blow plucks one wire, a stroke strums some."""
        timeline = self.desk.timeline
        if isinstance(gesture, Sweep):
            pitches = run_of_gesture(timeline, gesture, 5)
        elif isinstance(gesture, (Touch, Strike)):
            pitches = (pitch_of_gesture(timeline, gesture),)
        else:
            return
        cue = timeline.cue(self.path, frame / RATE)
        for i, pitch in enumerate(pitches):
            level = (0.4 + 0.6 * gesture.strength) * 0.93**i
            pan = float(pan_of(gesture.u)) + 0.12 * i * (1 if getattr(gesture, "du", 0.0) >= 0 else -1)
            at = frame + round(STRUM * i * RATE)
            played = Plucked(cue, at, pitch, level, 0.6, frame + i, pan, cue.number("distance"))
            self._later.add(at, partial(own(self._pluck), played))

    def _pluck(self, played: Plucked) -> None:
        self._take(self._string(played))

    def tick(self, k: int, cue: Cue) -> None:
        """Pins pluck, as the wheel turns, and what is left of a strum."""
        end = (k + 1) * CONTROL
        self._later.reach(k * CONTROL)  # what is rendered next ends there or sooner
        self._given = max(self._given, end - round(self.memory * RATE))
        self._pluck_pins(end)

    def _pluck_pins(self, end: int) -> None:
        if end > self._foreseen:
            since, self._foreseen = max(self._foreseen, self._given), end + FORESEEN
            self._pins += plucked_between(self.desk.timeline, since / RATE, self._foreseen / RATE)
        while self._pins and round(self._pins[0].t * RATE) < end:
            self._string_pin()
        while self._strung and self._strung[0].wire.frame < end:
            strung = self._strung.pop(0)
            if self._given <= strung.wire.frame:
                self._take(strung)
        self._given = max(end, self._given)

    def _string_pin(self) -> None:
        """A wire for the pin that comes next."""
        pin, timeline = self._pins.pop(0), self.desk.timeline
        cue, harmony = timeline.cue(self.path, pin.t), harmony_at(timeline, pin.t)
        own = drop_motif(self.desk.seed)
        degree = own[pin.which % len(own)].degree + 7 * int(pin.height * PIN_OCTAVES)
        pitch = harmony.nearest(harmony.pitch_hz(degree))
        pan = cue.number("pan") + 0.7 * (2 * pin.height - 1)
        frame, far = round(pin.t * RATE), cue.number("distance")
        self._strung.append(self._string(Plucked(cue, frame, pitch, pin.strength, 0.5, pin.which, pan, far)))

    def _string(self, played: Plucked) -> Strung:
        cue, frame, pitch_hz, level, length, which, pan, far = played
        bow, ring, bright, place_at, stiff, tension, slide, sand = (cue.number(name) for name in PLAYED)
        how = wire.Manner(
            min(level, 1.0), length, bow, ring, bright, place_at, stiff, tension, slide / 12.0, sand
        )
        place = sends(pan, far) * np.float32(LOUDNESS * (220.0 / pitch_hz) ** 0.15)
        made = wire.wire(frame, pitch_hz, place, how, far, (self.desk.seed, which))
        crumbles = made.slide > 0.0 and sand > 0.0
        return Strung(made, self._crumbs(made, which, pan, far, how.level * sand) if crumbles else NOTHING)

    def _crumbs(self, made: Wire, which: int, pan: float, far: float, level: float) -> Shower:
        """Grains that fall from a wire that slides, thick at first."""
        draw = chances(self.desk.seed, "grains", which, count=5 * GRAINS).reshape(5, GRAINS)
        age = np.sort(made.holds + 0.05 + 2.2 * draw[0] ** 1.6)
        sunk = np.exp(-made.slide * np.maximum(age - made.holds, 0.0))
        pitch = made.pitch_hz[0] * sunk * np.rint(2 + 22 * draw[1] ** 1.5)
        loud = GRAIN_LOUDNESS * level * (0.25 + 0.75 * draw[2] ** 2) * np.exp(-0.7 * (age - made.holds))
        frames = made.frame + np.rint(age * RATE).astype(np.int64)
        place = sends(pan + 0.9 * (draw[4] - 0.5), np.full(GRAINS, far)) * loud.astype(np.float32)
        return Shower(frames, speck_of(pitch, draw[3]), place)

    def _take(self, strung: Strung) -> None:
        """It sounds; of too many that nothing stops, a hand stops the oldest."""
        made, frame = strung.wire, strung.wire.frame
        sounding = [one for one in self._wires if one.frame + (one.over + BEGUN) * RATE > frame]
        free = [one for one in sounding if one.stopped == wire.NEVER and one.frame + one.over * RATE > frame]
        if len(free) >= MOST:
            oldest = min(free, key=lambda one: one.frame)
            sounding.remove(oldest)
            sounding.append(wire.damped(oldest, frame))
        self._wires = [*sounding, made]
        if strung.grains is not NOTHING:
            fallen = self._fallen.between(frame - RATE, np.iinfo(np.int64).max)
            self._fallen = Shower.together([fallen, strung.grains])

    def render(self, span: Span) -> None:
        """The wires, hop by hop, and the grains that fall from them."""
        if self._wires:
            self._hops.add(span.start, span.frames, span.out)
        if self._fallen.frame.size:
            self._specks.add(span.start, span.frames, span.out)
        if self._pins and (span.start + span.frames) % CONTROL == 0:
            self._string_pin()  # the block after this one has the control instant

    def _make(self, h: int) -> Frames | None:
        size = self._hops.size
        start, end = h * size, (h + 1) * size
        here = [one for one in self._wires if one.frame < end and one.frame + one.over * RATE > start]
        if not here:
            return None
        out = np.zeros((4, size), np.float32)
        born = round(wire.RISE * RATE)
        young = [one for one in here if one.frame + born > start]
        for at in range(0, size, HOP) if young else ():
            begun = [one for one in young if one.frame < start + at + HOP]
            if begun:
                out[:, at : at + HOP] += wire.beginning(begun, start + at, HOP)
        self._rings.add([one for one in here if one.frame + born <= start], start, out)
        return out
