"""Some players of a section side by side: their strokes made into sound, hop by hop.

A group keeps what it has worked out for the hops around now: strokes by the page, control by the run, weights of the
partials and strength of the noise at the ends of hops. All of it is a function of time and may be forgotten.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from performance.causes.smooth import smooth
from performance.chance import bells, chances
from performance.sound.bands import BAND_HZ, COUNT, Bands
from performance.sound.bowing import BACK, HOP_TIME, Bowing, Flags, Numbers, Strokes
from performance.sound.harmonics import Coefficients, Harmonics
from performance.sound.instrument import Frames
from performance.sound.place import sends
from performance.sound.players import Player
from performance.sound.playing import SIZE, Playing

if TYPE_CHECKING:
    from performance.sound.section import Section

PAGE = 4.0  # seconds of strokes that are worked out at once
AHEAD = 0.9  # seconds after a page that it still knows: the breath before a note
ZONES = 3  # places from which a section's noise comes
HIGHEST_HZ = 18_500.0
WIDTH = 0.4  # of a section, where the score does not spread it
# a tone ends gently at its last partials: cut off, they would stand as a wall in the spectrum
_LAST = {n: smooth(4.0 * (1.0 - np.arange(n) / n)).astype(np.float32) for n in (32, 64)}
_RAMP = ((np.arange(SIZE) + 1) / SIZE).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Moment:
    """What a tone is made from at one end of a hop: the players that sound, their pitch (Hz), dynamic 0..1, age of note
    and stroke (seconds), even chance of the note, time, and the score's numbers."""

    t: float
    who: NDArray[np.intp]
    hz: Numbers
    loud: Numbers
    envelope: Numbers
    age: Numbers
    stroke_age: Numbers
    begun: Numbers
    mark: Numbers
    numbers: dict[str, float]

    def part(self, these: NDArray[np.intp]) -> Moment:
        """Some of the players."""
        return Moment(
            self.t, self.who[these], self.hz[these], self.loud[these], self.envelope[these], self.age[these],
            self.stroke_age[these], self.begun[these], self.mark[these], self.numbers,
        )  # fmt: skip


