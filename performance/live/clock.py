"""The only now: where in the piece the show is, by what is heard.

It runs on `time.perf_counter` and leans towards the sound: a reading that says which moment left the speaker when
moves it a little at a time, so that neither jitter between callbacks nor a card's own pace is ever seen. Without
sound, or while the sound process is being replaced, it simply runs on.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from performance.live.board import Reading

LEAN = 3.0  # share of the difference that goes in a second
FASTEST = 0.1  # seconds a second that it may lean at most
BELIEVED = 1.0  # seconds: a reading that is older, newer or further away than this is not believed


class Clock:
    """Stands still until the first `leap`."""

    def __init__(self, tick: Callable[[], float] = time.perf_counter) -> None:
        self._tick = tick
        self._from, self._ahead = 0.0, 0.0  # the leap's moment; the piece's time less ours
        self._running = False
        self._looked = tick()
        self.leaps = 0

    @property
    def running(self) -> bool:
        return self._running

    def at(self, instant: float) -> float:
        """The moment of the piece at an instant of perf_counter."""
        return max(self._from, instant + self._ahead) if self._running else self._from

    def now(self) -> float:
        """The moment of the piece."""
        return self.at(self._tick())

    def leap(self, t: float, lead: float = 0.0) -> float:
        """Go on from `t`, which is held for `lead` seconds. Returns the instant at which `t` is now."""
        instant = self._tick() + lead
        self._from, self._ahead, self._running = t, t - instant, True
        self.leaps += 1
        return instant

    def hold(self, t: float | None = None) -> None:
        """Stand still, here or at `t`."""
        self._from = self.now() if t is None else t
        self._running = False

    def follow(self, heard: Reading) -> None:
        """Lean towards what is heard. Call it about once a frame."""
        instant = self._tick()
        passed, self._looked = instant - self._looked, instant
        if not self._running or heard.leap != self.leaps or abs(instant - heard.heard_at) > BELIEVED:
            return
        apart = heard.t - heard.heard_at - self._ahead
        if abs(apart) < BELIEVED:
            most = FASTEST * passed
            self._ahead += min(max(apart * min(1.0, LEAN * passed), -most), most)
