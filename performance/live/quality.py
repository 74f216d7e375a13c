"""Sixty frames a second on a slower machine too: what frames take says how finely they are painted.

Where most frames come late for some seconds the picture is thinned; where there is room again it is made finer, after
a while. One that proves too fine is left alone for twice as long, so it never swings to and fro. To make another
picture ready costs time, too, beside the show: a machine on which some frames of a dense moment come late is left in
peace (one lost forty frames to making ready what would have spared it ten). What was found out is remembered.
"""

from __future__ import annotations

from dataclasses import dataclass

QUALITIES = ("auto", "live", "full")  # "auto" is "live" on a machine that can, thinned on one that cannot
SHARES = (1.0, 0.9, 0.75, 0.6, 0.5)  # of the density a picture would have, rung by rung
FIXED = 0.2  # share of a frame's time that no thinning saves
LOOK = 60  # frames that are looked at together
LATE = 1 / 2  # share of them that may take longer than they have
LOOKS = 3  # in a row at which more of them did, before anything is thinned
ROOM = 0.8  # of the time a frame has: where the slowest but one takes less, something finer is tried
PATIENCE, MOST_PATIENCE = 30.0, 600.0  # seconds in which there was room all the time
RELAPSE = 90.0  # seconds: a finer picture that is thinned again within them was too fine


@dataclass(frozen=True, slots=True)
class Standing:
    """What an evening leaves to the next: the rung it ended on, and the patience it had learnt, in seconds."""

    rung: int = 0
    patience: float = PATIENCE


class Quality:
    """One number: the rung that pictures are to be painted on, 0 the finest. `period`: seconds that a frame has."""

    def __init__(self, period: float, standing: Standing | None = None) -> None:
        self.period = period
        standing = standing or Standing()
        self.rung, self._patience = standing.rung, standing.patience
        self._took: list[float] = []  # seconds, frame by frame
        self._late = 0  # looks in a row at which most frames were late
        self._calm = 0.0  # seconds in which there was room
        self._since = RELAPSE  # seconds since the picture was made finer

    @property
    def share(self) -> float:
        """Of the density that the picture would have."""
        return SHARES[self.rung]

    @property
    def standing(self) -> Standing:
        """To be remembered."""
        return Standing(self.rung, self._patience)

    def heed(self, seconds: float) -> int:
        """A frame took so long; returns the rung that is right from now on. `stand` there once it is on stage."""
        self._took.append(seconds)
        if len(self._took) < LOOK:
            return self.rung
        took = sorted(self._took)
        passed = sum(max(one, self.period) for one in took)
        self._took.clear()
        self._since += passed
        slow = took[round((1 - LATE) * LOOK)]
        self._late = self._late + 1 if slow > self.period else 0
        if self._late >= LOOKS:
            return self._thinner(slow)
        if self.rung == 0 or took[LOOK - 2] * _cost(self.rung - 1) / _cost(self.rung) > ROOM * self.period:
            self._calm = 0.0
            return self.rung
        self._calm += passed
        return self.rung - (self._calm > self._patience)

    def stand(self, rung: int) -> None:
        """The picture is painted on this rung from now on: what frames took before says nothing about it."""
        if rung < self.rung:
            self._since = 0.0
        elif rung > self.rung and self._since < RELAPSE:
            self._patience = min(2 * self._patience, MOST_PATIENCE)
        self.rung, self._calm, self._late = rung, 0.0, 0
        self._took.clear()

    def _thinner(self, most: float) -> int:
        """The first rung below on which frames that took so long would have been in time."""
        for rung in range(self.rung + 1, len(SHARES)):
            if most * _cost(rung) / _cost(self.rung) < self.period:
                return rung
        return len(SHARES) - 1


def _cost(rung: int) -> float:
    """What a frame takes there, of what it takes on the finest rung."""
    return FIXED + (1.0 - FIXED) * SHARES[rung]
