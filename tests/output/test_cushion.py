"""A card that asks for little at once gets what was made ahead, in order, and never waits."""

from __future__ import annotations

import sys
import threading
import time
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from performance.output.cushion import Cushion
from performance.output.sinks import BLOCK, RATE, Block
from performance.output.sound_card import SoundCard

FRAMES, AHEAD = 256, 2
PATIENCE = 30.0


class Counter:
    """A source whose blocks hold their numbers; it may be stopped in the middle of one."""

    def __init__(self) -> None:
        self.heard_at: list[float] = []
        self.goes_on = threading.Event()
        self.goes_on.set()
        self.made = threading.Semaphore(0)

    def fill(self, out: Block, heard_at: float) -> None:
        assert self.goes_on.wait(PATIENCE)
        self.heard_at.append(heard_at)
        out[:] = len(self.heard_at)
        self.made.release()

    def pass_over(self, frames: int, heard_at: float) -> None:
        raise AssertionError("a card's frames are all heard")


def asked(cushion: Cushion, block: int) -> float:
    """What a card gets that asks for its nth block when it is due."""
    out = np.full((FRAMES, 2), np.nan, np.float32)
    cushion.fill(out, 100.0 + block * FRAMES / RATE)
    assert np.ptp(out) == 0.0
    return float(out[0, 0])


def settled(cushion: Cushion, counter: Counter, block: int) -> float:
    """The same, when what was asked for by it has been made."""
    got = asked(cushion, block)
    assert counter.made.acquire(timeout=PATIENCE)
    for _ in range(1000):  # it has been made, and now it is laid ready
        if cushion._ready.qsize() == AHEAD:
            break
        time.sleep(0.001)
    return got


@pytest.fixture
def counter() -> Counter:
    return Counter()


@pytest.fixture
def cushion(counter: Counter) -> Cushion:
    return Cushion(counter, FRAMES, AHEAD, lambda: None)


def test_blocks_come_in_order_and_are_heard_when_they_were_said_to_be(
    cushion: Cushion, counter: Counter
) -> None:
    got = [settled(cushion, counter, n) for n in range(8)]
    cushion.close()
    assert got == [0.0, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0]
    due = [100.0 + (got.index(number) * FRAMES) / RATE for number in (1.0, 2.0, 3.0, 4.0, 5.0, 6.0)]
    np.testing.assert_allclose(counter.heard_at[:6], due, atol=1e-9)
    assert cushion.missed == 0


def test_a_card_never_waits_and_what_came_too_late_is_not_lost(cushion: Cushion, counter: Counter) -> None:
    settled(cushion, counter, 0)
    counter.goes_on.clear()
    got = [asked(cushion, n) for n in (1, 2, 3, 4)]
    assert got == [0.0, 1.0, 0.0, 0.0]  # what lay ready, then silence
    assert cushion.missed == 2
    counter.goes_on.set()
    for _ in range(2):
        assert counter.made.acquire(timeout=PATIENCE)
    assert settled(cushion, counter, 5) == 2.0  # the music goes on where it stood
    assert counter.heard_at[-1] == pytest.approx(100.0 + 7 * FRAMES / RATE)  # and knows that it is late
    cushion.close()


def test_who_makes_them_begins_with_a_word_of_the_card() -> None:
    begun = threading.Event()
    cushion = Cushion(Counter(), FRAMES, AHEAD, begun.set)
    assert begun.wait(PATIENCE)
    cushion.close()


class Card:
    """A sound card that asks when it is told to."""

    latency = 0.02

    def __init__(self, **how: Any) -> None:
        self.frames, self.callback = how["blocksize"], how["callback"]

    def start(self) -> None:
        pass

    def ask(self, block: int, late: bool = False) -> Block:
        """The nth block that it plays."""
        out = np.full((self.frames, 2), np.nan, np.float32)
        now = block * self.frames / RATE
        when = SimpleNamespace(outputBufferDacTime=now + 0.01, currentTime=now)
        self.callback(out, self.frames, when, SimpleNamespace(output_underflow=late))
        return out


@pytest.mark.parametrize(("block", "ahead"), [(512, 0), (256, 2), (128, 4), (100, 6)])
def test_only_a_card_that_asks_for_less_than_a_hop_is_served_ahead(
    monkeypatch: pytest.MonkeyPatch, block: int, ahead: int
) -> None:
    device = {"index": 0, "name": "a card", "hostapi": 0, "max_output_channels": 2}
    found = SimpleNamespace(
        OutputStream=Card,
        query_devices=lambda: [device],
        query_hostapis=lambda _: {"name": "a host"},
        default=SimpleNamespace(device=(0, 0)),
    )
    monkeypatch.setitem(sys.modules, "sounddevice", found)
    card, counter = SoundCard(block), Counter()
    card.start(counter)
    stream: Any = card._stream
    heard = []
    for n in range(ahead + 3):
        heard.append(float(stream.ask(n, late=n == 1)[0, 0]))
        assert counter.made.acquire(timeout=PATIENCE)
        time.sleep(0.01)  # what was made is laid ready
    assert heard == [0.0] * ahead + [1.0, 2.0, 3.0]
    assert ahead * block >= BLOCK or not ahead
    assert np.diff(counter.heard_at) == pytest.approx(block / RATE, abs=2e-3)
    assert card.underruns == 1
    card.close()
