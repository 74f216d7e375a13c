"""What is nothing but light at one instant: read from the Timeline, each thing by its own file."""

from __future__ import annotations

from collections.abc import Callable

from performance.causes import written
from performance.causes.lineage import rings
from performance.causes.pins import plucked_between
from performance.causes.pulses import lit
from performance.causes.touches import touches
from performance.guard import Strict
from performance.stage.attractor import attractor_at
from performance.stage.bursts import LASTS as BURST_LASTS
from performance.stage.bursts import bursts_at
from performance.stage.crests import WIDENS
from performance.stage.crystals import SEEN, crystals_at
from performance.stage.drawing import Drawing
from performance.stage.drop import AHEAD, drop_at
from performance.stage.fissures import fissures_at
from performance.stage.machine import HEARD, machine_at
from performance.stage.marks import marks_at
from performance.stage.performer import Performer
from performance.stage.puzzle import puzzle_at
from performance.stage.sand import sand_at
from performance.stage.smile import smile_at
from performance.stage.song import song_at
from performance.stage.spiral import spiral_at
from performance.stage.there import there
from performance.stage.thread import thread_at
from performance.timeline import Cue, Timeline


def drawn_at(timeline: Timeline, t: float, guard: Strict, performer: Performer | None) -> tuple[Drawing, ...]:
    """All of it, in the order of painting."""
    seen, seed = there(timeline, t), timeline.seed
    hands = None if performer is None else performer.between_hands()
    palms = None if performer is None else performer.fingers()
    mouth = None if performer is None else performer.joint("head")
    each: tuple[tuple[str, Callable[[Cue], Drawing | None]], ...] = (
        ("puzzle", lambda cue: puzzle_at(cue, t, seed)),
        ("smile", lambda cue: smile_at(cue, t)),
        ("marks", lambda cue: marks_at(cue, t, seed)),
        ("attractor", lambda cue: attractor_at(cue, timeline, t)),
        ("bursts", lambda cue: _bursts(cue, timeline, t)),
        ("spiral", lambda cue: spiral_at(cue, timeline, t, hands)),
        ("crystals", lambda cue: _crystals(cue, timeline, t)),
        ("machine", lambda cue: _machine(cue, timeline, t)),
        ("drop", lambda cue: _drop(cue, timeline, t)),
        ("song", lambda cue: song_at(cue, timeline, t, mouth)),
        ("sand", lambda cue: sand_at(cue, t, seed, palms)),
        ("thread", lambda cue: thread_at(cue, t, seed, hands)),
        ("fissures", lambda cue: fissures_at(cue, t, seed)),
    )
    found = (guard.run(name, draw, timeline.cue(f"stage.{name}", t)) for name, draw in each if name in seen)
    return tuple(drawing for drawing in found if drawing is not None)


def _crystals(cue: Cue, timeline: Timeline, t: float) -> Drawing | None:
    if cue.number("level") <= 0.0:
        return None
    count = round(timeline.cue("sound.pulses", t).number("count"))
    return crystals_at(cue, t, timeline.seed, count, lit(timeline, t - SEEN, t + 1e-9))


def _drop(cue: Cue, timeline: Timeline, t: float) -> Drawing | None:
    return None if cue.number("level") <= 0.0 else drop_at(cue, t, rings(timeline, t - WIDENS, t + AHEAD))


def _machine(cue: Cue, timeline: Timeline, t: float) -> Drawing | None:
    if cue.number("level") <= 0.0:
        return None
    since, until = t - HEARD, t + 1e-9
    plucked = [(note.onset, note.level) for note in written.notes(timeline, "wires", since, until)]
    plucked += [(pin.t, pin.strength) for pin in plucked_between(timeline, since, until)]
    plucked += [(touch.t, touch.strength) for touch in touches(timeline, since, t)]
    return machine_at(cue, timeline, t, plucked, lit(timeline, since, until))


def _bursts(cue: Cue, timeline: Timeline, t: float) -> Drawing | None:
    if cue.number("level") <= 0.0:
        return None
    notes = written.notes(timeline, cue.word("of"), t - BURST_LASTS, t + 1e-9)
    return bursts_at(cue, t, timeline.seed, notes)
