"""Singing mirrors: a touch, the visitor's or the ghost's, wakes the mirror's emotion, and its neighbours answer softly.

All stand on pitches of the score's chord: nobody can touch a wrong note.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from performance.causes.constellation import EMOTIONS, answers, underway
from performance.causes.harmony import harmony_at
from performance.causes.place import STILL, distance_of, pan_of
from performance.causes.touches import Touched, constellation_of, mirror_touches
from performance.chance import chance, chances
from performance.gestures import Touch
from performance.sound.bodies import BODIES, struck
from performance.sound.instrument import CONTROL, RATE, Desk, Frames, Instrument, Span
from performance.sound.later import Later
from performance.sound.lines import Lines
from performance.sound.modes import Modes
from performance.sound.place import sends
from performance.sound.songs import Song

if TYPE_CHECKING:
    from performance.causes.constellation import Constellation
    from performance.gestures import Gesture
    from performance.timeline import Cue

LOUDNESS = {"triumph": 0.28, "longing": 0.19, "hope": 0.50}  # as loud as one another
MIDDLE_HZ = 392.0  # mirrors sing about here; larger ones lower
HOME, CHIME = 0.94, 0.05  # how far on its way a mirror rings, and how loudly
ANSWERS = 7  # neighbours that are heard


class Mirrors(Instrument):
    """The constellation as an instrument."""

    name = "mirrors"
    memory = 7.0

    def __init__(self, desk: Desk, number: int) -> None:
        super().__init__(desk, number)
        self._lines, self._later = Lines(), Later()
        for beat in desk.timeline.beats:
            constellation_of(desk.timeline, beat.start)  # reckoned now, not while it sounds

    def reset(self, frame: int) -> None:
        """No mirror sings."""
        self._lines.clear()
        self._later.clear()
        self._assembled = -1.0

    def anchor(self, frame: int) -> int:
        """Mirrors that have just found their places still ring."""
        return frame - 6 * RATE

    def tick(self, k: int, cue: Cue) -> None:
        """Work out the blows of the coming interval; a mirror that finds its place rings, high and small."""
        self._later.reach((k + 1) * CONTROL)
        t = k * CONTROL / RATE
        before, self._assembled = (
            self._assembled,
            self.desk.timeline.cue("stage.mirrors", t).number("assemble"),
        )
        stars = constellation_of(self.desk.timeline, t) if 0.0 <= before < self._assembled else None
        if stars is None:
            return
        were, are = (underway(stars, share)[stars.mirrors] for share in (before, self._assembled))
        for mirror in np.flatnonzero((were < HOME) & (are >= HOME)).tolist():
            draw = chances(self.desk.seed, "home", mirror, count=2)
            pitch_hz = 4.0 * self._pitch(cue, stars, mirror)
            which = (self.desk.seed, 7000 + mirror)
            body = struck(BODIES["mirror"], pitch_hz, CHIME * (0.4 + 0.6 * draw[0]), which, hardness=0.4)
            frame = k * CONTROL + int(CONTROL * draw[1])
            self.desk.bank.strike(body, frame, _place(stars, mirror), self.number)

    def answer(self, gesture: Gesture, frame: int) -> None:
        """Sing for the mirror that this touch has met, if it met one."""
        if not isinstance(gesture, Touch):
            return
        for touched in mirror_touches(self.desk.timeline, gesture.t, math.nextafter(gesture.t, math.inf)):
            stars = constellation_of(self.desk.timeline, touched.t)
            if stars is not None:
                self._sing(stars, touched, frame)

    def _sing(self, stars: Constellation, touched: Touched, frame: int) -> None:
        cue = self.desk.timeline.cue(self.path, touched.t)
        emotion = EMOTIONS[stars.emotion[stars.mirrors[touched.mirror]]]
        pitch_hz = self._pitch(cue, stars, touched.mirror)
        level = LOUDNESS[emotion] * (0.45 + 0.55 * touched.strength)
        place = _place(stars, touched.mirror)
        song = Song(
            lambda made, at: self._strike(made, at, place),
            lambda at, line, strength: self._lines.add(at, line, place * np.float32(strength)),
            frame, pitch_hz, level, cue.number("bright"), self.desk.seed,
        )  # fmt: skip
        {"triumph": song.triumph, "longing": song.longing, "hope": song.hope}[emotion]()
        self._neighbours(stars, touched, frame, level * cue.number("answer"), cue)

    def _neighbours(self, stars: Constellation, touched: Touched, frame: int, level: float, cue: Cue) -> None:
        later, strength = answers(stars, touched.mirror)
        for mirror in np.argsort(-strength)[1 : ANSWERS + 1].tolist():
            pitch_hz = 2.0 * self._pitch(cue, stars, mirror)
            which = (self.desk.seed, frame + mirror)
            soft = 0.5 * level * float(strength[mirror])
            made = partial(struck, BODIES["mirror"], pitch_hz, soft, which, hardness=0.35)
            self._strike(made, frame + round(float(later[mirror]) * RATE), _place(stars, mirror))

    def _strike(self, made: Callable[[], Modes], frame: int, place: Frames) -> None:
        bank, number = self.desk.bank, self.number
        self._later.add(frame, lambda: bank.strike(made(), frame, place, number))

    def _pitch(self, cue: Cue, stars: Constellation, mirror: int) -> float:
        """The chord's pitch for a mirror, in the octave of its size."""
        chord = cue.pitches("chord") or harmony_at(self.desk.timeline, cue.t).tones(
            MIDDLE_HZ / 2, MIDDLE_HZ * 2
        )
        pitch = chord[int(chance(self.desk.seed, "mirror", mirror) * len(chord))]
        wanted = MIDDLE_HZ * float(np.clip(0.062 / stars.size[mirror], 0.75, 1.6)) ** 0.7
        return pitch * 2.0 ** round(math.log2(wanted / pitch))

    def render(self, span: Span) -> None:
        """The rubbed tones; the blows are in the bank."""
        self._lines.render(span)


def _place(stars: Constellation, mirror: int) -> Frames:
    """Where a mirror is heard: where it is seen."""
    where = stars.places[stars.mirrors[mirror]]
    u, _, _ = STILL.project(where[0], where[1], where[2])
    return sends(pan_of(u), distance_of(where[2]), 1.2)
