"""The show: score, clock, picture and sound joined, sixty times a second, until somebody leaves.

A frame is painted for the instant at which it will be flipped, and that instant's moment of the piece is asked
of the one clock, which leans on what is heard. So what is seen and what is heard belong together.
"""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable

import pygame

from performance.cores import FIRST, seated
from performance.guard import Lenient
from performance.house import asset
from performance.live import told
from performance.live.ahead import Ahead
from performance.live.jobs import Frames, frames_of
from performance.live.notices import Notices
from performance.live.opening import LOOK, draw_line
from performance.live.overlay import Overlay
from performance.live.pace import Pace
from performance.live.pages import large_pages
from performance.live.pointer import Pointer
from performance.live.programme import Programme
from performance.live.quality import SHARES, Quality, Standing
from performance.live.reload import Watch
from performance.live.remembered import remember
from performance.live.report import Seen
from performance.live.settled import settle
from performance.live.sound import Sound
from performance.live.steering import Steering, Volume
from performance.live.workshop import Workshop
from performance.output.window import Window
from performance.paint.picture import Picture
from performance.paint.surtitles import FONT
from performance.paint.threads import Threads
from performance.refusal import Refusal
from performance.timeline import Timeline

log = logging.getLogger("unrehearsed")
SEATING = 3.0  # seconds that a piece waits for its orchestra at most: then it begins in silence
SWITCH = 5e-5  # seconds a thread in the wings may hold the interpreter: a frame asks some hundred times


