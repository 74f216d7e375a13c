"""A choir: one to twenty-four singers, each with a tract, a vibrato and a breath of their own.

They hold a chord on a vowel, sing a line in unison and octaves, come and go each at their own pace, or close their lips
to one hum that is neither melody nor word. Before a phrase they breathe in together, after it they breathe out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from performance.causes.smooth import smooth
from performance.sound.bands import BAND_HZ
from performance.sound.bowing import Manner, Numbers
from performance.sound.breathing import BIN_HZ
from performance.sound.group import Group
from performance.sound.harmonics import Coefficients
from performance.sound.moments import Moments
from performance.sound.players import Player
from performance.sound.playing import Hand
from performance.sound.section import Section
from performance.sound.tract import RAISED, VOWELS, sung, whispered

if TYPE_CHECKING:
    from performance.timeline import Cue

SOPRANO, ALTO = Player("soprano", 246.0, 1050.0), Player("alto", 174.0, 700.0)
TENOR, BASS = Player("tenor", 123.0, 525.0), Player("bass", 65.0, 335.0)
KINDS = ("soprano", "alto", "tenor", "bass")
SEATS = (SOPRANO, TENOR, ALTO, BASS) * 6
SIZE_OF = np.array([1.10, 1.05, 0.97, 0.92])  # of the resonances of each kind
CLOSED = np.array([255.0, 900, 2200, 3300, 4400])  # lips shut
WORDS = ("a", "o", "u", "e", "i")
_FORMANTS = np.array([VOWELS[word] for word in WORDS], np.float64)


def _mouth(formants: Numbers) -> Numbers:
    """Colour of breath through a mouth, in bands."""
    return np.asarray(np.interp(BAND_HZ, BIN_HZ, whispered(formants, (0.5, 0.6, 0.6, 0.5, 0.4), 1.2)))


INHALE, SIGH = (
    _mouth(np.array([720.0, 1650, 2700, 3900, 5200])),
    _mouth(np.array([560.0, 1150, 2450, 3500, 4700])),
)
SUNG = np.array([_mouth(formants + 0.4 * RAISED) for formants in (*_FORMANTS, CLOSED)])
BEFORE, AFTER = 0.62, 1.1  # seconds of a breath in and of a sigh


class Choir(Section):
    """A choir on vowels."""

    name = "choir"
    kinds = KINDS
    controls, words = ("hum", "scatter", "phasing", "breath"), ("vowel",)
    turn, leans, replies = 10, 3, 2
    loudness = 0.25
    rich_hz = 170.0
    manner = Manner(
        attack=(0.22, 0.09), release=0.26, longest=8.5, pause=0.5, slur=0.85, lag=0.035, search=2.6
    )
    hand = Hand(
        scatter=16.0,
        vibrato=24.0,
        vibrato_hz=5.5,
        vibrato_after=0.26,
        glide=0.12,
        scoop=45.0,
        scoop_time=0.07,
        unsteady=1.2,
        dip=0.12,
        bite=0.0,
    )
    answering = 4

    def seats(self, config: tuple[int, str]) -> tuple[Player, ...]:
        """As many as the score says, in four parts."""
        return SEATS[: config[0]]

    def read(self, cue: Cue) -> dict[str, float]:
        """With the vowel on its way to the next."""
        before, now, way = cue.blend("vowel")
        return super().read(cue) | {"from": WORDS.index(before), "to": WORDS.index(now), "way": way}

    def tone(self, group: Group, moments: Moments, partials: int) -> Coefficients:
        """The harmonics through each singer's tract."""
        hum, loud = moments.of("hum"), moments.loud
        tilt = -12.5 + 6.5 * loud * (1 - hum) - 5.0 * hum
        made = sung(self._tract(group, moments), moments.hz, partials, tilt, 0.35 * loud * (1 - hum))
        if hum.any():
            pitch = (moments.hz / 700).astype(np.float32)[:, None] * np.arange(
                1, partials + 1, dtype=np.float32
            )
            made /= 1 + hum.astype(np.float32)[:, None] * pitch**2
        there = self._there(group, moments)[moments.end, moments.who]
        made *= (loud**1.3 * there * (1 - 0.25 * hum)).astype(np.float32)[:, None]
        return made

    def _tract(self, group: Group, moments: Moments) -> Numbers:
        """Resonances (rows, 5)."""
        vowel = _blended(_FORMANTS, CLOSED, moments)
        own = 0.97 + 0.06 * group.draw("tract")
        return np.asarray(vowel[moments.end] * (SIZE_OF[group.kind] * own)[moments.who, None])

    def _there(self, group: Group, moments: Moments) -> Numbers:
        """How far each voice has come or gone, (ends, players)."""
        phasing = moments.numbers["phasing"][:, None]
        if not phasing.any():
            return np.ones((moments.t.size, len(group.players)))
        draw = group.draw("phasing", 2)
        wave = np.sin(2 * np.pi * ((0.055 + 0.09 * draw[0]) * moments.t[:, None] + draw[1]))
        return np.asarray(1 - phasing * (1 - smooth(0.5 + 0.75 * wave)))

    def noise(self, group: Group, moments: Moments) -> Numbers:
        """What escapes through the glottis."""
        there = self._there(group, moments)[moments.end, moments.who]
        return np.asarray(0.04 * moments.of("breath") * moments.loud * there)

    def breath(self, group: Group, moments: Moments) -> Numbers | None:
        """In before a phrase, out after it."""
        swell = moments.numbers["swell"]
        depth = np.where(swell > 0, moments.numbers["breath"], 0.0)
        if not depth.any():
            return None
        coming, gone = group.around(moments.t)
        into = (
            smooth((BEFORE - coming) / 0.16)
            * smooth((coming - 0.04) / 0.1)
            * (1 - 0.55 * np.clip(coming / BEFORE, 0, 1))
        )
        out = smooth((gone + 0.1) / 0.2) * (1 - smooth(gone / AFTER)) ** 1.5 * (coming > BEFORE + 0.2)
        loud = 0.3 * depth * (0.4 + 0.6 * swell) * np.minimum(moments.t / 0.3, 1.0)
        return np.asarray(loud[:, None] * (into + 1.5 * out))

    def colour(self, group: Group, moments: Moments) -> Numbers:
        """Breath through the vowel while they sing, through an open mouth else."""
        sounds = np.bincount(moments.end, minlength=moments.t.size) > 0
        made = _blended(SUNG, SUNG[-1], moments)
        if not sounds.all():
            soon = group.around(moments.t)[0].min(axis=1) < BEFORE + 0.1
            made[~sounds] = np.where(soon[~sounds, None], INHALE, SIGH)
        return made


def _blended(vowels: Numbers, closed: Numbers, moments: Moments) -> Numbers:
    """Something of the vowels, on its way from one to the next, and from it to closed lips, (ends, ...)."""
    numbers = moments.numbers
    way, hum = numbers["way"][:, None], numbers["hum"][:, None]
    before, now = (vowels[numbers[name].astype(np.intp)] for name in ("from", "to"))
    vowel = before * (1 - way) + now * way
    return np.asarray(vowel + (closed - vowel) * hum)
