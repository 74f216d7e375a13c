"""What is nothing but light at one instant: read from the Timeline, each thing by its own file."""

from __future__ import annotations

from performance.causes import written
from performance.causes.lineage import rings
from performance.causes.pins import plucked_between
from performance.causes.pulses import lit
from performance.causes.touches import touches
from performance.guard import Strict
from performance.stage.attractor import attractor_at
from performance.stage.bursts import LASTS as BURST_LASTS
from performance.stage.bursts import bursts_at
from performance.stage.crystals import SEEN, crystals_at
from performance.stage.drawing import Drawing
from performance.stage.drop import AHEAD, SPLASH, drop_at
from performance.stage.fissures import fissures_at
from performance.stage.machine import HEARD, machine_at
from performance.stage.marks import marks_at
from performance.stage.performer import Performer
from performance.stage.puzzle import puzzle_at
from performance.stage.sand import sand_at
from performance.stage.smile import smile_at
from performance.stage.song import song_at
from performance.stage.spiral import spiral_at
from performance.stage.thread import thread_at
from performance.timeline import Cue, Timeline


def drawn_at(timeline: Timeline, t: float, guard: Strict, performer: Performer | None) -> tuple[Drawing, ...]:
    """All of it, in the order of painting."""

    def cue(name: str) -> Cue:
        return timeline.cue(f"stage.{name}", t)

    hands = None if performer is None else performer.between_hands()
    palms = None if performer is None else (performer.joint("handA"), performer.joint("handB"))
    mouth = None if performer is None else performer.joint("head")
    found = (
        guard.run("puzzle", puzzle_at, cue("puzzle"), t, timeline.seed),
        guard.run("smile", smile_at, cue("smile"), t),
        guard.run("marks", marks_at, cue("marks"), t, timeline.seed),
        guard.run("attractor", attractor_at, cue("attractor"), timeline, t),
        guard.run("bursts", _bursts, timeline, t),
        guard.run("spiral", spiral_at, cue("spiral"), timeline, t, hands),
        guard.run("crystals", _crystals, timeline, t),
        guard.run("machine", _machine, timeline, t),
        guard.run("drop", _drop, timeline, t),
        guard.run("song", song_at, cue("song"), timeline, t, mouth),
        guard.run("sand", sand_at, cue("sand"), t, timeline.seed, palms),
        guard.run("thread", thread_at, cue("thread"), t, timeline.seed, hands),
        guard.run("fissures", fissures_at, cue("fissures"), t, timeline.seed),
    )
    return tuple(drawing for drawing in found if drawing is not None)


def _crystals(timeline: Timeline, t: float) -> Drawing | None:
    cue = timeline.cue("stage.crystals", t)
    if cue.number("level") <= 0.0:
        return None
    count = round(timeline.cue("sound.pulses", t).number("count"))
    return crystals_at(cue, t, timeline.seed, count, lit(timeline, t - SEEN, t + 1e-9))


def _drop(timeline: Timeline, t: float) -> Drawing | None:
    cue = timeline.cue("stage.drop", t)
    return None if cue.number("level") <= 0.0 else drop_at(cue, t, rings(timeline, t - SPLASH, t + AHEAD))


def _machine(timeline: Timeline, t: float) -> Drawing | None:
    cue = timeline.cue("stage.machine", t)
    if cue.number("level") <= 0.0:
        return None
    since, until = t - HEARD, t + 1e-9
    plucked = [(note.onset, note.level) for note in written.notes(timeline, "wires", since, until)]
    plucked += [(pin.t, pin.strength) for pin in plucked_between(timeline, since, until)]
    plucked += [(touch.t, touch.strength) for touch in touches(timeline, since, t)]
    return machine_at(cue, timeline, t, plucked, lit(timeline, since, until))


def _bursts(timeline: Timeline, t: float) -> Drawing | None:
    cue = timeline.cue("stage.bursts", t)
    if cue.number("level") <= 0.0:
        return None
    notes = written.notes(timeline, cue.word("of"), t - BURST_LASTS, t + 1e-9)
    return bursts_at(cue, t, timeline.seed, notes)
