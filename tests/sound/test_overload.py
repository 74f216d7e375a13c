"""Too much at once: the quietest fade, nothing clicks, what can be answered is answered, and memory stays as it was."""

from __future__ import annotations

import math
import resource
import tracemalloc

import numpy as np
import pytest
from heard import DRY, clicks, orchestra, read

from performance import house
from performance.gestures import Strike, Touch
from performance.score.instruments import INSTRUMENTS as MODELS
from performance.score.reader import read_score, read_text
from performance.sound.bowed import Bowed
from performance.sound.instrument import RATE, Instrument
from performance.sound.orchestra import Orchestra
from performance.sound.seat import within_reach
from performance.sound.struck import Struck
from performance.sound.voice import Voice
from performance.sound.whispers import Whispers
from performance.timeline import Timeline

BLOWS = [
    Strike(1.0 + i / 10_000, 0.8 * np.sin(7.0 * i), 0.5 + 0.5 * np.sin(11.0 * i), 0.5 + 0.5 * np.cos(3.0 * i))
    for i in range(10_000)
]


def test_of_a_flood_of_gestures_the_strongest_are_answered() -> None:
    kept = within_reach([*BLOWS, Touch(1.5, 0.0, 0.0, 0.01)])
    assert 700 < len(kept) < 760
    assert np.mean([one.strength for one in kept]) > np.mean([one.strength for one in BLOWS]) + 0.3
    assert [one.t for one in kept] == sorted(one.t for one in kept)
    assert any(isinstance(one, Touch) for one in kept)
    assert within_reach(BLOWS[:4]) == BLOWS[:4]


def test_ten_thousand_blows_in_a_second_never_glitch_and_are_over_soon() -> None:
    text = (
        'title = "flood"\n[[beat]]\nid = "a"\nlength = "30s"\nsound.room = { wet_db = -60 }\nsound.struck = '
    )
    timeline = Timeline(read_text(text + '{ gain_db = 0, answers = "D4 F#4 A4 D5", ring = 0.15 }'))
    for blow in BLOWS:
        timeline.gestures.append(blow)
    made = orchestra(Struck, timeline)
    sound = read(made, 3.0)
    assert np.isfinite(sound).all()
    assert clicks(sound, times=2.0).size == 0
    made.seek(9.0)
    assert not read(made, 0.2).any()


def grown(made: Orchestra, seconds: float) -> int:
    """Bytes that are held after so many seconds and were not before them."""
    tracemalloc.start()
    for _ in range(round(seconds * RATE / 2048)):
        made.read(2048)
    held = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    return held


@pytest.mark.parametrize("kind", [Bowed, Struck, Voice, Whispers], ids=lambda kind: kind.name)
def test_memory_stays_as_it_was(kind: type[Instrument]) -> None:
    """Work space made anew counts in both stretches; what is kept for good only adds up in the longer one."""
    made = orchestra(
        kind, Timeline(read_text(MODELS[kind.name].example.score(kind.name, length=30.0, more=DRY)))
    )
    made.seek(8.0)
    short = grown(made, 0.5)
    assert grown(made, 2.5) < short + 150_000


@pytest.mark.soak
def test_memory_stays_as_it_was_over_an_hour() -> None:
    """The most that the process ever held, after one round of a score and after an hour of them, as a show loops."""
    timeline = Timeline(read_score(house.scores()[0]))
    made = Orchestra(timeline, 512)

    def most() -> float:
        made.seek(0.0)
        for _ in range(int(timeline.length * RATE / 4096)):
            made.read(4096)
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

    first = most()
    for _ in range(math.ceil(3600.0 / timeline.length) - 1):
        last = most()
    assert last < first + 12.0