class Group:
    """Some players of a section and their strokes."""

    def __init__(
        self, section: Section, players: Sequence[Player], seed: int, partials: tuple[int, int], shift: int
    ) -> None:
        self.section, self.players, self.seed = section, players, seed
        count = len(players)
        self.config: object = None  # what of the part is theirs
        self._bowing = Bowing(players, section.manner, seed, section.sampled)
        tonic = section.desk.timeline.score.tuning.tonic_hz
        self.playing = Playing(
            count, section.hand, seed, tonic, self.page, section.asked, section.manner.release, shift
        )
        self.tone = Harmonics(count, *partials, SIZE)
        self.spare = Harmonics(count, 4, 8, SIZE) if self.tone.partials > 32 else None
        self.kind = np.array([section.kinds.index(player.kind) for player in players])
        self.strength = (np.exp(0.12 * bells(seed, "strength", count=count)) / np.sqrt(count)).astype(
            np.float32
        )
        self.side = _sides(players, seed)
        self.far = 0.3 * chances(seed, "row", count=count)
        self.zone = np.minimum(
            (np.argsort(np.argsort(self.side)) * ZONES) // max(count, 1), min(count, ZONES) - 1
        )
        self.zones = np.eye(int(self.zone.max()) + 1)[self.zone]  # (players, zones)
        self.air = Bands(int(self.zone.max()) + 1, seed, SIZE)
        self._pages: dict[int, Strokes] = {}
        self._moments: dict[int, Moment] = {}
        self._weights: dict[int, Coefficients] = {}
        self._gusts: dict[int, Frames | None] = {}
        self._drawn: dict[tuple[str, int], Numbers] = {}
        self._places: tuple[tuple[float, ...], Frames] = ((), np.zeros((4, count), np.float32))

    def forget(self, since: float = -np.inf) -> None:
        """Their notes from `since` on have changed."""
        self._pages = {p: page for p, page in self._pages.items() if (p + 1) * PAGE < since}
        self.lean(since)

    def lean(self, since: float) -> None:
        """How loudly they play from `since` on has changed."""
        self.playing.forget(since)
        self._weights = {h: w for h, w in self._weights.items() if h * HOP_TIME <= since}
        self._moments = {h: made for h, made in self._moments.items() if h * HOP_TIME <= since}
        self._gusts = {h: made for h, made in self._gusts.items() if h * HOP_TIME <= since}

    def page(self, t: float) -> Strokes:
        """The strokes around t."""
        shift = self.section.number * 0.37  # not all sections turn their pages at once
        p = int(np.floor((t + shift) / PAGE))
        if p not in self._pages:
            if len(self._pages) > 1:
                self._pages.pop(min(self._pages))
            a = p * PAGE - shift
            notes = self.section.part(a - BACK, a + PAGE + AHEAD, self.config)
            self._pages[p] = self._bowing.strokes(notes, a - 0.05, a + PAGE + AHEAD)
        return self._pages[p]

    def draw(self, what: str, each: int = 1) -> Numbers:
        """Even chances of every player, (players,), or (each, players): the same at all times."""
        if (what, each) not in self._drawn:
            made = chances(self.seed, what, count=each * len(self.players))
            self._drawn[what, each] = made.reshape(each, -1) if each > 1 else made
        return self._drawn[what, each]

    def moment(self, h: int) -> Moment:
        """What sounds at the start of hop h."""
        if h not in self._moments:
            if len(self._moments) > 3:
                self._moments.pop(min(self._moments))
            self._moments[h] = self._look(h)
        return self._moments[h]

    def _look(self, h: int) -> Moment:
        run, i = self.playing.at(h)
        who = np.flatnonzero(run.envelope[i] > 1e-5)
        return Moment(
            h * HOP_TIME, who, run.hz[i, who], run.loud[i, who], run.envelope[i, who], run.age[i, who],
            run.stroke_age[i, who], run.begun[i, who], run.mark[i, who], self.section.numbers(h),
        )  # fmt: skip

    def sounds(self, h: int) -> Flags:
        """Which players sound in hop h."""
        run, i = self.playing.at(h)
        return np.asarray(run.envelope[i : i + 2].max(axis=0) > 1e-5)

    def idle(self, h: int) -> bool:
        """Whether they neither play nor breathe in hop h: others sit there in this beat."""
        a, b = h * HOP_TIME, (h + 1) * HOP_TIME
        if self.section.present(self, a) or self.section.present(self, b):
            return False
        pages = {id(page): page for page in (self.page(a), self.page(b))}.values()
        return not any(((page.start < b + HOP_TIME) & (page.stop > a - HOP_TIME)).any() for page in pages)

    def hop(self, h: int) -> Frames | None:
        """The four buses of hop h, or None for silence."""
        who = np.flatnonzero(self.sounds(h))
        out: Frames | None = None
        if who.size:
            run, i = self.playing.at(h)
            ends = np.where(run.fresh[i + 1], run.hz[i], run.hz[i + 1])
            lowest = np.minimum(run.hz[i], ends)
            rich = (lowest < self.section.rich_hz) | (self.spare is None)
            for tone, these in ((self.tone, who[rich[who]]), (self.spare, who[~rich[who]])):
                if tone is not None and these.size:
                    out = self._sung(tone, these, h, run.turns[i], run.hz[i], ends, out)
        before, after = self._gust(h), self._gust(h + 1)
        if before is not None or after is not None:
            still = np.zeros((4, int(self.zone.max()) + 1, COUNT), np.float32)
            gust = self.air.mixed(
                h * SIZE, still if before is None else before, still if after is None else after
            )
            out = gust if out is None else out + gust
        return out

    def _sung(
        self,
        tone: Harmonics,
        who: NDArray[np.intp],
        h: int,
        turns: NDArray[np.int64],
        hz: Numbers,
        ends: Numbers,
        out: Frames | None,
    ) -> Frames:
        """Those players' tones on the buses, added to `out`."""
        wave = tone.tone(np.asarray(turns[who] * 2.0**-32), hz[who], ends[who])
        weights = (self._weighed(g)[who, : tone.partials] for g in (h, h + 1))
        voices = tone.weighted(wave, *weights)
        start, end = self.places(h)[:, who], self.places(h + 1)[:, who]
        made = start @ voices
        if not np.array_equal(start, end):
            made += ((end - start) @ voices) * _RAMP
        return np.asarray(made if out is None else out + made, np.float32)

    def _weighed(self, h: int) -> Coefficients:
        if h not in self._weights:
            if len(self._weights) > 3:
                self._weights.pop(min(self._weights))
            moment = self.moment(h)
            made = np.zeros((len(self.players), self.tone.partials), np.complex64)
            for these, partials in self._sorts(moment.hz):
                some = moment.part(these) if these.size < moment.who.size else moment
                strength = some.envelope.astype(np.float32) * self.strength[some.who]
                weights = self.section.tone(self, some, partials) * self._heard(some, partials)
                made[some.who, :partials] = weights * strength[:, None]
            self._weights[h] = made
        return self._weights[h]

    def _sorts(self, hz: Numbers) -> list[tuple[NDArray[np.intp], int]]:
        """Low tones have all partials, high ones do with fewer."""
        if self.spare is None:
            return [(np.arange(hz.size), self.tone.partials)] if hz.size else []
        rich = hz < self.section.rich_hz
        sorts = (np.flatnonzero(rich), self.tone.partials), (np.flatnonzero(~rich), self.spare.partials)
        return [sort for sort in sorts if sort[0].size]

    def _heard(self, moment: Moment, partials: int) -> Frames:
        """What is left of the partials: none near the end of the spectrum, no high ones of a high note, and what the
        curtain lets through."""
        pitch = moment.hz.astype(np.float32)[:, None] * np.arange(1, partials + 1, dtype=np.float32)
        gain = np.clip((np.float32(HIGHEST_HZ) - pitch) / np.float32(1500), 0, 1) * _LAST[partials]
        if self.spare is not None and partials > self.spare.partials:
            few = np.clip((self.section.rich_hz - moment.hz) / 60, 0, 1).astype(np.float32)
            gain[:, self.spare.partials :] *= few[:, None]
        if moment.numbers["muffled"] > 0.0:
            gain *= self.section.curtain(pitch, moment.numbers)
        return np.asarray(gain, np.float32)

    def around(self, t: float) -> tuple[Numbers, Numbers]:
        """Seconds until each player's next stroke and since the last one was over; 99 where there is none."""
        page, count = self.page(t), len(self.players)
        coming, gone = np.full(count, 99.0), np.full(count, 99.0)
        wait, since = page.start - t, t - page.stop
        np.minimum.at(coming, page.player[wait >= 0], wait[wait >= 0])
        np.minimum.at(gone, page.player[wait <= 0], since[wait <= 0])
        return coming, gone

    def moved(self) -> None:
        """They sit elsewhere now."""
        self._places = ((), self._places[1])

    def places(self, h: int) -> Frames:
        """Gains (4, players) at the start of a hop."""
        numbers = self.section.numbers(h)
        where = (numbers["pan"], numbers["spread"], numbers["distance"])
        if self._places[0] != where:
            pan, spread, distance = where
            sides = np.clip(pan + (WIDTH + (1 - WIDTH) * spread) * self.side, -1, 1)
            self._places = (where, sends(sides, distance + self.far, 1.1))
        return self._places[1]

    def _gust(self, h: int) -> Frames | None:
        """Gains (4, zones, bands) of noise at the start of hop h; None for silence."""
        if h not in self._gusts:
            if len(self._gusts) > 3:
                self._gusts.pop(min(self._gusts))
            self._gusts[h] = self._blown(h)
        return self._gusts[h]

    def _blown(self, h: int) -> Frames | None:
        moment = self.moment(h)
        gains = np.zeros(len(self.players))
        if moment.who.size:
            gains[moment.who] = self.section.noise(self, moment) * moment.envelope
        breath = self.section.breath(self, moment) if self.section.present(self, moment.t) else None
        gains = gains if breath is None else np.hypot(gains, breath)
        if not gains.max() > 1e-6:
            return None
        power = (self.strength * gains) ** 2
        share = (self.places(h) ** 2) * power  # (4, players)
        loud = np.sqrt(share @ self.zones)
        colour = self.section.colour(self, moment) * self.section.curtain(BAND_HZ, moment.numbers)
        return np.asarray(loud[:, :, None] * colour, np.float32)


def _sides(players: Sequence[Player], seed: int) -> Numbers:
    """Where players sit, -1..1: high instruments left, low ones right, as in most houses."""
    rank = np.argsort(np.argsort([-player.low_hz for player in players], kind="stable"))
    even = 2 * (rank + 0.5) / len(players) - 1 if len(players) > 1 else np.zeros(1)
    return np.asarray(
        even + (0.5 / len(players)) * (2 * chances(seed, "seat", count=len(players)) - 1) * (len(players) > 1)
    )
