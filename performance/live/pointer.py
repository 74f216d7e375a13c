"""From the pointer to gestures: it moves, it sweeps when it is quick, it touches when it is pressed."""

from __future__ import annotations

import math
from collections import deque

from performance.gestures import Gesture, Move, Sweep, Touch
from performance.paint.canvas import View

QUICK = 1.4  # picture heights a second from which a stroke is a sweep
STRONGEST = 5.0  # and at which it is as strong as it gets
SPAN = 0.08  # seconds over which its speed is taken
BETWEEN = 0.3  # seconds between two sweeps


class Pointer:
    """Collects what the pointer does between two frames."""

    def __init__(self) -> None:
        self.moved_at = 0.0  # the instant of the last motion
        self._place: tuple[float, float] | None = None
        self._pressed: list[tuple[float, float]] = []
        self._path: deque[tuple[float, float, float]] = deque()  # instant, u, v
        self._swept_at = -math.inf

    def move(self, x: float, y: float) -> None:
        """It is at these pixels now."""
        self._place = (x, y)

    def press(self, x: float, y: float) -> None:
        """A button or a finger went down there."""
        self._pressed.append((x, y))

    def gestures(self, view: View, t: float, instant: float) -> list[Gesture]:
        """What was done since the last frame, at the moment `t`; `instant` is the time outside the piece."""
        done: list[Gesture] = []
        if self._place is not None:
            u, v = float(view.u(self._place[0])), float(view.v(self._place[1]))
            self._place, self.moved_at = None, instant
            done.append(Move(t, u, v))
            sweep = self._sweep(t, instant, u, v)
            if sweep is not None:
                done.append(sweep)
        for x, y in self._pressed:
            done.append(Touch(t, float(view.u(x)), float(view.v(y))))
        self._pressed.clear()
        return done

    def _sweep(self, t: float, instant: float, u: float, v: float) -> Sweep | None:
        self._path.append((instant, u, v))
        while self._path[0][0] < instant - SPAN:
            self._path.popleft()
        began, u0, v0 = self._path[0]
        passed = instant - began
        if passed <= 0.0 or instant - self._swept_at < BETWEEN:
            return None
        du, dv = (u - u0) / passed, (v - v0) / passed
        speed = math.hypot(du, dv)
        if speed < QUICK:
            return None
        self._swept_at = instant
        return Sweep(t, u, v, min(1.0, speed / STRONGEST), du, dv)
