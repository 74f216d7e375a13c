"""The Stage: all that is visible at one instant, as plain data. `stage_at` reads it from the Timeline."""

from __future__ import annotations

from dataclasses import dataclass

from performance.causes import performer as cause
from performance.causes.place import Camera
from performance.guard import STRICT, Strict
from performance.stage.echoes import Ghost, echoes_at
from performance.stage.haze import Haze, haze_at
from performance.stage.lights import Lights
from performance.stage.spotlight import spotlight_at
from performance.stage.view import camera_at, lights_at
from performance.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Stage:
    """One instant. What is None is not there."""

    t: float
    seed: int
    camera: Camera
    lights: Lights
    exposure: float
    bloom: float
    haze: Haze | None = None
    echoes: tuple[Ghost, ...] | None = None


def stage_at(timeline: Timeline, t: float, guard: Strict = STRICT) -> Stage:
    """Everything to see at `t`: a pure function of score, seed and gestures."""
    seed = timeline.seed

    def where(moment: float) -> tuple[float, float]:
        return cause.place(timeline, moment)

    beam = spotlight_at(timeline.cue("stage.spotlight", t), t, seed, where)
    light = timeline.cue("stage.light", t)
    return Stage(
        t=t,
        seed=seed,
        camera=camera_at(timeline.cue("stage.camera", t), t, seed),
        lights=lights_at(light, beam),
        exposure=light.number("exposure"),
        bloom=light.number("bloom"),
        haze=guard.run("haze", haze_at, timeline.cue("stage.haze", t)),
        echoes=guard.run("echoes", echoes_at, timeline.cue("stage.echoes", t), timeline, t),
    )
