"""The board is read whole while another thread writes it."""

from __future__ import annotations

import sys
import threading

from performance.live.board import Board, Reading


def test_a_reading_comes_back_as_it_was_written() -> None:
    board = Board()
    assert board.read() == Reading()
    reading = Reading(3, 2, 1.5, 99.25, 0.125, 4, 0.5)
    board.write(reading)
    assert board.read() == reading
    board.clear()
    assert board.read() == Reading()


def test_no_reading_is_half_old_and_half_new() -> None:
    board, over = Board(), threading.Event()

    def write() -> None:
        n = 0
        while not over.is_set():
            n += 1
            board.write(Reading(n, n, float(n), float(n), float(n), n, float(n)))

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    writer = threading.Thread(target=write)
    writer.start()
    try:
        for _ in range(3000):
            reading = board.read()
            assert (
                reading.blocks
                == reading.leap
                == reading.t
                == reading.heard_at
                == reading.load
                == reading.peak
            )
    finally:
        over.set()
        writer.join()
        sys.setswitchinterval(interval)


def test_whoever_looks_sees_that_a_block_is_being_made() -> None:
    board = Board()
    busy = board.busy
    assert busy.shape == (1,) and not busy[0]
    board.work(True)
    assert busy[0] and board.read() == Reading()
    board.write(Reading(1))
    assert busy[0]
    board.work(False)
    assert not busy[0] and board.read() == Reading(1)
    board.work(True)
    board.clear()  # who made it has ended
    assert not busy[0]
