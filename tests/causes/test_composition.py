"""Composed parts: lines that go with one another over the plan of harmony, motifs that come back changed."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest

from performance.causes.composition import RECALLS, Wanted, counter, ground, melody, phrases, recalled
from performance.causes.harmony import harmony_at
from performance.causes.lineage import drop_motif
from performance.causes.motif import filled, motif
from performance.causes.song import song
from performance.score.reader import read_text
from performance.timeline import Timeline

HEAD = 'title = "a test"\ntonic = "D3"\ntempo = 100\n[motif]\nfall = "1 5@2 4 3"\n'
PLAN = (
    'sound.harmony = { chords = "I@4 vi@4 IV@4 V@4 I@4 iii@2 vi@2 ii@4 V7@4 bVI@8 iv@4 V@4 vi@4 IV@4 I@8" }\n'
)
BEAT = '[[beat]]\nid = "one"\nlength = "46s"\n'
PLANNED, FREE = (Timeline(read_text(HEAD + BEAT + plan)) for plan in (PLAN, ""))
WANTED = Wanted(0.2, 44.0, motif="fall", pulse=0.6)


@pytest.mark.parametrize("timeline", [PLANNED, FREE], ids=["planned", "free"])
def test_a_verse_opens_with_the_stated_motif_and_breathes(timeline: Timeline) -> None:
    notes = melody(timeline, WANTED)
    assert [note.degree for note in notes[:4]] == [0, 4, 3, 2]
    assert all(a.onset < b.onset for a, b in itertools.pairwise(notes))
    rests = [b.onset - a.onset - a.length for a, b in itertools.pairwise(notes) if b.opens]
    assert len(rests) >= 3 and min(rests) > 0.4


def test_phrases_stand_on_the_bars_of_the_plan() -> None:
    for one in phrases(PLANNED, WANTED):
        assert one.start / 2.4 == pytest.approx(round(one.start / 2.4), abs=1e-9)
        assert one.took == pytest.approx(16 * 0.6)


def test_long_and_heavy_notes_are_tones_of_the_chord() -> None:
    for timeline in (PLANNED, FREE):
        verses = [melody(timeline, replace(WANTED, verse=verse)) for verse in range(12)]
        long = [note for notes in verses for note in notes if note.length > 0.85]
        assert np.mean([note.rests for note in long]) > 0.8


def test_the_line_against_agrees_and_goes_its_own_way() -> None:
    for one in phrases(PLANNED, WANTED):
        lower = [note for note in counter(PLANNED, WANTED) if one.start <= note.onset < one.start + one.took]
        upper = melody(PLANNED, WANTED)
        met = [
            (next(u for u in reversed(upper) if u.onset <= note.onset + 0.02), note)
            for note in lower
            if any(u.onset <= note.onset + 0.02 for u in upper)
        ]
        apart = np.array([u.degree - n.degree for u, n in met])
        assert (apart >= 1).all()
        assert np.isin(apart % 7, (2, 4, 5)).mean() > 0.6
        both = [
            (a, b)
            for a, b in itertools.pairwise(met)
            if a[1].degree != b[1].degree and a[0].degree != b[0].degree
        ]
        parallel = [
            (a[0].degree - a[1].degree) % 7 == (b[0].degree - b[1].degree) % 7
            and (b[0].degree - b[1].degree) % 7 in (0, 4)
            for a, b in both
        ]
        assert sum(parallel) <= 1


def test_the_line_against_moves_on() -> None:
    for timeline in (PLANNED, FREE):
        lines = [counter(timeline, replace(WANTED, verse=verse, density=verse / 11)) for verse in range(12)]
        same = [a.degree == b.degree for line in lines for a, b in itertools.pairwise(line)]
        assert np.mean(same) < 0.06


def test_the_ground_holds_the_chord_of_its_moment() -> None:
    notes = ground(PLANNED, WANTED)
    assert all(note.rests for note in notes)
    assert len(ground(PLANNED, Wanted(0.2, 44.0, pulse=0.6, density=1.0))) > 1.5 * len(notes)


def test_a_motif_comes_back_changed_but_itself() -> None:
    stated = [note.degree for note in recalled(PLANNED, WANTED, "stated", 1)]
    turned = [note.degree for note in recalled(PLANNED, WANTED, "turned", 1)]
    assert np.array_equal(np.diff(stated), [4, -1, -1])
    assert np.array_equal(np.diff(turned), [-4, 1, 1])
    backwards = recalled(PLANNED, WANTED, "backwards", 1)
    assert np.array_equal(np.diff([note.degree for note in backwards]), [1, 1, -4])
    stretched = recalled(PLANNED, WANTED, "stretched", 1)
    assert stretched[1].length == pytest.approx(1.5 * recalled(PLANNED, WANTED, "stated", 1)[1].length)
    gathering = recalled(PLANNED, WANTED, "gathering", 4)
    assert [sum(note.which // 256 == i for note in gathering) for i in range(4)] == [1, 2, 3, 4]


@pytest.mark.parametrize("how", RECALLS)
def test_every_recall_begins_on_a_tone_of_its_chord(how: str) -> None:
    assert all(note.rests for note in recalled(PLANNED, WANTED, how, 5) if note.opens)


def test_a_filled_leap_is_walked_in_the_same_time() -> None:
    for seed in range(8):
        own, walked = motif(seed), filled(motif(seed))
        assert walked[-1] == own[-1]
        assert max(abs(b.degree - a.degree) for a, b in itertools.pairwise(walked)) < max(
            abs(b.degree - a.degree) for a, b in itertools.pairwise(own)
        )


def test_the_voice_sings_over_the_plan() -> None:
    timeline = Timeline(read_text(f"{HEAD}{BEAT}{PLAN}sound.voice = {{ pulse = 0.6, octave = 1 }}\n"))
    notes = song(timeline, 0.0, 46.0)
    assert len(notes) > 20
    for note in notes:
        if note.length > 0.9:
            harmony = harmony_at(timeline, note.onset + 0.1)
            assert abs(np.log2(harmony.nearest(note.pitch_hz, chord=False) / note.pitch_hz)) < 0.03


def test_the_drop_can_be_a_motif() -> None:
    first = melody(FREE, replace(WANTED, motif="drop"))[:3]
    assert [note.degree for note in first] == [note.degree for note in drop_motif(FREE.seed)[:3]]
