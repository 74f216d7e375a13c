"""A headset: somebody gives orders through a loudspeaker the size of a coin.

A key is pressed, the carrier comes up, a voice (speech.py) is driven too hard through a band from 320 to 3300 Hz, the
key lets go and the squelch falls shut behind it. Between calls the line crackles.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from performance.causes.cycles import turns_of
from performance.chance import bells, chance, chances, drift
from performance.sound.grains import Grains, Shower, Takes, without_dc
from performance.sound.instrument import RATE, Desk, Frames, Instrument, Span
from performance.sound.knocks import knock
from performance.sound.perspan import Showers, curves
from performance.sound.place import sends
from performance.sound.speech import EACH, phrases

if TYPE_CHECKING:
    from performance.timeline import BeatSpan, Timeline

PATH = "sound.headset"
CALLS, POPS = 7, 12
LOW_HZ, HIGH_HZ = 320.0, 3300.0
LOUDNESS, CRACKLE = 0.55, 0.30
POPS_A_SECOND = 60
KEY, TAIL = 0.11, 0.20  # seconds before the voice and after it
_FIRST = 0.05  # of the time between calls, after which the first one comes
_SPOKEN = tuple(
    voice * EACH + i for voice, i in ((0, 0), (2, 1), (4, 0), (0, 2), (6, 1), (2, 2), (4, 1))
)  # low voices

Numbers = NDArray[np.float64]


class Headset(Instrument):
    """Calls and crackle, known in advance."""

    name = "headset"
    memory = 0.0

    def __init__(self, desk: Desk, number: int) -> None:
        super().__init__(desk, number)
        self._calls = Showers(desk.timeline, PATH, calls)
        self._pops = Showers(desk.timeline, PATH, pops)
        self._heard: tuple[Takes, Grains] | None = None

    def reset(self, frame: int) -> None:
        """Everything that will be said, if it is heard."""
        self._heard = None
        if self._calls.prepare():
            self._pops.prepare()
            self._heard = Takes(spoken(), self._calls.between), Grains(crackles(), self._pops.between)

    def render(self, span: Span) -> None:
        """Calls, crackle."""
        for part in self._heard or ():
            part.add(span.start, span.frames, span.out)


def _rate(timeline: Timeline, t: float) -> float:
    return timeline.cue(PATH, t).number("calls") / 60.0


turns = turns_of(PATH, _rate)


def calls(timeline: Timeline, span: BeatSpan) -> Shower:
    """The calls of a beat: about as often as asked, one after the other, and the one that is certain."""
    wanted = [
        (t + 0.08 * chance(timeline.seed, "call", n), (3 * n + timeline.seed) % CALLS)
        for n, t in turns(timeline, span).whole(span.start, span.end, _FIRST)
    ]
    at = timeline.cue(PATH, span.start).moment("call")
    certain = [(at, timeline.seed % CALLS)] if span.start <= at < span.end else []
    said = _in_turn(certain, wanted)
    times, which = np.array([t for t, _ in said], np.float64), np.array([i for _, i in said], np.intp)
    near, pan, distance = curves(timeline, PATH, span, times, ("near", "pan", "distance"))
    place = sends(pan, distance * (1.6 - 1.2 * near), 0.7 - 0.5 * near)
    return Shower.of(np.rint(times * RATE).astype(np.int64), which, place * np.float32(LOUDNESS))


def _in_turn(certain: list[tuple[float, int]], wanted: list[tuple[float, int]]) -> list[tuple[float, int]]:
    """One line carries one voice: who would speak over another waits for the next time."""
    kept = list(certain)
    for t, which in wanted:
        length = spoken()[which].size / RATE
        if all(t >= before + spoken()[i].size / RATE or t + length <= before for before, i in kept):
            kept.append((t, which))
    return sorted(kept)


def pops(timeline: Timeline, span: BeatSpan) -> Shower:
    """The line crackles in bursts, as a loose contact does."""
    slots = max(1, int(span.length * POPS_A_SECOND))
    draw = chances(timeline.seed, "pops", span.index, count=4 * slots).reshape(slots, 4).T
    times = np.minimum(span.start + (np.arange(slots) + draw[0]) / POPS_A_SECOND, np.nextafter(span.end, 0.0))
    crackle, near, pan, distance = curves(timeline, PATH, span, times, ("crackle", "near", "pan", "distance"))
    loose = np.clip(
        drift(timeline.seed, "loose", t=3.1 * times) + 0.35 * drift(timeline.seed, "contact", t=11 * times),
        0,
        1,
    )
    kept = draw[1] < crackle * (0.05 + 1.1 * loose**2)
    level = CRACKLE * (0.12 + 0.88 * draw[2] ** 4)
    place = sends(pan, distance * (1.6 - 1.2 * near), 0.5) * level.astype(np.float32)
    frame = np.rint(times * RATE).astype(np.int64)
    return Shower.of(frame[kept], (draw[3][kept] * POPS).astype(np.intp), place[:, kept])


@cache
def crackles() -> list[Frames]:
    """Pops: a few thousandths of a second of the loudspeaker's own two tones."""
    made = []
    for i in range(POPS):
        draw = chances(31, "pop", i, count=4)
        pitch = np.array([900.0 + 500 * draw[0], 1900.0 + 600 * draw[1], 2900.0 + 400 * draw[2]])
        made.append(knock(pitch, (0.012, 0.009, 0.006), (0.3, 0.4, 0.3 * draw[3]), 0.03, 0.0003))
    return made


