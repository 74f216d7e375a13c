"""Strings: violins, violas, celli and a bass, each player with a wooden body, a bow and a hand of their own.

A bowed string gives a sawtooth whose comb depends on where the bow stands; the body passes it through a few named
resonances (the air's, two of the plates, the hill of the bridge; Jansson 1997, Woodhouse 2014) and many that are its
own, so that in vibrato every partial trembles its own way. A stroke begins with a scratch, and the string needs some
periods to catch. Plucked notes are struck strings in the bank of modes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from performance.causes.smooth import smooth
from performance.chance import bells, chances
from performance.sound.bands import BAND_HZ
from performance.sound.bowing import HOP_TIME, Manner, Numbers
from performance.sound.group import Group
from performance.sound.harmonics import Coefficients
from performance.sound.instrument import CONTROL, RATE, Desk, Frames
from performance.sound.modes import Modes
from performance.sound.moments import Moments
from performance.sound.place import curtain
from performance.sound.players import Player
from performance.sound.playing import Hand
from performance.sound.section import Section

if TYPE_CHECKING:
    from performance.timeline import Cue

VIOLIN, VIOLA = Player("violin", 195.0, 2800.0), Player("viola", 130.0, 1300.0)
CELLO, BASS = Player("cello", 65.0, 800.0), Player("bass", 41.0, 330.0)
SEATS = (
    VIOLIN, CELLO, VIOLA, VIOLIN, VIOLIN, BASS, VIOLIN, VIOLA, CELLO, VIOLIN, VIOLIN, VIOLA, VIOLIN, CELLO,
)  # fmt: skip
# (Hz, Q, dB) of the air, the plates, between them and the bridge hill
BODIES = {
    "violin": ((275, 18, 9), (460, 14, 8), (550, 16, 10), (1000, 6, 2), (2500, 2.2, 9)),
    "viola": ((220, 16, 9), (380, 14, 8), (440, 14, 9), (900, 5, 2), (2000, 2.2, 8)),
    "cello": ((100, 12, 8), (175, 14, 9), (195, 14, 7), (600, 4, 3), (1500, 2.0, 7)),
    "bass": ((62, 12, 8), (100, 14, 8), (115, 14, 7), (400, 4, 3), (1000, 2.0, 6)),
}
ROLL = {
    "violin": 3100.0,
    "viola": 2300.0,
    "cello": 1600.0,
    "bass": 1100.0,
}  # Hz, falling by 14 dB an octave above
KINDS = tuple(BODIES)
GRID_HZ, HIGHEST = 8.0, 20_000.0
OWN_MODES, OWN_Q, OWN_DB = 45, 22.0, 8.0
BOWED, TREMOLO, PLUCKED = 0.0, 1.0, 2.0
PLUCKED_MODES = 28
PLUCK_LOUDNESS = 1.1
f32 = np.float32
SPOKEN = 0.35  # seconds after which a string has caught
_NUMBER = np.arange(1, 65, dtype=f32)
_CATCH = (_NUMBER / 12.0) ** 0.7  # high partials catch later
_SCRATCH = (BAND_HZ > 250) / (1 + ((BAND_HZ - 2300) / 2300) ** 2)


def wooden_body(kind: str, seed: int, who: int) -> Frames:
    """Gain of one player's body at every GRID_HZ, mean power 1 below 3 kHz."""
    hz = np.maximum(np.arange(0, HIGHEST + 2 * GRID_HZ, GRID_HZ), 1.0)
    size = 1 + 0.03 * float(bells(seed, "size", who, count=1)[0])
    level = np.zeros(hz.size)
    for at, q, high in BODIES[kind]:
        level = np.maximum(level, high - 10 * np.log10(1 + (2 * q * np.log2(hz / (at * size))) ** 2))
    own = 480 * 2 ** (4.0 * chances(seed, "wood", who, count=OWN_MODES))
    away = 2 * OWN_Q * np.log2(hz[:, None] / own)
    level = level + (OWN_DB / (1 + away**2)).sum(axis=1)
    level -= 14 * np.maximum(0, np.log2(hz / ROLL[kind]))
    level -= 10 * np.maximum(0, np.log2(0.85 * BODIES[kind][0][0] / np.maximum(hz, 15)))
    gain = 10 ** (level / 20)
    return np.asarray(gain / np.sqrt((gain[hz < 3000] ** 2).mean()), np.float32)


