"""How strong the partials of a group's players are at the starts of hops: worked out a few hops at a time."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING
from weakref import proxy

import numpy as np

from performance.causes.smooth import smooth
from performance.sound.bowing import HOP_TIME
from performance.sound.harmonics import Coefficients
from performance.sound.instrument import Frames
from performance.sound.moments import Kept, Moments
from performance.sound.place import curtain
from performance.sound.playing import RUN
from performance.sound.rota import Duty

if TYPE_CHECKING:
    from performance.sound.group import Group, Who

FEW = 32  # partials of a high tone
HIGHEST_HZ = 18_500.0
QUARTER = RUN // 4  # hops whose weights are kept together
AT_ONCE = 60  # players times hops that are weighed together
COST, COST_OF_64 = 95.0, 5.5  # microseconds: of weighing, and of 64 partials of a player at a hop's start
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
        self._group: Group = proxy(group)  # which keeps these
        self._kept = Kept(self._blank, 4)
        self._step = AT_ONCE // len(group.players)

    def at(self, h: int, who: Who) -> Coefficients:
        """Weights (players, partials) of some players where hop h begins."""
        r, i = self._group.playing.place(h)
        quarter, late = 4 * r + i // QUARTER, i % QUARTER
        weighed = self._kept(quarter)
        if weighed.good <= late:  # nobody has had the time
            until = max(self._until(weighed), late + 1)
            self._group.section.desk.rota.owe(self._cost(weighed, until))
            self._weigh(quarter, weighed, until)
        return np.asarray(weighed.weights[late, who])

    def duty(self, r: int, i: int) -> Duty | None:
        """After hop i of run r: the weights that the next hop's end needs, or those of the quarter after."""
        group = self._group
        first = 4 * r + (i + 2) // QUARTER
        for quarter in (first, first + 1):
            weighed = self._kept(quarter)
            if weighed.good < QUARTER and quarter // 4 in group.moments:
                until = self._until(weighed)
                due = group.playing.first(0) + quarter * QUARTER + weighed.good - 1
                deed = partial(self._weigh, quarter, weighed, until)
                return Duty(due, self._cost(weighed, until), deed)
        return None

    def _until(self, weighed: Weighed) -> int:
        """Of a large group few hops are weighed at once, of a small one more: each time about as much work."""
        step = max(self._step, 1)
        return min((weighed.good // step + 1) * step, QUARTER)

    def _cost(self, weighed: Weighed, until: int) -> float:
        rows = (until - weighed.good) * len(self._group.players)
        return COST + COST_OF_64 * rows * self._group.tone.partials / 64

    def forget(self, since: float) -> None:
        """Up to the hop at `since` they hold: what begins there begins with nothing."""
        quarter = self._group.playing.since(since, QUARTER)
        self._kept.forget(quarter + 1)
        weighed = self._kept.get(int(quarter)) if np.isfinite(quarter) else None
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
