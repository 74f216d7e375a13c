"""The show: score, clock, picture and sound joined, sixty times a second, until somebody leaves.

A frame is painted for the instant at which it will be flipped, and that instant's moment of the piece is asked
of the one clock, which leans on what is heard. So what is seen and what is heard belong together.
"""

from __future__ import annotations

import gc
import logging
import sys
import time
from collections.abc import Callable

import pygame

from performance.guard import Lenient
from performance.house import asset
from performance.live import keys
from performance.live.ahead import Ahead
from performance.live.jobs import Frames
from performance.live.notices import Notices, clock_face
from performance.live.opening import LOOK, draw_line
from performance.live.overlay import ALARM, DIM, INK, Line, Overlay
from performance.live.pace import Pace
from performance.live.pointer import Pointer
from performance.live.programme import Programme
from performance.live.reload import Watch
from performance.live.report import Seen
from performance.live.sound import BREATH, Sound
from performance.live.steering import Steering, Volume
from performance.live.workshop import Workshop
from performance.output.window import Window
from performance.paint.density import live
from performance.paint.picture import Picture
from performance.paint.surtitles import FONT
from performance.refusal import Refusal
from performance.timeline import Timeline

log = logging.getLogger("unrehearsed")
SWITCH = 2e-4  # seconds a thread that reads a score may hold the interpreter while a frame waits


class Show:
    """One evening. `seen` is told of every frame."""

    def __init__(
        self,
        window: Window,
        sound: Sound,
        programme: Programme,
        timeline: Timeline,
        volume: Volume | None = None,
        seen: Callable[[Seen], None] | None = None,
        workshop: Workshop | None = None,
    ) -> None:
        self.window, self.sound, self.clock, self.programme = window, sound, sound.clock, programme
        self.overlaid, self.over = False, False
        self.steering = Steering(self, volume or Volume())
        self.pace, self.pointer, self.guard = Pace(), Pointer(), Lenient()
        self.timeline = timeline
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
        gc.collect()
        gc.freeze()  # what is here now stays: looking through it again would cost a frame
        self.sound.leap(start)
        while not self.over:
            self.frame()
        self.watch.close()

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
        self.overlay.draw(self.window, self._lines(t))

    def _report(self, t: float) -> None:
        assert self._seen is not None
        now, heard = time.perf_counter(), self.sound.heard
        playing = heard.leap == self.clock.leaps and heard.leap > 0
        self._seen(Seen(now, t, heard.t + now - heard.heard_at if playing else float("nan")))

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
        if self.ahead:
            self.ahead.turn(timeline)
        self._warm()
        self.watch.close()
        self.watch = Watch(self.programme.path, timeline.score)
        self.notices.faults = []
        self.sound.leap(0.0, BREATH)

    def _warm(self, start: float = 0.0) -> None:
        """Fetch what all beats need while the first moment is held: no later frame waits for anything."""
        for beat in self.picture.rehearse(self.ahead.first(start) if self.ahead else self.timeline.beats):
            if self.ahead:
                self.ahead.rehearsed(beat)
            pygame.event.pump()  # keys wait; the window system sees that we live
            self.over = self.over or pygame.event.peek(pygame.QUIT)
            if self.over:
                return
            self.sound.look()

    def _look_ahead(self, ahead: Ahead, t: float) -> bool:
        """On the first evening: whether what is seen at `t` is made. The show stands still until it is."""
        self.picture = ahead.look(t, self.picture)
        if ahead.over:
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
        if self.clock.running:
            self.sound.leap(t)
        else:
            self.clock.hold(t)

    def resized(self) -> None:
        """The window has another size now."""
        if (self.picture.view.width, self.picture.view.height) != self.window.size:
            self.picture = self._picture()

    def _picture(self) -> Picture:
        frames = frames_of(self.window)
        return Picture(self.timeline, *frames.size, density=frames.density, guard=self.guard)

    # --- what is said ---------------------------------------------------------------------------------------------
    def _take_news(self) -> None:
        for line in self.sound.lines:
            self.notices.say(line)
        self.sound.lines.clear()

    def _lines(self, t: float) -> list[Line]:
        """What stands over the picture: faults always, the rest when it is asked for."""
        alarms = self.notices.alarms()
        if not self.overlaid:
            return alarms
        dropped = [(f"left out: {name} ({why})", ALARM) for name, why in self.guard.dropped.items()]
        making = self.ahead.workshop.beats if self.ahead else 0
        return [
            *self._state(t),
            *([(f"beats that are still being made, once on this machine: {making}", INK)] if making else []),
            *((line, DIM) for line in keys.lines()),
            *self.notices.news(),
            *dropped,
            *alarms,
        ]

    def _state(self, t: float) -> list[Line]:
        """What plays, where it is, and how well it goes."""
        beat, heard, (width, height) = self.timeline.beat_at(t), self.sound.heard, self.window.size
        lines = (
            f"{self.timeline.score.title}   {beat.id}   seed {self.timeline.seed}",
            f"{clock_face(t)} of {clock_face(self.timeline.length)}"
            f"   beat {beat.index + 1} of {len(self.timeline.beats)}"
            + ("" if self.clock.running else "   paused"),
            f"frame {round(self.pace.median_ms)} ms, at times {round(self.pace.slow_ms)}   late {self.pace.late}"
            f"   {width}\N{MULTIPLICATION SIGN}{height}",
            f"sound load {heard.load:.0%}   underruns {heard.underruns + self.sound.underruns}"
            f"   volume {self.steering.volume}",
        )
        return [(line, INK) for line in lines]


def frames_of(window: Window) -> Frames:
    """The pictures that a show paints in a window."""
    return Frames(window.size, live(window.size))
