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
from performance.sound.group import Group, Moment
from performance.sound.harmonics import Coefficients
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
    partials = (8, 8)
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
        numbers = {name: cue.number(name) for name in (*self.common, "hum", "scatter", "phasing", "breath")}
        return numbers | {"from": WORDS.index(before), "to": WORDS.index(now), "way": way}

    def tone(self, group: Group, moment: Moment, partials: int) -> Coefficients:
        """The harmonics through each singer's tract."""
        who, numbers = moment.who, moment.numbers
        hum, loud = numbers["hum"], moment.loud
        tract = self._tract(group, moment)
        tilt = -12.5 + 6.5 * loud * (1 - hum) - 5.0 * hum
        made = sung(tract, moment.hz, partials, tilt, 0.35 * loud * (1 - hum))
        if hum > 0.0:
            pitch = moment.hz[:, None] * np.arange(1, made.shape[1] + 1)
            made = made / (1 + hum * (pitch / 700) ** 2)
        strength = loud**1.3 * self._there(group, moment)[who] * (1 - 0.25 * hum)
        return np.asarray(made * strength[:, None], np.complex64)

    def _tract(self, group: Group, moment: Moment) -> Numbers:
        """Resonances (players that sound, 5)."""
        numbers = moment.numbers
        vowel = (
            _FORMANTS[int(numbers["from"])] * (1 - numbers["way"])
            + _FORMANTS[int(numbers["to"])] * numbers["way"]
        )
        vowel = vowel + (CLOSED - vowel) * numbers["hum"]
        own = 0.97 + 0.06 * group.draw("tract")
        return np.asarray(vowel * (SIZE_OF[group.kind] * own)[moment.who, None])

    def _there(self, group: Group, moment: Moment) -> Numbers:
        """How far each voice has come or gone."""
        phasing, count = moment.numbers["phasing"], len(group.players)
        if phasing <= 0.0:
            return np.ones(count)
        draw = group.draw("phasing", 2)
        wave = np.sin(2 * np.pi * ((0.055 + 0.09 * draw[0]) * moment.t + draw[1]))
        return np.asarray(1 - phasing * (1 - smooth(0.5 + 0.75 * wave)))

    def noise(self, group: Group, moment: Moment) -> Numbers:
        """What escapes through the glottis."""
        return np.asarray(
            0.04 * moment.numbers["breath"] * moment.loud * self._there(group, moment)[moment.who]
        )

    def breath(self, group: Group, moment: Moment) -> Numbers | None:
        """In before a phrase, out after it."""
        depth = moment.numbers["breath"]
        if depth <= 0.0 or moment.numbers["swell"] <= 0.0:
            return None
        coming, gone = group.around(moment.t)
        into = (
            smooth((BEFORE - coming) / 0.16)
            * smooth((coming - 0.04) / 0.1)
            * (1 - 0.55 * np.clip(coming / BEFORE, 0, 1))
        )
        out = smooth((gone + 0.1) / 0.2) * (1 - smooth(gone / AFTER)) ** 1.5 * (coming > BEFORE + 0.2)
        loud = 0.3 * depth * (0.4 + 0.6 * moment.numbers["swell"]) * min(moment.t / 0.3, 1.0)
        return np.asarray(loud * (into + 1.5 * out))

    def colour(self, group: Group, moment: Moment) -> Numbers:
        """Breath through the vowel while they sing, through an open mouth else."""
        if moment.who.size:
            numbers = moment.numbers
            vowel = (
                SUNG[int(numbers["from"])] * (1 - numbers["way"]) + SUNG[int(numbers["to"])] * numbers["way"]
            )
            return np.asarray(vowel + (SUNG[-1] - vowel) * numbers["hum"])
        coming, _ = group.around(moment.t)
        return np.asarray(INHALE if coming.min() < BEFORE + 0.1 else SIGH)
