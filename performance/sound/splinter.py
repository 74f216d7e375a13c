"""A splintered note: pieces of one remembered sound, forwards and back, with cracks of ice where it breaks.

The sound is bowed glass with a flaw in it: it starts, shakes, and would have gone on. Which part of it is heard when,
`causes/splinters.py` tells. The chord that needs it opens from below, and the note, in tune at last, is its heart.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from performance.causes.harmony import harmony_at
from performance.causes.inkey import pitch_of_gesture
from performance.causes.perbeat import spans_between
from performance.causes.place import pan_of
from performance.causes.splinters import LENGTH, PATH, Piece, pieces, pieces_of
from performance.chance import chance, chances, drift
from performance.gestures import Strike, Touch
from performance.sound.cast import Cast
from performance.sound.following import Following
from performance.sound.instrument import RATE, Desk, Frames, Span
from performance.sound.lines import Line, Lines
from performance.sound.place import sends
from performance.sound.sines import glide_phase

if TYPE_CHECKING:
    from performance.gestures import Gesture
    from performance.timeline import BeatSpan, Cue

NOTE, CHORD, CRACK = 0.20, 0.075, 0.10
GAINS = (1.0, 0.5, 0.36, 0.2, 0.16, 0.09, 0.07, 0.05, 0.035, 0.025)  # of its partials
SHORT = 0.5  # seconds of the note that a touch asks for: no more of it is made then
CHORD_ORDERS, CHORD_GAINS = np.array([1.0, 2.0, 3.0, 4.0]), np.array([1.0, 0.3, 0.14, 0.06])
CHORD_RISE, ROLL = 2.4, 0.35  # seconds to full strength, and from tone to tone
LINGERS = 3.0  # seconds that the chord rings after its beat
LATE = 26.0

Numbers = NDArray[np.float64]


class Splinter(Following):
    """The wrong note."""

    name = "splinter"
    memory = 8.0

    def __init__(self, desk: Desk, number: int) -> None:
        super().__init__(desk, number)
        self._cast, self._lines = Cast(LENGTH), Lines()

    def prepare(self) -> None:
        """All pieces of the piece are laid out, and the notes they are pieces of are made."""
        self._cast.clear()
        self._lines.clear()
        pieces_of.prepare(self.desk.timeline)
        for span in self.desk.timeline.beats:
            if pieces_of(self.desk.timeline, span):
                for octave in (-1, 0, 1):
                    memory_of(round(self._pitch(span, 1.0) * 2.0**octave, 2), LENGTH)
                memory_of(round(self._pitch(span, 0.0), 2), LENGTH)
                self._resolve(span)

    def _pitch(self, span: BeatSpan, broken: float) -> float:
        """The wrong note of a beat: out of tune while it is broken."""
        cue = self.desk.timeline.cue(PATH, span.end - 1e-3)
        harmony = harmony_at(self.desk.timeline, span.start)
        pitch = (cue.pitches("note") or (harmony.pitch_hz(9) * 16 / 15,))[0]
        return float(pitch * 2.0 ** (cue.number("off") * min(2 * broken, 1.0) / 1200.0))

    def follow(self, a: int, b: int) -> None:
        """The pieces that begin in these frames."""
        for piece, frame, cue in self.due(pieces, a, b):
            self._piece(piece, frame, cue)

    def _piece(self, piece: Piece, frame: int, cue: Cue) -> None:
        span = self.desk.timeline.beat_at(piece.t)
        broken = round(cue.number("broken") * 8) / 8
        pitch = round(self._pitch(span, broken) * 2.0**piece.octave, 2)
        place = sends(cue.number("pan") + 0.8 * piece.pan, cue.number("distance"), 1.0)
        key = pitch, piece.begin, piece.length, piece.back, piece.edge
        self._cast.fall(frame, key, lambda: cut_out(*key), place * np.float32(NOTE * piece.level))
        cracks = cue.number("cracks") * piece.cracks
        if cracks > 0.05:
            self._crack(frame, piece, cracks, cue)

    def _crack(self, frame: int, piece: Piece, level: float, cue: Cue) -> None:
        """Splinters of ice fly where it breaks; where it closes they only tick."""
        draw = chances(self.desk.seed, "crack", piece.which, count=9).reshape(3, 3)
        for i in range(1 + 2 * (piece.again == 0)):
            at = frame + round(RATE * (0.002 + 0.03 * i * float(draw[0, i])))
            pitch = 900.0 * 2.0 ** (2.6 * float(draw[1, i]))
            pan = cue.number("pan") + 0.9 * (2 * float(draw[2, i]) - 1)
            self.blow(
                at,
                "ice",
                pitch,
                CRACK * level * 0.7**i,
                piece.which * 4 + i,
                0.8,
                0.12,
                pan,
                cue.number("distance"),
            )

    def _resolve(self, span: BeatSpan) -> None:
        """The chord that needs the note."""
        cue = self.desk.timeline.cue(PATH, span.end - 1e-3)
        start, chord = cue.moment("resolves"), sorted(cue.pitches("chord"))
        if not chord or not span.start <= start < span.end:
            return
        last = max(
            (one.end for one in spans_between(self.desk.timeline, start, start + LATE)), default=span.end
        )
        length = min(last, start + LATE, span.end) - start + LINGERS
        level = CHORD * cue.number("swell") * (3.0 / max(len(chord), 3)) ** 0.5
        for i, pitch in enumerate(chord):
            onset = start + ROLL * i
            pan = cue.number("pan") + 0.6 * (2 * i / max(len(chord) - 1, 1) - 1)
            place = sends(pan, cue.number("distance"), 1.3) * np.float32(level * (220.0 / pitch) ** 0.2)
            tone = opening(pitch, length - ROLL * i, chance(self.desk.seed, "opening", i))
            self._lines.add(round(onset * RATE), tone, place)

    def answer(self, gesture: Gesture, frame: int) -> None:
        """A touch: a piece of the note, in key."""
        if isinstance(gesture, (Touch, Strike)):
            cue = self.desk.timeline.cue(PATH, frame / RATE)
            pitch = round(pitch_of_gesture(self.desk.timeline, gesture), 2)
            place = sends(float(pan_of(gesture.u)), cue.number("distance")) * np.float32(
                NOTE * gesture.strength
            )
            key = pitch, 0.0, SHORT, False, 0.02
            self._cast.fall(frame, key, lambda: cut_out(*key), place)

    def render(self, span: Span) -> None:
        """The pieces and the chord; the cracks are in the bank."""
        super().render(span)
        self._cast.add(span)
        self._lines.render(span)


def cut_out(pitch_hz: float, begin: float, length: float, back: bool, edge: float) -> Frames:
    """A piece of the note, with soft ends; the note is over where it is over."""
    whole = memory_of(pitch_hz, LENGTH if begin + length > SHORT else SHORT)
    piece = whole[round(begin * RATE) : round((begin + length) * RATE)]
    piece = piece[::-1] if back else piece
    size = max(round(edge * RATE), 48)
    fade = np.sin(0.5 * np.pi * (np.arange(size) + 0.5) / size).astype(np.float32) ** 2
    out = piece.copy()
    size = min(size, out.size // 2)
    out[:size] *= fade[:size]
    out[out.size - size :] *= fade[:size][::-1]
    return out


@lru_cache(maxsize=48)
def memory_of(pitch_hz: float, seconds: float) -> Frames:
    """The note as it was, or its beginning: bowed glass that starts too hard, shakes, and goes on."""
    t = np.arange(round(seconds * RATE)) / RATE
    slow = t[::64]
    shake = 0.22 * np.exp(-(((slow - 0.34) / 0.12) ** 2)) * np.sin(2 * np.pi * 7.3 * slow)
    waver = 0.05 * drift(7, "memory", t=slow * 5.0) * np.exp(-slow / 0.8)
    bent = shake + waver + 0.06 * np.sin(2 * np.pi * 4.8 * slow) * np.clip(slow - 0.6, 0, 1)
    turns = glide_phase(np.interp(t, slow, pitch_hz * 2.0 ** (bent / 12.0)), 1 / RATE)
    angle = (2 * np.pi * (turns - np.rint(turns))).astype(np.float32)
    first = np.empty(t.size, np.complex64)
    np.cos(angle, out=first.real)
    np.sin(angle, out=first.imag)
    bright = (0.25 + 0.75 * np.exp(-t / 0.28)).astype(np.float32)
    grown = np.sin(0.5 * np.pi * np.clip(t / 0.05, 0.0, 1.0)) ** 2
    grown *= np.clip((LENGTH - t) / 0.3, 0.0, 1.0)
    plain, bright_ones = np.zeros((2, t.size), np.float32)
    partial = np.ones(t.size, np.complex64)
    for order, gain in enumerate(GAINS, 1):  # each partial is the one before, turned once more
        partial *= first
        if order * pitch_hz < 17_000:
            (bright_ones if order > 2 else plain)[:] += np.float32(gain) * partial.imag
    return np.asarray(0.4 * (plain + bright * bright_ones) * grown, np.float32)


def opening(pitch_hz: float, length: float, phase: float) -> Line:
    """A tone of the chord: it opens slowly and stays."""
    t = np.linspace(0.0, length, max(64, int(length * 24)))
    grown = np.sin(0.5 * np.pi * np.clip(t / CHORD_RISE, 0.0, 1.0)) ** 2
    gone = np.sin(0.5 * np.pi * np.clip((length - t) / LINGERS, 0.0, 1.0)) ** 2
    breathing = 1 + 0.1 * np.sin(2 * np.pi * (0.23 * t + phase))
    waver = 1 + 0.0008 * np.sin(2 * np.pi * (0.31 * t + 2 * phase))
    return Line(pitch_hz * waver, grown * gone * breathing, length, CHORD_ORDERS, CHORD_GAINS)
