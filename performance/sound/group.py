"""Some players of a section side by side: their strokes made into sound, hop by hop.

A group keeps what it has worked out for the hops around now: strokes by the page; by the run of hops its control, the
weights of the partials and the strength of the noise at their ends; and the waves of the last hop. All of it is a
function of time and may be forgotten. A run is worked out while the one before it plays, a part at a time, as duties
(rota.py), so that no block has much to do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any
from weakref import proxy

import numpy as np
from numpy.typing import NDArray

from performance.chance import bells, chances
from performance.sound.bands import BAND_HZ, COUNT, SHARE, Bands, Gusts, joined
from performance.sound.bowing import HOP_TIME, Bowing, Numbers, Strokes
from performance.sound.harmonics import Harmonics
from performance.sound.instrument import Frames
from performance.sound.moments import Kept, Moments
from performance.sound.place import curtain, sends
from performance.sound.players import Player
from performance.sound.playing import RUN, SIZE, Playing
from performance.sound.rota import Duty
from performance.sound.weights import Weights

if TYPE_CHECKING:
    from performance.sound.section import Section

PAGE = 4.0  # seconds of strokes that are looked at at once
AHEAD = 1.2  # seconds after a page that it still knows: the breath before a note
PAST = 1.2  # seconds before it: the sigh after one
SHIFT = 0.37  # seconds between the sections: not all turn their pages at once
ZONES = 3  # places from which a section's noise comes
WIDTH = 0.4  # of a section, where the score does not spread it
SILENT = 1e-5
# microseconds, about, of the parts of a run: for all, and for each player
_COSTS = ((110, 5), (165, 3), (200, 3), (60, 1), (130, 8), (60, 1))
_RAMP = ((np.arange(SIZE) + 1) / SIZE).astype(np.float32)
Who = NDArray[np.intp]
# a hop, who sounds where it begins, their waves
_NOTHING: tuple[int, Who, Frames] = (-1, np.zeros(0, np.intp), np.zeros((0, 0), np.float32))


class Group:
    """Some players of a section and their strokes. `shift` is the hop in which they begin a run."""

    def __init__(self, section: Section, players: Sequence[Player], seed: int, shift: int) -> None:
        self.section: Section = proxy(section)  # which keeps its groups
        self.players, self.seed = players, seed
        count = len(players)
        self.config: tuple[int, str] | None = None  # what of the part is theirs
        self._bowing = Bowing(players, section.manner, seed, section.asks.sampled)
        tonic = section.desk.timeline.score.tuning.tonic_hz
        self.playing = Playing(
            count,
            section.hand,
            seed,
            tonic,
            self.page,
            section.asked,
            section.swell,
            section.manner.release,
            shift,
        )
        self.tone = Harmonics(count, section.partials, SIZE)
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
        self._strokes: Strokes | None = None  # of the whole part
        self._pages = Kept(self._turn, 2)
        self._drawn: dict[tuple[str, int], Numbers] = {}
        self._places: tuple[tuple[float, ...], Frames] = ((), np.zeros((4, count), np.float32))
        self._idle = Kept(self._rest)
        self.moments, self._steered = Kept(self._look), Kept(self._steer)
        self._weights, self._gusts = Weights(self), Kept(self._blow)
        self._present, self._breaths = Kept(self._attend), Kept(self._breathe)
        self._waves = _NOTHING
        run = (
            self.playing.stir,
            self.playing.course,
            self.playing.run,
            self.moments,
            self._gusts,
            self._steered,
        )
        self._parts: tuple[Kept[Any], ...] = run

    def reread(self) -> None:
        """Their part is another one."""
        self._strokes = None
        self._pages.forget()
        self.forget()

    def forget(self, since: float = -np.inf) -> None:
        """What is worked out for times from `since` on is no longer so."""
        self._idle.forget()
        self.playing.forget(since)
        for kept in (self._steered, self._breaths, self._present, self.moments):
            kept.forget(self.playing.since(since, RUN))
        self._weigh_anew(since)

    def lean(self, since: float) -> None:
        """How loudly they play from `since` on has changed: who plays, and what, has not."""
        self.playing.lean(since)
        self.moments.amend(self.playing.since(since, RUN), self._leant)
        self._weigh_anew(since)
        r = self.playing.place(round(since / HOP_TIME))[0]
        if self.moments.get(r) is not None:  # who plays only later has time
            self._gusts(r)

    def _leant(self, r: int, moments: Moments) -> Moments:
        return replace(moments, loud=self.playing.run(r).loud[moments.end, moments.who])

    def _weigh_anew(self, since: float) -> None:
        self._gusts.forget(self.playing.since(since, RUN))
        self._weights.forget(since)
        if self._waves[0] * HOP_TIME > since:
            self._waves = _NOTHING

    def page(self, t: float) -> Strokes:
        """The strokes around t."""
        return self._pages(int(np.floor((t + self.section.number * SHIFT) / PAGE)))

    def _turn(self, p: int) -> Strokes:
        if self._strokes is None:
            self._strokes = self._bowing.strokes(self.section.part(self.config))
        a, all_of_them = p * PAGE - self.section.number * SHIFT, self._strokes
        return all_of_them.part((all_of_them.stop > a - PAST) & (all_of_them.start < a + PAGE + AHEAD))

    def draw(self, what: str, each: int = 1) -> Numbers:
        """Even chances of every player, (players,), or (each, players): the same at all times."""
        if (what, each) not in self._drawn:
            made = chances(self.seed, what, count=each * len(self.players))
            self._drawn[what, each] = made.reshape(each, -1) if each > 1 else made
        return self._drawn[what, each]

    # --- control ------------------------------------------------------------------------------------------------------
    def duty(self, h: int) -> Duty | None:
        """After hop h: the next part of the run to come, or weights that are needed sooner."""
        r, i = self.playing.place(h)
        weigh = self._weights.duty(r, i)
        due = self.playing.first(r + 1) - 1
        if (weigh is not None and weigh.due <= due) or self._idle(r + 1):
            return weigh
        for part, (all_of_them, each) in zip(self._parts, _COSTS, strict=True):
            if r + 1 not in part:
                cost = all_of_them + each * len(self.players)
                return Duty(due, cost, partial(part, r + 1))
        return weigh

    def idle(self, h: int) -> bool:
        """Whether they neither play nor breathe in the run in which hop h lies: others sit there in this beat."""
        return self._idle(self.playing.place(h)[0])

    def _rest(self, r: int) -> bool:
        first = self.playing.first(r)
        a, b = first * HOP_TIME, (first + RUN) * HOP_TIME
        if self.section.present(self, a) or self.section.present(self, b):
            return False
        pages = {id(page): page for page in (self.page(a), self.page(b))}.values()
        return not any(((page.start < b + HOP_TIME) & (page.stop > a - HOP_TIME)).any() for page in pages)

    def _attend(self, r: int) -> list[bool]:
        return [self.section.present(self, t) for t in self.moments(r).t.tolist()]

    def _breathe(self, r: int) -> Numbers | None:
        return self.section.breath(self, self.moments(r))

    def _look(self, r: int) -> Moments:
        """What sounds at the starts of a run's hops."""
        run, when = self.playing.run(r), self.playing.when(r)[:RUN]
        end, who = np.nonzero(run.envelope[:RUN] > SILENT)
        columns = (run.hz, run.loud, run.envelope, run.age, run.stroke_age, run.begun, run.mark)
        return Moments(
            when,
            self.section.asks.table(when),
            end,
            who,
            *(column[end, who] for column in columns),
        )

    def _steer(self, r: int) -> tuple[list[Who], Frames]:
        """Of a run's hops: who sounds, and of all, (RUN, players, 3), which way the phase goes."""
        run = self.playing.run(r)
        ends = np.where(run.fresh[1:], run.hz[:-1], run.hz[1:])
        heard = (run.envelope > SILENT) & (run.loud > 0.0)  # who may play, but not loudly, is not made
        sounds = heard[:-1] | heard[1:]
        ways = self.tone.ways(np.asarray(run.turns[:RUN] * 2.0**-32), run.hz[:-1], ends)
        return [np.flatnonzero(row) for row in sounds], ways

    def around(self, t: Numbers) -> tuple[Numbers, Numbers]:
        """Seconds until each player's next stroke and since the last one was over (less than 0 while it sounds),
        (times, players) for some times not far apart; 99 where there is none."""
        page = self.page(float(t[0]))
        coming, gone = np.full((2, t.size, len(self.players)), 99.0)
        wait, since = page.start - t[:, None], t[:, None] - page.stop
        for made, away, these in ((coming, wait, wait >= 0), (gone, since, wait <= 0)):
            end, row = np.nonzero(these)
            np.minimum.at(made, (end, page.player[row]), away[end, row])
        return coming, gone

    # --- places -------------------------------------------------------------------------------------------------------
    def moved(self) -> None:
        """They sit elsewhere now."""
        self._places = ((), self._places[1])

    def places(self, h: int) -> Frames:
        """Gains (4, players) at the start of a hop."""
        numbers = self.section.asks.at(h)
        where = (numbers["pan"], numbers["spread"], numbers["distance"])
        if self._places[0] != where:
            self._places = (where, self._sit(*where))
        return self._places[1]

    def _sit(self, pan: Numbers | float, spread: Numbers | float, distance: Numbers | float) -> Frames:
        sides = np.clip(pan + (WIDTH + (1 - WIDTH) * spread) * self.side, -1, 1)
        return sends(sides, distance + self.far, 1.1)

    # --- noise --------------------------------------------------------------------------------------------------------
    def _blow(self, r: int) -> Gusts | None:
        """Noise at the starts of a run's hops; None for silence."""
        moments, section = self.moments(r), self.section
        gains = np.zeros((RUN, len(self.players)))
        if len(moments):
            gains[moments.end, moments.who] = section.noise(self, moments) * moments.envelope
        present = np.array(self._present(r))
        breath = self._breaths(r) if present.any() else None
        if breath is not None:
            gains = np.hypot(gains, breath * present[:, None])
        if gains.max() <= 1e-6:
            return None
        where = np.stack([moments.numbers[name] for name in ("pan", "spread", "distance")])[:, :, None]
        same = bool((where == where[:, :1]).all())
        seats = self.places(self.playing.first(r))[:, None] if same else self._sit(*where)
        loud = np.sqrt((seats**2 * (self.strength * gains) ** 2) @ self.zones).astype(np.float32)
        colour = section.colour(self, moments) * curtain(BAND_HZ, moments.numbers["muffled"][:, None])
        return Gusts(loud, np.broadcast_to(colour * SHARE, (RUN, COUNT)).astype(np.float32))

    # --- sound --------------------------------------------------------------------------------------------------------
    def hop(self, h: int) -> Frames | None:
        """The four buses of hop h, or None for silence."""
        r, i = self.playing.place(h)
        who = self._steered(r)[0][i]
        out = self._sung(who, h) if who.size else None
        gusts = self._gusts(r)
        if i < RUN - 1:
            ends = gusts.part(slice(i, i + 2)) if gusts is not None else None
        else:
            ends = joined(gusts, self._gusts(r + 1))
        if ends is None or not ends.gains.any():
            return out
        return self.air.mixed(h * SIZE, ends, out)

    def _sung(self, who: Who, h: int) -> Frames:
        """Those players' tones on the buses."""
        r, i = self.playing.place(h)
        phase = self.tone.phase(self._steered(r)[1][i, who])
        before = self._wave(who, h)
        voices = self.tone.read(phase, before, self._wave(who, h + 1))
        start, end = self.places(h), self.places(h + 1)
        made: Frames = start[:, who] @ voices
        if end is not start:
            made += ((end - start)[:, who] @ voices) * _RAMP
        return made

    def _wave(self, who: Who, h: int) -> Frames:
        """The waves of those players where hop h begins."""
        if self._waves[0] != h or not np.array_equal(self._waves[1], who):
            self._waves = h, who, self.tone.waves(self._weights.at(h, who))
        return self._waves[2]


def _sides(players: Sequence[Player], seed: int) -> Numbers:
    """Where players sit, -1..1: high instruments left, low ones right, as in most houses."""
    rank = np.argsort(np.argsort([-player.low_hz for player in players], kind="stable"))
    even = 2 * (rank + 0.5) / len(players) - 1 if len(players) > 1 else np.zeros(1)
    return np.asarray(
        even + (0.5 / len(players)) * (2 * chances(seed, "seat", count=len(players)) - 1) * (len(players) > 1)
    )