class Strings(Section):
    """A section of strings."""

    name = "strings"
    kinds = KINDS
    loudness = 0.37
    rich_hz = 215.0
    controls, words = ("pressure",), ("bow",)
    manner = Manner(
        attack=(0.13, 0.055), release=0.09, longest=4.6, pause=0.0, slur=0.45, lag=0.026, search=2.0
    )
    hand = Hand(
        scatter=7.5,
        vibrato=15.0,
        vibrato_hz=5.7,
        vibrato_after=0.16,
        glide=0.055,
        scoop=9.0,
        scoop_time=0.04,
        unsteady=1.0,
        dip=0.3,
        bite=0.1,
        alive=1.0,
    )
    memory = 5.0

    def __init__(self, desk: Desk, number: int) -> None:
        super().__init__(desk, number)
        self._bodies: dict[int, tuple[Frames, Frames, Coefficients]] = {}
        self._changes = False  # whether the score asks for anything but the bow
        self._plucked = 0  # frames up to which plucked notes are with the bank

    def seats(self, config: tuple[int, str]) -> tuple[Player, ...]:
        """As many as the score says."""
        return SEATS[: config[0]]

    def read(self, cue: Cue) -> dict[str, float]:
        """The way of bowing as a number."""
        return super().read(cue) | {"bow": float(("bowed", "tremolo", "plucked").index(cue.word("bow")))}

    def _read(self) -> None:
        super()._read()
        self._changes = any(
            "bow" in span.beat.settings.get(self.path, {}) for span in self.desk.timeline.beats
        )

    def settle(self, group: Group) -> None:
        """Their instruments are built."""
        self._wood(group)

    def _wood(self, group: Group) -> tuple[Frames, Frames, Coefficients]:
        """Bodies (players, grid), the combs of their bows, and the phases of the partials."""
        if group.seed not in self._bodies or len(self._bodies[group.seed][0]) < len(group.players):
            bodies = np.stack([wooden_body(p.kind, group.seed, i) for i, p in enumerate(group.players)])
            bows = 0.085 + 0.05 * chances(group.seed, "bow", count=len(group.players))[:, None]
            combs = np.asarray(np.abs(np.sin(np.pi * _NUMBER * bows)) + 0.02, f32)
            turns = np.exp(2j * np.pi * chances(group.seed, "phases", count=64)).astype(np.complex64)
            self._bodies[group.seed] = (bodies, combs, turns)
        return self._bodies[group.seed]

    def tone(self, group: Group, moments: Moments, partials: int) -> Coefficients:
        """The string's comb through the body; loud is brighter, and a stroke's upper partials catch later."""
        bodies, combs, turns = self._wood(group)
        who, number = moments.who, _NUMBER[:partials]
        pressure = moments.of("pressure")
        slope = 1.25 - 0.22 * moments.loud - 0.2 * pressure + 0.5 * moments.of("dissolve")
        source = combs[who, :partials] * np.exp(-slope.astype(f32)[:, None] * np.log(number))
        young = np.flatnonzero(moments.stroke_age < SPOKEN)
        if young.size:
            catch = (0.012 + 0.06 * (1 - pressure[young, None])) * _CATCH[:partials]
            source[young] *= smooth((moments.stroke_age[young, None] + 0.01) / (0.02 + catch)).astype(f32)
        strength = (moments.loud**1.3 * self._arm(group, moments)).astype(f32)
        source *= (strength / np.sqrt(np.einsum("ij,ij->i", source, source) + f32(0.02)))[:, None]
        at = moments.hz.astype(f32)[:, None] * (number / f32(GRID_HZ))
        np.minimum(at, f32(HIGHEST / GRID_HZ), out=at)
        low = at.astype(np.int32)
        at -= low
        grid = (who * bodies.shape[1])[:, None] + low
        flat = bodies.reshape(-1)
        body = flat.take(grid)
        body += (flat[1:].take(grid) - body) * at
        source *= body
        return np.asarray(source * turns[:partials])

    def _arm(self, group: Group, moments: Moments) -> Numbers:
        """1 for a bow that draws; in tremolo it comes and goes, each in its own time; 0 where strings are plucked."""
        if not self._changes:
            return np.ones(len(moments))
        begun, strokes = np.unique(moments.begun, return_inverse=True)
        bows = np.array([self._bow_at(t) for t in begun.tolist()])[strokes]
        if not bows.any():
            return np.ones(len(moments))
        pace, turn = group.draw("arm", 2)[:, moments.who]
        shake = 0.3 + 0.9 * np.abs(np.sin(np.pi * (2 * (6.1 + 1.1 * pace) * moments.when + turn))) ** 0.8
        return np.asarray(np.where(bows == PLUCKED, 0.0, np.where(bows == TREMOLO, shake, 1.0)))

    def _bow_at(self, t: float) -> float:
        return self.asks.at(round(t / HOP_TIME))["bow"]

    def noise(self, group: Group, moments: Moments) -> Numbers:
        """The scratch where a stroke begins, and the hiss of hair all along it."""
        pressure = moments.of("pressure")
        scratch = (0.25 + pressure) * np.exp(-np.maximum(moments.stroke_age, 0) / 0.045)
        pale = 1 + 2 * moments.of("dissolve")
        return np.asarray(
            self._arm(group, moments) * moments.loud * (0.055 * scratch + (0.009 + 0.012 * pressure) * pale)
        )

    def colour(self, group: Group, moments: Moments) -> Numbers:
        """Horsehair on a string, through wood."""
        return np.asarray(_SCRATCH)

    # --- plucked ------------------------------------------------------------------------------------------------------
    def reset(self, frame: int) -> None:
        """Pluck again what still rings."""
        super().reset(frame)
        self._plucked = max(0, frame - round(2.5 * RATE))
        self._pluck_until(frame)

    def tick(self, k: int, cue: Cue) -> None:
        """Give the bank what is plucked up to the next control instant."""
        end = (k + 1) * CONTROL
        self._plucked = max(self._plucked, end - round(2.5 * RATE))
        self._pluck_until(end)

    def _pluck_until(self, end: int) -> None:
        begin, self._plucked = self._plucked / RATE, max(end, self._plucked)
        if not self._changes:
            return
        for group in self._groups.values():
            t = begin
            while t < end / RATE:  # page by page
                page = group.page(t)
                until = min(end / RATE, t + 1.0)
                for row in np.flatnonzero((page.onset >= t) & (page.onset < until)).tolist():
                    if self._bow_at(float(page.start[row])) == PLUCKED:
                        self._pluck(group, int(page.player[row]), float(page.onset[row]), float(page.octave[row]),
                                    float(page.level[row]), float(page.mark[row]))  # fmt: skip
                t = until

    def _pluck(self, group: Group, who: int, onset: float, octave: float, level: float, mark: float) -> None:
        bodies, _, _ = self._wood(group)
        h = round(onset / HOP_TIME)
        numbers = self.asks.at(h)
        cents = group.playing.scatter[who] + numbers["foreign"]
        hz = 2.0 ** (octave + cents / 1200)
        number = np.arange(1, PLUCKED_MODES + 1)
        pitch = hz * number * np.sqrt(1 + 4e-5 * number**2)
        keep = pitch < 12_000
        number, pitch = number[keep], pitch[keep]
        at = np.minimum(pitch, HIGHEST) / GRID_HZ
        body = np.interp(at, np.arange(bodies.shape[1]), bodies[who])
        loud = min(1.2 * level * numbers["swell"], 1.0)
        soft = np.exp(-number / (3.0 + 9.0 * loud))  # the flesh of a finger
        amplitude = np.abs(np.sin(np.pi * number * (0.17 + 0.06 * mark))) / number * soft * body
        amplitude *= curtain(pitch, numbers["muffled"]) * PLUCK_LOUDNESS * self.loudness * loud**1.3
        t60 = np.minimum(1.9, 1.4 * (220.0 / hz) ** 0.55) / (1 + 0.16 * number)
        place = group.places(h)[:, who] * group.strength[who]
        self.desk.bank.strike(Modes(pitch, t60, amplitude), round(onset * RATE), place, self.number)
