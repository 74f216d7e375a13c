"""How strong the partials of a group's players are at the starts of hops: worked out a quarter of a run at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from performance.causes.smooth import smooth
from performance.sound.bowing import HOP_TIME
from performance.sound.harmonics import Coefficients
from performance.sound.instrument import Frames
from performance.sound.moments import Kept, Moments
from performance.sound.place import curtain
from performance.sound.playing import RUN

if TYPE_CHECKING:
    from performance.sound.group import Group, Who

FEW = 32  # partials of a high tone
HIGHEST_HZ = 18_500.0
QUARTER = RUN // 4  # hops whose weights are worked out at once
MANY = 16  # players of whom no more than half a quarter is
# a tone ends gently at its last partials: cut off, they would stand as a wall in the spectrum
_LAST = {n: smooth(4.0 * (1.0 - np.arange(n) / n)).astype(np.float32) for n in (32, 64)}
_NUMBER = np.arange(1, 65, dtype=np.float32)


@dataclass(slots=True)
class Weighed:
    """Weights at the starts of a quarter's hops, (QUARTER, players, partials); the first `good` are as they should."""

    weights: Coefficients
    good: int = 0


class Weights:
    """Those of one group. What is kept may be forgotten from any time on."""

    def __init__(self, group: Group) -> None:
        self._group = group
        self._kept = Kept(self._blank, 4)

    def at(self, h: int, who: Who) -> Coefficients:
        """Weights (players, partials) of some players where hop h begins."""
        r, i = self._group.playing.place(h)
        quarter, late = 4 * r + i // QUARTER, i % QUARTER
        weighed = self._kept(quarter)
        if weighed.good <= late:
            self._weigh(quarter, weighed, QUARTER)
        return np.asarray(weighed.weights[late, who])

    def ahead(self, r: int, i: int) -> None:
        """The quarter after the one in which hop i of run r lies, or a part of it, where i says so."""
        many = len(self._group.players) > MANY
        if i % QUARTER == 2 or (many and i % QUARTER == 1):
            quarter = 4 * r + i // QUARTER + 1
            until = QUARTER if i % QUARTER == 2 else QUARTER // 2
            weighed = self._kept(quarter)
            if weighed.good < until:
                self._weigh(quarter, weighed, until)

    def forget(self, since: float) -> None:
        """Up to the hop at `since` they hold: what begins there begins with nothing."""
        quarter = self._group.playing.since(since, QUARTER)
        self._kept.forget(quarter + 1)
        weighed = self._kept.get(int(quarter)) if quarter > -np.inf else None
        if weighed is not None:
            late = self._group.playing.place(round(since / HOP_TIME))[1] % QUARTER
            weighed.good = min(weighed.good, late + 1)

    def _blank(self, quarter: int) -> Weighed:
        group = self._group
        return Weighed(np.zeros((QUARTER, len(group.players), group.tone.partials), np.complex64))

    def _weigh(self, quarter: int, weighed: Weighed, until: int) -> None:
        """What is not as it should be, up to a hop."""
        group, (r, late) = self._group, divmod(quarter, 4)
        moments, first = group.moments(r), late * QUARTER
        ends = np.searchsorted(moments.end, (first + weighed.good, first + until)).tolist()
        moments, made = moments.part(slice(*ends)), weighed.weights
        made[weighed.good : until] = 0
        weighed.good = until
        few = group.tone.partials <= FEW
        rich = np.ones(len(moments), bool) if few else moments.hz < group.section.rich_hz
        heard = moments.loud > 0.0
        for these, partials in ((rich & heard, group.tone.partials), (~rich & heard, FEW)):
            if these.any():
                some = moments if these.all() else moments.part(np.flatnonzero(these))
                strength = some.envelope.astype(np.float32) * group.strength[some.who]
                weights = group.section.tone(group, some, partials)
                weights *= self._heard(some, partials) * strength[:, None]
                made[some.end - first, some.who, :partials] = weights

    def _heard(self, moments: Moments, partials: int) -> Frames:
        """What is left of the partials: none near the end of the spectrum, no high ones of a high note, and what the
        curtain lets through."""
        pitch = moments.hz.astype(np.float32)[:, None] * _NUMBER[:partials]
        gain = np.float32(HIGHEST_HZ / 1500) - pitch * np.float32(1 / 1500)
        np.minimum(np.maximum(gain, 0, out=gain), 1, out=gain)
        gain *= _LAST[partials]
        section = self._group.section
        if partials > FEW:
            few = np.clip((section.rich_hz - moments.hz) / 60, 0, 1).astype(np.float32)
            gain[:, FEW:] *= few[:, None]
        if moments.numbers["muffled"].any():
            gain *= curtain(pitch, moments.of("muffled")[:, None])
        return np.asarray(gain, np.float32)
