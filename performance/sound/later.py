"""What is worked out only shortly before it sounds: a gesture may ask for twenty blows, a block makes a few of them."""

from __future__ import annotations

from collections.abc import Callable


class Later:
    """Deeds that wait for their frame, done in order of frame, a control interval ahead."""

    def __init__(self) -> None:
        self._waiting: list[tuple[int, Callable[[], None]]] = []
        self._until = 0

    def clear(self) -> None:
        """Nothing waits; what comes next may lie anywhere."""
        self._waiting.clear()
        self._until = 0

    def add(self, frame: int, deed: Callable[[], None]) -> None:
        """Do it when frames up to `frame` are asked for: at once if they have been."""
        if frame < self._until:
            deed()
        else:
            self._waiting.append((frame, deed))

    def reach(self, until: int) -> None:
        """Do all that falls before frame `until`."""
        self._until = until
        if not self._waiting:
            return
        due = [one for one in self._waiting if one[0] < until]
        self._waiting = [one for one in self._waiting if one[0] >= until]
        for _, deed in sorted(due, key=lambda one: one[0]):
            deed()
