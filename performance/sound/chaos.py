"""Chaos as pattern: a note at the top of every loop of Lorenz's orbit, and the orbit itself as a shimmer.

A growing spiral climbs, going over drops: the pitch of a note is the height of its loop, the side says where it is and
whether glass or metal answers. The shimmer is overtones of the harmony, bright where the orbit runs fast and on the
side where it is. When all that is, `causes/attractor.py` tells; light draws the same orbit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from performance.causes.attractor import FASTEST, PATH, Turning, flow, orbit, own_time, prepare, turnings
from performance.causes.harmony import harmony_at
from performance.causes.inkey import pitch_of_gesture
from performance.causes.perbeat import audible, since
from performance.causes.place import pan_of
from performance.causes.smooth import smooth
from performance.chance import chances
from performance.gestures import Strike, Touch
from performance.sound.following import Following
from performance.sound.hops import HOP, Hops
from performance.sound.instrument import RATE, Desk, Frames, Span
from performance.sound.place import sends
from performance.sound.sines import Sines

if TYPE_CHECKING:
    from performance.gestures import Gesture
    from performance.timeline import Cue

SIZE, RUN = 2 * HOP, 4  # frames of a hop of the shimmer; hops whose loudness is worked out at once
LOUDNESS = 0.15
BOWL_LOUDNESS = 0.075
SHIMMER = 0.05
WIDE = 0.75
ORDERS = np.array([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 9.0, 10.0, 12.0, 15.0, 16.0, 18.0, 20.0, 24.0])
PAIR = 0.0009  # how far apart the two sides of an overtone are


class Chaos(Following):
    """The orbit."""

    name = "chaos"
    memory = 8.0

    def __init__(self, desk: Desk, number: int) -> None:
        super().__init__(desk, number)
        self._sines, self._hops = Sines(SIZE), Hops(self._make, SIZE)
        self._runs: dict[int, Frames] = {}
        n = ORDERS.size
        self._side = np.repeat([-1.0, 1.0], n)
        self._order = np.tile(ORDERS, 2) * (1 + 0.5 * PAIR * self._side)
        self._at = chances(desk.seed, "shimmer", count=2 * n)

    def prepare(self) -> None:
        """The orbit is integrated as far as the piece goes."""
        self._hops.forget()
        self._runs.clear()
        own_time.prepare(self.desk.timeline)
        prepare(self.desk.timeline)

    def follow(self, a: int, b: int) -> None:
        """The turnings of these frames."""
        for turning, frame, cue in self.due(turnings, a, b):
            self._note(turning, frame, cue)

    def _note(self, turning: Turning, frame: int, cue: Cue) -> None:
        ladder = self._ladder(turning.t, cue)
        pitch = ladder[min(int(turning.height * len(ladder)), len(ladder) - 1)]
        metal = cue.number("metal") > 0.5 - 0.5 * turning.side * 0.999
        hard = 0.25 + 0.7 * cue.number("bright") * turning.speed + 0.1 * metal
        level = LOUDNESS * (0.45 + 0.55 * turning.height)
        pan, far = cue.number("pan") + WIDE * turning.side, cue.number("distance")
        lasts = cue.number("ring") * (0.9 if metal else 1.5) * (1.3 - 0.5 * turning.height)
        self.blow(frame, "bar" if metal else "glass", pitch, level, turning.which, hard, lasts, pan, far)
        if turning.turn == 0 and cue.number("bowl") > 0.0:
            low = harmony_at(self.desk.timeline, turning.t).pitch_hz(-7)
            deep = BOWL_LOUDNESS * cue.number("bowl")
            self.blow(frame, "bowl", low, deep, turning.which + 5_000_000, 0.3, 3.2, 0.3 * pan, far, 1.3)

    def _ladder(self, t: float, cue: Cue) -> tuple[float, ...]:
        """The tones that turnings play, from low to high."""
        harmony = harmony_at(self.desk.timeline, t)
        low = harmony.tonic_hz * 2.0 ** (round(cue.number("octave")) - 0.01)
        high = low * 2.0 ** round(cue.number("octaves"))
        chord = cue.pitches("chord")
        if not chord:
            return harmony.tones(low, high, chord=False)
        octaves = range(-8, 9)
        return tuple(sorted(hz * 2.0**n for hz in chord for n in octaves if low <= hz * 2.0**n < high))

    def answer(self, gesture: Gesture, frame: int) -> None:
        """A touch or a blow is a turning of one's own."""
        if isinstance(gesture, (Touch, Strike)):
            cue = self.desk.timeline.cue(PATH, frame / RATE)
            pitch = pitch_of_gesture(self.desk.timeline, gesture)
            level = LOUDNESS * (0.5 + 0.5 * gesture.strength)
            pan, far = float(pan_of(gesture.u)), cue.number("distance")
            kind = "bar" if gesture.u > 0 else "glass"
            self.blow(frame, kind, pitch, level, frame, 0.6, 1.5 * cue.number("ring"), pan, far)

    def render(self, span: Span) -> None:
        """The shimmer; the notes are in the bank."""
        super().render(span)
        self._hops.add(span.start, span.frames, span.out)

    def _make(self, h: int) -> Frames | None:
        r, i = divmod(h, RUN)
        if r not in self._runs:
            if len(self._runs) > 1:
                self._runs.pop(min(self._runs))
            self._runs[r] = self._levels(r)
        gains = self._runs[r][i : i + 2]
        if not gains.any():
            return None
        pitch = self.desk.timeline.score.tuning.tonic_hz * self._order
        turns = np.array([self._at + pitch * (k * SIZE / RATE) for k in (h, h + 1)])
        out = np.zeros((4, SIZE), np.float32)
        self._sines.add(out, turns, np.array([pitch, pitch]), gains)
        return out

    def _levels(self, r: int) -> Frames:
        """Bus gains (RUN + 1, 4, partials) where the hops of a run begin, and at its end."""
        asked = np.array([self._asked((r * RUN + i) * SIZE / RATE) for i in range(RUN + 1)])
        if not asked[:, 0].any():
            return np.zeros((RUN + 1, 4, self._order.size), np.float32)
        strength, own, sharp, pan, far = asked.T[:, :, None]
        places = orbit(self.desk.timeline.seed).at(own[:, 0])
        speed = np.minimum(np.linalg.norm(flow(places), axis=1, keepdims=True) / FASTEST, 1.0)
        top = 2.0 + 22.0 * (0.15 + 0.85 * sharp) * speed**0.8
        bright = np.exp(-((self._order / top) ** 2)) * self._order**-0.55
        side = 0.5 + 0.5 * self._side * np.tanh(places[:, :1] / 6.0)
        level = strength * (0.35 + 0.65 * speed) * bright * side
        return np.moveaxis(sends(pan + WIDE * self._side, far) * level.astype(np.float32), 0, 1)

    def _asked(self, t: float) -> tuple[float, ...]:
        """Strength of the shimmer, the orbit's own time, brightness, pan and distance at t."""
        timeline = self.desk.timeline
        span = timeline.beat_at(t)
        if not audible(timeline, PATH, span):
            return 0.0, 0.0, 0.0, 0.0, 1.0
        cue = timeline.cue(PATH, t)
        entry = float(smooth((t - since(timeline, PATH, t)) / 0.4))
        strength = SHIMMER * cue.number("shimmer") * entry
        own = max(own_time(timeline, span).at(t), 0.0) if strength > 0.0 else 0.0
        return strength, own, cue.number("bright"), cue.number("pan"), cue.number("distance")
