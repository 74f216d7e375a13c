"""The notes a score writes, as events: rhythms unrolled cycle by cycle, chords held from beat to beat."""

from __future__ import annotations

import math
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from performance.chance import at_indices, chance
from performance.score.notation.rhythm import MOST_NOTES, Onset, Rhythm
from performance.score.tracking import BeatSpan, Values
from performance.units import pitch_name

EDGE = 1e-6  # a note this close before a beat's end belongs to the next beat: cycles meet beats in floats
SHORTEST_NOTE = 1e-3


@dataclass(frozen=True, slots=True)
class Event:
    """A note: an onset and a duration, where it comes from, and a number of its own to address chance with.

    `instrument` is its name without "sound."; `level` is that of the note alone, the instrument's gain_db comes on
    top. `part` says what wrote it: "play", "chord", or the name of a generator's voice.
    """

    onset: float
    length: float
    instrument: str
    pitch_hz: float
    level: float
    pan: float
    distance: float
    beat: str
    address: int
    part: str = "play"


def named(path: str) -> str:
    """The instrument's own name, "sound.struck" -> "struck"."""
    return path.removeprefix("sound.")


def first_address(instrument: str, beat: str, part: str) -> int:
    """Where the addresses of a run of notes begin: room for 2**24 of them."""
    return zlib.crc32(f"{instrument}/{beat}/{part}".encode()) << 24


@dataclass(frozen=True, slots=True)
class Run:
    """An instrument playing one rhythm, from the beat that names it until a beat names another."""

    instrument: str
    first: BeatSpan
    end: float
    rhythm: Rhythm
    every: float
    swing: float
    humanise: float


RESTART = ("play", "every", "swing", "humanise")


def runs(instrument: str, beats: Sequence[BeatSpan], tracks: Sequence[Values]) -> list[Run]:
    """All runs of an instrument that has a rhythm, silent ones left out."""
    starts = [i for i, span in enumerate(beats) if i == 0 or _renamed(instrument, span, RESTART)]
    found = []
    for i, following in zip(starts, [*starts[1:], len(beats)], strict=True):
        values = tracks[i]
        rhythm = values["play"]
        if isinstance(rhythm, Rhythm) and not rhythm.silent:
            steps = (values[name].last for name in RESTART[1:])
            found.append(Run(instrument, beats[i], beats[following - 1].end, rhythm, *steps))
    return found


def _renamed(instrument: str, span: BeatSpan, names: Sequence[str]) -> bool:
    settings = span.beat.settings.get(instrument, {})
    return span.beat.reset or any(name in settings for name in names)


def rhythm_events(run: Run, span: BeatSpan, values: Values, seed: int) -> Iterator[Event]:
    """The notes of a run that begin in one beat."""
    start, every = run.first.start, run.every
    from_cycle = max(math.floor((span.start - start - run.humanise) / every - EDGE), 0)
    to_cycle = math.ceil((span.end - start + run.humanise) / every + EDGE)
    notes = [
        (cycle * MOST_NOTES + i, start + (cycle + swung(onset.at, run)) * every, onset)
        for cycle in range(from_cycle, to_cycle)
        for i, onset in enumerate(run.rhythm.cycle(cycle))
    ]
    numbers = np.array([number for number, _, _ in notes], np.int64)
    draw = _draws(run, seed, numbers)
    stay = draw("rest") if any(onset.likely < 1.0 for _, _, onset in notes) else np.zeros(len(notes))
    late = (2.0 * draw("humanise") - 1.0) * run.humanise if run.humanise else np.zeros(len(notes))
    pans = (
        2.0 * draw("pan") - 1.0
        if values["spread"].at(span.end) or values["spread"].at(span.start)
        else late * 0.0
    )
    address = first_address(run.instrument, run.first.id, "play")
    for (number, onset_time, onset), rest, delay, aside in zip(notes, stay, late, pans, strict=True):
        when = onset_time + float(delay)
        if rest < onset.likely and span.start - EDGE <= max(when, start) < span.end - EDGE:
            yield _event(run, span, values, max(when, span.start), onset, float(aside), address + number)


def _draws(run: Run, seed: int, numbers: NDArray[np.int64]) -> Callable[[str], NDArray[np.float64]]:
    """Chance for every note of a run, by its number."""

    def draw(what: str) -> NDArray[np.float64]:
        key = int(chance(seed, "notes", run.instrument, run.first.id, what) * 2.0**53)
        return at_indices(key, numbers)

    return draw


def _event(
    run: Run, span: BeatSpan, values: Values, onset: float, note: Onset, aside: float, address: int
) -> Event:
    length = min(note.length * run.every, run.end - onset)
    pan = values["pan"].at(onset) + aside * values["spread"].at(onset)
    return Event(
        onset, max(length, SHORTEST_NOTE), named(run.instrument), note.pitch_hz, note.level,
        min(max(pan, -1.0), 1.0), values["distance"].at(onset), span.id, address,
    )  # fmt: skip


def swung(at: float, run: Run) -> float:
    """A place in the cycle with every second step coming late."""
    steps = run.rhythm.steps
    if not run.swing or steps < 2.0:
        return at
    pair, x = divmod(at * steps, 2.0)
    if pair * 2.0 + 2.0 > steps + EDGE:
        return at
    x = x * (1.0 + run.swing) if x < 1.0 else (1.0 + run.swing) + (x - 1.0) * (1.0 - run.swing)
    return (pair * 2.0 + x) / steps


def chord_events(instrument: str, beats: Sequence[BeatSpan], tracks: Sequence[Values]) -> list[list[Event]]:
    """The held notes of an instrument, by the beat in which they begin."""
    chords = [values["chord"] for values in tracks]
    begins = [i for i in range(len(beats)) if chords[i] != (chords[i - 1] if i else ())]
    events: list[list[Event]] = [[] for _ in beats]
    for i, following in zip(begins, [*begins, len(beats)][1:], strict=True):
        length = beats[following - 1].end - beats[i].start
        events[i] = [
            _held(instrument, beats[i], length, tracks[i], pitch, n, len(chords[i]))
            for n, pitch in enumerate(chords[i])
        ]
    return events


def _held(
    instrument: str, span: BeatSpan, length: float, values: Values, pitch: float, n: int, count: int
) -> Event:
    """One pitch of a chord; its pitches stand side by side in the width of `spread`."""
    pan, spread, distance = (values[name].at(span.start) for name in ("pan", "spread", "distance"))
    aside = 2.0 * n / (count - 1) - 1.0 if count > 1 else 0.0
    place = min(max(pan + spread * aside, -1.0), 1.0)
    address = first_address(instrument, span.id, "chord") + n
    return Event(
        span.start, length, named(instrument), pitch, 1.0, place, distance, span.id, address, "chord"
    )


def describe(events: Iterable[Event]) -> list[str]:
    """A readable list of notes: time, beat, what starts, pitch, length, level and place."""
    return [
        f"{_clock(event.onset)}  {event.beat:<18} {event.instrument:<10} {event.part:<6} "
        f"{pitch_name(event.pitch_hz) if event.pitch_hz > 0.0 else '-':<9} {event.pitch_hz:8.2f} Hz "
        f"{event.length:6.2f} s  level {event.level:.2f}  pan {event.pan:+.2f}  distance {event.distance:.1f}"
        for event in events
    ]


def _clock(t: float) -> str:
    """Minutes and seconds, " 1:02.500"."""
    minutes, seconds = divmod(round(t, 3), 60.0)
    return f"{int(minutes):2d}:{seconds:06.3f}"