@cache
def spoken() -> list[Frames]:
    """CALLS, each from the key to the end of the squelch."""
    return [_call(i, phrases()[which]) for i, which in enumerate(_SPOKEN)]


def _call(i: int, voice: Frames) -> Frames:
    key, tail = round(KEY * RATE), round(TAIL * RATE)
    frames = key + voice.size + tail + 4800
    t = np.arange(frames) / RATE
    off = t - (key + voice.size + 1200) / RATE  # the key lets go
    carrier = np.clip((t - 0.06) / 0.012, 0, 1) * np.clip(-off / 0.008, 0, 1)
    sound = np.zeros(frames)
    sound[key : key + voice.size] = 6.0 * voice
    hiss = bells(32, "carrier", i, count=frames)
    fade = 1 + 0.5 * drift(32, "fading", i, t=4 * t)
    driven = np.tanh(2.2 * sound * fade + 0.10 * hiss) * carrier
    squelch = np.where(
        (off > 0) & (off < TAIL), np.exp(-np.maximum(off, 0) / 0.06) * np.clip((TAIL - off) / 0.02, 0, 1), 0.0
    )
    driven += 0.75 * squelch * np.clip(off / 0.003, 0, 1) * bells(33, "squelch", i, count=frames)
    made = _loudspeaker(driven)
    click = knock((1900.0, 2700.0, 3100.0), (0.02, 0.015, 0.01), (0.16, 0.12, 0.1), 0.05)
    for at in (0.03, (key + voice.size + 1200) / RATE):
        start = round(at * RATE)
        made[start : start + click.size] += click
    end = np.clip((frames - np.arange(frames)) / 960, 0, 1)
    return without_dc(0.32 * made * end)


def _loudspeaker(sound: Numbers) -> Numbers:
    """What a coin of paper lets through, with its own resonance; causal."""
    size = -(-sound.size // 4096) * 4096 + 4096
    jw = 1j * np.maximum(np.fft.rfftfreq(size, 1 / RATE), 1.0)
    high = (jw / (jw + LOW_HZ)) ** 3
    low = 1 / (1 + jw / HIGH_HZ + (jw / HIGH_HZ) ** 2) ** 2
    own = 1 + 1.1 / (1 + 4.5 * (jw / 2100.0 + 2100.0 / jw))
    return np.asarray(np.fft.irfft(np.fft.rfft(sound, size) * high * low * own, size)[: sound.size])
