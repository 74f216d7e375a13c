"""Brass: horns, trumpets, trombone and tuba. The louder they play, the more their spectrum opens.

Below a corner the partials stand level, above it they fall, and the fall eases as the player gives more (Risset and
Mathews 1969; Myers and others 2012 on brassiness): at full strength the tone is bright as metal. High partials come
later than low ones. Lips are not quite steady: a note is approached from below, buzzes, and may crack as it begins.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from performance.causes.smooth import smooth
from performance.sound.bands import BAND_HZ
from performance.sound.bowing import Manner, Numbers
from performance.sound.group import Group
from performance.sound.harmonics import Coefficients
from performance.sound.instrument import Frames
from performance.sound.moments import Moments
from performance.sound.players import Player
from performance.sound.playing import Hand
from performance.sound.section import Mixed

HORN, TRUMPET = Player("horn", 73.0, 700.0), Player("trumpet", 164.0, 1050.0)
TROMBONE, TUBA = Player("trombone", 62.0, 530.0), Player("tuba", 36.0, 300.0)
KINDS = ("horn", "trumpet", "trombone", "tuba")
SEATS = {
    "all": (HORN, TRUMPET, TROMBONE, HORN, TUBA, TRUMPET, HORN, TROMBONE),
    "horns": (HORN,) * 8,
    "trumpets": (TRUMPET,) * 8,
    "low": (TROMBONE, TUBA, TROMBONE, TROMBONE, TUBA, TROMBONE, TUBA, TROMBONE),
}
CORNER_HZ = np.array([520.0, 1200.0, 760.0, 360.0])  # of each kind
SOFT_FALL = np.array([26.0, 20.0, 22.0, 27.0], np.float32)  # dB an octave above the corner, played softly
OPENING = np.array([19.5, 14.0, 16.5, 18.0], np.float32)  # dB an octave by which full strength eases it
WAIT = np.array([2.2, 1.4, 2.0, 3.0]) * 1e-3  # seconds that each further partial comes later
BELL_HZ, BELL_FALL = 4200.0, 11.0  # above it a bell no longer gathers what it gives off: dB an octave
f32 = np.float32
SPOKEN = 0.35  # seconds after which all partials of a note are there
_NUMBER = np.arange(1, 65, dtype=f32)
# a tube spreads a lip's pulse over the period: high partials run behind low ones (Schroeder 1970)
_PHASES = np.exp(-1j * np.pi * _NUMBER * (_NUMBER - 1) / 48).astype(np.complex64)
_TUBE = sum(
    deep / (1 + (7 * np.log2(BAND_HZ / at)) ** 2) for at, deep in ((190, 1.0), (380, 1.4), (760, 0.7))
)
_TUBE = np.asarray(_TUBE + 0.035 / (1 + (BAND_HZ / 2200) ** 2))
_BUZZ = np.exp(-((np.log2(BAND_HZ / 900) / 1.1) ** 2)) + 0.05 / (1 + (BAND_HZ / 5000) ** 2)
INHALING = 0.36  # share of a slow breath


class Brass(Mixed):
    """A section of brass."""

    name = "brass"
    kinds = KINDS
    desks = SEATS
    loudness = 0.20
    rich_hz = 330.0
    turn, leans, replies = 5, 0, 2
    controls = ("lips", "breath")
    manner = Manner(
        attack=(0.09, 0.052), release=0.085, longest=7.0, pause=0.45, slur=0.55, lag=0.012, search=2.4
    )
    hand = Hand(
        scatter=4.0,
        vibrato=4.0,
        vibrato_hz=5.0,
        vibrato_after=0.35,
        glide=0.03,
        scoop=34.0,
        scoop_time=0.03,
        unsteady=1.1,
        dip=0.5,
        bite=0.2,
        alive=1.2,
    )
    answering = 3

    def tone(self, group: Group, moments: Moments, partials: int) -> Coefficients:
        """Level up to the corner, and a fall above it that eases with the player's strength."""
        number, kind = _NUMBER[:partials], group.kind[moments.who]
        loud = moments.loud * self._flutter(group, moments)
        late = self._late(moments, kind, number)
        open_ = np.clip(loud[:, None], 0, 1).astype(f32) * (f32(0.35) + f32(0.65) * late)
        octaves = np.log2(moments.hz / CORNER_HZ[kind]).astype(f32)[:, None] + np.log2(number)
        fall = SOFT_FALL[kind, None] - OPENING[kind, None] * open_
        level = f32(3.5) * np.minimum(octaves, 0) - fall * np.maximum(octaves, 0)
        beyond = octaves + np.log2(CORNER_HZ[kind, None] / BELL_HZ).astype(f32)
        level -= f32(BELL_FALL) * np.maximum(beyond, 0)
        dissolve = moments.of("dissolve")
        if dissolve.any():
            level -= (9.0 * dissolve).astype(f32)[:, None] * np.maximum(octaves + 1, 0)
        level *= f32(np.log(10) / 20)
        source = np.exp(level, out=level)
        source *= late
        power = np.einsum("ij,ij->i", source, source) + f32(0.02)
        source *= ((loud**1.35).astype(f32) / np.sqrt(power))[:, None]
        return np.asarray(source * _PHASES[:partials])

    def _late(self, moments: Moments, kind: NDArray[np.intp], number: Frames) -> Frames:
        """0..1: how far each partial has come."""
        young = np.flatnonzero(moments.stroke_age < SPOKEN)
        come = np.ones((len(moments), number.size if young.size else 1), f32)
        if young.size:
            age = np.maximum(moments.stroke_age[young, None] - 0.004, 0)
            come[young] = smooth(age / (0.012 + WAIT[kind[young], None] * number))
        return come

    def _flutter(self, group: Group, moments: Moments) -> Numbers:
        """The lips are never quite even; as a note begins they are least so, and now and then it cracks."""
        lips, age, when = moments.of("lips"), moments.stroke_age, moments.when
        turn, pace = group.draw("lips", 2)[:, moments.who]
        swing = np.sin(2 * np.pi * ((26 + 6 * pace) * when + turn)) * np.sin(
            2 * np.pi * (17 * when + 7 * turn)
        )
        uneven = lips * (0.05 + 0.5 * np.exp(-np.maximum(age, 0) / 0.07)) * swing
        crack = (moments.mark < 0.16 * lips) * np.exp(-(((age - 0.06) / 0.022) ** 2))
        return np.asarray(np.clip(1 + uneven - 0.75 * crack, 0.05, 1.3))

    def noise(self, group: Group, moments: Moments) -> Numbers:
        """Air past the lips: a puff as they open, then little."""
        puff = np.exp(-np.maximum(moments.stroke_age, 0) / 0.035)
        return np.asarray(moments.of("lips") * moments.loud * (0.012 + 0.06 * puff))

    def breath(self, group: Group, moments: Moments) -> Numbers | None:
        """Slow breath through the tubes: in, quickly and thin; out, long."""
        depth = np.where(moments.numbers["swell"] > 0, moments.numbers["breath"], 0.0)[:, None]
        if not depth.any():
            return None
        t = moments.t[:, None]
        draw = group.draw("breathing", 2)[:, group.zone]  # those who sit together breathe together
        turn = t * (0.15 + 0.09 * draw[0]) + draw[1]
        x = turn - np.floor(turn)
        into = np.sin(np.pi * np.clip(x / INHALING, 0, 1)) ** 1.5
        out = np.sin(np.pi * np.clip((x - INHALING - 0.04) / (0.9 - INHALING), 0, 1) ** 0.7) ** 1.5
        deep = 0.6 + 0.4 * np.sin(2 * np.pi * (0.37 * np.floor(turn) + draw[0]))
        return np.asarray(1.3 * depth * deep * (0.45 * into + out) * np.minimum(t / 0.3, 1.0))

    def colour(self, group: Group, moments: Moments) -> Numbers:
        """The tube's own resonances where it is only breathed through, the lips' buzz where it sounds."""
        plays = (moments.most(moments.loud) > 0.02) & (moments.numbers["breath"] < 0.02)
        sounding = np.where(plays, 1.0, 0.3)[:, None]
        return np.asarray(sounding * _BUZZ + (1 - sounding) * _TUBE)
