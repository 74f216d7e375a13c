"""Woodwinds: flute, oboe, clarinet and bassoon, told apart by what their tubes favour.

A flute has few partials, swings in strength rather than pitch, and breath lies over it; an oboe has formants near 1250
and 2900 Hz and a bassoon near 480 (Meyer, Acoustics and the Performance of Music); a clarinet's low notes lack their
even partials. Breath comes first where a flute begins.
"""

from __future__ import annotations

import numpy as np

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

FLUTE, OBOE = Player("flute", 261.0, 2100.0), Player("oboe", 233.0, 1250.0)
CLARINET, BASSOON = Player("clarinet", 146.0, 1400.0), Player("bassoon", 58.0, 500.0)
KINDS = ("flute", "oboe", "clarinet", "bassoon")
SEATS = {
    "all": (OBOE, FLUTE, CLARINET, BASSOON, FLUTE, CLARINET, OBOE, BASSOON),
    "flutes": (FLUTE,) * 8,
    "oboes": (OBOE,) * 8,
    "clarinets": (CLARINET,) * 8,
    "bassoons": (BASSOON,) * 8,
}
f32 = np.float32
SPOKEN = 0.12  # seconds after which all partials of a note are there
_NUMBER = np.arange(1, 33, dtype=f32)
_OCTAVES = np.log2(_NUMBER)
_ODD = np.arange(32) % 2 == 0
_FLUTE_DB = np.append(np.array([0.0, 6, 12, 20, 26, 33, 38, 44], f32), np.full(24, 90, f32))
TRIM = np.array([1.0, 0.72, 0.95, 0.95])
VIBRATO = np.array([0.5, 0.8, 0.12, 0.55])  # of the section's
AIR = np.array([0.7, 0.1, 0.18, 0.18])


class Winds(Mixed):
    """A section of woodwinds."""

    name = "winds"
    kinds = KINDS
    desks = SEATS
    partials = 32
    turn, leans, replies = 15, 4, 2
    loudness = 0.20
    controls = ("breath",)
    manner = Manner(
        attack=(0.075, 0.03), release=0.06, longest=6.5, pause=0.4, slur=0.6, lag=0.011, search=1.7
    )
    hand = Hand(
        scatter=4.5,
        vibrato=11.0,
        vibrato_hz=5.2,
        vibrato_after=0.28,
        glide=0.018,
        scoop=14.0,
        scoop_time=0.025,
        unsteady=1.0,
        dip=0.45,
        bite=0.1,
        alive=0.8,
    )
    answering = 2

    def settle(self, group: Group) -> None:
        """Each kind has its own vibrato."""
        group.playing.swing(VIBRATO[group.kind])

    def tone(self, group: Group, moments: Moments, partials: int) -> Coefficients:
        """Each kind's own spectrum."""
        kind, loud = group.kind[moments.who], moments.loud
        hz, strong = moments.hz.astype(f32)[:, None] * _NUMBER, loud.astype(f32)[:, None]
        spectra = np.empty(hz.shape, f32)
        for i, made in enumerate((_flute, _oboe, _clarinet, _bassoon)):
            mine = np.flatnonzero(kind == i)
            if mine.size:
                spectra[mine] = made(hz[mine], strong[mine])
        young = np.flatnonzero(moments.stroke_age < SPOKEN)
        power = np.einsum("ij,ij->i", spectra, spectra) + f32(1e-4)
        if young.size:
            slow = 0.0012 * (1 + (kind[young, None] == 0))
            spectra[young] *= smooth(moments.stroke_age[young, None] / (0.008 + slow * _NUMBER) + 0.2)
        swell = self._swell(group, moments, kind) * loud**1.25 * TRIM[kind] / np.sqrt(power)
        spectra *= swell.astype(f32)[:, None]
        return spectra.astype(np.complex64)

    def _swell(self, group: Group, moments: Moments, kind: Numbers) -> Numbers:
        """A flute's vibrato is one of breath."""
        draw = group.draw("breath")[moments.who]
        wave = np.sin(2 * np.pi * ((4.9 + 0.6 * draw) * moments.when + draw))
        deep = 0.15 * smooth((moments.age - 0.25) / 0.4) * moments.of("vibrato") / 0.6
        return np.asarray(1 + np.where(kind == 0, deep, 0.25 * deep) * wave)

    def noise(self, group: Group, moments: Moments) -> Numbers:
        """Breath over the edge or past the reed; a flute's comes a moment before its tone."""
        kind = group.kind[moments.who]
        chiff = 1 + 2.5 * np.exp(-np.maximum(moments.stroke_age, 0) / 0.04)
        return np.asarray(moments.of("breath") * AIR[kind] * (0.25 + moments.loud) * 0.05 * chiff)

    def colour(self, group: Group, moments: Moments) -> Numbers:
        """Breath about the second and third partial of what sounds."""
        middle = moments.mean(moments.hz)[:, None]
        away = np.log2(BAND_HZ / np.where(middle > 0, 2.6 * middle, 1500.0))
        return np.asarray(np.exp(-((away / 0.8) ** 2)) + 0.16 / (1 + (BAND_HZ / 5000) ** 4))


def _flute(hz: Frames, loud: Frames) -> Frames:
    high = 1 + np.maximum(np.log2(hz[:, :1] / 600), 0)  # high notes are purer
    return np.asarray(np.exp(f32(-np.log(10) / 20) * (1.25 - f32(0.45) * loud) * high * _FLUTE_DB))


def _oboe(hz: Frames, loud: Frames) -> Frames:
    nose = 0.3 + 1.5 / (1 + ((hz - 1250) / 420) ** 2) + (0.35 + 0.4 * loud) / (1 + ((hz - 2900) / 600) ** 2)
    return np.asarray(nose / (1 + _power(hz / (2300 + 900 * loud), 3.2)) * np.exp2(f32(-0.25) * _OCTAVES))


def _clarinet(hz: Frames, loud: Frames) -> Frames:
    odd = np.where(_ODD, f32(1), np.clip(hz / 3600, 0.03, 0.8))
    return np.asarray(odd * np.exp2((0.75 * loud - f32(1.75)) * _OCTAVES) / (1 + (hz / 4200) ** 2))


def _bassoon(hz: Frames, loud: Frames) -> Frames:
    throat = 0.25 + 1.6 / (1 + ((hz - 480) / 170) ** 2) + 0.4 / (1 + ((hz - 1180) / 300) ** 2)
    return np.asarray(throat / (1 + _power(hz / (1300 + 900 * loud), 3.0)) * np.exp2(f32(-0.1) * _OCTAVES))


def _power(x: Frames, exponent: float) -> Frames:
    """Of what is above nought."""
    return np.asarray(np.exp(f32(exponent) * np.log(x)))
