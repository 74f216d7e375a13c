"""The song over the chorus: its notes, and its level and pitch at any instant, so that the sunbeam follows the voice.

The verse of each beat of the score is composed from seed, tonic and the length of the beat; it ends at home. What is
heard (sound/voice.py) and what shines read the same line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from performance.causes.composition import Wanted, melody
from performance.causes.harmony import PATH as HARMONY
from performance.causes.line import Line, Numbers, Sung
from performance.causes.perbeat import PerBeat, meant, spans_between
from performance.causes.verse import Manner, syllable, verse
from performance.gestures import Voice

if TYPE_CHECKING:
    from performance.timeline import BeatSpan, Timeline

PATH = "sound.voice"
LEAD = 0.9  # seconds of a beat before the first note: the breath is heard
TAIL = 0.8
_QUIET_DB, _FULL_DB = -50.0, -24.0  # gain over which the beam comes


def _make(timeline: Timeline, span: BeatSpan) -> Line | None:
    if not meant(timeline, PATH, span):
        return None
    cue = timeline.cue(PATH, span.end - 1e-3)
    lead = LEAD + cue.number("wait")
    tonic = timeline.score.tuning.tonic_hz * 2.0 ** round(cue.number("octave"))
    lift, pulse = round(cue.number("lift")), cue.number("pulse")
    if timeline.named(HARMONY, span.start):
        notes = _planned(timeline, span, lead)
        return Line(notes) if notes else None
    manner = Manner(timeline.seed, span.index, tonic, cue.word("scale"), pulse, 4, cue.number("rubato"), lift)
    notes = verse(manner, span.start + lead, span.length - lead - TAIL)
    return Line(notes) if notes else None


def _planned(timeline: Timeline, span: BeatSpan, lead: float) -> tuple[Sung, ...]:
    """The verse over the plan of harmony, where the score has one."""
    cue = timeline.cue(PATH, span.end - 1e-3)
    octave, lift = 7 * round(cue.number("octave")), round(cue.number("lift"))
    pulse, rubato = cue.number("pulse"), cue.number("rubato")
    start = span.start + lead
    wanted = Wanted(start, span.length - lead - TAIL, span.index, "", pulse, rubato, 0.5, octave + lift)
    sung = []
    for note in melody(timeline, wanted):
        which = span.index, note.which // 256, note.which % 256
        words = syllable(timeline.seed, which, note.degree - octave, note.length <= 0.5 * pulse)
        sung.append(
            Sung(note.onset, note.length, note.pitch_hz, words, note.loud, note.opens, note.degree - octave)
        )
    return tuple(sung)


line_of = PerBeat(_make)


def _middle(timeline: Timeline, span: BeatSpan) -> float:
    """The octave that a beat's line lies about."""
    line = line_of(timeline, span)
    return 0.0 if line is None else float(np.median(line.octave[0]))


_middle_of = PerBeat(_middle)


def song(timeline: Timeline, a: float, b: float) -> list[Sung]:
    """The notes of the voice that begin in [a, b)."""
    lines = [line_of(timeline, span) for span in spans_between(timeline, a, b)]
    return [note for line in lines if line for note in line.notes if a <= note.onset < b]


def song_level(timeline: Timeline, t: float) -> float:
    """0..1: how loudly the voice sings at t, the visitor's or the piece's own."""
    return max(_visitor(timeline, t), _own_level(timeline, t))


def song_pitch(timeline: Timeline, t: float) -> float:
    """Hertz of the voice at t, glides included; 0 where it is silent."""
    line = line_of(timeline, timeline.beat_at(t))
    if line is None or float(line.loudness(np.array(t))) <= 0.0:
        return 0.0
    return float(2.0 ** line.octaves(np.array(t)))


def trace(timeline: Timeline, t: float, ages: Numbers) -> tuple[Numbers, Numbers]:
    """(level 0..1, octaves over the line's middle) that the voice of this beat had so many seconds ago, (n,) each."""
    line, times = line_of(timeline, timeline.beat_at(t)), t - ages
    if line is None:
        return np.zeros_like(ages), np.zeros_like(ages)
    level = np.minimum(line.loudness(times), 1.0) * (times >= line.notes[0].onset)
    return level * _presence(timeline, t), line.octaves(times) - _middle_of(timeline, timeline.beat_at(t))


def _own_level(timeline: Timeline, t: float) -> float:
    line = line_of(timeline, timeline.beat_at(t))
    if line is None:
        return 0.0
    return _presence(timeline, t) * min(float(line.loudness(np.array(t))), 1.0)


def _presence(timeline: Timeline, t: float) -> float:
    """How far the voice is let in, 0..1."""
    gain_db = timeline.cue(PATH, t).number("gain_db")
    return min(max((gain_db - _QUIET_DB) / (_FULL_DB - _QUIET_DB), 0.0), 1.0)


def _visitor(timeline: Timeline, t: float) -> float:
    heard = [g for g in timeline.gestures.between(t - 0.35, t + 1e-9) if isinstance(g, Voice)]
    return max((g.strength * (1.0 - (t - g.t) / 0.35) for g in heard), default=0.0)
