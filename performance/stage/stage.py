"""The Stage: all that is visible at one instant, as plain data. `stage_at` reads it from the Timeline."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from performance.causes import parts, strobe
from performance.causes import performer as cause
from performance.causes.breaking import broken_place, fracture_of
from performance.causes.drips import drips
from performance.causes.eye import camera_at, eye_at
from performance.causes.gone import gone
from performance.causes.lineage import rings
from performance.causes.place import Camera
from performance.causes.song import song_level, song_pitch
from performance.causes.steps import dips, footfalls
from performance.causes.touches import constellation_of, mirror_touches, touches
from performance.guard import STRICT, Strict
from performance.stage.audience import Audience, audience_at
from performance.stage.calls import calls_at
from performance.stage.ceiling import Ceiling, ceiling_at
from performance.stage.chasm import Chasm, chasm_at
from performance.stage.crew import Crew, crew_at
from performance.stage.curtain import Curtain, curtain_at
from performance.stage.drape import Drape, drape_at
from performance.stage.drawing import Drawing
from performance.stage.drawn import drawn_at
from performance.stage.echoes import Ghost, echoes_at
from performance.stage.floor import Floor, floor_at
from performance.stage.gold import RING_LASTS, Gold, gold_at
from performance.stage.haze import Haze, haze_at
from performance.stage.hem import Hem, hem_at
from performance.stage.house import TOUCH_SEEN, House, house_at
from performance.stage.ice import Ice, ice_at
from performance.stage.known import known_of
from performance.stage.lights import Beam, Lights, lights_at
from performance.stage.memory import Memory, memory_at
from performance.stage.mirrors import REMEMBERED, Mirrors, mirrors_at
from performance.stage.mist import Mist, mist_at
from performance.stage.motes import Motes, motes_at
from performance.stage.orchids import RING, Orchids, meant_blossom, orchids_at
from performance.stage.performer import Performer, performer_at
from performance.stage.register import Register, register_at
from performance.stage.shards import Shards, shards_at
from performance.stage.sheets import Sheets, sheets_at
from performance.stage.silver import RING_LASTS as SILVER_RING_LASTS
from performance.stage.silver import Silver, fallen_on, silver_at
from performance.stage.sky import Sky, sky_at
from performance.stage.spotlight import spotlight_at
from performance.stage.sunbeam import Sunbeam, sunbeam_at
from performance.stage.there import there
from performance.stage.watercolour import Watercolour, watercolour_at
from performance.stage.words import Words, words_at
from performance.timeline import Cue, Timeline

T = TypeVar("T")
MOST_TOUCHED = 6  # blossoms that show at once that they were touched


@dataclass(frozen=True, slots=True)
class Stage:
    """One instant. What is None is not there."""

    t: float
    seed: int
    camera: Camera
    lights: Lights
    exposure: float
    bloom: float
    sky: Sky | None = None
    watercolour: Watercolour | None = None
    chasm: Chasm | None = None
    floor: Floor | None = None
    silver: Silver | None = None
    mist: Mist | None = None
    curtain: Curtain | None = None
    hem: Hem | None = None
    ceiling: Ceiling | None = None
    haze: Haze | None = None
    house: House | None = None
    drape: Drape | None = None
    crew: Crew | None = None
    echoes: tuple[Ghost, ...] | None = None
    memory: Memory | None = None
    orchids: Orchids | None = None
    performer: Performer | None = None
    gold: Gold | None = None
    sheets: Sheets | None = None
    ice: Ice | None = None
    shards: Shards | None = None
    mirrors: Mirrors | None = None
    audience: Audience | None = None
    sunbeam: Sunbeam | None = None
    motes: Motes | None = None
    words: Words | None = None
    register: Register | None = None
    drawings: tuple[Drawing, ...] = ()  # what is nothing but light, in the order of painting


def stage_at(timeline: Timeline, t: float, guard: Strict = STRICT) -> Stage:
    """Everything to see at `t`: a pure function of score, seed and gestures."""
    seed = timeline.seed

    def cue(name: str) -> Cue:
        return timeline.cue(f"stage.{name}", t)

    @cache
    def heard() -> float:
        """How bright the orchestra is under a curtain: its accents stand out, as light that falls through a slit."""
        return 1.9 * parts.glow(timeline, t) ** 2

    lamp = cue("spotlight")
    flicker = strobe.lit(timeline, t) if lamp.number("strobe") else 1.0
    beam = spotlight_at(lamp, t, seed, cause.lit(timeline, t), flicker)
    light = cue("light")
    seen = there(timeline, t)

    def found(name: str, element: Callable[..., T], *arguments: Any) -> T | None:
        """What an element makes of the timeline."""
        return guard.run(name, element, timeline, t, *arguments) if name in seen else None

    def shown(name: str, element: Callable[..., T], *arguments: Any) -> T | None:
        """What an element makes of its own cue."""
        return guard.run(name, element, cue(name), *arguments) if name in seen else None

    performer = found("performer", _performer)
    sunbeam = found("sunbeam", _sunbeam)
    return Stage(
        t=t,
        seed=seed,
        camera=camera_at(cue("camera"), t, seed),
        lights=lights_at(light, beam),
        exposure=light.number("exposure"),
        bloom=light.number("bloom"),
        sky=shown("sky", sky_at, t, seed),
        watercolour=shown("watercolour", watercolour_at, t, seed),
        chasm=shown("chasm", chasm_at, t),
        floor=shown("floor", floor_at, t),
        silver=found("silver", _silver),
        mist=found("mist", _mist),
        curtain=found("curtain", _curtain, heard),
        hem=found("hem", _hem, heard),
        ceiling=shown("ceiling", ceiling_at, t, seed),
        house=found("house", _house),
        drape=shown("drape", drape_at, t, seed),
        crew=found("crew", _crew),
        haze=guard.run("haze", haze_at, cue("haze")),
        echoes=shown("echoes", echoes_at, timeline, t),
        memory=shown("memory", memory_at, timeline, t),
        orchids=found("orchids", _orchids),
        performer=performer,
        gold=found("gold", _gold, performer),
        sheets=shown("sheets", sheets_at, t, seed),
        ice=found("ice", _ice, performer),
        shards=found("shards", _shards),
        mirrors=found("mirrors", _mirrors),
        audience=shown("audience", audience_at, t, seed),
        sunbeam=sunbeam,
        motes=found("motes", _motes, sunbeam, beam),
        words=shown("words", words_at, t, seed),
        register=shown("register", register_at, timeline, t),
        drawings=drawn_at(timeline, t, guard, performer),
    )


def _performer(timeline: Timeline, t: float) -> Performer | None:
    def cue_of(moment: float) -> Cue:
        return timeline.cue("stage.performer", moment)

    def where(moment: float) -> tuple[float, float]:
        here = cause.performer(timeline, moment)
        return here.x, here.z

    def hands(moment: float) -> tuple[float, float]:
        here = cause.performer(timeline, moment)
        return here.left, here.right

    return performer_at(cue_of, t, timeline.seed, where, hands, known_of(timeline, "performer"))


def _mist(timeline: Timeline, t: float) -> Mist | None:
    cue = timeline.cue("stage.mist", t)
    return None if cue.number("level") <= 0.0 else mist_at(cue, timeline, t, cause.place(timeline, t))


def _crew(timeline: Timeline, t: float) -> Crew | None:
    known = known_of(timeline, "crew")
    hurried = gone(timeline, "stage.crew", "hurry", t)
    hung = curtain_at(timeline.cue("stage.curtain", t), t, timeline.seed)
    return crew_at(lambda when: timeline.cue("stage.crew", when), t, timeline.seed, hurried, known, hung)


def _curtain(timeline: Timeline, t: float, heard: Callable[[], float]) -> Curtain | None:
    cue = timeline.cue("stage.curtain", t)
    return curtain_at(cue, t, timeline.seed, heard() if cue.number("pulse") else 1.0)


def _hem(timeline: Timeline, t: float, heard: Callable[[], float]) -> Hem | None:
    cue = timeline.cue("stage.hem", t)
    return hem_at(cue, t, timeline.seed, heard() if cue.number("pulse") else 1.0)


def _orchids(timeline: Timeline, t: float) -> Orchids | None:
    cue = timeline.cue("stage.orchids", t)
    if cue.number("level") <= 0.0:
        return None
    notes = timeline.events(t - RING, t + 1e-9)
    sounded = [(note.address, note.onset, note.level) for note in notes if note.instrument == "petals"]
    petals = timeline.cue("sound.petals", t)
    met = []
    for touch in touches(timeline, t - RING, t)[-MOST_TOUCHED:]:
        then = timeline.cue("stage.orchids", touch.t)
        if then.number("level") > 0.0:
            eye = eye_at(timeline, touch.t)
            grow, sway = then.number("grow"), then.number("sway")
            which = meant_blossom(timeline.seed, touch.t, grow, sway, eye, touch.u, touch.v)
            met.append((which, touch.t, touch.strength))
    return orchids_at(cue, t, timeline.seed, sounded, met, petals)


def _house(timeline: Timeline, t: float) -> House | None:
    cue = timeline.cue("stage.house", t)
    if cue.number("level") <= 0.0:
        return None
    return house_at(cue, timeline, t, touches(timeline, t - TOUCH_SEEN, t))


def _shards(timeline: Timeline, t: float) -> Shards | None:
    cue = timeline.cue("stage.shards", t)
    return None if cue.number("level") <= 0.0 else shards_at(cue, t, timeline.seed, fracture_of(timeline, t))


def _mirrors(timeline: Timeline, t: float) -> Mirrors | None:
    cue = timeline.cue("stage.mirrors", t)
    stars = None if cue.number("level") <= 0.0 else constellation_of(timeline, t)
    if stars is None:
        return None
    touched = mirror_touches(timeline, t - REMEMBERED, t + 1e-9)
    return mirrors_at(cue, t, timeline.seed, fracture_of(timeline, t), stars, touched)


def _silver(timeline: Timeline, t: float) -> Silver | None:
    cue = timeline.cue("stage.silver", t)
    if cue.number("level") <= 0.0:
        return None
    since, until = t - SILVER_RING_LASTS, t + 1e-9
    fallen = fallen_on(rings(timeline, since, until))
    steps = [*footfalls(timeline, since, until), *dips(timeline, since, until), *fallen]
    return silver_at(cue, t, steps, cause.place(timeline, t)[1])


def _gold(timeline: Timeline, t: float, performer: Performer | None) -> Gold | None:
    cue = timeline.cue("stage.gold", t)
    if cue.number("level") <= 0.0 or performer is None:
        return None
    return gold_at(cue, t, timeline.seed, performer, drips(timeline, t - RING_LASTS, t + 2.0))


def _ice(timeline: Timeline, t: float, performer: Performer | None) -> Ice | None:
    cue = timeline.cue("stage.ice", t)
    if cue.number("level") <= 0.0:
        return None
    hand = None
    if performer is not None:
        x, y, z = performer.between_hands()
        hand = (float(x), float(y), float(z), cue.number("tilt"))
    when = cue.moment("breaks")
    broken = broken_place(timeline.cue("stage.ice", when)) if math.isfinite(when) else None
    return ice_at(cue, t, timeline.seed, hand, broken)


def _sunbeam(timeline: Timeline, t: float) -> Sunbeam | None:
    cue = timeline.cue("stage.sunbeam", t)
    if cue.number("level") <= 0.0:
        return None
    return sunbeam_at(cue, t, timeline.seed, song_level(timeline, t), song_pitch(timeline, t))


def _motes(timeline: Timeline, t: float, sunbeam: Sunbeam | None, beam: Beam) -> Motes | None:
    cue = timeline.cue("stage.motes", t)
    if cue.number("level") <= 0.0:
        return None
    dissolve = timeline.cue("stage.audience", t).number("dissolve")
    return motes_at(cue, t, timeline.seed, dissolve, calls_at(timeline, t), sunbeam, beam)
