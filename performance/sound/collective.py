"""What people in a house do one by one or all at once: coughs and laughs; a gasp, a breath, a sigh, laughter, a cheer.

Nobody is exactly together: a gasp runs from those who saw to those who only heard the others, a breath drawn in before
the curtain is nearly simultaneous, a sigh takes its time.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from performance.chance import chances
from performance.sound.grains import Shower
from performance.sound.instrument import RATE, Desk, Frames
from performance.sound.place import delay, sends
from performance.sound.reflexes import EACH, index, reflexes
from performance.sound.shouts import CRIES, WHISTLES, WHOOPS, in_turn, shouts, whistles
from performance.sound.throats import muffled

if TYPE_CHECKING:
    from performance.timeline import BeatSpan, Timeline

PATH = "sound.crowd"
LOUDNESS = 1.0
ROOM = 0.8
SINGLE_DISTANCE = 4.5  # units, how far off the last of those is whose cough is heard by itself
CLOTH_HZ, CLOTH_LOSS = 720.0, 0.7  # what heavy cloth lets pass

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Together:
    """Something all do: which sounds (first, how many), what share of up to `most` people takes part, by what law and
    within how many seconds they are late ("run": one after the other; "round": most in the middle), and how loudly."""

    first: int
    kinds: int
    share: float
    most: int
    law: str
    late: float
    level: float


_SHOUTS = 5 * EACH
TOGETHER = {
    "gasp": Together(index("gasp"), EACH, 0.35, 48, "run", 0.16, 0.8),
    "intake": Together(index("intake"), EACH, 0.7, 60, "round", 0.045, 0.7),
    "sigh": Together(index("sigh"), EACH, 0.8, 56, "round", 0.16, 0.7),
    "laugh": Together(index("laugh"), EACH, 0.3, 40, "run", 0.3, 0.8),
    "cheer": Together(_SHOUTS, WHOOPS + CRIES + WHISTLES, 0.25, 36, "run", 0.5, 0.9),
}


@cache
def pool() -> list[Frames]:
    """Reflexes and shouts, then the same behind a curtain."""
    clear = [*reflexes(), *shouts(), *whistles()]
    return clear + [sound * np.float32(CLOTH_LOSS) for sound in muffled(clear, CLOTH_HZ)]


def happenings(timeline: Timeline, span: BeatSpan) -> Shower:
    """All that begins in a beat of the score."""
    parts = [_singles(timeline, span, what) for what in ("cough", "laugh", "gasp")]
    for name in TOGETHER:
        at = timeline.cue(PATH, span.start).moment(name)
        if span.start <= at < span.end:
            parts.append(_all(timeline, name, at))
    return Shower.together([part for part in parts if part.frame.size])


def _singles(timeline: Timeline, span: BeatSpan, what: str) -> Shower:
    """Chances four a second, kept as often as the score asks; a cougher often coughs again."""
    slots = int(span.length * 4) + 1
    draw = chances(timeline.seed, what, span.index, count=8 * slots).reshape(slots, 8).T
    times = span.start + 0.25 * (np.arange(slots) + draw[0])
    cues = [timeline.cue(PATH, min(t, float(np.nextafter(span.end, 0.0)))) for t in times.tolist()]
    rate, cloth, pan, distance = (
        np.array([cue.number(name) for cue in cues]) for name in (what + "s", "cloth", "pan", "distance")
    )
    kept = (draw[1] < rate / 240.0) & (times < span.end)
    again = kept & (draw[2] < 0.45) & (what == "cough")
    far = distance * (1.3 + SINGLE_DISTANCE * draw[3])
    place = sends(np.clip(pan + 2 * draw[4] - 1, -1, 1), far, ROOM)
    level = LOUDNESS * (0.3 + 0.7 * draw[5] ** 1.5)
    which = index(what) + (draw[6] * EACH).astype(np.intp)
    first = _through(times[kept] + delay(far[kept]), which[kept], place[:, kept] * level[kept], cloth[kept])
    late = times + 0.42 + 0.3 * draw[7]
    second = _through(late[again], which[again], place[:, again] * (0.6 * level[again]), cloth[again])
    return Shower.together([first, second])


def _all(timeline: Timeline, name: str, at: float) -> Shower:
    """Everybody at once."""
    cue, what = timeline.cue(PATH, at), TOGETHER[name]
    count = int(cue.number("count"))
    people = max(1, min(round(what.share * count), what.most))
    late, draw = _lateness(
        what, chances(timeline.seed, name, round(at * 1000), count=6 * people).reshape(6, people)
    )
    far = cue.number("distance") * (1.2 + 4.5 * draw[2] ** 0.7)
    place = sends(np.clip(cue.number("pan") + 2 * draw[3] - 1, -1, 1), far, ROOM)
    loud = LOUDNESS * what.level * (0.4 + 0.6 * draw[4]) * people**-0.2
    which = what.first + in_turn(timeline.seed, round(at * 1000), people, what.kinds)
    return _through(at + late + delay(far), which, place * loud, np.full(people, cue.number("cloth")))


def _lateness(what: Together, draw: Numbers) -> tuple[Numbers, Numbers]:
    if what.law == "run":
        return -what.late * np.log1p(-0.98 * draw[0]), draw
    bell = np.sqrt(-2 * np.log1p(-0.98 * draw[0])) * np.cos(2 * np.pi * draw[1])
    return np.maximum(what.late * (2.0 + bell), 0.0), draw


def startled(desk: Desk, frame: int, pan: float, strength: float) -> Shower:
    """Some gasps round a blow, from `frame` on."""
    people = 2 + round(4 * strength)
    draw = chances(desk.seed, "startled", frame, count=5 * people).reshape(5, people)
    cue = desk.timeline.cue(PATH, frame / RATE)
    late = -0.09 * np.log1p(-0.98 * draw[0])
    late[0] = 0.0
    far = cue.number("distance") * (1.2 + 2.0 * draw[1])
    place = sends(np.clip(pan + 0.9 * (draw[2] - 0.5), -1, 1), far, ROOM)
    loud = LOUDNESS * strength * (0.4 + 0.6 * draw[3])
    which = index("gasp") + (draw[4] * EACH).astype(np.intp)
    return _through(frame / RATE + late, which, place * loud, np.full(people, cue.number("cloth")))


def _through(times: Numbers, which: NDArray[np.intp], gains: Numbers, cloth: Numbers) -> Shower:
    """With as much of a curtain between as there is."""
    frame, clear = np.rint(times * RATE).astype(np.int64), len(pool()) // 2
    open_ = Shower.of(frame, which, (gains * (1 - cloth)).astype(np.float32))
    if not cloth.any():
        return open_
    return Shower.together([open_, Shower.of(frame, which + clear, (gains * cloth).astype(np.float32))])
