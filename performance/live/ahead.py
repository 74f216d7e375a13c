"""In the wings: while a beat plays, what comes next is made, fetched and rehearsed, on the first evening and whenever
the picture is to have another density.

The workshop makes it; then a second picture paints it for nobody, and takes the stage. All that is done by one thread
which leaves the show its cores as well as it can, so that no frame waits for something that is used for the first
time: the show only looks whether another picture is ready. Where somebody leaps to what is not ready, the show stands
still until it is. For another density it never does: a frame that comes late now and then is better than that.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from performance.cores import LOW, lower_thread, roam
from performance.live.pages import large_pages
from performance.live.workshop import Workshop
from performance.paint.picture import Picture
from performance.timeline import BeatSpan, Timeline

log = logging.getLogger("unrehearsed")
PAUSE = 0.03  # seconds between two looks at the workshop


@dataclass(frozen=True, slots=True)
class Offer:
    """A picture that could go on stage, and the beats that nothing is missing for then."""

    picture: Picture
    beats: set[str]


class Ahead:
    """`picture()` makes a picture like the one that is on stage; or one to be there `instead` of it, which lacks
    nothing. Close it with the show."""

    def __init__(
        self, workshop: Workshop, timeline: Timeline, picture: Callable[[], Picture], instead: bool = False
    ) -> None:
        self.workshop, self.timeline, self.instead = workshop, timeline, instead
        self.waits = not instead
        self.share = 0.0  # how much is made of what the show waits for, 0..1
        self._picture = picture
        self._now = 0  # the beat that plays
        self._rehearsed: set[str] = set()  # beats whose shapes and kernels the picture on stage has
        if instead:
            self._rehearsed.update(beat.id for beat in timeline.beats)
        self._closed = threading.Event()
        self._wings: threading.Thread | None = None
        # the thread's own, while there is no offer; the show's, while there is one
        self._offer: Offer | None = None
        self._understudy: Picture | None = None
        self._knows: set[str] = set()  # beats that it has painted
        self._known: set[str] = set()  # beats that the picture on stage has
        self._asked: object = None  # with which piece and beat the workshop was told to begin
        self._awaited: list[Path] = []  # what the show waits for, and how much that was
        self._most = 0
        large_pages(True)  # for what is brought in

    # --- the show's side ------------------------------------------------------------------------------------------
    def first(self, start: float) -> list[BeatSpan]:
        """The beat at `start`, if the picture on stage can paint it at once."""
        beat = self.timeline.beat_at(start)
        return [beat] if self.workshop.is_ready(self.timeline, beat) else []

    def rehearsed(self, beat: BeatSpan) -> None:
        """The picture on stage has painted it."""
        self._rehearsed.add(beat.id)

    def turn(self, timeline: Timeline) -> None:
        """This piece plays now."""
        self._rehearsed = set()
        self.timeline, self._now = timeline, 0

    @property
    def over(self) -> bool:
        """Whether there is nothing left to prepare."""
        rehearsed = self._rehearsed.issuperset(beat.id for beat in self.timeline.beats)
        return rehearsed and not self.workshop.beats and not self.instead

    def is_ready(self, t: float) -> bool:
        """Whether no frame at `t` has to wait for anything."""
        return not self.waits or self.timeline.beat_at(t).id in self._rehearsed

    def look(self, t: float, on_stage: Picture) -> Picture:
        """Once a frame: the picture that shall be on stage from now on."""
        self._now = self.timeline.beat_at(t).index
        if self._wings is None:
            self._wings = threading.Thread(target=self._work, name="wings", daemon=True)
            self._wings.start()
        if self._offer is not None:
            on_stage = self._exchange(self._offer, on_stage)
            self._offer = None
        return on_stage

    def close(self) -> None:
        """Nothing more is prepared. The thread ends when it has painted what it is painting."""
        self._closed.set()
        self.workshop.close()
        large_pages(False)

    def _exchange(self, offer: Offer, on_stage: Picture) -> Picture:
        """The understudy goes on where the picture was that is on stage, unless the stage has changed meanwhile."""
        ready, self._understudy = offer.picture, None
        if ready.timeline is not self.timeline or ready.view != on_stage.view:
            return on_stage
        self._rehearsed = offer.beats if self.instead else self._rehearsed | offer.beats
        if not self.instead:
            self._understudy = on_stage
            self._knows, self._known = self._known, self._knows
        self.instead = False
        ready.take_over(on_stage)
        return ready

    # --- the thread's side ----------------------------------------------------------------------------------------
    def _work(self) -> None:
        roam()
        lower_thread(LOW)
        while not self._closed.wait(PAUSE):
            try:
                self.workshop.look()
                if self._offer is None:
                    self._prepare(self.timeline, self._now)
            except Exception:  # whatever it is, it is seen again when the beat is played
                log.exception("something failed in the wings")

    def _prepare(self, timeline: Timeline, now: int) -> None:
        """One round: ask for what comes, and rehearse what is there."""
        beats = (*timeline.beats[now:], *timeline.beats[:now])
        if (timeline, now) != self._asked and (self.instead or beats[0].id not in self._rehearsed):
            self._asked = (timeline, now)
            self._awaited = self.workshop.want(timeline, beats)[:1]
            self._most = self.workshop.left(self._awaited)
        self.share = 1.0 - self.workshop.left(self._awaited) / max(1, self._most)
        coming = [beat for beat in beats if self.workshop.is_ready(timeline, beat)]
        lacks = self.instead and all(beat in coming for beat in timeline.beats[now : now + 2])
        if lacks or any(beat.id not in self._rehearsed for beat in coming):
            self._rehearse(timeline, coming)

    def _rehearse(self, timeline: Timeline, beats: list[BeatSpan]) -> None:
        """The understudy paints what it has not painted yet, and is offered to the show."""
        picture = self._understudy
        if picture is None or picture.timeline is not timeline:
            picture, self._knows, self._known = self._picture(), set(), set()
            self._understudy = picture
        for beat in beats:
            if beat.id not in self._knows and not self._closed.is_set():
                self._knows.add(beat.id)
                _rehearse_alone(picture, beat)
        self._offer = Offer(picture, {beat.id for beat in beats})


def _rehearse_alone(picture: Picture, beat: BeatSpan) -> None:
    try:
        for _ in picture.rehearse([beat], alone=True):
            pass
    except Exception:  # whatever it is, it is seen again when the beat is played
        log.exception("a rehearsal failed")
