"""The first evening: while a beat plays, what comes next is made, fetched and rehearsed in the wings.

The workshop makes it; then a second picture paints it for nobody, in a thread, and takes the stage. So no frame waits
for something that is used for the first time. Where somebody leaps to what is not ready, the show waits for that.

In the same way a picture of another density comes on: once it knows this beat and the next, and meanwhile the other
plays. Then nothing is waited for: a frame that comes late now and then is better than a show that stands still.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from pathlib import Path

from performance.live.workshop import Workshop
from performance.paint.picture import Picture
from performance.timeline import BeatSpan, Timeline

log = logging.getLogger("unrehearsed")


class Ahead:
    """`picture()` makes a picture like the one that is on stage; or one to be there `instead` of it, which lacks
    nothing. Close it with the show."""

    def __init__(
        self, workshop: Workshop, timeline: Timeline, picture: Callable[[], Picture], instead: bool = False
    ) -> None:
        self.workshop, self.timeline, self.instead = workshop, timeline, instead
        self._picture = picture
        self.waits = not instead
        self._rehearsed: set[str] = set()  # beats whose shapes and kernels the picture on stage has
        if instead:
            self._rehearsed.update(beat.id for beat in timeline.beats)
        self._understudy: Picture | None = None
        self._knows: set[str] = set()  # beats that it has painted
        self._known: set[str] = set()  # beats that the other has
        self._coming: set[str] = set()  # what it rehearses now
        self._thread: threading.Thread | None = None
        self._awaited: list[Path] = []  # what the show waits for, and how much that was
        self._most = 0
        self._asked = -1  # the beat that the workshop was told to begin with

    def turn(self, timeline: Timeline) -> None:
        """This piece plays now."""
        self.timeline, self._understudy, self._asked = timeline, None, -1
        self._rehearsed.clear()

    def first(self, start: float) -> list[BeatSpan]:
        """The beat at `start`, if the picture on stage can paint it at once."""
        beat = self.timeline.beat_at(start)
        return [beat] if self.workshop.is_ready(self.timeline, beat) else []

    def rehearsed(self, beat: BeatSpan) -> None:
        """The picture on stage has painted it."""
        self._rehearsed.add(beat.id)

    @property
    def over(self) -> bool:
        """Whether there is nothing left to prepare."""
        rehearsed = self._rehearsed.issuperset(beat.id for beat in self.timeline.beats)
        return rehearsed and not self.workshop.beats and not self.instead

    @property
    def share(self) -> float:
        """How much is made of what the show waits for, 0..1."""
        return 1.0 - self.workshop.left(self._awaited) / max(1, self._most)

    def is_ready(self, t: float) -> bool:
        """Whether no frame at `t` has to wait for anything."""
        return not self.waits or self.timeline.beat_at(t).id in self._rehearsed

    def look(self, t: float, on_stage: Picture) -> Picture:
        """Once a frame: the picture that shall be on stage from now on."""
        self.workshop.look()
        beats, now = self.timeline.beats, self.timeline.beat_at(t).index
        if now != self._asked and not self.is_ready(t):
            self._asked = now
            self._awaited = self.workshop.want(self.timeline, (*beats[now:], *beats[:now]))[:1]
            self._most = self.workshop.left(self._awaited)
        if self._thread is not None and self._thread.is_alive():
            return on_stage
        if self._thread is not None:
            self._thread = None
            on_stage = self._exchange(on_stage)
        coming = [
            beat for beat in (*beats[now:], *beats[:now]) if self.workshop.is_ready(self.timeline, beat)
        ]
        lacks = self.instead and all(beat in coming for beat in beats[now : now + 2])
        if lacks or any(beat.id not in self._rehearsed for beat in coming):
            self._rehearse(coming)
        return on_stage

    def _exchange(self, on_stage: Picture) -> Picture:
        """The understudy goes on where the picture was that is on stage, unless the stage has changed meanwhile."""
        ready = self._understudy
        if ready is None or ready.timeline is not self.timeline or ready.view != on_stage.view:
            self._understudy = None
            return on_stage
        self._rehearsed = self._coming if self.instead else self._rehearsed | self._coming
        self._knows, self._known = self._known, self._knows
        self._understudy = None if self.instead else on_stage
        self.instead = False
        ready.take_over(on_stage)
        return ready

    def _rehearse(self, beats: list[BeatSpan]) -> None:
        if self._understudy is None:
            self._understudy, self._knows, self._known = self._picture(), set(), set()
        picture, knows = self._understudy, self._knows
        lacking = [beat for beat in beats if beat.id not in knows]

        def rehearse() -> None:
            try:
                for beat in picture.rehearse(lacking):
                    knows.add(beat.id)
            except Exception:  # whatever it is, it is seen again when the beat is played
                log.exception("a rehearsal failed")

        self._coming = {beat.id for beat in beats}
        self._thread = threading.Thread(target=rehearse, name="understudy", daemon=True)
        self._thread.start()

    def close(self) -> None:
        self.workshop.close()