class Show:
    """One evening. `seen` is told of every frame; `quality` is one of quality.QUALITIES."""

    def __init__(
        self,
        window: Window,
        sound: Sound,
        programme: Programme,
        timeline: Timeline,
        volume: Volume | None = None,
        seen: Callable[[Seen], None] | None = None,
        workshop: Workshop | None = None,
        quality: str = "live",
        standing: Standing | None = None,
    ) -> None:
        self.window, self.sound, self.clock, self.programme = window, sound, sound.clock, programme
        self.overlaid, self.over = False, False
        self.steering = Steering(self, volume or Volume())
        self.pace, self.pointer, self.guard = Pace(), Pointer(), Lenient()
        self.timeline = timeline
        self.quality, self._asked = Quality(self.pace.period, standing), quality
        self._rung = self.quality.rung  # on which new pictures are painted
        self.picture = self._picture()
        self.watch = Watch(programme.path, self.timeline.score)
        self.overlay = Overlay(asset(FONT))
        self.notices = Notices()
        self.ahead = Ahead(workshop, timeline, self._picture) if workshop and workshop.beats else None
        self._awaited = False  # the show stands still until what it shows is made
        self._drawn = 0.0  # when the line of light was drawn last
        self._seen = seen
        self._failed = ""
        self.first_frame_at = 0.0

    # --- the evening ----------------------------------------------------------------------------------------------
    def run(self, start: float = 0.0) -> None:
        """Play until somebody leaves or everything has been played once."""
        sys.setswitchinterval(SWITCH)
        self.clock.hold(start)
        self.sound.play(self.timeline)
        self.sound.volume(self.steering.volume.factor)
        self._paint(start)
        self.window.flip()
        self.first_frame_at = time.perf_counter()
        self._warm(start)
        settle(self.ahead is not None)
        self.set_off(start)
        with seated(FIRST):
            while not self.over:
                self.frame()
        self.watch.close()
        if self.ahead:
            self.ahead.close()

    def frame(self) -> None:
        """One frame, from the keys to the flip."""
        flip_at = self.pace.begin()
        for event in pygame.event.get():
            self.steering.hear(event)
        self.sound.look()
        self._take_news()
        self._take_save()
        t = self.clock.at(flip_at)
        if t >= self.timeline.length:
            self.next_piece()
            t = self.clock.at(flip_at)
        if self.ahead is None or self._look_ahead(self.ahead, t):
            self._gesture(t)
            self._paint(t)
        self.window.rest(flip_at - self.pointer.moved_at)
        self.pace.wait()
        self._weigh()
        self.window.flip()
        if self._seen is not None:
            self._report(t)

    def _paint(self, t: float) -> None:
        with self.window.pixels() as pixels:
            try:
                self.picture.paint(t, pixels)
            except Exception as fault:  # the show goes on, with the picture it has
                if self._failed != repr(fault):
                    self._failed = repr(fault)
                    log.exception("the picture failed at %.2f s", t)
            del pixels
        self.overlay.draw(self.window, told.lines(self, t))

    def _report(self, t: float) -> None:
        assert self._seen is not None
        now, heard = time.perf_counter(), self.sound.heard
        playing = heard.leap == self.clock.leaps and heard.leap > 0
        sounding = heard.t + now - heard.heard_at if playing else float("nan")
        self._seen(Seen(now, t, sounding, self.quality.share))

    # --- what changes the piece -----------------------------------------------------------------------------------
    def next_piece(self) -> None:
        """The programme goes on."""
        if not self.programme.forward():
            self.over = True
            return
        try:
            self._begin(self.programme.open())
        except Refusal as refusal:  # broken meanwhile: the piece that played is played again
            self.notices.say(str(refusal))
            self._begin(self.programme.laid_out(self.timeline.score))

    def _begin(self, timeline: Timeline) -> None:
        self.timeline = timeline
        self.picture.rebind(timeline)
        self.sound.play(timeline)
        if self.ahead and not self.ahead.waits:
            self.ahead.close()
            self.ahead, self._rung = None, self.quality.rung
        if self.ahead:
            self.ahead.turn(timeline)
        elif self._rung:
            self.ahead = self._prepared()
        large_pages(True)
        self._warm()
        settle(self.ahead is not None)
        self.watch.close()
        self.watch = Watch(self.programme.path, timeline.score)
        self.notices.faults = []
        self.set_off()

    def _warm(self, start: float = 0.0) -> None:
        """Fetch what all beats need while the first moment is held: no later frame waits for anything."""
        for beat in self.picture.rehearse(self.ahead.first(start) if self.ahead else self.timeline.beats):
            if self.ahead:
                self.ahead.rehearsed(beat)
            if self._called():
                return

    def set_off(self, t: float = 0.0) -> None:
        """Begin a piece at `t`, with sight and sound together: its orchestra takes its seats first."""
        latest = time.perf_counter() + SEATING
        while not (self.sound.seated or self._called() or time.perf_counter() > latest):
            time.sleep(0.005)
        self.sound.leap(t)

    def _called(self) -> bool:
        """Whether somebody wants to leave. Keys wait; the window system sees that we live."""
        pygame.event.pump()
        self.over = self.over or pygame.event.peek(pygame.QUIT)
        self.sound.look()
        return self.over

    def _look_ahead(self, ahead: Ahead, t: float) -> bool:
        """On the first evening: whether what is seen at `t` is made. The show stands still until it is."""
        before, self.picture = self.picture, ahead.look(t, self.picture)
        if self.picture is not before:
            self._stand()
        if ahead.over:
            ahead.close()
            self.ahead = None
            for failure in ahead.workshop.failures:
                self.notices.say(failure)
        ready = ahead.is_ready(t)
        if ready and self._awaited:
            self._awaited = False
            self.sound.leap(t)
        elif not ready:
            if self.clock.running:
                self._awaited = True
                self.sound.hold()
                self.clock.hold(t)
            self._show_line(ahead.share)
        return ready

    def _weigh(self) -> None:
        """Where frames come late they will be painted less finely, and where there is room again, more."""
        if self._asked == "auto" and self.ahead is None and self.clock.running:
            self._rung = self.quality.heed(self.pace.work[-1])
            if self._rung != self.quality.rung:
                workshop = Workshop(self._frames, played=True)
                workshop.gently()
                self.ahead = Ahead(workshop, self.timeline, self._picture, instead=True)

    def _stand(self) -> None:
        """The picture on stage is another now, on the rung that was wanted."""
        before = self.quality.rung
        self.quality.stand(self._rung)
        if self._rung != before:
            remember(self.window.size, self.quality.standing)

    def _prepared(self) -> Ahead | None:
        """What makes this piece for the density that is wanted now; None if all of it is there."""
        workshop = Workshop(self._frames)
        workshop.want(self.timeline, self.timeline.beats)
        workshop.gently()
        return Ahead(workshop, self.timeline, self._picture) if workshop.beats else None

    def _show_line(self, share: float) -> None:
        """The line of light, now and then: the workers need the time."""
        now = time.perf_counter()
        if now - self._drawn > LOOK:
            self._drawn = now
            draw_line(self.window, share)

    def _take_save(self) -> None:
        saved = self.watch.fresh()
        if saved is None:
            return
        self.notices.wrong([str(fault) for fault in saved.faults])
        if saved.score == self.timeline.score:
            return
        before = self.clock.now()
        after = self.timeline.reread(saved.score, before)
        self.guard.forgive()
        self._failed = ""
        self.picture.rebind(self.timeline)
        self.sound.edited()
        if abs(after - before) > 1e-6:
            self.go(after)
        self.notices.say(f"{self.programme.path.name} was read again")

    def _gesture(self, t: float) -> None:
        instant = time.perf_counter()
        for gesture in self.pointer.gestures(self.picture.view, t, instant):
            self.timeline.gestures.append(gesture)
            self.sound.gesture(gesture)

    def go(self, t: float) -> None:
        """Leap there; a piece that stands still goes on standing, there."""
        self.timeline.gestures.forget(t)
        if self.clock.running:
            self.sound.leap(t)
        else:
            self.clock.hold(t)

    def resized(self) -> None:
        """The window has another size now."""
        if (self.picture.view.width, self.picture.view.height) != self.window.size:
            self.picture = self._picture()
            self._stand()

    @property
    def _frames(self) -> Frames:
        return frames_of(self.window.size, self._asked, SHARES[self._rung])

    def _picture(self) -> Picture:
        frames = self._frames
        threads = Threads(busy=self.sound.busy)
        return Picture(self.timeline, *frames.size, frames.density, self.guard, threads)

    # --- what is said ---------------------------------------------------------------------------------------------
    def _take_news(self) -> None:
        for line in self.sound.lines:
            self.notices.say(line)
        self.sound.lines.clear()
