"""Singers on one line: what makes a pitch curve a voice. A louder tone that is also a brighter one, breath through the
glottis, and the breath before a phrase; how pitch and vowels move is told by steering.py.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from performance.causes.line import Line
from performance.sound.breathing import BIN_HZ, Air
from performance.sound.harmonics import Harmonics, Numbers
from performance.sound.hops import HOP
from performance.sound.instrument import Frames
from performance.sound.steering import RUN, SIZE, Choir, Run, Steering
from performance.sound.tract import CONSONANTS, ORDER, RAISED, sung, whispered

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
        self._tone = Harmonics(choir.voices, *choir.partials, SIZE)
        self._air = Air(choir.seed, 3)
        self._weighed: dict[int, NDArray[np.complex64]] = {}
        self._frames: dict[int, Frames] = {}
        self.cosine: Frames = np.ones((choir.voices, SIZE), np.float32)

    def silent(self, h: int) -> bool:
        """Nothing sounds or breathes in the hop."""
        run, i = self._steering.run(h // RUN), h % RUN
        heard = (run.loud, run.inhale, run.hiss)
        return not any(one[i : i + 2].any() for one in heard)

    def hop(self, h: int) -> Frames:
        """(voices, 512) of tone."""
        run, i = self._steering.run(h // RUN), h % RUN
        tone = self._tone.tone(run.turns[i] * 2.0**-32, run.hz[i], run.hz[i + 1])
        self.cosine = tone.real
        return self._tone.weighted(tone, self._weights(run, h, i), self._weights(run, h + 1, i + 1))

    def _weights(self, run: Run, h: int, i: int) -> NDArray[np.complex64]:
        if h not in self._weighed:
            loud = np.clip(run.loud[i], 0, 1)
            soft, hard = self.choir.tilt_db
            partials = self._tone.partials
            made = sung(
                run.formants[i], run.hz[i], partials, soft + (hard - soft) * loud, self.choir.ring * loud
            )
            if len(self._weighed) > 3:
                self._weighed.pop(min(self._weighed))
            self._weighed[h] = made * run.loud[i][:, None].astype(np.float32)
        return self._weighed[h]

    def breath(self, h: int) -> Frames:
        """(512,) of air: what escapes through the glottis, pulsing with it, and the breath before a phrase."""
        frames = [self._frame(f) for f in (2 * h - 1, 2 * h, 2 * h + 1)]
        joined = np.concatenate([frames[0][HOP:] + frames[1][:HOP], frames[1][HOP:] + frames[2][:HOP]])
        return joined

    def _frame(self, f: int) -> Frames:
        if f not in self._frames:
            if len(self._frames) > 3:
                self._frames.pop(min(self._frames))
            h, odd = divmod(f + 1, 2)
            run, i = self._steering.run(h // RUN), h % RUN
            ends = slice(i, i + 1 + odd)
            voiced = self._steering.size.mean() * (run.formants[ends].mean(axis=(0, 1)) + 0.4 * RAISED)
            hiss = HISS * run.hiss[ends].mean()
            letter = run.letter[ends][int(run.hiss[ends].argmax())]
            mouth = whispered(voiced, (0.5, 0.6, 0.6, 0.5, 0.4))
            colours = np.stack([mouth, _INHALE, _HISSING[letter] if hiss > 0.0 else _INHALE])
            gains = np.array([[run.aspiration[ends].mean() + 1e-12, 0.22 * run.inhale[ends].mean(), hiss]])
            self._frames[f] = self._air.frame(f, colours.astype(np.float32), gains)[0]
        return self._frames[f]
