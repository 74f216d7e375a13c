"""One performance of a score, looked at and listened to from end to end, as figures."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from performance.causes.performer import gestures
from performance.gestures import Gesture
from performance.paint.density import density_of
from performance.paint.picture import Picture
from performance.score.catalogue import kinds_of
from performance.sheet.marks import Bytes
from performance.sheet.moving import Curve, curves
from performance.sheet.presence import Ribbon, instruments, things
from performance.sheet.strip import runs
from performance.sound.instrument import RATE
from performance.sound.levels import gain_to_target
from performance.sound.loudness import Meter
from performance.sound.render import pieces
from performance.timeline import BeatSpan, Event, Timeline

LOOKS = 240  # at most: moments at which the light is looked at
LEAST_APART = 0.5  # seconds
INAUDIBLE = 0.004  # gain: -48 dB
BANDS = 24  # of the picture's height, in the strip of light
SHORT_TERM = 30  # steps of a tenth of a second

Told = Callable[[int, str], None]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Loudness:
    """LUFS ten times a second, as it is played (the whole at -23, or as near as is sensible)."""

    momentary: Floats
    short_term: Floats
    integrated: float  # before it is levelled


@dataclass(frozen=True, slots=True)
class Seen:
    """What the eye finds: the middle of every beat, and the colours of the light at even distances of time."""

    stills: tuple[Bytes, ...]
    light: Floats  # (bands from the top, moments, 3) linear light
    level: Floats  # (moments,) luminance 0..1 of the whole picture


@dataclass(frozen=True, slots=True)
class Shown:
    """All that goes on a sheet."""

    timeline: Timeline
    seen: Seen
    things: tuple[Ribbon, ...]
    curves: tuple[Curve, ...]
    notes: tuple[Event, ...]
    gestures: tuple[Gesture, ...]
    instruments: tuple[Ribbon, ...]
    loudness: Loudness | None


def looks(timeline: Timeline) -> int:
    """How often the light is looked at."""
    return max(1, min(LOOKS, int(timeline.length / LEAST_APART)))


def stills(timeline: Timeline, size: tuple[int, int], told: Told | None = None) -> tuple[Bytes, ...]:
    """The middle of every beat, without its surtitle."""
    picture, pixels = _easel(timeline, size)
    return tuple(_still(picture, pixels, beat, told) for beat in timeline.beats)


def look(timeline: Timeline, size: tuple[int, int], told: Told | None = None) -> Seen:
    """See the whole piece. `told(done, beat)` hears of every look and every still."""
    picture, pixels = _easel(timeline, size)
    columns: list[Floats] = []
    made: list[Bytes] = []
    moments = (np.arange(looks(timeline)) + 0.5) * timeline.length / looks(timeline)
    for beat in timeline.beats:
        for t in moments[(moments >= beat.start) & (moments < beat.end)]:
            picture.paint(float(t), pixels)
            columns.append(_column(pixels))
            if told is not None:
                told(len(columns) + len(made), beat.id)
        made.append(_still(picture, pixels, beat, None))
    light = np.stack(columns, axis=1)
    level = (light @ np.array([0.2126, 0.7152, 0.0722])).mean(axis=0)
    return Seen(tuple(made), light, level)


def _easel(timeline: Timeline, size: tuple[int, int]) -> tuple[Picture, Bytes]:
    picture = Picture(timeline, *size, density_of("live", size))
    picture.titles = False
    return picture, np.zeros((size[1], size[0], 4), np.uint8)


def _still(picture: Picture, pixels: Bytes, beat: BeatSpan, told: Told | None) -> Bytes:
    picture.paint((beat.start + beat.end) / 2, pixels)
    if told is not None:
        told(beat.index + 1, beat.id)
    return np.ascontiguousarray(pixels[..., 2::-1])


def _column(pixels: Bytes) -> Floats:
    """(BANDS, 3) red, green, blue: the mean light of each band of a picture."""
    light = (pixels[..., 2::-1].astype(np.float32) / 255.0) ** 2.2
    rows = light.mean(axis=1, dtype=np.float64)
    edges = np.linspace(0, len(rows), BANDS + 1).astype(int)
    return np.stack([rows[a : max(b, a + 1)].mean(axis=0) for a, b in pairwise(edges)])


def listen(timeline: Timeline, told: Callable[[float], None] | None = None) -> Loudness:
    """Hear the whole piece. `told` hears how many seconds are done."""
    meter, frames = Meter(), 0
    played = Timeline(timeline.score, timeline.seed)  # what is composed need not be listed to be heard
    for piece in pieces(played, 0.0, played.length):
        meter.hear(piece)
        frames += len(piece)
        if told is not None:
            told(frames / RATE)
    gain_db = 20.0 * np.log10(gain_to_target(meter.integrated))
    momentary = meter.momentary + gain_db
    power = np.convolve(10 ** (momentary / 10), np.ones(SHORT_TERM) / SHORT_TERM, "same")
    short = 10.0 * np.log10(np.maximum(power[: len(momentary)], 1e-12))
    return Loudness(momentary, short, meter.integrated)


def gather(timeline: Timeline, seen: Seen, loudness: Loudness | None) -> Shown:
    """All of it together. The timeline has the composers' generators."""
    notes = tuple(_audible(timeline))
    playing = instruments(timeline, notes)
    moving = curves(timeline, {ribbon.name: ribbon.colours[0] for ribbon in playing})
    acted = tuple(gestures(timeline, 0.0, timeline.length))
    return Shown(timeline, seen, things(timeline), moving, notes, acted, playing, loudness)


def _audible(timeline: Timeline) -> Iterator[Event]:
    """The notes, in the stretches in which they can be heard: what is silent plays on in the score only."""
    for event in timeline.events(0.0, timeline.length):
        path = f"sound.{event.instrument}"
        swells = "swell" in kinds_of(path)
        end = min(event.onset + event.length, timeline.length)
        moments = np.arange(event.onset, end + LEAST_APART, LEAST_APART)
        cues = [timeline.cue(path, float(t)) for t in moments]
        gains = [event.level * cue.gain() * (cue.number("swell") if swells else 1.0) for cue in cues]
        for part in runs(np.array(gains) > INAUDIBLE):
            first, last = float(moments[part.start]), float(moments[part.stop - 1])
            yield replace(event, onset=first, length=max(min(end, last + LEAST_APART) - first, 0.0))
