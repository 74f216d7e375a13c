"""Movements: what is written is what moves, and what cannot be read says where."""

from __future__ import annotations

import random

import pytest

from performance.curves import EASES, mix_numbers
from performance.score.kinds.kind import Reading
from performance.score.notation.movement import Movement, Span, curve, read_movement
from performance.units import Unreadable, quantity

READING = Reading()


def value_of(text: str) -> float:
    value, unit = quantity(text)
    if unit not in ("", "dB"):
        raise Unreadable(f"{unit} is no unit here")
    return value


def read(text: str) -> Movement[float]:
    return read_movement(text, value_of, READING.duration)


def at(
    text: str, t: float, start: float = 100.0, length: float = 20.0, fade: float = 2.0, tracked: float = 0.5
) -> float:
    return curve(read(text), Span(start, length, fade), tracked, mix_numbers).at(start + t)


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("0.4", {0: 0.5, 1: 0.45, 2: 0.4, 20: 0.4}),
        ("0.1 -> 0.3 linear", {0: 0.1, 10: 0.2, 20: 0.3, 99: 0.3}),
        ("0.1->0.3 linear", {0: 0.1, 10: 0.2}),
        ("-> 1 over 4s after 10s", {0: 0.5, 10: 0.5, 12: 0.75, 14: 1.0}),
        ("0 -> 1 over 4s after 10s", {0: 0.0, 9.9: 0.0, 12: 0.5, 14: 1.0}),
        ("0 -> 1 -> 0.3", {0: 0.0, 10: 1.0, 20: 0.3}),
        ("0 -> 1 linear over 50%", {5: 0.5, 10: 1.0}),
        ("-14 dB -> -6 dB over 2 bars", {0: -14.0, 4: -10.0, 8: -6.0}),
        ("-3->-1 linear", {0: -3.0, 10: -2.0}),
        ("0.2 <> 0.6 every 5s", {5: 0.2, 7.5: 0.6, 10: 0.2, 17.5: 0.6}),
        ("0.4 cut", {0: 0.4}),
        ("0.4 cut after 3s", {0: 0.5, 2.9: 0.5, 3: 0.4}),
        ("-> 0.4 cut after 3s", {0: 0.5, 2.9: 0.5, 3: 0.4}),
        ("0 -> 1 cut after 4s", {0: 0.0, 3.9: 0.0, 4: 1.0, 19: 1.0}),
        ("0 -> 1 -> 2 -> 3 cut", {0: 0.0, 4.9: 0.0, 5: 1.0, 10: 2.0, 15: 3.0}),
        ("0.4 over 8s linear after 2s", {2: 0.5, 6: 0.45, 10: 0.4}),
        ("0 -> 1 over 0s", {0: 1.0}),
    ],
)
def test_what_is_written_is_what_moves(text: str, points: dict[float, float]) -> None:
    for t, value in points.items():
        assert at(text, t) == pytest.approx(value, abs=1e-9), (text, t)


def test_whatever_starts_from_the_tracked_value_is_continuous() -> None:
    rng = random.Random(9)
    for _ in range(100):
        tracked = rng.uniform(-3, 3)
        text = rng.choice(
            ["{:.3f}", "-> {:.3f}", "-> {:.3f} over 3s", "-> 0 -> {:.3f}", "0.1 <> {:.3f} every 3s"]
        )
        text = text.format(rng.uniform(-3, 3)) + (
            "" if "<>" in text else " " + rng.choice(["", "settle", "ease-out", "linear"])
        )
        assert at(text, 0.0, tracked=tracked) == pytest.approx(tracked), text


def test_a_movement_ends_within_its_beat_at_its_last_value() -> None:
    rng = random.Random(10)
    for _ in range(100):
        values = [rng.uniform(-2, 2) for _ in range(rng.randint(2, 6))]
        ease = rng.choice(list(EASES))
        text = " -> ".join(f"{value:.4f}" for value in values) + f" {ease}"
        length = rng.uniform(1, 40)
        assert at(text, length, length=length) == pytest.approx(values[-1], abs=1e-4), text


@pytest.mark.parametrize(
    ("text", "offset"),
    [
        ("", 0),
        ("   ", 0),
        ("->", 0),
        ("0 ->", 2),
        ("0 -> -> 1", 2),
        ("0 -> x", 5),
        ("0 -> 1 ovr 3s", 5),
        ("0 -> 1 over", 7),
        ("0 -> 1 over soon", 12),
        ("0 -> 1 over 3s over 4s", 15),
        ("0 -> 1 linear ease", 14),
        ("0 -> 1 every 3s", 7),
        ("0 <> 1 <> 2", 7),
        ("0 -> 1 <> 2", 7),
        ("0 <> 1 over 3s", 7),
        ("0 <> 1 ease-in", 7),
        ("0 -> 1 ease over 3s esae", 20),
        ("inf", 0),
        ("0 -> nan", 5),
        ("0 -> 3 s", 5),
    ],
)
def test_what_cannot_be_read_says_where(text: str, offset: int) -> None:
    with pytest.raises(Unreadable) as caught:
        read(text)
    assert caught.value.offset == offset


def test_random_text_is_read_or_refused_and_nothing_else() -> None:
    rng = random.Random(11)
    words = [
        "0",
        "0.5",
        "->",
        "<>",
        "over",
        "after",
        "every",
        "3s",
        "2 bars",
        "ease",
        "cut",
        "%",
        "-",
        "é",
        "9" * 40,
        "40%",
    ]
    offsets = []
    for _ in range(1500):
        text = " ".join(rng.choice(words) for _ in range(rng.randint(0, 9)))
        try:
            movement = read(text)
        except Unreadable as fault:
            offsets.append(fault.offset / max(len(text), 1))
            continue
        shape = curve(movement, Span(5.0, rng.uniform(0.5, 30), rng.uniform(0, 3)), 0.25, mix_numbers)
        for t in (5.0, 7.7, 100.0):
            assert isinstance(shape.at(t), float)
    assert all(0.0 <= offset <= 1.0 for offset in offsets)
