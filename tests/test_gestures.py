"""A visitor's gestures: kept in order, read in spans, and a hand that is a function of the log."""

from __future__ import annotations

import itertools
import math
import random
import threading

import pytest

from performance.gestures import KINDS, GestureLog, Move, Strike, Sweep, Touch, Voice, from_json, to_json


def some(seed: int, count: int = 60) -> list:
    rng = random.Random(seed)
    makers = [
        lambda t, u, v: Move(t, u, v),
        lambda t, u, v: Sweep(t, u, v, rng.random(), rng.uniform(-2, 2), rng.uniform(-2, 2)),
        lambda t, u, v: Touch(t, u, v, rng.random()),
        lambda t, u, v: Strike(t, u, v, rng.random()),
        lambda t, u, v: Voice(t, u, v, rng.random(), rng.uniform(80, 600)),
    ]
    return [
        rng.choice(makers)(rng.uniform(0, 20), rng.uniform(-0.9, 0.9), rng.random()) for _ in range(count)
    ]


def test_spans_cut_anywhere_give_the_whole() -> None:
    gestures = some(1)
    log = GestureLog(gestures)
    rng = random.Random(2)
    for _ in range(40):
        a, m, b = sorted(rng.uniform(-1, 21) for _ in range(3))
        assert log.between(a, m) + log.between(m, b) == log.between(a, b)
    assert log.between(-1, 99) == sorted(gestures, key=lambda gesture: gesture.t)


def test_appending_in_any_order_is_the_same_log() -> None:
    gestures = some(3)
    one, other = GestureLog(gestures), GestureLog()
    for gesture in gestures:
        other.append(gesture)
    assert one.between(0, 99) == other.between(0, 99)
    for t in (0.0, 3.3, 12.0, 25.0):
        assert one.place_at(t) == pytest.approx(other.place_at(t))


def test_the_hand_is_nowhere_before_the_first_move_and_follows_after() -> None:
    log = GestureLog([Move(2.0, 0.1, 0.5), Move(3.0, 0.7, 0.2)])
    assert log.place_at(1.9) is None
    assert log.place_at(2.0) == pytest.approx((0.1, 0.5, 0.0))
    u, v, since = log.place_at(9.0)
    assert (u, v) == pytest.approx((0.7, 0.2), abs=1e-6)
    assert since == pytest.approx(6.0)


def test_the_hand_moves_smoothly() -> None:
    log = GestureLog(some(5))
    start = next(gesture.t for gesture in log.between(0, 99) if not isinstance(gesture, Voice))
    path = [log.place_at(start + i * 1e-4) for i in range(100_000)][::7]
    steps = [math.hypot(b.u - a.u, b.v - a.v) for a, b in itertools.pairwise(path)]
    assert max(steps) < 0.02
    turns = [abs(b - a) for a, b in itertools.pairwise(steps)]
    assert max(turns) < 1e-3  # speed does not jump either


def test_the_hand_does_not_depend_on_later_gestures_nor_on_the_voice() -> None:
    gestures = sorted(some(6), key=lambda gesture: gesture.t)
    log = GestureLog(gestures)
    for t in (4.0, 9.5, 17.0):
        heard = GestureLog(
            gesture for gesture in gestures if gesture.t <= t and not isinstance(gesture, Voice)
        )
        assert log.place_at(t) == pytest.approx(heard.place_at(t))


def test_gestures_survive_as_lines() -> None:
    log = GestureLog(some(7))
    assert GestureLog(map(from_json, log.lines())).between(0, 99) == log.between(0, 99)
    assert {type(gesture) for gesture in log.between(0, 99)} == set(KINDS.values())
    assert (
        to_json(Touch(1.0, 0.5, 0.25))
        == '{"gesture": "touch", "t": 1.0, "u": 0.5, "v": 0.25, "strength": 1.0}'
    )


@pytest.mark.parametrize(
    "line",
    [
        "[]",
        "3",
        "{}",
        '{"gesture": "wave", "t": 1, "u": 0, "v": 0}',
        '{"gesture": "touch", "t": 1, "u": 0}',
        '{"gesture": "touch", "t": NaN, "u": 0, "v": 0}',
        '{"gesture": "touch", "t": true, "u": 0, "v": 0}',
        '{"gesture": "touch", "t": 1, "u": 0, "v": 0, "w": 0}',
        "not json",
    ],
)
def test_a_bad_line_is_a_value_error(line: str) -> None:
    with pytest.raises(ValueError):
        from_json(line)


def test_one_writer_and_readers_in_other_threads() -> None:
    log = GestureLog()
    wrong: list[BaseException] = []
    done = threading.Event()

    def read() -> None:
        try:
            while not done.is_set():
                found = log.between(0.0, 1e9)
                assert all(a.t <= b.t for a, b in itertools.pairwise(found))
                log.place_at(1e6)
        except BaseException as error:
            wrong.append(error)

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for i in range(3000):
        log.append(Move(i * 0.01 - (0.05 if i % 500 == 499 else 0.0), 0.0, 0.5))
    done.set()
    for reader in readers:
        reader.join()
    assert not wrong
    assert len(log) == 3000


def test_who_leaps_back_has_not_done_what_came_later() -> None:
    gestures = sorted(some(9), key=lambda gesture: gesture.t)
    log, half = GestureLog(gestures), GestureLog(g for g in gestures if g.t <= 10.0)
    log.forget(10.0)
    assert log.between(0, 99) == half.between(0, 99) and log.newest == half.newest
    log.append(Move(10.5, 0.3, 0.4))
    half.append(Move(10.5, 0.3, 0.4))
    assert log.place_at(11.0) == half.place_at(11.0) and log.moves == half.moves
    log.forget(99.0)
    assert len(log) == len(half)


def test_clearing_forgets() -> None:
    log = GestureLog(some(8))
    log.clear()
    assert len(log) == 0
    assert log.place_at(99.0) is None
