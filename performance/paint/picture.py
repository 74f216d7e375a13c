"""The picture: a timeline painted at one size, frame after frame, ready to be flipped or encoded."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator

import numpy as np

from performance.guard import STRICT, Strict
from performance.house import asset
from performance.paint.canvas import Bytes, Canvas, View
from performance.paint.density import FULL, canvas_size, field_rows
from performance.paint.enlarge import Enlarger
from performance.paint.finish import finish, make_grain
from performance.paint.governor import FlashGovernor
from performance.paint.layers import Layers
from performance.paint.register import Misprint
from performance.paint.surtitles import FONT, Surtitles
from performance.paint.threads import Threads
from performance.stage.stage import Stage, stage_at
from performance.timeline import BeatSpan, Timeline

REHEARSED = (0.3, 0.85)  # shares of a beat at which nearly all that it shows is there
THROUGHOUT = (0.02, 0.3, 0.55, 0.85)  # and at which each size it is seen at is met
GRAIN_RATE = 24  # new grains a second, as on film, whatever the frame rate
log = logging.getLogger("unrehearsed")


class Picture:
    """Paints a timeline at one size and density (see density.py; `view` is how (u, v) lies on its pixels).

    Not thread-safe. `guard` says what happens when one thing on stage fails.
    """

    def __init__(
        self,
        timeline: Timeline,
        width: int,
        height: int,
        density: float = FULL,
        guard: Strict = STRICT,
        threads: Threads | None = None,
    ) -> None:
        self.timeline = timeline
        self.density = density
        self.guard = guard
        self.view = View(width, height)
        small = canvas_size((width, height), density)
        self.canvas = Canvas(*small, field_rows(density, (width, height)), threads)
        self._enlarger = Enlarger(small, (width, height)) if small != (width, height) else None
        self._small: Bytes = np.zeros((small[1], small[0], 4), np.uint8)
        self.layers = Layers(self.canvas, guard)
        self.governor = FlashGovernor(self.canvas.threads)
        self.misprint = Misprint(self.canvas.threads)
        self.surtitles = Surtitles(asset(FONT))
        self.titles = True  # whether surtitles are shown
        self.held: set[str] = set()  # beats in which the flash governor has held something back
        self._grain = make_grain(small[0])
        self._last = -np.inf

    def rebind(self, timeline: Timeline) -> None:
        """Paint another timeline (or the same one, re-read) from now on."""
        self.timeline = timeline
        self.governor.reset()
        self.layers.forget()

    def take_over(self, other: Picture) -> None:
        """Go on where another picture of the same size was: what it had governed is not forgotten."""
        self.governor, other.governor = other.governor, self.governor
        self.held, other.held = other.held, self.held
        self._last, other._last = other._last, self._last

    def rehearse(
        self, beats: Iterable[BeatSpan], shares: Iterable[float] = REHEARSED, alone: bool = False
    ) -> Iterator[BeatSpan]:
        """Paint some moments of these beats for nobody, so that what they need is baked, read and loaded at this size
        and no frame of the show waits for it. Gives each beat when that is done. `shares` of a beat at which it is
        painted. `alone`: by this thread, beside a picture that is seen."""
        pixels = np.zeros((self.view.height, self.view.width, 4), np.uint8)
        self.canvas.threads.alone = alone
        try:
            for span in beats:
                for share in shares:
                    self.paint(span.start + share * span.length, pixels)
                yield span
        finally:
            self.canvas.threads.alone = False
            self.layers.echoes.forget()
            self.governor.reset()
            self.held.clear()

    def paint(self, t: float, pixels: Bytes) -> Stage:
        """Paint the instant `t` into `pixels` (h, w, 4) uint8 BGRX; returns what is on stage."""
        stage = stage_at(self.timeline, t, self.guard)
        self.layers.paint(stage, self._stage_of)
        self._develop(t, stage.exposure, pixels)
        self.layers.lay_points(stage, pixels)
        if stage.register is not None:
            self.guard.run("register", self.misprint.shift, pixels, self.view, stage.register)
        self._govern(t, pixels)
        self._surtitle(t, pixels)
        return stage

    def _develop(self, t: float, exposure: float, pixels: Bytes) -> None:
        """From the canvas's light to display bytes at the size of the picture."""
        out = pixels if self._enlarger is None else self._small
        finish(self.canvas, out, int(t * GRAIN_RATE), exposure, self._grain)
        if self._enlarger is not None:
            self._enlarger.enlarge(self.canvas.threads, out, pixels)

    def _stage_of(self, t: float) -> Stage:
        return stage_at(self.timeline, t, self.guard)

    def _govern(self, t: float, pixels: Bytes) -> None:
        if not self._last < t < self._last + 0.5:
            self.governor.reset()  # a jump: what was shown there does not count here
        self._last = t
        if self.governor.govern(pixels, t):
            beat = self.timeline.beat_at(t).id
            if beat not in self.held:
                self.held.add(beat)
                log.warning("flashes held back in %s", beat)

    def _surtitle(self, t: float, pixels: Bytes) -> None:
        title = self.timeline.beat_at(t).beat.surtitle
        if title is None or not self.titles:
            return
        since = t - self.timeline.beat_at(t).start - title.at
        fade = min(0.9, title.lasts / 3)
        level = min(since / fade, (title.lasts - since) / fade, 1.0)
        self.surtitles.paint(pixels, self.view, title.line, max(level, 0.0), title.above)
