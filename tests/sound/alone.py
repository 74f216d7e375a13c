"""One instrument by itself, dry and through its banks, so that a test hears nothing else."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from performance.causes import performer
from performance.score.reader import read_text
from performance.sound.bank import Bank
from performance.sound.instrument import RATE, Desk, Instrument
from performance.sound.seat import Seat, raise_it
from performance.timeline import Timeline

HEAD = 'title = "a test"\ntonic = "D3"\nseed = 11\ntempo = 54\n'


def timeline_of(*beats: str, seed: int | None = None) -> Timeline:
    """A score of beats, each given by its lines."""
    body = "".join(f'\n[[beat]]\nid = "b{i}"\n{beat}\n' for i, beat in enumerate(beats))
    return Timeline(read_text(HEAD + body), seed)


def alone(
    kind: type[Instrument],
    timeline: Timeline,
    a: float,
    b: float,
    quantum: int = 512,
    begin: float | None = None,
) -> NDArray[np.float32]:
    """Frames [a, b) seconds of the four buses, (frames, 4), sought to `begin` (a) and played from there."""
    banks = Bank(quantum), Bank(quantum, 480, 16)
    seat = Seat(kind(Desk(timeline, timeline.seed, quantum, *banks), 0), timeline, quantum, raise_it)
    frame = round((a if begin is None else begin) * RATE) // 1024 * 1024
    since = max(frame / RATE - kind.memory, 0.0)
    past = [
        (round(g.t * RATE), seat.player.answer, g) for g in performer.gestures(timeline, since, frame / RATE)
    ]
    seat.recall(frame, quantum, past)
    coming = performer.gestures(timeline, frame / RATE, b)
    first, blocks = round(a * RATE) // 1024 * 1024, []
    while frame < round(b * RATE):
        mix = np.zeros((4, quantum), np.float32)
        seat.tick_until(frame + quantum)
        while coming and round(coming[0].t * RATE) < frame + quantum:
            gesture = coming.pop(0)
            seat.player.answer(gesture, round(gesture.t * RATE))
        before, after = seat.gain_at(frame), seat.gain_at(frame + quantum)
        seat.play(frame, mix, before, after)
        for bank in banks:
            bank.render(frame, mix, np.array([before], np.float32), np.array([after], np.float32))
        if frame >= first:
            blocks.append(mix)
        frame += quantum
    return np.concatenate(blocks, axis=1).T


def decibels(x: NDArray[np.float32]) -> float:
    """Level of a sound in dBFS (root of the mean square)."""
    return float(20 * np.log10(np.sqrt(np.mean(x.astype(np.float64) ** 2)) + 1e-12))
