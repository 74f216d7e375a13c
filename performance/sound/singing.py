"""Singers on one line: what makes a pitch curve a voice. A louder tone that is also a brighter one, breath through the
glottis, and the breath before a phrase; how pitch and vowels move is told by steering.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TypeVar

import numpy as np

from performance.causes.line import Line
from performance.sound.breathing import BIN_HZ, Air
from performance.sound.harmonics import Harmonics, Numbers
from performance.sound.hops import HOP
from performance.sound.instrument import Frames
from performance.sound.moments import Kept, farthest
from performance.sound.rota import Duty
from performance.sound.steering import RUN, SIZE, Choir, Steering
from performance.sound.tract import CONSONANTS, ORDER, RAISED, sung, whispered

Made = TypeVar("Made")
GLOTTIS = 0.5  # how far aspiration pulses with the glottis
HISS = 0.30  # of consonants, against the voice
_INHALE = whispered(np.array([720.0, 1650, 2700, 3900, 5200]), wide=1.3)


def _hissing(letter: str) -> Numbers:
    """Colour of a consonant, (bins,); nothing for what does not hiss."""
    _, centre, width, strength, _ = CONSONANTS.get(letter, (0.0, 0.0, 0.0, 0.0, False))
    if strength == 0.0:
        return np.zeros_like(BIN_HZ)
    return np.asarray(np.exp(-0.5 * ((BIN_HZ - centre) / width) ** 2) * np.sqrt(2600 / max(width, 900)))


_HISSING = np.array([_hissing(letter) for letter in ORDER])


class Singers:
    """A choir singing a line. `hop(h)` gives (voices, 512) of tone, `breath(h)` (512,) of air.

    `bend(times)` in cents (n, voices) is added to the pitch.
    """

    def __init__(self, line: Line, choir: Choir, bend: Callable[[Numbers], Numbers] | None = None) -> None:
        self.line, self.choir = line, choir
        self._steering = Steering(line, choir, bend)
        self._tone = Harmonics(choir.voices, choir.partials, SIZE)
        self._air = Air(choir.seed, 3)
        self._last = -1  # the hop that was made last
        self._waves: dict[int, Frames] = {}
        self._breaths: dict[int, Frames] = {}
        self._colours = Kept(self._colour)
        self._phase = np.zeros((choir.voices, SIZE), np.float32)

    def silent(self, h: int) -> bool:
        """Nothing sounds or breathes in the hop."""
        run, i = self._steering.run(h // RUN), h % RUN
        heard = (run.loud, run.inhale, run.hiss)
        return not any(one[i : i + 2].any() for one in heard)

    def hop(self, h: int) -> Frames:
        """(voices, 512) of tone."""
        self._last = h
        r, i = divmod(h, RUN)
        run, waves = self._steering.run(r), _of_run(self._waves, r, self._draw)
        self._phase = self._tone.along(run.turns[i] * 2.0**-32, run.hz[i], run.hz[i + 1])
        return self._tone.read(self._phase, waves[i], waves[i + 1])

    def cycle(self) -> Frames:
        """(512,) of the first voice's glottis in the hop last made: 1 where it opens, -1 half a turn later."""
        turns = self._phase[0] - np.floor(self._phase[0])
        return np.asarray(np.cos(np.float32(2 * np.pi) * turns))

    def breath(self, h: int) -> Frames:
        """(512,) of air: what escapes through the glottis, pulsing with it, and the breath before a phrase."""
        r, i = divmod(h, RUN)
        return _of_run(self._breaths, r, self._breathe)[i * SIZE : (i + 1) * SIZE]

    def duty(self, h: int) -> Duty | None:
        """After hop h: the next part of the run to come."""
        if self._last != h:  # nobody sang
            return None
        r = h // RUN + 1
        for made, cost, deed in self._parts(r):
            if not made:
                return Duty(r * RUN, cost, deed)
        return None

    def _parts(self, r: int) -> Iterator[tuple[bool, float, Callable[[], object]]]:
        """Of a run: whether it is there, what it costs in microseconds, about, and how it is made."""
        steering = self._steering
        yield r in steering.mouth, 170.0, partial(steering.mouth, r)
        yield r in steering.hertz, 190.0, partial(steering.hertz, r)
        yield steering.has(r), 170.0, partial(steering.run, r)
        yield r in self._waves, 190.0, partial(_of_run, self._waves, r, self._draw)
        if self._breaths:
            yield r in self._colours, 170.0, partial(self._colours, r)
            yield r in self._breaths, 190.0, partial(_of_run, self._breaths, r, self._breathe)

    def _draw(self, r: int) -> Frames:
        """The waves at the ends of the hops of a run, (RUN + 1, voices, ...)."""
        run, partials = self._steering.run(r), self._tone.partials
        loud = np.clip(run.loud, 0, 1).ravel()
        soft, hard = self.choir.tilt_db
        tracts = run.formants.reshape(loud.size, -1)
        made = sung(tracts, run.hz.ravel(), partials, soft + (hard - soft) * loud, self.choir.ring * loud)
        made *= run.loud.reshape(-1, 1).astype(np.float32)
        return self._tone.waves(made.reshape(*run.loud.shape, partials))

    def _breathe(self, r: int) -> Frames:
        """(RUN * 512,): frames in whose middles hops begin, and those halfway between."""
        frames = self._air.frames(2 * RUN * r - 1, *self._colours(r))[:, 0]
        return np.asarray(frames[:-1, HOP:] + frames[1:, :HOP]).ravel()

    def _colour(self, r: int) -> tuple[Frames, Frames]:
        """Colours and gains of the breath in a run's frames."""
        run = self._steering.run(r)
        voiced = self._steering.size.mean() * (_halved(run.formants.mean(axis=1)) + 0.4 * RAISED)
        hiss = HISS * _halved(run.hiss)
        louder = np.arange(RUN) + (run.hiss[1:] > run.hiss[:-1])
        letter = np.empty(hiss.size, np.intp)
        letter[0::2], letter[1::2] = run.letter, run.letter[louder]
        mouth = whispered(voiced, (0.5, 0.6, 0.6, 0.5, 0.4))
        hissing = np.where(hiss[:, None] > 0.0, _HISSING[letter], _INHALE)
        colours = np.stack([mouth, np.broadcast_to(_INHALE, mouth.shape), hissing], axis=1)
        gains = np.stack([_halved(run.aspiration) + 1e-12, 0.22 * _halved(run.inhale), hiss], axis=1)[:, None]
        return colours.astype(np.float32), gains.astype(np.float32)


def _of_run(kept: dict[int, Made], r: int, make: Callable[[int], Made]) -> Made:
    """What is worked out once for a run; that of two runs is kept."""
    if r not in kept:
        if len(kept) > 1:
            kept.pop(farthest(kept, r))
        kept[r] = make(r)
    return kept[r]


def _halved(control: Numbers) -> Numbers:
    """Control (RUN + 1, ...) and its means halfway, (2 * RUN + 1, ...)."""
    made = np.empty((2 * RUN + 1, *control.shape[1:]))
    made[0::2], made[1::2] = control, 0.5 * (control[:-1] + control[1:])
    return made
