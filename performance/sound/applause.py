"""Applause: hands by the thousand, each a pair of its own, and the voices that go up among them.

When each hand claps is told by `causes/clapping.py`. A clap is one sound of a pool (claps.py): its shape is the
person's, its place the row's, its variant drawn for every stroke. The back rows arrive later than the front. Shouts and
whistles (shouts.py) come one by one, more of them while the house is on its feet; a visitor's blow brings a cheer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from performance.causes.clapping import PATH, claps, hands
from performance.causes.place import pan_of
from performance.chance import at_indices, chance, chances
from performance.gestures import Strike
from performance.sound.claps import SHAPES, VARIANTS, index, pool
from performance.sound.grains import NOTHING, Grains, Shower, Takes
from performance.sound.instrument import RATE, Desk, Instrument, Span
from performance.sound.perspan import Showers, curves
from performance.sound.place import delay, sends
from performance.sound.shouts import CRIES, SIZES, WHISTLES, WHOOPS, house, in_turn

if TYPE_CHECKING:
    from performance.gestures import Gesture
    from performance.timeline import BeatSpan, Timeline

LOUDNESS, SHOUTS = 3.0, 0.5
MOST = 5.0  # no single clap is louder
CROWDING = 0.12  # a large house is heard from farther off
MIDDLE, BACK = 2.6, 5.5  # units from which a hand is heard as rows off, as far away
SHOUTS_A_SECOND, WHISTLES_A_SECOND = 7.0, 2.0  # of a full house that cheers
SHOUTING, WHISTLING = (WHOOPS + CRIES) * len(SIZES), WHISTLES * len(SIZES)  # people
ANSWER = 5  # throats that answer a blow
ROOM = 0.5  # the house sits round us: most of it is heard straight

Numbers = NDArray[np.float64]
Whole = NDArray[np.intp]


class Applause(Instrument):
    """Hands and cheers. All are known in advance, but for what a visitor brings about."""

    name = "applause"
    memory = 3.0

    def __init__(self, desk: Desk, number: int) -> None:
        super().__init__(desk, number)
        self._hands = Showers(desk.timeline, PATH, clapped)
        self._cheers = Showers(desk.timeline, PATH, cheered)
        self._answers: list[Shower] = []
        self._grains: Grains | None = None
        self._takes: Takes | None = None

    def reset(self, frame: int) -> None:
        """All hands of the piece are counted, if any are heard."""
        self._answers.clear()
        self._grains = self._takes = None
        if self._hands.prepare():
            self._cheers.prepare()
            self._grains = Grains(pool(), self._hands.between)
            self._takes = Takes(house(), self._voices)

    def _voices(self, a: int, b: int) -> Shower:
        answers = [shower.between(a, b) for shower in self._answers]
        return Shower.together([self._cheers.between(a, b), *answers])

    def answer(self, gesture: Gesture, frame: int) -> None:
        """A blow, a leap: some of the nearest shout."""
        if self._takes is None or not isinstance(gesture, Strike):
            return
        cue = self.desk.timeline.cue(PATH, frame / RATE)
        draw = chances(self.desk.seed, "answer", frame, count=4 * ANSWER).reshape(4, ANSWER)
        late = 0.06 - 0.25 * np.log1p(-0.95 * draw[0])
        late[0] = 0.0
        pan = np.clip(float(pan_of(gesture.u)) + 0.9 * (draw[1] - 0.5), -1, 1)
        place = sends(pan, cue.number("distance") * (1.2 + 2 * draw[2]), ROOM)
        level = SHOUTS * gesture.strength * cue.number("cheers") * (0.5 + 0.5 * draw[3])
        size = (draw[1] * len(SIZES)).astype(np.intp)
        which = size * (WHOOPS + CRIES) + (draw[3] * WHOOPS).astype(np.intp)
        frames = frame + np.rint(late * RATE).astype(np.int64)
        self._answers = [*self._answers[-7:], Shower.of(frames, which, place * level.astype(np.float32))]
        self._takes.forget()

    def render(self, span: Span) -> None:
        """What falls into the span."""
        if self._grains is not None and self._takes is not None:
            self._grains.add(span.start, span.frames, span.out)
            self._takes.add(span.start, span.frames, span.out)


def clapped(timeline: Timeline, span: BeatSpan) -> Shower:
    """All claps of a beat of the score."""
    made = claps(timeline, span)
    count = round(timeline.cue(PATH, span.start).number("count"))
    house = hands(timeline.seed, count)
    who, times = made.who, made.time
    zeal, unison, cupped, cloth, pan, distance = curves(
        timeline, PATH, span, times, ("zeal", "unison", "cupped", "cloth", "pan", "distance")
    )
    far = distance * house.distance[who]
    draw = [_draw(timeline.seed, part, who, made.number) for part in range(3)]
    shape = np.clip(house.shape[who] + 0.6 * (0.5 - cupped), 0, 0.999)
    row = np.where(far < MIDDLE, 0, np.where(far < BACK, 1, 2))
    row = np.where(draw[0] < cloth, 3, row)
    which = index((shape * len(SHAPES)).astype(np.intp), row, (draw[1] * VARIANTS).astype(np.intp))
    level = LOUDNESS * count**-CROWDING * house.hard[who] * (0.65 + 0.7 * draw[2])
    level = level * (0.35 + 0.9 * zeal) * (1 + 0.3 * unison) * np.where(row == 3, 0.5, 1.0)
    place = sends(np.clip(pan + house.pan[who], -1, 1), far, ROOM)
    frame = np.rint((times + delay(far)) * RATE).astype(np.int64)
    return Shower.of(frame, which, place * np.minimum(level, MOST).astype(np.float32))


def cheered(timeline: Timeline, span: BeatSpan) -> Shower:
    """All shouts and whistles of a beat: none in unison, most while the house is on its feet."""
    count = round(timeline.cue(PATH, span.start).number("count"))
    full = min(1.0, (count / 300.0) ** 0.5)
    heard = (
        _voices(timeline, span, "cheers", SHOUTS_A_SECOND * full, 0, SHOUTING),
        _voices(timeline, span, "whistles", WHISTLES_A_SECOND * full, SHOUTING, WHISTLING),
    )
    return Shower.together([shower for shower in heard if shower.frame.size])


def _voices(timeline: Timeline, span: BeatSpan, what: str, rate: float, first: int, kinds: int) -> Shower:
    """Chances on an even grid, thinned by the score's curve: rare ones stay where they are as it rises."""
    slots = int(span.length * rate * 1.5)
    if slots == 0:
        return NOTHING
    draw = chances(timeline.seed, what, span.index, count=6 * slots).reshape(slots, 6).T[:5]
    times = span.start + (np.arange(slots) + draw[0]) / (rate * 1.5)
    asked, clapping, unison, cloth, pan, distance = curves(
        timeline, PATH, span, times, (what, "clapping", "unison", "cloth", "pan", "distance")
    )
    kept = (draw[1] < asked * clapping**0.8 * (1 - 0.8 * unison)) & (times < span.end)
    far = distance * (1.1 + 4.5 * draw[3] ** 1.5)
    level = SHOUTS * (0.25 + 0.75 * draw[4] ** 2) * (0.5 + 0.5 * asked) * clapping**0.3 * (1 - 0.8 * cloth)
    place = sends(np.clip(pan + 2 * draw[2] - 1, -1, 1), far, ROOM) * level.astype(np.float32)
    frame = np.rint((times + delay(far)) * RATE).astype(np.int64)
    which = first + in_turn(timeline.seed, 2 * span.index + (first > 0), int(kept.sum()), kinds)
    return Shower.of(frame[kept], which, place[:, kept])


def _draw(seed: int, part: int, who: Whole, number: NDArray[np.int64]) -> Numbers:
    """A number 0..1 for each stroke of each hand."""
    return at_indices(int(chance(seed, "clap", part) * 2**52), number * 4096 + who)
